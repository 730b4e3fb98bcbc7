package storefact.mart.season;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The model finds the factors that made a series. */
class SeasonFitTest {
  private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);
  private static final double[] WEEKDAYS = {0.88, 0.86, 0.88, 0.92, 1.06, 1.26, 1.14};
  private static final double GROWTH = 1.1;

  @Test
  void aSeriesWithoutNoiseGivesItsFactorsBack() {
    SeasonFit fit = fit(365 * 3, false);

    for (int day = 0; day < 7; day++) {
      assertThat(fit.weekday(day).orElseThrow()).isCloseTo(WEEKDAYS[day], within(1e-6));
    }
    for (int month = 0; month < 12; month++) {
      assertThat(fit.month(month).orElseThrow()).isCloseTo(season(month), within(1e-6));
    }
    assertThat(fit.event(0).orElseThrow()).isCloseTo(1.5, within(1e-6));
    assertThat(fit.event(1).orElseThrow()).isEqualTo(1);
    assertThat(fit.growth().orElseThrow()).isCloseTo(GROWTH, within(1e-6));
  }

  @Test
  void noiseMovesFactorsLittleAndSumsNotAtAll() {
    SeasonFit fit = fit(365 * 3, true);

    for (int day = 0; day < 7; day++) {
      assertThat(fit.weekday(day).orElseThrow()).isCloseTo(WEEKDAYS[day], within(0.05));
    }
    assertThat(fit.growth().orElseThrow()).isCloseTo(GROWTH, within(0.03));
    double fitted = 0;
    double observed = 0;
    for (int i = 0; i < 365 * 3; i++) {
      fitted += fit.fitted(i);
      observed += SALES[i];
    }
    assertThat(fitted).isCloseTo(observed, within(observed * 1e-6));
  }

  @Test
  void aYearTellsNoGrowth() {
    assertThat(fit(365, false).tellsGrowth()).isFalse();
    assertThat(fit(365, false).growth()).isEmpty();
    assertThat(fit(730, false).tellsGrowth()).isTrue();
  }

  @Test
  void aWeekdayWithoutSalesIsZero() {
    int[] day = {0, 1, 2, 3, 7, 8, 9, 10};
    SeasonFit fit =
        new SeasonFit(
            day,
            new double[] {1, 1, 1, 1, 1, 1, 1, 1},
            new double[] {2, 0, 4, 6, 2, 0, 4, 6},
            new int[] {0, 1, 2, 3, 0, 1, 2, 3},
            new int[8],
            new int[8],
            1);

    assertThat(fit.weekday(0).orElseThrow()).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(fit.weekday(1).orElseThrow()).isZero();
  }

  @Test
  void whatTheDaysCannotTellIsEmpty() {
    // The event was on the only day of February that sold: any event and February fit.
    int[] day = {0, 1, 2, 3, 31, 32, 33};
    SeasonFit fit =
        new SeasonFit(
            day,
            new double[] {1, 1, 1, 1, 1, 1, 1},
            new double[] {2, 4, 2, 4, 10, 0, 0},
            new int[] {0, 1, 0, 1, 0, 1, 0},
            new int[] {0, 0, 0, 0, 1, 1, 1},
            new int[] {1, 1, 1, 1, 0, 1, 1},
            2);

    assertThat(fit.event(0)).isEmpty();
    assertThat(fit.event(1)).hasValue(1);
    assertThat(fit.month(0)).isEmpty();
    assertThat(fit.month(1)).isEmpty();
    assertThat(fit.weekday(1).orElseThrow()).isCloseTo(4.0 / 3, within(1e-6));
    assertThat(fit.fitted(4)).isCloseTo(10, within(1e-6));
  }

  private static final double[] SALES = new double[365 * 3];

  private static double season(int month) {
    return 1 + 0.4 * Math.cos(2 * Math.PI * month / 12);
  }

  private static SeasonFit fit(int days, boolean noise) {
    Random random = new Random(7);
    int[] day = new int[days];
    double[] stores = new double[days];
    double[] sales = new double[days];
    int[] weekday = new int[days];
    int[] month = new int[days];
    int[] event = new int[days];
    for (int i = 0; i < days; i++) {
      LocalDate date = FIRST.plusDays(i);
      day[i] = i;
      stores[i] = 3 + i / 300;
      weekday[i] = date.getDayOfWeek().getValue() - 1;
      month[i] = date.getMonthValue() - 1;
      event[i] = date.getDayOfMonth() == 20 ? 0 : 1;
      sales[i] =
          stores[i]
              * 100
              * WEEKDAYS[weekday[i]]
              * season(month[i])
              * (event[i] == 0 ? 1.5 : 1)
              * Math.pow(GROWTH, (i - (days - 1) / 2.0) / 365.25)
              * (noise ? 0.7 + 0.6 * random.nextDouble() : 1);
    }
    if (noise) {
      System.arraycopy(sales, 0, SALES, 0, days);
    }
    return new SeasonFit(day, stores, sales, weekday, month, event, 2);
  }
}
