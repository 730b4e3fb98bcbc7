package storefact.importing.completejourney;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import storefact.event.Campaign;
import storefact.event.CampaignCoupon;
import storefact.event.CampaignMember;
import storefact.event.CouponRedemption;

/** Campaigns, whom they addressed, their coupons and the redemptions, in the source's order. */
final class Campaigns {

  private Campaigns() {}

  static List<Campaign> campaigns(ParquetTable descriptions) throws IOException {
    int[] ids = descriptions.ints("campaign_id");
    String[] kinds = descriptions.texts("campaign_type");
    long[] starts = descriptions.seconds("start_date");
    long[] ends = descriptions.seconds("end_date");
    List<Campaign> campaigns = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      campaigns.add(
          new Campaign(
              Integer.toString(ids[i]),
              MasterData.said(kinds[i]),
              MasterData.day(starts[i]),
              MasterData.day(ends[i]),
              1));
    }
    return campaigns;
  }

  static List<CampaignMember> members(int[] campaigns, int[] households) {
    SequencedSet<CampaignMember> members = new LinkedHashSet<>();
    for (int i = 0; i < campaigns.length; i++) {
      members.add(
          new CampaignMember(Integer.toString(campaigns[i]), Integer.toString(households[i]), 1));
    }
    return List.copyOf(members);
  }

  /** Each coupon of a campaign and goods once: the source repeats some rows word for word. */
  static List<CampaignCoupon> coupons(int[] campaigns, long[] coupons, int[] goods) {
    SequencedSet<CampaignCoupon> distinct = new LinkedHashSet<>();
    for (int i = 0; i < campaigns.length; i++) {
      distinct.add(
          new CampaignCoupon(
              Integer.toString(campaigns[i]),
              Long.toString(coupons[i]),
              Integer.toString(goods[i]),
              1));
    }
    return List.copyOf(distinct);
  }

  /** The redemptions; the same coupon again on the same day gets the next sequence number. */
  static List<CouponRedemption> redemptions(
      int[] campaigns, long[] coupons, int[] households, long[] seconds) {
    List<CouponRedemption> redemptions = new ArrayList<>();
    Map<CouponRedemption, Integer> last = new HashMap<>();
    for (int i = 0; i < campaigns.length; i++) {
      CouponRedemption first =
          redemption(campaigns[i], coupons[i], households[i], MasterData.day(seconds[i]), 1);
      int sequence = last.merge(first, 1, Integer::sum);
      redemptions.add(
          redemption(campaigns[i], coupons[i], households[i], first.redeemedOn(), sequence));
    }
    return redemptions;
  }

  private static CouponRedemption redemption(
      int campaign, long coupon, int household, LocalDate day, int sequence) {
    return new CouponRedemption(
        Integer.toString(campaign),
        Long.toString(coupon),
        Integer.toString(household),
        day,
        sequence,
        1);
  }
}
