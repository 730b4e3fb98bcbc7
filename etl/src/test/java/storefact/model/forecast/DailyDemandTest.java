package storefact.model.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import storefact.model.forecast.DailyDemand.EachDay;
import storefact.model.forecast.DailyDemand.SellingDays;

/** Days with sales only say the same as all days. */
class DailyDemandTest {
  private static final int DAYS = 400;

  @Test
  void daysWithSalesSayWhatAllDaysSay() {
    Random random = new Random(1);
    long[] thousandths = new long[DAYS];
    // Some came back on the day on which they were sold, some on another.
    random
        .ints(0, DAYS)
        .distinct()
        .limit(90)
        .forEach(day -> thousandths[day] = 250 * random.nextLong(-2, 6));
    double[] values = Arrays.stream(thousandths).mapToDouble(sold -> sold / 1000.0).toArray();
    EachDay all = new EachDay(values);

    DailyDemand demand = DailyDemand.of(thousandths);

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
    assertThat(DailyDemand.of(new long[DAYS]).firstSale()).isEqualTo(DAYS);
  }

  @Test
  void quantitiesThatNeedMoreRoomHaveIt() {
    DailyDemand demand = DailyDemand.of(new long[] {0, 0, 0, 5_000_000_000L});

    assertThat(demand.on(3)).isEqualTo(5_000_000);
    assertThat(demand.firstSale()).isEqualTo(3);
  }
}
