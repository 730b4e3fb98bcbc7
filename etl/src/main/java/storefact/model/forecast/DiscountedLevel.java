package storefact.model.forecast;

/**
 * The level of a series once its calendar factors are known: discounted sales over discounted
 * factors, the mean of the Poisson model with a gamma level that loses a share of its weight every
 * day (Harvey, Fernandes: Time series models for count or qualitative observations, 1989). Days
 * without sales count as what they are, which suits intermittent demand; with factors of 1 it is
 * simple exponential smoothing.
 */
final class DiscountedLevel {

  private DiscountedLevel() {}

  /**
   * The level after the last day.
   *
   * @param keep weight of a day beside the day after it, up to 1
   * @return 0 if nothing sold
   */
  static double of(double[] sales, double[] factors, int from, int to, double keep) {
    double sold = 0;
    double expected = 0;
    for (int day = from; day < to; day++) {
      sold = keep * sold + sales[day];
      expected = keep * expected + factors[day];
    }
    return expected > 0 ? Math.max(0, sold / expected) : 0;
  }
}
