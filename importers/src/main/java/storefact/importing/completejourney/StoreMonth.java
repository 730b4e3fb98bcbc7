package storefact.importing.completejourney;

import java.time.YearMonth;
import java.util.Comparator;

/** What one file of sales lines holds: one store's lines of one month of business dates. */
record StoreMonth(int store, YearMonth month) implements Comparable<StoreMonth> {

  private static final Comparator<StoreMonth> ORDER =
      Comparator.comparingInt(StoreMonth::store).thenComparing(StoreMonth::month);

  @Override
  public int compareTo(StoreMonth other) {
    return ORDER.compare(this, other);
  }

  /** The folder of the store's files. */
  String folder() {
    return "store-" + store;
  }

  /** The file's name without its ending. */
  String file() {
    return "sales_line-" + month;
  }
}
