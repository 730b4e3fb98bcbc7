package storefact.model.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Calendar factors of a series by a log-linear model with a smooth trend:
 *
 * <p>expected sales of a day = trend × base × ∏ factor of the day's bin, over the effects.
 *
 * <p>The base is what a larger series says already, so that the factors are what a series has of
 * its own. They are fitted in turn (backfitting; Hastie, Tibshirani: Generalized Additive Models,
 * 1990), each in closed form: sales over expected sales in the bin, drawn to 1 by a gamma prior.
 * The prior weighs {@code strength × dispersion}, dispersion being variance over mean
 * (quasi-Poisson; McCullagh, Nelder: Generalized Linear Models, 1989): what is noisy or sparse
 * learns little of its own and keeps to the base, with no threshold to set.
 */
final class SeasonalFactors {
  private static final double LEAST = 1e-9;

  private final List<CalendarEffect> effects;
  private final double strength;
  private final double trendRate;
  private final int sweeps;

  /**
   * A model.
   *
   * @param strength weight of the prior, in sales of the size of the dispersion
   * @param trendDays days over which the trend forgets
   * @param sweeps times that each effect is fitted
   */
  SeasonalFactors(List<CalendarEffect> effects, double strength, double trendDays, int sweeps) {
    this.effects = effects;
    this.strength = strength;
    this.trendRate = 1 / trendDays;
    this.sweeps = sweeps;
  }

  /**
   * Base times factors, trend left out.
   *
   * @param sales by day
   * @param base positive, of these and later days
   * @param from first day to learn from
   * @param to day after the last one to learn from
   * @return one value per day of the base
   */
  double[] fit(double[] sales, double[] base, int from, int to) {
    double[] factors = base.clone();
    double[] y = positive(sales, from, to);
    double mean = Arrays.stream(y).sum() / Math.max(LEAST, Arrays.stream(base, from, to).sum());
    if (mean <= LEAST) {
      return factors;
    }
    double[] trend = new double[to - from];
    Arrays.fill(trend, mean);
    List<double[]> fitted = new ArrayList<>();
    for (CalendarEffect effect : effects) {
      double[] ones = new double[effect.size()];
      Arrays.fill(ones, 1);
      fitted.add(ones);
    }
    for (int sweep = 0; sweep < sweeps; sweep++) {
      trend(y, factors, from, trend);
      double prior = strength * dispersion(y, factors, from, trend);
      for (int i = 0; i < effects.size(); i++) {
        double[] before = fitted.get(i);
        double[] after = bins(effects.get(i), before, y, factors, from, trend, prior);
        for (int day = 0; day < factors.length; day++) {
          int bin = effects.get(i).bin(day);
          if (bin != CalendarEffect.NONE) {
            factors[day] *= after[bin] / before[bin];
          }
        }
        fitted.set(i, after);
      }
    }
    return factors;
  }

  private static double[] positive(double[] sales, int from, int to) {
    double[] positive = new double[to - from];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = Math.max(0, sales[from + i]);
    }
    return positive;
  }

  /** Sales over expected sales, weighed by exp(−distance) on both sides of a day. */
  private void trend(double[] y, double[] factors, int from, double[] trend) {
    double keep = 1 - trendRate;
    double[] above = new double[y.length];
    double[] below = new double[y.length];
    double a = 0;
    double b = 0;
    for (int i = 0; i < y.length; i++) {
      a = keep * a + y[i];
      b = keep * b + factors[from + i];
      above[i] = a;
      below[i] = b;
    }
    a = 0;
    b = 0;
    for (int i = y.length - 1; i >= 0; i--) {
      trend[i] = Math.max(LEAST, (above[i] + keep * a) / Math.max(LEAST, below[i] + keep * b));
      a = keep * a + y[i];
      b = keep * b + factors[from + i];
    }
  }

  private static double dispersion(double[] y, double[] factors, int from, double[] trend) {
    double squares = 0;
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      double expected = trend[i] * factors[from + i];
      squares += (y[i] - expected) * (y[i] - expected);
      sum += expected;
    }
    return squares / Math.max(LEAST, sum);
  }

  private static double[] bins(
      CalendarEffect effect,
      double[] before,
      double[] y,
      double[] factors,
      int from,
      double[] trend,
      double prior) {
    double[] sold = new double[effect.size()];
    double[] expected = new double[effect.size()];
    for (int i = 0; i < y.length; i++) {
      int bin = effect.bin(from + i);
      if (bin != CalendarEffect.NONE) {
        sold[bin] += y[i];
        expected[bin] += trend[i] * factors[from + i] / before[bin];
      }
    }
    sold = effect.smooth(sold);
    expected = effect.smooth(expected);
    double[] after = new double[effect.size()];
    for (int bin = 0; bin < after.length; bin++) {
      after[bin] =
          effect.known(bin)
              ? Math.max(LEAST, sold[bin] + prior) / Math.max(LEAST, expected[bin] + prior)
              : 1;
    }
    return after;
  }
}
