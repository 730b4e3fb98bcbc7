package storefact.model.forecast;

/** The forecast to beat: every day sells what the same weekday sold in the last week. */
public final class SeasonalNaive {
  /** Days of a season. */
  public static final int SEASON = 7;

  private SeasonalNaive() {}

  /**
   * Forecast of a day.
   *
   * @param origin days known
   * @param ahead days after the last known one, from 0
   */
  public static double of(double[] sales, int origin, int ahead) {
    return sales[origin - SEASON + ahead % SEASON];
  }

  /**
   * What errors are scaled by: its mean absolute error one season ahead, within the days known
   * (Hyndman, Koehler: Another look at measures of forecast accuracy, 2006).
   *
   * @return NaN if there is no such day
   */
  public static double scale(double[] sales, int from, int origin) {
    double sum = 0;
    for (int day = from + SEASON; day < origin; day++) {
      sum += Math.abs(sales[day] - sales[day - SEASON]);
    }
    return sum / Math.max(0, origin - from - SEASON);
  }
}
