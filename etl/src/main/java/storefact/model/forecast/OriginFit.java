package storefact.model.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What an origin makes of every series: factors of the days ahead, levels by several rates of
 * forgetting, and the spread of past days. Which level counts is decided later, by the errors of
 * earlier origins.
 */
final class OriginFit {
  /** Weights of a day beside the day after it: half-lives of about 7, 14, 23, 69 and 231 days. */
  static final double[] KEEPS = {0.9, 0.95, 0.97, 0.99, 0.997};

  /** Series with fewer days of sales are not forecast, nor those that sold nothing lately. */
  private static final int SELLING_DAYS = 28;

  private static final int LATELY = 91;

  /** A year of days tells a series' own weekdays and spread. */
  private static final int WINDOW = 364;

  /** Days over which the share of days without sales is counted. */
  private static final int SPARSITY_WINDOW = 182;

  private static final double OWN_STRENGTH = 40;
  private static final double OWN_TREND_DAYS = 60;
  private static final int OWN_SWEEPS = 2;
  private static final int USUAL_KEEP = 2;

  private final int origin;
  private final List<Optional<Fitted>> series;

  /**
   * A series at an origin.
   *
   * @param levels one for each of {@link #KEEPS}
   * @param factors of the days ahead
   * @param dispersion variance over mean
   * @param idle share of days without sales, 0 to 1
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Fitted(double[] levels, double[] factors, double dispersion, double idle) {

    double mean(int keep, int ahead) {
      return levels[keep] * factors[ahead];
    }

    double spread(double mean) {
      return Math.sqrt(dispersion * mean);
    }
  }

  /**
   * Fits series of a panel, in parallel; the result does not depend on how many threads.
   *
   * @param wanted which, by their numbers; the others are as those that sold too little
   */
  OriginFit(
      DemandPanel panel, DemandCalendar calendar, int origin, int horizon, IntPredicate wanted) {
    this.origin = origin;
    ChainFactors chain = new ChainFactors(panel, calendar, origin, origin + horizon);
    SeasonalFactors own =
        new SeasonalFactors(
            List.of(calendar.weekdays(panel.firstDay(), origin + horizon)),
            OWN_STRENGTH,
            OWN_TREND_DAYS,
            OWN_SWEEPS);
    series =
        IntStream.range(0, panel.series().size())
            .parallel()
            .mapToObj(
                i ->
                    wanted.test(i)
                        ? fit(panel.series().get(i), chain, own, horizon)
                        : Optional.<Fitted>empty())
            .toList();
  }

  int origin() {
    return origin;
  }

  Optional<Fitted> series(int number) {
    return series.get(number);
  }

  private Optional<Fitted> fit(
      DemandSeries series, ChainFactors chain, SeasonalFactors own, int horizon) {
    int first = series.firstSale();
    if (series.sellingDays(0, origin) < SELLING_DAYS
        || series.sellingDays(origin - LATELY, origin) == 0) {
      return Optional.empty();
    }
    int from = Math.max(first, origin - WINDOW);
    double[] values = series.values();
    double[] factors = own.fit(values, chain.of(series), from, origin);
    double[] levels =
        Arrays.stream(KEEPS)
            .map(keep -> DiscountedLevel.of(values, factors, from, origin, keep))
            .toArray();
    int lately = Math.max(first, origin - SPARSITY_WINDOW);
    double idle = 1 - (double) series.sellingDays(lately, origin) / (origin - lately);
    return Optional.of(
        new Fitted(
            levels,
            Arrays.copyOfRange(factors, origin, origin + horizon),
            dispersion(values, factors, from),
            idle));
  }

  /** Of forecasts one day ahead. */
  private double dispersion(double[] values, double[] factors, int from) {
    double keep = KEEPS[USUAL_KEEP];
    double sold = 0;
    double expected = 0;
    double squares = 0;
    double sum = 0;
    for (int day = from; day < origin; day++) {
      if (expected > 0) {
        double mean = Math.max(0, sold / expected * factors[day]);
        squares += (values[day] - mean) * (values[day] - mean);
        sum += mean;
      }
      sold = keep * sold + values[day];
      expected = keep * expected + factors[day];
    }
    return sum > 0 ? squares / sum : 0;
  }
}
