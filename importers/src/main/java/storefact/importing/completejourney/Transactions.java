package storefact.importing.completejourney;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import storefact.event.SalesLine;

/**
 * The source's transactions, column by column. One row per basket and product; 1.47 million rows
 * take about 70 MB.
 */
final class Transactions {

  /** The clock of the stores: by it no basket crosses midnight, and the year is all of 2017. */
  private static final ZoneId LOCAL = ZoneId.of("America/New_York");

  private static final String TILL = "1";

  private final int[] household;
  private final int[] store;
  private final long[] basket;
  private final int[] product;
  private final int[] quantity;
  private final long[] sold;
  private final int[] net;
  private final int[] retailDiscount;
  private final int[] couponDiscount;
  private final int[] couponMatchDiscount;

  /**
   * Over the columns as they are, one element per row.
   *
   * @param sold seconds since 1970-01-01T00:00:00Z
   * @param net dollars that the chain receives, in cents; so the three discounts
   */
  Transactions(
      int[] household,
      int[] store,
      long[] basket,
      int[] product,
      int[] quantity,
      long[] sold,
      int[] net,
      int[] retailDiscount,
      int[] couponDiscount,
      int[] couponMatchDiscount) {
    this.household = household;
    this.store = store;
    this.basket = basket;
    this.product = product;
    this.quantity = quantity;
    this.sold = sold;
    this.net = net;
    this.retailDiscount = retailDiscount;
    this.couponDiscount = couponDiscount;
    this.couponMatchDiscount = couponMatchDiscount;
  }

  static Transactions read(ParquetTable table) throws IOException {
    return new Transactions(
        table.ints("household_id"),
        table.ints("store_id"),
        table.longs("basket_id"),
        table.ints("product_id"),
        table.ints("quantity"),
        table.seconds("transaction_timestamp"),
        table.cents("sales_value"),
        table.cents("retail_disc"),
        table.cents("coupon_disc"),
        table.cents("coupon_match_disc"));
  }

  /** The household of each row. */
  int[] households() {
    return household.clone();
  }

  /** The store of each row. */
  int[] stores() {
    return store.clone();
  }

  int size() {
    return basket.length;
  }

  /** The business date of a moment. */
  static LocalDate businessDate(long second) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(second), LOCAL);
  }

  /** For each row, its number within its basket in the order of the source, from 1. */
  int[] lineNumbers() {
    int[] numbers = new int[size()];
    Map<Long, Integer> last = new HashMap<>();
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = last.merge(basket[row], 1, Integer::sum);
    }
    return numbers;
  }

  /** The rows of each file, in the order of time, receipt and source. */
  NavigableMap<StoreMonth, int[]> files() {
    NavigableMap<StoreMonth, List<Integer>> files = new TreeMap<>();
    for (int row = 0; row < size(); row++) {
      StoreMonth file = new StoreMonth(store[row], YearMonth.from(businessDate(sold[row])));
      files.computeIfAbsent(file, f -> new ArrayList<>()).add(row);
    }
    Comparator<Integer> order =
        Comparator.<Integer>comparingLong(row -> sold[row])
            .thenComparingLong(row -> basket[row])
            .thenComparingInt(row -> row);
    NavigableMap<StoreMonth, int[]> sorted = new TreeMap<>();
    files.forEach(
        (file, rows) ->
            sorted.put(file, rows.stream().sorted(order).mapToInt(Integer::intValue).toArray()));
    return sorted;
  }

  /** A row as the till would have told it. */
  SalesLine line(int row, int lineNumber) {
    return new SalesLine(
        Integer.toString(store[row]),
        businessDate(sold[row]),
        TILL,
        Long.toString(basket[row]),
        lineNumber,
        Instant.ofEpochSecond(sold[row]),
        Optional.empty(),
        Optional.of(Integer.toString(household[row])),
        Integer.toString(product[row]),
        BigDecimal.valueOf(quantity[row]),
        Optional.empty(),
        Optional.empty(),
        BigDecimal.valueOf(net[row], 2),
        discount(retailDiscount[row]),
        discount(couponDiscount[row]),
        discount(couponMatchDiscount[row]),
        Optional.empty(),
        Optional.empty(),
        1,
        false);
  }

  // "0" is the contract's default, which the writer leaves out: most lines have no discount.
  private static BigDecimal discount(int cents) {
    return cents == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(cents, 2);
  }

  BigDecimal salesValue() {
    return BigDecimal.valueOf(Arrays.stream(net).asLongStream().sum(), 2);
  }

  long zeroQuantityLines() {
    return Arrays.stream(quantity).filter(pieces -> pieces == 0).count();
  }

  long receipts() {
    return Arrays.stream(basket).distinct().count();
  }
}
