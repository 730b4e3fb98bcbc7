package storefact.model.forecast;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import storefact.model.forecast.OriginFit.Fitted;

/**
 * Forecasts every series of a panel: level × calendar factors, with prediction intervals.
 *
 * <p>Each forecast looks at those that would have been made up to half a year earlier. Per class of
 * series (level, measure, how often something sells) their errors decide how fast levels forget,
 * and their quantiles are the intervals and the median: split conformal prediction in time (Lei,
 * G'Sell, Rinaldo, Tibshirani, Wasserman: Distribution-free predictive inference for regression,
 * 2018), errors divided by the square root of dispersion × mean.
 *
 * <p>Where days without sales alone are more than the lower tail, the interval begins at 0 and its
 * whole error is above it. Same panel, same forecasts: threads share no sums.
 */
public final class DemandForecaster {
  /** Days ahead that a forecast usually reaches. */
  public static final int HORIZON = 28;

  /** Earlier forecasts that are looked at. */
  static final int EARLIER = 6;

  /**
   * Errors of a class are learnt from so many series of all at most: each has dozens, and of a
   * large chain's hundred thousands of series the fits would take longer than all forecasts.
   */
  private static final int LEARNT_FROM = 40_000;

  /** Spreads neighbours: 2³² over the golden ratio, as D. Knuth's multiplicative hashing does. */
  private static final int SPREAD = 0x9E3779B9;

  /** Days that an earlier forecast must know. */
  private static final int LEAST_PAST = 84;

  private final DemandPanel panel;
  private final DemandCalendar calendar;
  private final int horizon;
  private final int learntFrom;
  private final TreeMap<Integer, OriginFit> fits = new TreeMap<>();

  /** Fits of origins that nobody forecasts from: of the series that errors are learnt from. */
  private final TreeMap<Integer, OriginFit> samples = new TreeMap<>();

  /**
   * A forecaster.
   *
   * @param calendar reaches from {@link DemandCalendar#MARGIN} days before the panel to as many
   *     after the last day forecast
   * @param horizon days ahead
   */
  public DemandForecaster(DemandPanel panel, DemandCalendar calendar, int horizon) {
    this(panel, calendar, horizon, LEARNT_FROM);
  }

  DemandForecaster(DemandPanel panel, DemandCalendar calendar, int horizon, int learntFrom) {
    this.panel = panel;
    this.calendar = calendar;
    this.horizon = horizon;
    this.learntFrom = learntFrom;
  }

  /**
   * Forecasts from an origin. Calls with growing origins, a horizon apart, share their work.
   *
   * @param origin days of the panel that are known
   * @return one per series that sold on 28 days and lately
   */
  public List<Forecast> forecast(int origin) {
    OriginFit now = fit(origin);
    Map<SeriesClass, ErrorQuantiles> classes = learn(origin);
    fits.headMap(origin - (EARLIER - 1) * horizon).clear();
    samples.headMap(origin - (EARLIER - 1) * horizon).clear();
    return IntStream.range(0, panel.series().size())
        .parallel()
        .mapToObj(
            i -> {
              DemandSeries series = panel.series().get(i);
              return now.series(i)
                  .map(
                      fitted ->
                          forecast(
                              series, origin, fitted, classes.get(SeriesClass.of(series, fitted))));
            })
        .flatMap(Optional::stream)
        .toList();
  }

  private OriginFit fit(int origin) {
    return fits.computeIfAbsent(
        origin, _ -> new OriginFit(panel, calendar, origin, horizon, _ -> true));
  }

  private OriginFit sample(int origin) {
    return fits.containsKey(origin)
        ? fits.get(origin)
        : samples.computeIfAbsent(
            origin, _ -> new OriginFit(panel, calendar, origin, horizon, this::teaches));
  }

  /** Whether errors of the series with that number are learnt from. */
  private boolean teaches(int number) {
    long spread = Integer.toUnsignedLong(number * SPREAD);
    return spread * panel.series().size() < (long) learntFrom << Integer.SIZE;
  }

  /** Of every class that is to be forecast. */
  private Map<SeriesClass, ErrorQuantiles> learn(int origin) {
    List<OriginFit> earlier =
        IntStream.rangeClosed(1, EARLIER)
            .map(back -> origin - back * horizon)
            .filter(past -> past >= LEAST_PAST)
            .mapToObj(this::sample)
            .toList();
    Map<SeriesClass, ErrorQuantiles.Learning> learning = new HashMap<>();
    for (OriginFit past : earlier) {
      for (int i = 0; i < panel.series().size(); i++) {
        DemandSeries series = panel.series().get(i);
        Optional<Fitted> fitted = past.series(i);
        if (fitted.isPresent() && teaches(i)) {
          ErrorQuantiles.Learning one =
              learning.computeIfAbsent(
                  SeriesClass.of(series, fitted.get()), _ -> new ErrorQuantiles.Learning());
          for (int ahead = 0; ahead < horizon; ahead++) {
            one.add(fitted.get(), ahead, series.on(past.origin() + ahead));
          }
        }
      }
    }
    Map<SeriesClass, ErrorQuantiles> learnt = new HashMap<>();
    for (int i = 0; i < panel.series().size(); i++) {
      DemandSeries series = panel.series().get(i);
      fit(origin)
          .series(i)
          .map(fitted -> SeriesClass.of(series, fitted))
          .ifPresent(
              one ->
                  learnt.computeIfAbsent(
                      one, key -> ErrorQuantiles.of(Optional.ofNullable(learning.get(key)))));
    }
    return learnt;
  }

  private Forecast forecast(DemandSeries series, int origin, Fitted fitted, ErrorQuantiles errors) {
    double[][] days = new double[horizon][];
    for (int ahead = 0; ahead < horizon; ahead++) {
      days[ahead] = errors.day(fitted, ahead);
    }
    return new Forecast(series, origin, fitted.idle() <= 0.5, errors.learnt(), days);
  }

  /**
   * Series whose errors are alike.
   *
   * @param idle in which of a few bands the share of days without sales lies
   */
  record SeriesClass(DemandLevel level, DemandMeasure measure, int idle) {
    private static final double[] BANDS = {0.025, 0.1, 0.3, 0.5, 0.8};

    static SeriesClass of(DemandSeries series, Fitted fitted) {
      int band = 0;
      while (band < BANDS.length && fitted.idle() > BANDS[band]) {
        band++;
      }
      return new SeriesClass(series.level(), series.measure(), band);
    }
  }
}
