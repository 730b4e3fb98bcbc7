package storefact.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import storefact.event.Contract;
import storefact.event.StockMovement;
import storefact.simulator.chain.Chain.StoreSite;
import storefact.simulator.chain.ChainCalendar;
import storefact.simulator.chain.ChainParameters;
import storefact.simulator.goods.Article;
import storefact.simulator.goods.BasketRule;
import storefact.simulator.goods.Catalog;
import storefact.simulator.goods.Shelf;
import storefact.simulator.output.DropFolder;
import storefact.simulator.output.EventBytes;
import storefact.simulator.output.MonthlyFile;
import storefact.simulator.random.Dice;

/**
 * The stock of one store: orders when it runs low, receives after the lead time (late at times),
 * spoils, is counted and moved. Quantities in thousandths of a piece or kg.
 */
final class StockRoom implements AutoCloseable {

  private static final Contract<StockMovement> MOVEMENTS = Contract.of(StockMovement.class);
  private static final int STORE = EventBytes.ordinal(MOVEMENTS, "store");
  private static final int BUSINESS_DATE = EventBytes.ordinal(MOVEMENTS, "business_date");
  private static final int MOVEMENT = EventBytes.ordinal(MOVEMENTS, "movement");
  private static final int KIND = EventBytes.ordinal(MOVEMENTS, "kind");
  private static final int AT = EventBytes.ordinal(MOVEMENTS, "at");
  private static final int GOODS = EventBytes.ordinal(MOVEMENTS, "goods");
  private static final int QUANTITY = EventBytes.ordinal(MOVEMENTS, "quantity");
  private static final int OTHER_STORE = EventBytes.ordinal(MOVEMENTS, "other_store");
  private static final int UNIT_COST = EventBytes.ordinal(MOVEMENTS, "unit_cost");

  private static final byte[] RECEIPT = ascii("receipt");
  private static final byte[] SPOILAGE = ascii("spoilage");
  private static final byte[] COUNT = ascii("count");
  private static final byte[] TRANSFER_IN = ascii("transfer_in");
  private static final byte[] TRANSFER_OUT = ascii("transfer_out");
  private static final byte[] PREFIX = ascii("W");

  private static final long UNIT = 1_000;

  /** At least this many pieces stand on a shelf after a delivery. */
  private static final long FACING = 6 * UNIT;

  private static final double SAFETY = 1.5;

  /** Days of sales that a delivery is to last beyond the lead time. */
  private static final int COVER_DAYS = 6;

  private final StoreSite site;
  private final byte[] store;
  private final ChainParameters parameters;
  private final ChainCalendar calendar;
  private final Shelf shelf;
  private final MonthlyFile file;
  private final Dice dice;
  private final List<Article> articles = new ArrayList<>();
  private final double[] ruledShare;
  private final boolean[] keeps;
  private final long[] onHand;
  private final long[] ordered;
  private final int[] arrives;
  private long number;
  private long events;
  private double linesPerDay;
  private double receiptsPerDay;

  StockRoom(
      StoreSite site,
      Catalog catalog,
      Shelf shelf,
      ChainParameters parameters,
      ChainCalendar calendar,
      DropFolder drop,
      Dice dice) {
    this.site = site;
    this.store = site.bytes();
    this.parameters = parameters;
    this.calendar = calendar;
    this.shelf = shelf;
    this.dice = dice;
    this.file = new MonthlyFile(drop, site.id(), MOVEMENTS);
    int count = catalog.articles().size();
    ruledShare = new double[count];
    keeps = new boolean[count];
    for (List<Article> department : shelf.assortment()) {
      department.stream().filter(Article::isPhysical).forEach(articles::add);
    }
    for (BasketRule rule : catalog.rules()) {
      if (rule.format() == site.format()) {
        ruledShare[rule.antecedent()] = rule.antecedentShare();
        ruledShare[rule.consequent()] = rule.consequentShare();
        articles.add(catalog.articles().get(rule.antecedent()));
        articles.add(catalog.articles().get(rule.consequent()));
      }
    }
    articles.forEach(article -> keeps[article.number()] = true);
    onHand = new long[count];
    ordered = new long[count];
    arrives = new int[count];
  }

  long events() {
    return events;
  }

  /** Fills the shelves for the first day. */
  void open(double expectedLines, double expectedReceipts) throws IOException {
    linesPerDay = expectedLines;
    receiptsPerDay = expectedReceipts;
    file.roll(calendar.date(0));
    for (Article article : articles) {
      long quantity = whole(article, upTo(article));
      onHand[article.number()] = quantity;
      move(0, RECEIPT, article, quantity, -4 * 3_600, true);
    }
  }

  /** Receives what arrives before the store opens. */
  void morning(int day) throws IOException {
    file.roll(calendar.date(day));
    for (Article article : articles) {
      int a = article.number();
      if (ordered[a] > 0 && arrives[a] <= day) {
        onHand[a] += ordered[a];
        move(day, RECEIPT, article, ordered[a], -3 * 3_600, true);
        ordered[a] = 0;
      }
    }
  }

  /** Takes a line's quantity from the shelf, if it is there. Services are always there. */
  boolean take(Article article, long quantity) {
    int a = article.number();
    if (!keeps[a]) {
      return true;
    }
    if (onHand[a] < quantity) {
      return false;
    }
    onHand[a] -= quantity;
    return true;
  }

  /** Puts back what a customer brought; what spoils is thrown away at the day's end. */
  void putBack(int day, Article article, long quantity) throws IOException {
    if (keeps[article.number()]) {
      onHand[article.number()] += quantity;
      if (article.life() > 0) {
        spoil(day, article, quantity);
      }
    }
  }

  /** Spoilage, counts and orders after the store has closed. */
  void evening(int day, long lines, long receipts) throws IOException {
    linesPerDay += 0.1 * (lines - linesPerDay);
    receiptsPerDay += 0.1 * (receipts - receiptsPerDay);
    boolean countDay = calendar.date(day).getDayOfMonth() == 15;
    for (Article article : articles) {
      int a = article.number();
      if (article.life() > 0 && day % 3 == a % 3) {
        spoil(
            day,
            article,
            whole(article, (long) (onHand[a] * 0.08 * Math.min(1, 3.0 / article.life()))));
      }
      if (countDay && dice.chance(0.1)) {
        long missing = whole(article, (long) (onHand[a] * parameters.shrinkage() * dice.uniform()));
        onHand[a] -= missing;
        move(day, COUNT, article, onHand[a], closing(), false);
      }
      if (ordered[a] == 0) {
        order(day, article);
      }
    }
  }

  private void order(int day, Article article) {
    int a = article.number();
    double perDay = perDay(article);
    double point = perDay * (article.leadDays() + 1) * SAFETY + 2 * UNIT;
    if (onHand[a] > point) {
      return;
    }
    long quantity = whole(article, upTo(article) - onHand[a]);
    if (quantity <= 0) {
      return;
    }
    ordered[a] = quantity;
    arrives[a] = day + article.leadDays();
    if (dice.chance(parameters.lateDelivery())) {
      arrives[a] += 1 + dice.below(6);
    }
  }

  private double perDay(Article article) {
    double ruled = ruledShare[article.number()];
    return ruled > 0
        ? receiptsPerDay * ruled * UNIT
        : linesPerDay
            * shelf.chance(article.number())
            * article.meanUnits(parameters.severalPieces())
            * UNIT;
  }

  private long upTo(Article article) {
    int cover = article.life() > 0 ? Math.min(COVER_DAYS, article.life()) : COVER_DAYS;
    return FACING * article.bulk()
        + (long) (perDay(article) * (article.leadDays() + 1 + cover) * SAFETY);
  }

  private void spoil(int day, Article article, long quantity) throws IOException {
    if (quantity > 0) {
      onHand[article.number()] -= quantity;
      move(day, SPOILAGE, article, quantity, closing(), false);
    }
  }

  /** Gives goods to another store of the area that is short of them; at most three articles. */
  void share(int day, StockRoom other) throws IOException {
    int shared = 0;
    for (Article article : other.articles) {
      int a = article.number();
      double wanted = other.perDay(article) * 3;
      if (shared < 3
          && keeps[a]
          && other.onHand[a] < wanted / 3
          && onHand[a] > 4 * wanted + 2 * FACING
          && dice.chance(0.3)) {
        long quantity = whole(article, (long) wanted + 2 * UNIT);
        onHand[a] -= quantity;
        other.onHand[a] += quantity;
        transfer(day, TRANSFER_OUT, article, quantity, other.store);
        other.transfer(day, TRANSFER_IN, article, quantity, store);
        shared++;
      }
    }
  }

  private void transfer(int day, byte[] kind, Article article, long quantity, byte[] otherStore)
      throws IOException {
    EventBytes out = begin(day, kind, article, quantity, closing() + 60);
    out.text(OTHER_STORE, otherStore);
    out.end();
  }

  private static long whole(Article article, long quantity) {
    return article.byWeight() ? quantity : quantity / UNIT * UNIT;
  }

  private int closing() {
    return site.format().closes() * 60 + 1_800 - AreaRun.UTC_SECONDS;
  }

  private void move(
      int day, byte[] kind, Article article, long quantity, int second, boolean withCost)
      throws IOException {
    EventBytes out = begin(day, kind, article, quantity, second);
    if (withCost) {
      out.decimal(UNIT_COST, article.cost(), 2);
    }
    out.end();
  }

  private EventBytes begin(int day, byte[] kind, Article article, long quantity, int second) {
    EventBytes out = file.bytes();
    int epochDay = calendar.epochDay(day);
    out.begin();
    out.text(STORE, store);
    out.date(BUSINESS_DATE, epochDay);
    out.text(MOVEMENT, PREFIX, ++number);
    out.text(KIND, kind);
    out.time(AT, epochDay * 86_400L + second);
    out.text(GOODS, article.bytes());
    out.decimal(QUANTITY, quantity, 3);
    events++;
    return out;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
