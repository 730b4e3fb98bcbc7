package storefact.model.forecast;

/**
 * Classic forecasts of intermittent demand: the mean a day, the same for every day ahead. The
 * back-test shows them beside ours. Sizes and intervals start from the first sale.
 */
public final class IntermittentDemand {

  private IntermittentDemand() {}

  /**
   * Size over interval, both smoothed when something sells. Source: Croston, Forecasting and stock
   * control for intermittent demands, 1972.
   *
   * @param alpha weight of the newest sale, 0 to 1
   * @return 0 if nothing ever sold
   */
  public static double croston(double[] sales, int from, int to, double alpha) {
    double size = 0;
    double interval = 0;
    int since = 0;
    for (int day = from; day < to; day++) {
      since++;
      if (sales[day] > 0) {
        size = size == 0 ? sales[day] : size + alpha * (sales[day] - size);
        interval = interval == 0 ? since : interval + alpha * (since - interval);
        since = 0;
      }
    }
    return size == 0 ? 0 : size / interval;
  }

  /**
   * Croston's without its bias: times 1 − alpha / 2. Source: Syntetos, Boylan, The accuracy of
   * intermittent demand estimates, 2005.
   */
  public static double syntetosBoylan(double[] sales, int from, int to, double alpha) {
    return (1 - alpha / 2) * croston(sales, from, to, alpha);
  }

  /**
   * Size times chance to sell; the chance is smoothed every day, so that goods which stop selling
   * fade. Source: Teunter, Syntetos, Babai, Intermittent demand: linking forecasting to inventory
   * obsolescence, 2011.
   *
   * @param alpha weight of the newest sale for the size
   * @param beta weight of the newest day for the chance
   * @return 0 if nothing ever sold
   */
  public static double teunterSyntetosBabai(
      double[] sales, int from, int to, double alpha, double beta) {
    double size = 0;
    double chance = 0;
    int since = 0;
    for (int day = from; day < to; day++) {
      since++;
      boolean sold = sales[day] > 0;
      if (size == 0) {
        if (sold) {
          size = sales[day];
          chance = 1.0 / since;
        }
        continue;
      }
      chance += beta * ((sold ? 1 : 0) - chance);
      if (sold) {
        size += alpha * (sales[day] - size);
      }
    }
    return size * chance;
  }
}
