package storefact.model.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import storefact.model.forecast.DailyDemand.EachDay;
import storefact.model.forecast.DailyDemand.SellingDays;

/** Days with sales only say the same as all days. */
class DailyDemandTest {
  private static final int DAYS = 400;

  @Test
  void daysWithSalesSayWhatAllDaysSay() {
    Random random = new Random(1);
    int[] sold = random.ints(0, DAYS).distinct().limit(90).toArray();
    // Some came back on the day on which they were sold, some on another.
    long[] thousandths = random.longs(90, -2, 6).map(pieces -> 250 * pieces).toArray();
    double[] values = new double[DAYS];
    IntStream.range(0, 90).forEach(i -> values[sold[i]] = thousandths[i] / 1000.0);
    EachDay all = new EachDay(values);

    DailyDemand demand = DailyDemand.of(DAYS, sold, thousandths);

    assertThat(demand).isInstanceOf(SellingDays.class);
    assertThat(demand.values()).containsExactly(values);
    assertThat(demand.firstSale()).isEqualTo(all.firstSale());
    for (int day = 0; day < DAYS; day++) {
      assertThat(demand.on(day)).isEqualTo(all.on(day));
      assertThat(demand.sellingDays(day - 30, day)).isEqualTo(all.sellingDays(day - 30, day));
      assertThat(demand.sellingDays(day, DAYS)).isEqualTo(all.sellingDays(day, DAYS));
    }
  }

  @Test
  void whatNeverSoldHasNoFirstSale() {
    assertThat(DailyDemand.of(DAYS, new int[] {3}, new long[] {0}).firstSale()).isEqualTo(DAYS);
  }

  @Test
  void quantitiesThatNeedMoreRoomHaveIt() {
    DailyDemand demand = DailyDemand.of(DAYS, new int[] {3}, new long[] {5_000_000_000L});

    assertThat(demand.on(3)).isEqualTo(5_000_000);
    assertThat(demand.firstSale()).isEqualTo(3);
  }
}
