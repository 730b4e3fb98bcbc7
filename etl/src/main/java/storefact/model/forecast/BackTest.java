package storefact.model.forecast;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import storefact.model.forecast.Forecast.Coverage;

/**
 * Forecasts as they would have been made: the last so many horizons of the panel, each day forecast
 * once from what was known at its origin, beside simpler methods.
 */
public final class BackTest {
  /** Weights of the newest sale in the methods for intermittent demand; usual in their papers. */
  private static final double ALPHA = 0.1;

  private final DemandPanel panel;
  private final DemandCalendar calendar;
  private final int horizon;
  private final int origins;

  /** By day of the panel; the same for all series. */
  private final Map<Integer, Integer> yearsBefore = new HashMap<>();

  /**
   * A back-test.
   *
   * @param horizon days ahead
   * @param origins how many, a horizon apart, the last one a horizon before the end
   */
  public BackTest(DemandPanel panel, DemandCalendar calendar, int horizon, int origins) {
    this.panel = panel;
    this.calendar = calendar;
    this.horizon = horizon;
    this.origins = origins;
  }

  /** Whose forecast is judged. */
  public enum Method {
    /** Ours, its median. */
    MEDIAN,
    /** Ours, its mean. */
    MEAN,
    /** Last week's same weekday. */
    SEASONAL_NAIVE,
    /** The like day of the year before, by weekday and lunar festivals; last week's without one. */
    YEAR_BEFORE,
    /** Croston's without bias. */
    SYNTETOS_BOYLAN,
    /** With a chance to sell that fades. */
    TEUNTER_SYNTETOS_BABAI
  }

  /**
   * Series that are judged together.
   *
   * @param frequent whether something sold on at least half of the days of the half-year before
   */
  public record Group(DemandLevel level, DemandMeasure measure, boolean frequent)
      implements Comparable<Group> {
    @Override
    public int compareTo(Group other) {
      return java.util.Comparator.comparing(Group::level)
          .thenComparing(Group::measure)
          .thenComparing(Group::frequent, java.util.Comparator.reverseOrder())
          .compare(this, other);
    }
  }

  private int yearBefore(int day) {
    return yearsBefore.computeIfAbsent(
        day, d -> calendar.yearBefore(panel.firstDay() + d) - panel.firstDay());
  }

  /** The origins, as days known; fewer than asked for where the panel is short. */
  public List<Integer> origins() {
    return java.util.stream.IntStream.iterate(origins, left -> left > 0, left -> left - 1)
        .map(left -> panel.days() - left * horizon)
        .filter(origin -> origin >= horizon)
        .boxed()
        .toList();
  }

  /**
   * Runs it.
   *
   * @param each takes the forecasts of each origin
   */
  public Map<Group, Map<Method, Accuracy>> run(Consumer<List<Forecast>> each) {
    DemandForecaster forecaster = new DemandForecaster(panel, calendar, horizon);
    Map<Group, Map<Method, Accuracy>> accuracies = new TreeMap<>();
    for (int origin : origins()) {
      List<Forecast> forecasts = forecaster.forecast(origin);
      for (Forecast forecast : forecasts) {
        judge(forecast, accuracies.computeIfAbsent(group(forecast), _ -> none()));
      }
      each.accept(forecasts);
    }
    return accuracies;
  }

  /** The group that a forecast belongs to. */
  public static Group group(Forecast forecast) {
    DemandSeries series = forecast.series();
    return new Group(series.level(), series.measure(), forecast.frequent());
  }

  /** Nothing judged yet. */
  public static Map<Method, Accuracy> none() {
    Map<Method, Accuracy> none = new EnumMap<>(Method.class);
    for (Method method : Method.values()) {
      none.put(method, new Accuracy());
    }
    return none;
  }

  /** Judges a forecast whose days have come, beside the simpler methods. */
  public void judge(Forecast forecast, Map<Method, Accuracy> accuracies) {
    DemandSeries series = forecast.series();
    double[] values = series.values();
    int origin = forecast.origin();
    int first = series.firstSale();
    Accuracy median = accuracies.get(Method.MEDIAN);
    median.points(series, origin, forecast.medians());
    accuracies.get(Method.MEAN).points(series, origin, forecast.means());
    double[] points = new double[forecast.horizon()];
    Arrays.setAll(points, ahead -> SeasonalNaive.of(values, origin, ahead));
    accuracies.get(Method.SEASONAL_NAIVE).points(series, origin, points);
    Arrays.setAll(
        points,
        ahead -> SeasonalNaive.ofYear(values, origin, ahead, yearBefore(origin + ahead), first));
    accuracies.get(Method.YEAR_BEFORE).points(series, origin, points);
    Arrays.fill(points, IntermittentDemand.syntetosBoylan(values, first, origin, ALPHA));
    accuracies.get(Method.SYNTETOS_BOYLAN).points(series, origin, points);
    Arrays.fill(
        points, IntermittentDemand.teunterSyntetosBabai(values, first, origin, ALPHA, ALPHA));
    accuracies.get(Method.TEUNTER_SYNTETOS_BABAI).points(series, origin, points);
    for (Coverage coverage : Coverage.values()) {
      for (int ahead = 0; ahead < forecast.horizon(); ahead++) {
        median.interval(
            coverage,
            series.on(origin + ahead),
            forecast.lower(coverage, ahead),
            forecast.upper(coverage, ahead));
      }
    }
  }
}
