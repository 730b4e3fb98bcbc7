package storefact.model.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import storefact.model.forecast.BackTest.Method;
import storefact.model.forecast.Forecast.Coverage;

/** The forecast finds what was planted, and its intervals hold what they promise. */
class DemandForecasterTest {
  private static final int HORIZON = DemandForecaster.HORIZON;
  private static final int YEAR = 364;
  private static final double[] WEEK = {0.8, 0.8, 0.9, 0.9, 1.0, 1.4, 1.2};

  private static Forecast of(DemandPanel panel, int origin, DemandLevel level) {
    DemandCalendar calendar = PlantedChain.calendar(origin + HORIZON);
    return new DemandForecaster(panel, calendar, HORIZON)
        .forecast(origin).stream()
            .filter(forecast -> forecast.series().level() == level)
            .findFirst()
            .orElseThrow();
  }

  private static void near(Forecast forecast, IntToDoubleFunction truth, double tolerance) {
    for (int ahead = 0; ahead < HORIZON; ahead++) {
      double planted = truth.applyAsDouble(forecast.origin() + ahead);
      assertThat(forecast.mean(ahead))
          .as("day %d ahead", ahead + 1)
          .isCloseTo(planted, within(tolerance * planted));
    }
  }

  @Test
  void findsTheWeek() {
    IntToDoubleFunction truth = day -> 200 * WEEK[day % 7];
    DemandPanel panel = new PlantedChain(YEAR).goods("S1", "milk", "G1", truth).panel();

    near(of(panel, YEAR, DemandLevel.STORE), truth, 0.05);
    near(of(panel, YEAR, DemandLevel.GOODS), truth, 0.05);
  }

  @Test
  void findsTheCourseOfTheYear() {
    IntToDoubleFunction truth =
        day -> 300 * (1 + 0.4 * Math.cos(2 * Math.PI * (day - 200) / 365.25));
    int origin = 3 * 365 - 250;
    DemandPanel panel = new PlantedChain(origin).goods("S1", "ice", "G1", truth).panel();

    near(of(panel, origin, DemandLevel.CATEGORY), truth, 0.1);
  }

  /** It moves by up to a month between years: only the lunar calendar can tell. */
  @Test
  void findsTheWeeksBeforeTheSpringFestival() {
    IntToDoubleFunction truth =
        day -> {
          int left = PlantedChain.daysToSpringFestival(day);
          return left > 0 && left <= 14 ? 450 : 300;
        };
    int origin = 3 * 365 + 10;
    assertThat(PlantedChain.daysToSpringFestival(origin)).isBetween(8, 20);
    DemandPanel panel = new PlantedChain(origin).goods("S1", "gifts", "G1", truth).panel();

    Forecast forecast = of(panel, origin, DemandLevel.CATEGORY);

    for (int ahead = 0; ahead < HORIZON; ahead++) {
      int left = PlantedChain.daysToSpringFestival(origin + ahead);
      if (left >= 4 && left <= 10) {
        assertThat(forecast.mean(ahead)).isBetween(405.0, 480.0);
      } else if (left < -8) {
        assertThat(forecast.mean(ahead)).isBetween(270.0, 330.0);
      }
    }
  }

  @Test
  void aSparseSeriesLearnsItsWeekFromItsCategory() {
    PlantedChain chain = new PlantedChain(YEAR);
    for (int i = 0; i < 20; i++) {
      chain.goods("S1", "milk", "G" + i, day -> 10 * WEEK[day % 7]);
    }
    DemandPanel panel = chain.goods("S2", "milk", "G1", day -> 0.4 * WEEK[day % 7]).panel();

    Forecast sparse =
        new DemandForecaster(panel, PlantedChain.calendar(YEAR + HORIZON), HORIZON)
            .forecast(YEAR).stream()
                .filter(forecast -> forecast.series().store().equals("S2"))
                .filter(forecast -> forecast.series().level() == DemandLevel.GOODS)
                .findFirst()
                .orElseThrow();

    assertThat(YEAR % 7).isZero();
    double saturdayToMonday = sparse.mean(5) / sparse.mean(0);
    assertThat(saturdayToMonday).isCloseTo(WEEK[5] / WEEK[0], within(0.35));
    assertThat(sparse.mean(0)).isCloseTo(0.4 * WEEK[0], within(0.12));
  }

  @Test
  void intervalsHoldWhatTheyPromise() {
    PlantedChain chain = new PlantedChain(2 * YEAR);
    for (int i = 0; i < 60; i++) {
      double level = 4 + i;
      chain.goods("S" + i % 5, "C" + i % 7, "G" + i, day -> level * WEEK[day % 7]);
    }
    Accuracy all = new Accuracy();

    new BackTest(chain.panel(), PlantedChain.calendar(2 * YEAR), HORIZON, 6)
        .run(_ -> {})
        .values()
        .forEach(methods -> all.add(methods.get(Method.MEDIAN)));

    assertThat(all.days()).isGreaterThan(20_000);
    assertThat(all.coverage(Coverage.C80)).isCloseTo(0.80, within(0.02));
    assertThat(all.coverage(Coverage.C95)).isCloseTo(0.95, within(0.02));
  }

  @Test
  void errorsOfSomeSeriesTeachNearlyWhatThoseOfAllDo() {
    PlantedChain chain = new PlantedChain(YEAR);
    for (int i = 0; i < 200; i++) {
      chain.goods("S" + i % 5, "C" + i % 7, "G" + i, day -> 12 * WEEK[day % 7]);
    }
    DemandPanel panel = chain.panel();

    double all = meanWidth(panel, Integer.MAX_VALUE);
    assertThat(meanWidth(panel, panel.series().size() / 4))
        .isNotEqualTo(all)
        .isCloseTo(all, withinPercentage(5));
  }

  private static double meanWidth(DemandPanel panel, int learntFrom) {
    return new DemandForecaster(panel, PlantedChain.calendar(YEAR + HORIZON), HORIZON, learntFrom)
        .forecast(YEAR).stream()
            .filter(forecast -> forecast.series().level() == DemandLevel.GOODS)
            .peek(forecast -> assertThat(forecast.learnt()).isTrue())
            .mapToDouble(
                forecast ->
                    forecast.upper(Forecast.Coverage.C80, 0)
                        - forecast.lower(Forecast.Coverage.C80, 0))
            .average()
            .orElseThrow();
  }

  @Test
  void neverLooksPastItsOrigin() {
    IntToDoubleFunction calm = day -> 20 * WEEK[day % 7];
    DemandPanel calmer = new PlantedChain(YEAR).goods("S1", "milk", "G1", calm).panel();
    DemandPanel wilder =
        new PlantedChain(YEAR)
            .goods("S1", "milk", "G1", day -> calm.applyAsDouble(day) * (day < 300 ? 1 : 9))
            .panel();

    assertThat(of(wilder, 300, DemandLevel.GOODS).means())
        .isEqualTo(of(calmer, 300, DemandLevel.GOODS).means());
  }

  @Test
  void anyNumberOfThreadsGivesTheSame() {
    PlantedChain chain = new PlantedChain(YEAR);
    for (int i = 0; i < 30; i++) {
      chain.goods("S" + i % 4, "C" + i % 5, "G" + i, day -> 3 * WEEK[day % 7]);
    }
    DemandPanel panel = chain.panel();

    List<Double> few = bounds(panel, 1);

    assertThat(bounds(panel, 8)).isEqualTo(few);
  }

  private static List<Double> bounds(DemandPanel panel, int threads) {
    try (ForkJoinPool pool = new ForkJoinPool(threads)) {
      return pool.submit(
              () ->
                  new DemandForecaster(panel, PlantedChain.calendar(YEAR + HORIZON), HORIZON)
                      .forecast(YEAR).stream()
                          .map(forecast -> forecast.upper(Coverage.C80, 3) + forecast.mean(3))
                          .toList())
          .join();
    }
  }

  @Test
  void whatStoppedSellingIsNotForecast() {
    DemandPanel panel =
        new PlantedChain(YEAR)
            .goods("S1", "milk", "G1", day -> day < 200 ? 5 : 0)
            .goods("S1", "milk", "G2", _ -> 5)
            .panel();

    assertThat(
            new DemandForecaster(panel, PlantedChain.calendar(YEAR + HORIZON), HORIZON)
                .forecast(YEAR).stream().map(forecast -> forecast.series().goods()))
        .contains("G2")
        .doesNotContain("G1");
  }

  @Test
  void aCalendarThatIsTooShortIsRefused() {
    DemandPanel panel = new PlantedChain(YEAR).goods("S1", "milk", "G1", _ -> 5).panel();
    DemandForecaster forecaster = new DemandForecaster(panel, PlantedChain.calendar(YEAR), HORIZON);

    assertThatThrownBy(() -> forecaster.forecast(YEAR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("calendar must reach from 2021-11-24 to");
  }
}
