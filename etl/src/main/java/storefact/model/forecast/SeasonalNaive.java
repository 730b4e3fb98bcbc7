package storefact.model.forecast;

/** The forecasts to beat: every day sells what the day sold that is like it, a season before. */
public final class SeasonalNaive {
  /** Days of a season. */
  public static final int SEASON = 7;

  private SeasonalNaive() {}

  /**
   * Forecast of a day by the same weekday of the last week.
   *
   * @param origin days known
   * @param ahead days after the last known one, from 0
   */
  public static double of(double[] sales, int origin, int ahead) {
    return sales[origin - SEASON + ahead % SEASON];
  }

  /**
   * Forecast of a day by the day of the year before that it is like; by last week where the series
   * is younger.
   *
   * @param yearBefore that day, as days after the first one
   * @param first day with a sale
   */
  static double ofYear(double[] sales, int origin, int ahead, int yearBefore, int first) {
    return yearBefore >= first ? sales[yearBefore] : of(sales, origin, ahead);
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
