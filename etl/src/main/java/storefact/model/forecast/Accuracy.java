package storefact.model.forecast;

import java.util.Arrays;
import storefact.model.forecast.Forecast.Coverage;

/**
 * How well forecasts met what came: mean absolute scaled error (Hyndman, Koehler: Another look at
 * measures of forecast accuracy, 2006; scale as in {@link SeasonalNaive#scale}) and the share of
 * days within the prediction intervals. Series count alike, whatever they sell.
 */
public final class Accuracy {
  private long days;
  private double scaledErrors;
  private final long[] judged = new long[Coverage.values().length];
  private final long[] within = new long[Coverage.values().length];

  /**
   * Judges the forecast of a series. Series that never varied before the origin have no scale and
   * are left out.
   *
   * @param origin days that were known
   * @param points forecasts of the days after it
   */
  public void points(DemandSeries series, int origin, double[] points) {
    double[] values = series.values();
    double scale = SeasonalNaive.scale(values, series.firstSale(), origin);
    if (!(scale > 0)) {
      return;
    }
    for (int ahead = 0; ahead < points.length; ahead++) {
      days++;
      scaledErrors += Math.abs(values[origin + ahead] - points[ahead]) / scale;
    }
  }

  /** Counts whether a day lay within an interval, ends included. */
  public void interval(Coverage coverage, double actual, double lower, double upper) {
    judged[coverage.place]++;
    within[coverage.place] += actual >= lower && actual <= upper ? 1 : 0;
  }

  /** Adds what another one judged. */
  public Accuracy add(Accuracy other) {
    days += other.days;
    scaledErrors += other.scaledErrors;
    Arrays.setAll(judged, i -> judged[i] + other.judged[i]);
    Arrays.setAll(within, i -> within[i] + other.within[i]);
    return this;
  }

  /** Days of series judged. */
  public long days() {
    return days;
  }

  /** Mean absolute scaled error, NaN if nothing was judged. */
  public double mase() {
    return days == 0 ? Double.NaN : scaledErrors / days;
  }

  /** Share of days within the interval, NaN if nothing was judged. */
  public double coverage(Coverage coverage) {
    int i = coverage.place;
    return judged[i] == 0 ? Double.NaN : (double) within[i] / judged[i];
  }
}
