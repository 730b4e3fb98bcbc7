package storefact.mart.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import storefact.mart.BuildOptions;
import storefact.mart.TestWarehouse;

/** The forecast as readers meet it. */
class DemandForecastTest {
  private static final String SALES =
      """
      INSERT INTO star.sales_line (store, business_date, till, receipt, line, sold_at, card, goods,
        quantity, net_amount, version)
      SELECT if(number %% 3 = 0, 'S2', 'S1'), toDate('2023-01-02') + intDiv(number, 30) AS day, 'T1',
        toString(number), 1, toDateTime(day) + 43200, '', 'apple', 1 + (toDayOfWeek(day) = 6), 2.5, 1
      FROM numbers(30 * %d) WHERE cityHash64(number) %% 10 < 7
      """;

  @Test
  void fiveWeeksAheadOfTheLastOneThatIsOverAtEveryLevel() {
    try (TestWarehouse test = TestWarehouse.empty()) {
      // Forty weeks and a few days of the next one.
      test.goods("apple food fruit", 1).query(SALES.formatted(285));
      build(test);

      assertThat(
              test.lines(
                  "SELECT level, measure, count(), min(business_date), max(days_ahead), any(method)"
                      + " FROM dw.demand_forecast WHERE store = 'S1' GROUP BY 1, 2 ORDER BY 1, 2"))
          .containsExactly(
              "category\tnet_sales\t35\t2023-10-09\t35\tlearnt_errors",
              "category\tquantity\t35\t2023-10-09\t35\tlearnt_errors",
              "department\tnet_sales\t35\t2023-10-09\t35\tlearnt_errors",
              "goods\tquantity\t35\t2023-10-09\t35\tlearnt_errors",
              "store\tnet_sales\t35\t2023-10-09\t35\tlearnt_errors");
      // S1 sells about 14 receipts a day, on Saturdays of two pieces.
      assertThat(
              test.lines(
                  "SELECT toDayOfWeek(business_date) = 6 AS saturday,"
                      + " abs(avg(mean) / if(saturday, 28, 14) - 1) < 0.05 FROM dw.demand_forecast WHERE store = 'S1' AND level = 'goods'"
                      + " GROUP BY 1 ORDER BY 1"))
          .containsExactly("0\t1", "1\t1");
      assertThat(
              test.lines(
                  "SELECT count() FROM dw.forecast_accuracy WHERE method = 'median' AND frequent"
                      + " AND days > 0"))
          .containsExactly("5");

      List<String> once = test.lines("SELECT * FROM dw.demand_forecast ORDER BY ALL");
      test.build(BuildOptions.full().only(List.of("demand_forecast")));
      assertThat(test.lines("SELECT * FROM dw.demand_forecast ORDER BY ALL")).isEqualTo(once);
    }
  }

  /** Plans of a week stay what they are; late facts of a week that is over still count. */
  @Test
  void aNewDayOfTheRunningWeekForecastsNothingAnew() {
    try (TestWarehouse test = TestWarehouse.empty()) {
      test.goods("apple food fruit", 1).query(SALES.formatted(66));
      build(test);

      sell(test, "2023-03-09");
      assertThat(forecastsBuilt(test)).isEmpty();

      sell(test, "2023-03-04");
      assertThat(forecastsBuilt(test)).hasSize(1);

      sell(test, "2023-03-12");
      assertThat(forecastsBuilt(test)).hasSize(1);
      assertThat(test.query("SELECT min(business_date) FROM dw.demand_forecast").strip())
          .isEqualTo("2023-03-13");
    }
  }

  private static List<String> forecastsBuilt(TestWarehouse test) {
    return test.build(BuildOptions.changed().only(List.of("demand_forecast")))
        .of(DemandForecast.DEMAND_FORECAST)
        .built();
  }

  /** A back-test takes as long as the forecasts: a week more would tell next to nothing new. */
  @Test
  void howGoodForecastsAreIsToldByTheMonth() {
    try (TestWarehouse test = TestWarehouse.empty()) {
      test.goods("apple food fruit", 1).query(SALES.formatted(285));
      build(test);
      assertThat(judged(test)).as("nothing came").isEmpty();

      // The weeks up to 8 October are over.
      sell(test, "2023-10-15");
      assertThat(judged(test)).as("a week is over").isEmpty();
      sell(test, "2023-11-05");
      assertThat(judged(test)).as("a month is over").hasSize(1);
      sell(test, "2023-10-20");
      assertThat(judged(test)).as("late").hasSize(1);
    }
  }

  private static void sell(TestWarehouse test, String day) {
    test.query(
        "INSERT INTO star.sales_line (store, business_date, till, receipt, line, sold_at, card, goods,"
            + " quantity, net_amount, version) VALUES ('S1', '%1$s', 'T2', '1', 1, '%1$s 12:00:00', '', 'apple', 500, 1000, 1)"
                .formatted(day));
  }

  private static List<String> judged(TestWarehouse test) {
    return test.build(BuildOptions.changed().only(List.of("forecast_accuracy")))
        .of(ForecastAccuracy.FORECAST_ACCURACY)
        .built();
  }

  @Test
  void nothingSoldNothingForecast() {
    try (TestWarehouse test = TestWarehouse.empty()) {
      build(test);

      assertThat(test.query("SELECT count() FROM dw.demand_forecast").strip()).isEqualTo("0");
    }
  }

  /** Too few days to learn from: the normal distribution, and it says so. */
  @Test
  void aYoungChainHasRangesToo() {
    try (TestWarehouse test = TestWarehouse.empty()) {
      test.goods("apple food fruit", 1).query(SALES.formatted(40));
      build(test);

      assertThat(test.lines("SELECT DISTINCT method, upper_95 >= upper_80 FROM dw.demand_forecast"))
          .containsExactly("normal_errors\t1");
      assertThat(test.query("SELECT count() FROM dw.demand_forecast").strip()).isNotEqualTo("0");
    }
  }

  private static void build(TestWarehouse test) {
    test.build(BuildOptions.changed().only(List.of("demand_forecast", "forecast_accuracy")));
  }
}
