package storefact.mart.season;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The multiplicative model of a series of days: sales = open stores × base × weekday × month ×
 * event × growth ^ years.
 *
 * <p>Fitted by Poisson pseudo-maximum likelihood, which needs sales to have that mean and nothing
 * else of Poisson, takes days without sales as they are, and has no bias from logarithms. Source:
 * C. Gourieroux, A. Monfort, A. Trognon, Pseudo maximum likelihood methods: applications to Poisson
 * models, Econometrica 52 (1984). The likelihood is climbed by Newton's method in the logarithms of
 * the factors: P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed. 1989, section 2.5.
 *
 * <p>Factors of weekdays and of months average 1 over those that occur; the factor of days without
 * event is 1; what occurs and never sold has the factor 0. A factor that the days cannot tell is
 * empty: one that others could stand in for, and one for which more, or less, is always likelier,
 * as of an event in a month that sold on no other day (A. Albert, J. A. Anderson, On the existence
 * of maximum likelihood estimates in logistic regression models, Biometrika 71 (1984)). Growth is
 * told apart from months only where months come back, from {@value #LEAST_DAYS_FOR_GROWTH} days on.
 * Not thread-safe.
 */
final class SeasonFit {
  static final int LEAST_DAYS_FOR_GROWTH = 730;

  private static final int MOST_STEPS = 100;
  private static final int MOST_HALVINGS = 40;

  /** How far factors may move at once, as a logarithm. */
  private static final double LONGEST_STEP = 2;

  /** Changes of fitted sales at which the climb is over, in sales of a mean day. */
  private static final double CLOSE = 1e-10;

  /** Fitted sales below which a day sells nothing in the end, in sales of a mean day. */
  private static final double VANISHED = 1e-6;

  /** Below these a pivot or an eigenvalue is a rounding error, diagonals being 1. */
  private static final double NO_PIVOT = 1e-8;

  private static final double NO_EIGENVALUE = 1e-13;
  private static final double NO_PART = 1e-6;
  private static final double DAYS_A_YEAR = 365.25;

  private final int[] day;
  private final double[] stores;
  private final double[] sales;
  private final int[][] level;
  private final int[] levels;
  private final boolean tellsGrowth;

  /** Place of a level's logarithm among the parameters; those beside which others stand have 0. */
  private final int[][] place;

  private final boolean[][] sold;
  private final int parameters;
  private final int[] days;
  private final double meanDay;
  private final double[] fitted;
  private final double[] logarithms;
  private boolean[] open;

  /**
   * Fits a series.
   *
   * @param day days, counted from any day, ascending
   * @param stores open stores of each day, above 0
   * @param sales of each day, not below 0, not all 0
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
    this.levels = new int[] {7, 12, events};
    this.tellsGrowth = day[day.length - 1] - day[0] + 1 >= LEAST_DAYS_FOR_GROWTH;
    this.fitted = new double[day.length];
    this.sold = new boolean[levels.length][];
    this.place = new int[levels.length][];
    int next = 1; // after the base
    for (int kind = 0; kind < levels.length; kind++) {
      sold[kind] = new boolean[levels[kind]];
      for (int i = 0; i < day.length; i++) {
        sold[kind][level[kind][i]] |= sales[i] > 0;
      }
      place[kind] = new int[levels[kind]];
      int beside = lastOf(sold[kind]);
      for (int l = 0; l < beside; l++) {
        place[kind][l] = sold[kind][l] ? next++ : 0;
      }
    }
    this.parameters = next + (tellsGrowth ? 1 : 0);
    this.days = IntStream.range(0, day.length).filter(i -> allSold(i, -1)).toArray();
    this.meanDay = Arrays.stream(days).mapToDouble(i -> sales[i]).sum() / days.length;
    this.logarithms = new double[parameters];
    logarithms[0] =
        Math.log(
            Arrays.stream(days).mapToDouble(i -> sales[i]).sum()
                / Arrays.stream(days).mapToDouble(i -> stores[i]).sum());
    this.open = new boolean[parameters];
    if (climb()) {
      open = leftOpen();
    } else {
      Arrays.fill(open, true);
    }
  }

  /** Factor of a weekday, 0 = Monday; 1 = a mean one. */
  OptionalDouble weekday(int weekday) {
    return besideTheMean(0, weekday);
  }

  /** Factor of a month, 0 = January; 1 = a mean one. */
  OptionalDouble month(int month) {
    return besideTheMean(1, month);
  }

  /** Factor of an event beside weekday and month; 1 = no event. */
  OptionalDouble event(int event) {
    boolean measured = sold[2][levels[2] - 1];
    return measured && told(2, event)
        ? OptionalDouble.of(factor(2, event))
        : OptionalDouble.empty();
  }

  /** Factor of a year more. */
  OptionalDouble growth() {
    return tellsGrowth && !open[parameters - 1]
        ? OptionalDouble.of(Math.exp(logarithms[parameters - 1]))
        : OptionalDouble.empty();
  }

  /** Whether the series is long enough to tell growth from months. */
  boolean tellsGrowth() {
    return tellsGrowth;
  }

  /** Sales of a day by the model. */
  double fitted(int index) {
    return fitted[index];
  }

  private static int lastOf(boolean[] which) {
    int last = which.length - 1;
    while (last > 0 && !which[last]) {
      last--;
    }
    return last;
  }

  /** Whether what a day has, but for one kind, ever sold: else it tells nothing of the others. */
  private boolean allSold(int i, int butKind) {
    return IntStream.range(0, levels.length).allMatch(k -> k == butKind || sold[k][level[k][i]]);
  }

  private double factor(int kind, int l) {
    return sold[kind][l] ? Math.exp(place[kind][l] == 0 ? 0 : logarithms[place[kind][l]]) : 0;
  }

  private OptionalDouble besideTheMean(int kind, int l) {
    int[] occurring = Arrays.stream(level[kind]).distinct().toArray();
    return Arrays.stream(occurring).allMatch(each -> told(kind, each))
        ? OptionalDouble.of(
            factor(kind, l)
                / Arrays.stream(occurring)
                    .mapToDouble(each -> factor(kind, each))
                    .average()
                    .orElseThrow())
        : OptionalDouble.empty();
  }

  private boolean told(int kind, int l) {
    return IntStream.range(0, day.length).anyMatch(i -> level[kind][i] == l && allSold(i, kind))
        && !(sold[kind][l] && place[kind][l] != 0 && open[place[kind][l]]);
  }

  /** Finds the highest likelihood; whether it came there. */
  private boolean climb() {
    double[] expected = expected(logarithms);
    double reached = likelihood(logarithms, expected);
    boolean arrived = false;
    for (int step = 0; step < MOST_STEPS && !arrived; step++) {
      double[] ahead = ahead(expected);
      double longest = Arrays.stream(ahead).map(Math::abs).max().orElseThrow();
      double share = Math.min(1, LONGEST_STEP / Math.max(longest, Double.MIN_NORMAL));
      double[] tried = logarithms.clone();
      double[] then = expected;
      for (int halving = 0; halving < MOST_HALVINGS; halving++) {
        for (int p = 0; p < parameters; p++) {
          tried[p] = logarithms[p] + share * ahead[p];
        }
        then = expected(tried);
        double now = likelihood(tried, then);
        if (now >= reached - 1e-12 * Math.abs(reached)) {
          reached = now;
          break;
        }
        share /= 2;
      }
      double change = 0;
      for (int d = 0; d < days.length; d++) {
        change = Math.max(change, Math.abs(then[d] - expected[d]));
      }
      arrived = change <= CLOSE * meanDay;
      System.arraycopy(tried, 0, logarithms, 0, parameters);
      expected = then;
    }
    for (int d = 0; d < days.length; d++) {
      fitted[days[d]] = expected[d];
    }
    return arrived;
  }

  /** What a parameter is multiplied with on a day: 1, or the years from the middle. */
  private double years(int i) {
    return (day[i] - (day[0] + day[day.length - 1]) / 2.0) / DAYS_A_YEAR;
  }

  private double logarithm(double[] logarithms, int i) {
    double sum = logarithms[0];
    for (int kind = 0; kind < levels.length; kind++) {
      int p = place[kind][level[kind][i]];
      sum += p == 0 ? 0 : logarithms[p];
    }
    return tellsGrowth ? sum + logarithms[parameters - 1] * years(i) : sum;
  }

  private double[] expected(double[] logarithms) {
    return Arrays.stream(days)
        .mapToDouble(i -> stores[i] * Math.exp(logarithm(logarithms, i)))
        .toArray();
  }

  private double likelihood(double[] logarithms, double[] expected) {
    double sum = 0;
    for (int d = 0; d < days.length; d++) {
      sum += sales[days[d]] * logarithm(logarithms, days[d]) - expected[d];
    }
    return sum;
  }

  /** Newton's step. */
  private double[] ahead(double[] expected) {
    double[] slope = new double[parameters];
    for (int d = 0; d < days.length; d++) {
      int i = days[d];
      double rest = sales[i] - expected[d];
      for (int p : parametersOf(i)) {
        slope[p] += rest * weight(p, i);
      }
    }
    double[][] curvature = curvature(expected);
    double[] scale = scale(curvature);
    for (int p = 0; p < parameters; p++) {
      slope[p] *= scale[p];
    }
    double[] step = solved(curvature, slope);
    for (int p = 0; p < parameters; p++) {
      step[p] *= scale[p];
    }
    return step;
  }

  private int[] parametersOf(int i) {
    int[] all = new int[levels.length + (tellsGrowth ? 2 : 1)];
    int count = 1;
    for (int kind = 0; kind < levels.length; kind++) {
      int p = place[kind][level[kind][i]];
      if (p != 0) {
        all[count++] = p;
      }
    }
    if (tellsGrowth) {
      all[count++] = parameters - 1;
    }
    return Arrays.copyOf(all, count);
  }

  private double weight(int parameter, int i) {
    return tellsGrowth && parameter == parameters - 1 ? years(i) : 1;
  }

  private double[][] curvature(double[] weights) {
    double[][] curvature = new double[parameters][parameters];
    for (int d = 0; d < days.length; d++) {
      int i = days[d];
      int[] all = parametersOf(i);
      for (int p : all) {
        for (int q : all) {
          curvature[p][q] += weights[d] * weight(p, i) * weight(q, i);
        }
      }
    }
    return curvature;
  }

  /** Makes the diagonal 1, and by what. */
  private static double[] scale(double[][] curvature) {
    int n = curvature.length;
    double[] scale = new double[n];
    for (int p = 0; p < n; p++) {
      scale[p] = curvature[p][p] > 0 ? 1 / Math.sqrt(curvature[p][p]) : 0;
    }
    for (int p = 0; p < n; p++) {
      for (int q = 0; q < n; q++) {
        curvature[p][q] = p == q ? Math.signum(scale[p]) : curvature[p][q] * scale[p] * scale[q];
      }
    }
    return scale;
  }

  /** The shortest solution, where there are many. */
  private static double[] solved(double[][] curvature, double[] slope) {
    RealMatrix matrix = new Array2DRowRealMatrix(curvature, false);
    RealVector right = new ArrayRealVector(slope, false);
    try {
      return new CholeskyDecomposition(matrix, 1e-10, NO_PIVOT).getSolver().solve(right).toArray();
    } catch (MathIllegalArgumentException e) {
      RealVector step = new ArrayRealVector(slope.length);
      EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(matrix);
      for (int n = 0; n < slope.length; n++) {
        if (eigen.getEigenvalue(n) > NO_EIGENVALUE) {
          RealVector vector = eigen.getEigenvector(n);
          step = step.add(vector.mapMultiply(vector.dotProduct(right) / eigen.getEigenvalue(n)));
        }
      }
      return step.toArray();
    }
  }

  /** Parameters that the days which sell in the end do not tell. */
  private boolean[] leftOpen() {
    boolean[] open = new boolean[parameters];
    double[][] design =
        curvature(
            Arrays.stream(days).mapToDouble(i -> fitted[i] > VANISHED * meanDay ? 1 : 0).toArray());
    scale(design);
    RealMatrix matrix = new Array2DRowRealMatrix(design, false);
    try {
      new CholeskyDecomposition(matrix, 1e-10, NO_PIVOT);
    } catch (MathIllegalArgumentException e) {
      EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(matrix);
      for (int n = 0; n < parameters; n++) {
        if (eigen.getEigenvalue(n) < NO_PIVOT / parameters) {
          for (int p = 0; p < parameters; p++) {
            open[p] |= Math.abs(eigen.getEigenvector(n).getEntry(p)) > NO_PART;
          }
        }
      }
    }
    return open;
  }
}
