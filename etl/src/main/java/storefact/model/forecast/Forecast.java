package storefact.model.forecast;

/** Forecast of a series for the days after its origin, in units of the series. */
public final class Forecast {
  private final DemandSeries series;
  private final int origin;
  private final boolean frequent;
  private final boolean learnt;
  private final double[][] days;

  Forecast(DemandSeries series, int origin, boolean frequent, boolean learnt, double[][] days) {
    this.series = series;
    this.origin = origin;
    this.frequent = frequent;
    this.learnt = learnt;
    this.days = days;
  }

  /** Whose forecast it is. */
  public DemandSeries series() {
    return series;
  }

  /** Days of the panel that were known. */
  public int origin() {
    return origin;
  }

  /** Whether something sold on at least half of the days of the half-year before. */
  public boolean frequent() {
    return frequent;
  }

  /** Whether its bounds come from errors of earlier forecasts, not from the normal distribution. */
  public boolean learnt() {
    return learnt;
  }

  /** Days ahead. */
  public int horizon() {
    return days.length;
  }

  /** Expected demand; what sums of days, and orders, are made from. */
  public double mean(int ahead) {
    return days[ahead][0];
  }

  /** Half of the days sell at most this; the best guess of a single day by absolute error. */
  public double median(int ahead) {
    return days[ahead][1];
  }

  double[] means() {
    return column(0);
  }

  double[] medians() {
    return column(1);
  }

  private double[] column(int number) {
    return java.util.Arrays.stream(days).mapToDouble(day -> day[number]).toArray();
  }

  /** Lower end of an interval. */
  public double lower(Coverage coverage, int ahead) {
    return days[ahead][2 + 2 * coverage.place];
  }

  /** Upper end of an interval. */
  public double upper(Coverage coverage, int ahead) {
    return days[ahead][3 + 2 * coverage.place];
  }

  /** Share of days that an interval is to hold. */
  public enum Coverage {
    /** Four days of five. */
    C80(0, 0.80),
    /** Nineteen days of twenty. */
    C95(1, 0.95);

    final int place;
    private final double nominal;

    Coverage(int place, double nominal) {
      this.place = place;
      this.nominal = nominal;
    }

    /** The share. */
    public double nominal() {
      return nominal;
    }
  }
}
