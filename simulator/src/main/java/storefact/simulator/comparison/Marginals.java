package storefact.simulator.comparison;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import storefact.event.Contract;
import storefact.event.EventBatch;
import storefact.event.Goods;
import storefact.event.LineFormat;
import storefact.event.LineParser;
import storefact.event.SalesLine;
import storefact.event.Store;

/**
 * What a chain's sales look like from outside: basket sizes, intervals between a member's
 * purchases, prices, categories. Read from a drop folder, so that any two chains can be compared.
 * Memory grows with members and goods.
 */
final class Marginals {

  private static final Contract<SalesLine> SALES = Contract.of(SalesLine.class);
  private static final Contract<Goods> GOODS = Contract.of(Goods.class);
  private static final Contract<Store> STORES = Contract.of(Store.class);
  private static final int BATCH = 4_096;

  /** Counts beyond the last bin fall into it. */
  static final int MOST_LINES = 100;

  static final int MOST_DAYS = 200;

  /** Prices by the logarithm to base 10, twenty bins a decade, from a hundredth on. */
  static final int PRICE_BINS = 120;

  private static final int BINS_A_DECADE = 20;

  final long[] baskets = new long[MOST_LINES + 1];
  final long[] gaps = new long[MOST_DAYS + 1];
  final long[] prices = new long[PRICE_BINS];
  final long[] weekdays = new long[7];
  final long[] hours = new long[24];
  final Map<String, Double> departments = new TreeMap<>();
  final Map<String, int[]> memberDays = new HashMap<>();
  private final Map<String, String> departmentOf = new HashMap<>();
  private final Map<String, Long> linesOfGoods = new HashMap<>();
  private long lines;
  private double net;

  private final String format;

  private Marginals(String format) {
    this.format = format;
  }

  /**
   * Reads the sales lines of a drop folder.
   *
   * @param format of the stores that count, empty for all
   */
  static Marginals of(Path drop, String format, Consumer<String> progress) throws IOException {
    Marginals marginals = new Marginals(format);
    marginals.readAll(drop, "store-", STORES, marginals::stores, progress);
    marginals.readAll(drop, "goods-", GOODS, marginals::goods, progress);
    marginals.readAll(drop, "sales_line-", SALES, marginals::sales, progress);
    marginals.closeMembers();
    return marginals;
  }

  private interface Taker {
    void take(EventBatch batch);
  }

  private void readAll(
      Path drop, String prefix, Contract<?> contract, Taker taker, Consumer<String> progress)
      throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(drop)) {
      files =
          tree.filter(Files::isRegularFile)
              .filter(file -> String.valueOf(file.getFileName()).startsWith(prefix))
              .sorted()
              .toList();
    }
    for (int i = 0; i < files.size(); i++) {
      progress.accept(
          "reading " + prefix.replace("-", "") + " file " + (i + 1) + " of " + files.size());
      read(files.get(i), contract, taker);
      endOfFile();
    }
  }

  private static void read(Path file, Contract<?> contract, Taker taker) throws IOException {
    String name = String.valueOf(file.getFileName());
    LineParser parser = LineParser.of(contract, LineFormat.ofFile(name).orElseThrow(), _ -> true);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw) {
      byte[] line = new byte[1 << 12];
      EventBatch batch = new EventBatch(contract, BATCH);
      int length = 0;
      long number = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b != '\n') {
          if (length == line.length) {
            line = Arrays.copyOf(line, 2 * length);
          }
          line[length++] = (byte) b;
          continue;
        }
        parser.take(batch, line, 0, length, ++number);
        length = 0;
        if (batch.size() == BATCH) {
          taker.take(batch);
          batch = new EventBatch(contract, BATCH);
        }
      }
      taker.take(batch);
    }
  }

  private void stores(EventBatch batch) {
    int id = STORES.field("store").ordinal();
    int of = STORES.field("format").ordinal();
    for (int row = 0; row < batch.size(); row++) {
      if (format.isEmpty() || batch.text(of, row).equals(format)) {
        counted.add(batch.text(id, row));
      }
    }
  }

  private void goods(EventBatch batch) {
    int id = GOODS.field("goods").ordinal();
    int department = GOODS.field("department").ordinal();
    for (int row = 0; row < batch.size(); row++) {
      departmentOf.put(batch.text(id, row), batch.text(department, row));
    }
  }

  private final int store = SALES.field("store").ordinal();
  private final int receipt = SALES.field("receipt").ordinal();
  private final int till = SALES.field("till").ordinal();
  private final int date = SALES.field("business_date").ordinal();
  private final int soldAt = SALES.field("sold_at").ordinal();
  private final int card = SALES.field("card").ordinal();
  private final int sold = SALES.field("goods").ordinal();
  private final int quantity = SALES.field("quantity").ordinal();
  private final int netAmount = SALES.field("net_amount").ordinal();
  private final Map<String, Integer> open = new HashMap<>();
  private final Set<String> counted = new HashSet<>();

  private void sales(EventBatch batch) {
    for (int row = 0; row < batch.size(); row++) {
      if (!counted.contains(batch.text(store, row))) {
        continue;
      }
      lines++;
      double amount = batch.number(netAmount, row) / 100.0;
      net += amount;
      String key =
          batch.text(store, row)
              + "/"
              + batch.number(date, row)
              + "/"
              + batch.text(till, row)
              + "/"
              + batch.text(receipt, row);
      if (open.merge(key, 1, Integer::sum) == 1) {
        receipt(batch, row);
      }
      String goods = batch.text(sold, row);
      linesOfGoods.merge(goods, 1L, Long::sum);
      departments.merge(departmentOf.getOrDefault(goods, "unknown"), amount, Double::sum);
      double units = batch.number(quantity, row) / 1_000.0;
      if (units > 0 && units < 100 && amount > 0) {
        int bin = (int) Math.floor((Math.log10(amount / units) + 2) * BINS_A_DECADE);
        prices[Math.max(0, Math.min(PRICE_BINS - 1, bin))]++;
      }
    }
  }

  private void receipt(EventBatch batch, int row) {
    int day = (int) batch.number(date, row);
    weekdays[Math.floorMod(day + 3, 7)]++;
    hours[(int) (Math.floorMod(batch.number(soldAt, row), 86_400L) / 3_600)]++;
    String member = batch.text(card, row);
    if (!member.isEmpty()) {
      int[] days = memberDays.computeIfAbsent(member, _ -> new int[8]);
      // The first place counts.
      if (days[0] + 1 == days.length) {
        days = Arrays.copyOf(days, 2 * days.length);
        memberDays.put(member, days);
      }
      days[++days[0]] = day;
    }
  }

  /** A receipt stands in one file: what is held ends with it. */
  private void endOfFile() {
    open.values().forEach(size -> baskets[Math.min(MOST_LINES, size)]++);
    open.clear();
  }

  /** Receipts in all. */
  long receipts() {
    return Arrays.stream(baskets).sum();
  }

  /** Fills {@link #gaps}: days between a member's purchases, receipts of one day as one. */
  private void closeMembers() {
    for (int[] days : memberDays.values()) {
      int[] sorted = Arrays.stream(days, 1, days[0] + 1).distinct().sorted().toArray();
      for (int i = 1; i < sorted.length; i++) {
        gaps[Math.min(MOST_DAYS, sorted[i] - sorted[i - 1])]++;
      }
    }
  }

  /** Members with a purchase. */
  int members() {
    return memberDays.size();
  }

  double netPerReceipt() {
    return net / receipts();
  }

  double linesPerReceipt() {
    return (double) lines / receipts();
  }

  /** Receipts per member with a purchase. */
  double receiptsPerMember() {
    return memberDays.values().stream().mapToInt(days -> days[0]).average().orElse(0);
  }

  /** Share of lines that the most sold tenth of the goods has. */
  double topTenth() {
    long[] sorted = linesOfGoods.values().stream().mapToLong(Long::longValue).sorted().toArray();
    int from = sorted.length - Math.max(1, sorted.length / 10);
    return (double) Arrays.stream(sorted, from, sorted.length).sum() / lines;
  }

  /** The value below which a share of the counts lies. */
  static int quantile(long[] counts, double share) {
    long all = Arrays.stream(counts).sum();
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
      if (sum >= share * all) {
        return i;
      }
    }
    return counts.length - 1;
  }

  /** The price in the middle of a bin. */
  static double price(int bin) {
    return Math.pow(10, (bin + 0.5) / BINS_A_DECADE - 2);
  }
}
