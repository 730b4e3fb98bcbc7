package storefact.mart.season;

import java.util.Arrays;

/**
 * The multiplicative model of a series of days: sales = open stores × base × weekday × month ×
 * event × growth ^ years.
 *
 * <p>Fitted by Poisson pseudo-maximum likelihood, which needs sales to have that mean and nothing
 * else of Poisson, takes days without sales as they are, and has no bias from logarithms. Source:
 * C. Gourieroux, A. Monfort, A. Trognon, Pseudo maximum likelihood methods: applications to Poisson
 * models, Econometrica 52 (1984). For factors alone the likelihood is highest where each level's
 * fitted sum equals its observed one, which proportional fitting reaches: W. E. Deming, F. F.
 * Stephan, Annals of Mathematical Statistics 11 (1940). The growth is a Newton step in between.
 *
 * <p>Factors of weekdays and of months average 1 over those that occur; the factor of days without
 * event is 1. Growth is told apart from months only where months come back, from {@value
 * #LEAST_DAYS_FOR_GROWTH} days on; else it is 1. Not thread-safe.
 */
final class SeasonFit {
  static final int LEAST_DAYS_FOR_GROWTH = 730;

  private static final int ROUNDS = 2000;
  private static final double CLOSE = 1e-10;
  private static final double DAYS_A_YEAR = 365.25;

  private final int[] day;
  private final double[] stores;
  private final double[] sales;
  private final int[][] level;
  private final double[][] factor;
  private final double[] growth;
  private final double[] fitted;
  private double base = 1;
  private double slope;

  /**
   * Fits a series.
   *
   * @param day days, counted from any day, ascending
   * @param stores open stores of each day, above 0
   * @param sales of each day, not below 0
   * @param weekday 0 to 6
   * @param month 0 to 11
   * @param event from 0
   * @param events number of events, the last of which is none
   */
  SeasonFit(
      int[] day,
      double[] stores,
      double[] sales,
      int[] weekday,
      int[] month,
      int[] event,
      int events) {
    this.day = day;
    this.stores = stores;
    this.sales = sales;
    this.level = new int[][] {weekday, month, event};
    this.factor = new double[][] {new double[7], new double[12], new double[events]};
    this.growth = new double[day.length];
    this.fitted = new double[day.length];
    Arrays.fill(growth, 1);
    for (double[] each : factor) {
      Arrays.fill(each, 1);
    }
    fit();
  }

  /** Factor of a weekday, 0 = Monday; 1 = a mean one. */
  double weekday(int weekday) {
    return factor[0][weekday];
  }

  /** Factor of a month, 0 = January; 1 = a mean one. */
  double month(int month) {
    return factor[1][month];
  }

  /** Factor of an event beside weekday and month. */
  double event(int event) {
    return factor[2][event];
  }

  /** Factor of a year more, 1 where nobody can tell. */
  double growth() {
    return Math.exp(slope * DAYS_A_YEAR);
  }

  /** Whether the series is long enough to tell growth from months. */
  boolean tellsGrowth() {
    return day[day.length - 1] - day[0] + 1 >= LEAST_DAYS_FOR_GROWTH;
  }

  /** Sales of a mean weekday and month without event, a store and day, in the middle. */
  double base() {
    return base;
  }

  /** Sales of a day by the model. */
  double fitted(int index) {
    return fitted[index];
  }

  private void fit() {
    for (int round = 0; round < ROUNDS; round++) {
      double change = 0;
      for (int f = 0; f < factor.length; f++) {
        change = Math.max(change, match(f));
      }
      if (tellsGrowth()) {
        change = Math.max(change, grow());
      }
      if (change < CLOSE) {
        break;
      }
    }
    normalise();
    refit();
  }

  /** Makes the fitted sum of each level the observed one; how far they were apart. */
  private double match(int f) {
    refit();
    double[] observed = new double[factor[f].length];
    double[] expected = new double[factor[f].length];
    for (int i = 0; i < day.length; i++) {
      observed[level[f][i]] += sales[i];
      expected[level[f][i]] += fitted[i];
    }
    double change = 0;
    for (int l = 0; l < observed.length; l++) {
      if (expected[l] > 0) {
        double ratio = observed[l] / expected[l];
        factor[f][l] *= ratio;
        change = Math.max(change, Math.abs(ratio - 1));
      }
    }
    return change;
  }

  /** A Newton step of the slope: d log-likelihood = Σ (sales − fitted) × time. */
  private double grow() {
    refit();
    double gradient = 0;
    double curvature = 0;
    for (int i = 0; i < day.length; i++) {
      double time = time(i);
      gradient += (sales[i] - fitted[i]) * time;
      curvature += fitted[i] * time * time;
    }
    if (curvature <= 0) {
      return 0;
    }
    double step = gradient / curvature;
    slope += step;
    for (int i = 0; i < day.length; i++) {
      growth[i] = Math.exp(slope * time(i));
    }
    return Math.abs(step) * DAYS_A_YEAR;
  }

  private double time(int i) {
    return day[i] - (day[0] + day[day.length - 1]) / 2.0;
  }

  private void refit() {
    for (int i = 0; i < day.length; i++) {
      double product = stores[i] * base * growth[i];
      for (int f = 0; f < factor.length; f++) {
        product *= factor[f][level[f][i]];
      }
      fitted[i] = product;
    }
  }

  /** Moves what factors have in common into the base. */
  private void normalise() {
    for (int f = 0; f < factor.length; f++) {
      double scale =
          f == factor.length - 1 && factor[f][factor[f].length - 1] > 0
              ? factor[f][factor[f].length - 1]
              : meanOfOccurring(f);
      if (scale <= 0) {
        continue;
      }
      base *= scale;
      for (int l = 0; l < factor[f].length; l++) {
        factor[f][l] /= scale;
      }
    }
  }

  private double meanOfOccurring(int f) {
    boolean[] occurs = new boolean[factor[f].length];
    for (int l : level[f]) {
      occurs[l] = true;
    }
    double sum = 0;
    int count = 0;
    for (int l = 0; l < occurs.length; l++) {
      if (occurs[l]) {
        sum += factor[f][l];
        count++;
      }
    }
    return count == 0 ? 1 : sum / count;
  }
}
