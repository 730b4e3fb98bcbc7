package storefact.importing.completejourney;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import storefact.event.CampaignCoupon;
import storefact.event.CouponRedemption;

class CampaignsTest {

  @Test
  void aRepeatedCouponRowIsTakenOnce() {
    assertThat(
            Campaigns.coupons(
                new int[] {26, 26, 26}, new long[] {1, 1, 1}, new int[] {100, 200, 100}))
        .containsExactly(
            new CampaignCoupon("26", "1", "100", 1), new CampaignCoupon("26", "1", "200", 1));
  }

  @Test
  void theSameCouponTwiceADayIsTwoRedemptions() {
    long monday = 86_400L * 17_000;
    long tuesday = monday + 86_400;

    assertThat(
            Campaigns.redemptions(
                new int[] {26, 26, 26},
                new long[] {1, 1, 1},
                new int[] {900, 900, 900},
                new long[] {monday, monday, tuesday}))
        .extracting(CouponRedemption::sequence)
        .containsExactly(1, 2, 1);
  }
}
