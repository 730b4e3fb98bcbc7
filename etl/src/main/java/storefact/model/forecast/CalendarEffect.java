package storefact.model.forecast;

/**
 * A way to sort days: each day falls into one bin or none, and all days of a bin share a factor.
 *
 * @see SeasonalFactors
 */
final class CalendarEffect {
  /** The bin of days that the effect does not touch. */
  static final int NONE = -1;

  private final int[] bins;
  private final boolean[] known;
  private final double[] kernel;
  private final boolean circular;

  /**
   * An effect.
   *
   * @param bins bin of each day or {@link #NONE}
   * @param known of each bin: whether the past tells its factor; other factors stay 1
   * @param bandwidth standard deviation of the Gaussian weights by which a bin learns from its
   *     neighbours, in bins; 0 for bins that are no neighbours
   * @param circular whether the last bin is a neighbour of the first
   */
  CalendarEffect(int[] bins, boolean[] known, double bandwidth, boolean circular) {
    this.bins = bins.clone();
    this.known = known.clone();
    this.circular = circular;
    int reach = (int) Math.ceil(3 * bandwidth);
    kernel = new double[reach + 1];
    for (int away = 0; away <= reach; away++) {
      kernel[away] = bandwidth == 0 ? 1 : Math.exp(-0.5 * away * away / (bandwidth * bandwidth));
    }
  }

  int bin(int day) {
    return bins[day];
  }

  int size() {
    return known.length;
  }

  boolean known(int bin) {
    return known[bin];
  }

  boolean touchesAnything() {
    for (boolean one : known) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  /** Weighted sums over the neighbours of each bin. */
  double[] smooth(double[] sums) {
    if (kernel.length == 1) {
      return sums;
    }
    double[] smoothed = new double[sums.length];
    for (int bin = 0; bin < sums.length; bin++) {
      for (int away = 1 - kernel.length; away < kernel.length; away++) {
        int other = circular ? Math.floorMod(bin + away, sums.length) : bin + away;
        if (other >= 0 && other < sums.length) {
          smoothed[bin] += kernel[Math.abs(away)] * sums[other];
        }
      }
    }
    return smoothed;
  }
}
