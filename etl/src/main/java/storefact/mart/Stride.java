package storefact.mart;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * How many months one statement computes. The months of a small chain cost less than the statement
 * around them, and what is carried is read anew by each statement; so each takes twice the months
 * of the one before, as long as it stays short, which is what a crash loses, and small.
 */
final class Stride {
  private static final double LONG_SECONDS = 10;
  private static final long LARGE_BYTES = 192L << 20;
  private static final int MOST_MONTHS = 32;

  private final boolean single;
  private int months = 1;

  /**
   * Begins with one month.
   *
   * @param mart whose months they are; a model takes them one by one
   */
  Stride(Mart mart) {
    this.single = mart instanceof ModelMart;
  }

  /**
   * The first of the partitions, in order and without a gap, as many as the next statement takes.
   */
  List<String> first(List<String> partitions) {
    List<String> taken = new ArrayList<>(partitions.subList(0, 1));
    for (String partition : partitions.subList(1, partitions.size())) {
      if (taken.size() == months || !isNext(taken.getLast(), partition)) {
        break;
      }
      taken.add(partition);
    }
    return List.copyOf(taken);
  }

  private static boolean isNext(String month, String other) {
    return YearMonth.parse(month, Slice.PARTITION)
        .plusMonths(1)
        .equals(YearMonth.parse(other, Slice.PARTITION));
  }

  /** Learns what a statement cost. */
  void took(double seconds, long memory) {
    if (seconds > 2 * LONG_SECONDS || memory > 2 * LARGE_BYTES) {
      months = Math.max(1, months / 2);
    } else if (!single && seconds <= LONG_SECONDS && memory <= LARGE_BYTES) {
      months = Math.min(MOST_MONTHS, 2 * months);
    }
  }

  /** The last statement was too large for the engine's memory: on with single months. */
  void tooLarge() {
    months = 1;
  }
}
