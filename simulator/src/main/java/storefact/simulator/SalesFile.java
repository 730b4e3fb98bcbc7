package storefact.simulator;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import storefact.event.Contract;
import storefact.event.LineFormat;
import storefact.event.Reason;
import storefact.event.SalesLine;
import storefact.simulator.chain.Chain.StoreSite;
import storefact.simulator.goods.Article;
import storefact.simulator.output.BadLine;
import storefact.simulator.output.DropFolder;
import storefact.simulator.output.EventBytes;
import storefact.simulator.output.MonthlyFile;
import storefact.simulator.random.Dice;
import storefact.simulator.truth.TruthWriter;

/** The sales lines of one store, a file a month, with the planted faults. */
final class SalesFile implements AutoCloseable {

  private static final Contract<SalesLine> SALES = Contract.of(SalesLine.class);
  private static final int STORE = EventBytes.ordinal(SALES, "store");
  private static final int BUSINESS_DATE = EventBytes.ordinal(SALES, "business_date");
  private static final int TILL = EventBytes.ordinal(SALES, "till");
  private static final int RECEIPT = EventBytes.ordinal(SALES, "receipt");
  private static final int LINE = EventBytes.ordinal(SALES, "line");
  private static final int SOLD_AT = EventBytes.ordinal(SALES, "sold_at");
  private static final int CASHIER = EventBytes.ordinal(SALES, "cashier");
  private static final int CARD = EventBytes.ordinal(SALES, "card");
  private static final int GOODS = EventBytes.ordinal(SALES, "goods");
  private static final int QUANTITY = EventBytes.ordinal(SALES, "quantity");
  private static final int UNIT_PRICE = EventBytes.ordinal(SALES, "unit_price");
  private static final int LIST_PRICE = EventBytes.ordinal(SALES, "list_price");
  private static final int NET_AMOUNT = EventBytes.ordinal(SALES, "net_amount");
  private static final int RETAIL_DISCOUNT = EventBytes.ordinal(SALES, "retail_discount");
  private static final int COUPON_DISCOUNT = EventBytes.ordinal(SALES, "coupon_discount");
  private static final int COUPON_MATCH = EventBytes.ordinal(SALES, "coupon_match_discount");
  private static final int PROMOTION = EventBytes.ordinal(SALES, "promotion");
  private static final int PAYMENT = EventBytes.ordinal(SALES, "payment");
  private static final int VERSION = EventBytes.ordinal(SALES, "version");
  private static final int VOIDED = EventBytes.ordinal(SALES, "voided");

  private static final byte[] NO_PREFIX = {};
  private static final byte[] CASHIER_PREFIX = {'E'};
  static final byte[] CARD_PREFIX = {'C'};

  /**
   * Of the faults, the shares of bad lines, repeats, far repeats, late lines, corrections; voids.
   */
  private static final double[] KINDS = {0.4, 0.55, 0.65, 0.8, 0.92};

  /** A void takes back a line that is none of the receipt's others. */
  private static final int VOID_LINE = 900;

  private final StoreSite site;
  private final byte[] store;
  private final MonthlyFile file;
  private final LineFormat format;
  private final double faultRate;
  private final Dice dice;
  private final TruthWriter faults;
  private final TruthWriter days;
  private final List<Reason> reasons;
  private final List<Held> nextMonth = new ArrayList<>();
  private final List<Held> monthEnd = new ArrayList<>();
  private final List<Held> dayEnd = new ArrayList<>();
  private long untilFault;

  // What all lines of a receipt share, written once.
  private EventBytes receiptFile;
  private byte[] head = {};
  private byte[] middle = {};
  private long receipt = -1;
  private int day;
  private long lines;

  // What was truly sold on the day under way.
  private int soldOn;
  private int soldLines;
  private long soldQuantity;
  private long soldNet;

  SalesFile(
      StoreSite site,
      DropFolder drop,
      double faultRate,
      Dice dice,
      TruthWriter faults,
      TruthWriter days) {
    this.site = site;
    this.store = site.bytes();
    this.file = new MonthlyFile(drop, site.id(), SALES);
    this.format = drop.format();
    this.faultRate = faultRate;
    this.dice = dice;
    this.faults = faults;
    this.days = days;
    this.reasons = BadLine.reasons(format);
    this.untilFault = gap();
  }

  /** A line to be written later. */
  private record Held(byte[] bytes, String kind, int day, long receipt, int line) {}

  /**
   * One line of a receipt; reused, for there are millions. Money in fen, quantity in thousandths.
   */
  static final class Line {
    int day;
    int till;
    long receipt;
    int line;
    long soldAt;
    long cashier;
    byte[] cardPrefix = CARD_PREFIX;
    long card;
    Article article;
    long quantity;
    int price;
    int listPrice;
    long net;
    long discount;
    long coupon;
    long match;
    byte[] promotion;
    byte[] payment;
  }

  /** Sales lines written so far, faults included. */
  long lines() {
    return lines;
  }

  void roll(LocalDate day) throws IOException {
    tellDay();
    if (file.bytes() != null) {
      writeHeld(dayEnd);
    }
    if (isLastOfMonth(day)) {
      writeHeld(monthEnd);
    }
    if (file.roll(day)) {
      writeHeld(nextMonth);
    }
  }

  private void tellDay() throws IOException {
    if (soldLines > 0) {
      days.row(
          site.id(),
          LocalDate.ofEpochDay(soldOn),
          soldLines,
          BigDecimal.valueOf(soldQuantity, 3),
          BigDecimal.valueOf(soldNet, 2));
    }
    soldLines = 0;
    soldQuantity = 0;
    soldNet = 0;
  }

  private boolean isLastOfMonth(LocalDate day) {
    return file.bytes() != null && day.getDayOfMonth() == 1;
  }

  void write(Line line) throws IOException {
    soldOn = line.day;
    soldLines++;
    soldQuantity += line.quantity;
    soldNet += line.net;
    if (--untilFault > 0) {
      emit(line, line.line, 1, false);
    } else {
      untilFault = gap();
      plant(line);
    }
  }

  private long gap() {
    // Geometric, from an exponential of the mean.
    return faultRate <= 0 ? Long.MAX_VALUE : 1 + (long) (dice.exponential() / faultRate);
  }

  private void plant(Line line) throws IOException {
    double kind = dice.uniform();
    if (kind < KINDS[0]) {
      emit(line, line.line, 1, false);
      Reason reason = reasons.get(dice.below(reasons.size()));
      byte[] bad = BadLine.spoil(file.bytes().lastLine(), format, reason);
      put(held(bad, "bad_line", line, line.line), reason.name());
    } else if (kind < KINDS[1]) {
      emit(line, line.line, 1, false);
      put(held(file.bytes().lastLine(), "repeat", line, line.line), "");
    } else if (kind < KINDS[2]) {
      emit(line, line.line, 1, false);
      monthEnd.add(held(file.bytes().lastLine(), "repeat_apart", line, line.line));
    } else if (kind < KINDS[3]) {
      emit(line, line.line, 1, false);
      lines--;
      nextMonth.add(held(file.bytes().retract(), "late", line, line.line));
    } else if (kind < KINDS[4]) {
      correct(line);
    } else {
      emit(line, line.line, 1, false);
      emit(line, line.line + VOID_LINE, 2, true);
      lines--;
      dayEnd.add(held(file.bytes().retract(), "void", line, line.line + VOID_LINE));
      emit(line, line.line + VOID_LINE, 1, false);
    }
  }

  /** First a line with a piece too many, at the day's end the right one. */
  private void correct(Line line) throws IOException {
    emit(line, line.line, 2, false);
    lines--;
    dayEnd.add(held(file.bytes().retract(), "correction", line, line.line));
    long quantity = line.quantity;
    long net = line.net;
    long discount = line.discount;
    line.quantity += 1_000;
    line.net += line.price;
    line.discount += line.listPrice - line.price;
    emit(line, line.line, 1, false);
    line.quantity = quantity;
    line.net = net;
    line.discount = discount;
  }

  private static Held held(byte[] bytes, String kind, Line line, int number) {
    return new Held(bytes, kind, line.day, line.receipt, number);
  }

  private void put(Held held, String reason) throws IOException {
    file.bytes().line(held.bytes());
    lines++;
    faults.row(
        file.path(),
        file.bytes().lines(),
        held.kind(),
        reason,
        site.id(),
        LocalDate.ofEpochDay(held.day()),
        held.receipt(),
        held.line());
  }

  private void writeHeld(List<Held> held) throws IOException {
    for (Held line : held) {
      put(line, "");
    }
    held.clear();
  }

  private void emit(Line line, int number, int version, boolean voided) throws IOException {
    EventBytes out = file.bytes();
    out.begin();
    boolean same = line.receipt == receipt && line.day == day && out == receiptFile;
    int length = out.length();
    if (same) {
      out.again(head, RECEIPT);
    } else {
      out.text(STORE, store);
      out.date(BUSINESS_DATE, line.day);
      out.text(TILL, NO_PREFIX, line.till);
      out.text(RECEIPT, NO_PREFIX, line.receipt);
      head = out.since(length);
    }
    out.integer(LINE, number);
    length = out.length();
    if (same) {
      out.again(middle, line.card != 0 ? CARD : CASHIER);
    } else {
      out.time(SOLD_AT, line.soldAt);
      out.text(CASHIER, CASHIER_PREFIX, line.cashier);
      if (line.card != 0) {
        out.text(CARD, line.cardPrefix, line.card);
      }
      middle = out.since(length);
      receipt = line.receipt;
      day = line.day;
      receiptFile = out;
    }
    out.text(GOODS, line.article.bytes());
    out.decimal(QUANTITY, line.quantity, 3);
    out.decimal(UNIT_PRICE, line.price, 2);
    out.decimal(LIST_PRICE, line.listPrice, 2);
    out.decimal(NET_AMOUNT, line.net, 2);
    if (line.discount != 0) {
      out.decimal(RETAIL_DISCOUNT, line.discount, 2);
    }
    if (line.coupon != 0) {
      out.decimal(COUPON_DISCOUNT, line.coupon, 2);
    }
    if (line.match != 0) {
      out.decimal(COUPON_MATCH, line.match, 2);
    }
    if (line.promotion != null) {
      out.text(PROMOTION, line.promotion);
    }
    out.text(PAYMENT, line.payment);
    if (version != 1) {
      out.integer(VERSION, version);
    }
    if (voided) {
      out.flag(VOIDED, true);
    }
    out.end();
    lines++;
  }

  /** The card as events name it. */
  static String card(long card) {
    return new String(CARD_PREFIX, StandardCharsets.US_ASCII) + card;
  }

  @Override
  public void close() throws IOException {
    tellDay();
    if (file.bytes() != null) {
      writeHeld(dayEnd);
      writeHeld(monthEnd);
      writeHeld(nextMonth);
    }
    file.close();
  }
}
