package storefact.model.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import storefact.model.forecast.Forecast.Coverage;

/** Measures and classic methods by numbers that one can check by hand. */
class AccuracyTest {

  private static DemandSeries series(double... values) {
    return new DemandSeries(
        DemandLevel.GOODS,
        DemandMeasure.QUANTITY,
        "S1",
        "food",
        "milk",
        "G1",
        new DailyDemand.EachDay(values));
  }

  @Test
  void theScaleIsTheNaiveForecastsOwnErrorInThePast() {
    double[] values = {1, 2, 3, 4, 5, 6, 7, 3, 2, 3, 8, 5};

    // |3 - 1|, |2 - 2|, |3 - 3|, |8 - 4|
    assertThat(SeasonalNaive.scale(values, 0, 11)).isEqualTo(1.5);
    assertThat(SeasonalNaive.of(values, 11, 0)).isEqualTo(5);
    assertThat(SeasonalNaive.of(values, 11, 7)).isEqualTo(5);
    assertThat(SeasonalNaive.scale(values, 5, 11)).isNaN();
  }

  @Test
  void theYearBeforeKeepsWeekdaysAndLunarFestivals() {
    DemandCalendar calendar = PlantedChain.calendar(600);

    assertThat(calendar.yearBefore(day("2023-05-01"))).isEqualTo(day("2022-05-02"));
    // Spring Festivals: 1 February 2022, 22 January 2023
    assertThat(calendar.yearBefore(day("2023-01-20"))).isEqualTo(day("2022-01-30"));
    assertThat(calendar.yearBefore(day("2023-02-15"))).isEqualTo(day("2022-02-25"));
    assertThat(calendar.yearBefore(day("2023-02-16"))).isEqualTo(day("2022-02-17"));

    double[] values = {1, 2, 3, 4, 5, 6, 7, 8};
    assertThat(SeasonalNaive.ofYear(values, 8, 0, 2, 1)).isEqualTo(3);
    assertThat(SeasonalNaive.ofYear(values, 8, 0, 2, 3)).isEqualTo(2);
  }

  private static int day(String date) {
    return Math.toIntExact(LocalDate.parse(date).toEpochDay());
  }

  @Test
  void maseIsTheErrorOverTheScale() {
    DemandSeries series = series(1, 2, 3, 4, 5, 6, 7, 3, 2, 3, 8, 5, 9);
    Accuracy accuracy = new Accuracy();

    accuracy.points(series, 11, new double[] {6.5, 6});

    // (|5 - 6.5| + |9 - 6|) / 2 / 1.5
    assertThat(accuracy.mase()).isCloseTo(1.5, within(1e-12));
    assertThat(accuracy.days()).isEqualTo(2);
  }

  @Test
  void aSeriesThatNeverVariedIsLeftOut() {
    Accuracy accuracy = new Accuracy();

    accuracy.points(series(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5), 10, new double[] {1});

    assertThat(accuracy.days()).isZero();
    assertThat(accuracy.mase()).isNaN();
  }

  @Test
  void coverageCountsTheEnds() {
    Accuracy accuracy = new Accuracy();
    accuracy.interval(Coverage.C80, 2, 2, 4);
    accuracy.interval(Coverage.C80, 4, 2, 4);
    accuracy.interval(Coverage.C80, 4.1, 2, 4);
    accuracy.interval(Coverage.C80, 0, 2, 4);

    assertThat(accuracy.coverage(Coverage.C80)).isEqualTo(0.5);
    assertThat(accuracy.coverage(Coverage.C95)).isNaN();
  }

  @Test
  void methodsForIntermittentDemand() {
    double[] values = {0, 4, 0, 0, 6, 0};

    // Size 4, then 4 + 0.1 × 2; interval 2, then 2 + 0.1 × 1.
    assertThat(IntermittentDemand.croston(values, 0, 6, 0.1)).isCloseTo(4.2 / 2.1, within(1e-12));
    assertThat(IntermittentDemand.syntetosBoylan(values, 0, 6, 0.1))
        .isCloseTo(0.95 * 4.2 / 2.1, within(1e-12));
    // Chance 1/2, then × 0.9 twice, × 0.9 + 0.1, × 0.9.
    double chance = ((0.5 * 0.81) * 0.9 + 0.1) * 0.9;
    assertThat(IntermittentDemand.teunterSyntetosBabai(values, 0, 6, 0.1, 0.1))
        .isCloseTo(4.2 * chance, within(1e-12));
    assertThat(IntermittentDemand.croston(new double[6], 0, 6, 0.1)).isZero();
  }

  @Test
  void theLevelIsDiscountedSalesOverDiscountedFactors() {
    double[] sales = {2, 0, 6};
    double[] factors = {1, 0.5, 2};

    assertThat(DiscountedLevel.of(sales, factors, 0, 3, 0.5))
        .isCloseTo((0.25 * 2 + 6) / (0.25 + 0.25 + 2), within(1e-12));
    assertThat(DiscountedLevel.of(sales, factors, 0, 3, 1)).isCloseTo(8 / 3.5, within(1e-12));
  }
}
