package storefact.model.forecast;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.util.Arrays;
import java.util.Optional;
import storefact.model.forecast.Forecast.Coverage;
import storefact.model.forecast.OriginFit.Fitted;

/** What earlier forecasts of a class of series teach: how fast to forget, and how far one errs. */
final class ErrorQuantiles {
  /** With fewer errors, quantiles far out mean nothing. */
  private static final int LEAST = 200;

  private static final int USUAL_KEEP = 2;

  /** Of the normal distribution, until there are errors: 2.5, 10, 90 and 97.5 %. */
  private static final double[][] NORMAL = {{-1.281552, 1.281552}, {-1.959964, 1.959964}};

  private final int keep;
  private final double median;
  private final double[][] tails;
  private final boolean learnt;

  private ErrorQuantiles(int keep, double median, double[][] tails, boolean learnt) {
    this.keep = keep;
    this.median = median;
    this.tails = tails;
    this.learnt = learnt;
  }

  static ErrorQuantiles of(Optional<Learning> learning) {
    return learning
        .filter(one -> one.idle.size() >= LEAST)
        .map(Learning::quantiles)
        .orElseGet(() -> new ErrorQuantiles(USUAL_KEEP, 0, NORMAL, false));
  }

  boolean learnt() {
    return learnt;
  }

  /** Mean, median, and lower and upper end of each coverage. */
  double[] day(Fitted fitted, int ahead) {
    double mean = fitted.mean(keep, ahead);
    double spread = fitted.spread(mean);
    double[] day = new double[2 + 2 * tails.length];
    day[0] = mean;
    day[1] = Math.max(0, mean + median * spread);
    for (int i = 0; i < tails.length; i++) {
      day[2 + 2 * i] = Math.max(0, mean + tails[i][0] * spread);
      day[3 + 2 * i] = Math.max(0, mean + tails[i][1] * spread);
    }
    return day;
  }

  /** Collects errors. */
  static final class Learning {
    private final DoubleArrayList[] errors = new DoubleArrayList[OriginFit.KEEPS.length];
    private final double[] sums = new double[OriginFit.KEEPS.length];

    /** 1 for days without sales. */
    private final DoubleArrayList idle = new DoubleArrayList();

    Learning() {
      Arrays.setAll(errors, _ -> new DoubleArrayList());
    }

    void add(Fitted fitted, int ahead, double actual) {
      double usual = fitted.spread(fitted.mean(USUAL_KEEP, ahead));
      if (usual == 0) {
        return;
      }
      idle.add(actual <= 0 ? 1 : 0);
      for (int keep = 0; keep < errors.length; keep++) {
        double mean = fitted.mean(keep, ahead);
        double spread = fitted.spread(mean);
        errors[keep].add(spread == 0 ? 0 : (actual - mean) / spread);
        sums[keep] += Math.abs(actual - mean) / usual;
      }
    }

    ErrorQuantiles quantiles() {
      int best = 0;
      for (int keep = 1; keep < sums.length; keep++) {
        best = sums[keep] < sums[best] ? keep : best;
      }
      double[] sorted = errors[best].toDoubleArray();
      Arrays.sort(sorted);
      double without = idle.doubleStream().sum() / idle.size();
      double[][] tails = new double[Coverage.values().length][];
      for (Coverage coverage : Coverage.values()) {
        double tail = (1 - coverage.nominal()) / 2;
        tails[coverage.place] =
            without >= tail
                ? new double[] {Double.NEGATIVE_INFINITY, at(sorted, coverage.nominal())}
                : new double[] {at(sorted, tail), at(sorted, 1 - tail)};
      }
      return new ErrorQuantiles(best, at(sorted, 0.5), tails, true);
    }

    private static double at(double[] sorted, double share) {
      int index = (int) Math.ceil(share * (sorted.length + 1)) - 1;
      return sorted[Math.clamp(index, 0, sorted.length - 1)];
    }
  }
}
