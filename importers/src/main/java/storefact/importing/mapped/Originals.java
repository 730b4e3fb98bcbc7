package storefact.importing.mapped;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sales that a return may have brought back: only those whose customer, goods and price also stand
 * in a return, and no more than a bound.
 */
final class Originals {

  /** One code for all walk-in customers must not make the search a search through the file. */
  private static final int MOST_PER_KEY = 1_000;

  private static final class Sale {
    private final Map<String, String> texts;
    private final long soldAt;
    private BigDecimal left;

    private Sale(Map<String, String> texts, long soldAt, BigDecimal left) {
      this.texts = texts;
      this.soldAt = soldAt;
      this.left = left;
    }
  }

  private final LongOpenHashSet wanted = new LongOpenHashSet();
  private final Long2ObjectOpenHashMap<List<Sale>> sales = new Long2ObjectOpenHashMap<>();
  private final int most;
  private int size;

  Originals(int most) {
    this.most = most;
  }

  /** What a sale and its return have in common. */
  static long key(String card, String goods, BigDecimal price) {
    return Fingerprint.of(card, goods, price.stripTrailingZeros().toPlainString());
  }

  /** Tells that there is a return of this kind. */
  void want(long key) {
    wanted.add(key);
  }

  boolean isWanted(long key) {
    return wanted.contains(key);
  }

  /**
   * Keeps a sale.
   *
   * @param texts those of the sales line by its fields
   * @return false if the bound is reached
   */
  boolean keep(long key, Map<String, String> texts, Instant soldAt, BigDecimal quantity) {
    List<Sale> same = sales.computeIfAbsent(key, k -> new ArrayList<>(1));
    if (size >= most || same.size() >= MOST_PER_KEY) {
      return false;
    }
    same.add(
        new Sale(
            Map.of(
                "original_store", texts.get("store"),
                "original_business_date", texts.get("business_date"),
                "original_till", texts.get("till"),
                "original_receipt", texts.get("receipt"),
                "original_line", texts.get("line")),
            soldAt.getEpochSecond(),
            quantity));
    size++;
    return true;
  }

  /**
   * The latest sale not behind the return of which enough is left; it is used up by as much.
   *
   * @return the fields of the return line that name it
   */
  Optional<Map<String, String>> take(long key, Instant returnedAt, BigDecimal quantity) {
    Sale best = null;
    for (Sale sale : sales.getOrDefault(key, List.of())) {
      if (sale.soldAt <= returnedAt.getEpochSecond()
          && sale.left.compareTo(quantity) >= 0
          && (best == null || sale.soldAt >= best.soldAt)) {
        best = sale;
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    best.left = best.left.subtract(quantity);
    return Optional.of(best.texts);
  }
}
