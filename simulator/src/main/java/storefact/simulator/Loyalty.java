package storefact.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import storefact.event.CardEvent;
import storefact.event.Contract;
import storefact.event.PointsEvent;
import storefact.simulator.chain.Chain.Area;
import storefact.simulator.chain.ChainCalendar;
import storefact.simulator.chain.ChainParameters;
import storefact.simulator.output.DropFolder;
import storefact.simulator.output.EventBytes;
import storefact.simulator.output.MonthlyFile;
import storefact.simulator.population.Customer;
import storefact.simulator.population.Customer.CardState;
import storefact.simulator.random.Dice;
import storefact.simulator.truth.TruthWriter;

/**
 * Points and stored-value cards of an area's members. Points are kept in lots by the month in which
 * they lapse, the oldest are used first. Amounts in fen, points in hundredths.
 */
final class Loyalty implements AutoCloseable {

  private static final Contract<PointsEvent> POINTS = Contract.of(PointsEvent.class);
  private static final int P_DATE = EventBytes.ordinal(POINTS, "business_date");
  private static final int P_EVENT = EventBytes.ordinal(POINTS, "event");
  private static final int P_MEMBER = EventBytes.ordinal(POINTS, "member");
  private static final int P_KIND = EventBytes.ordinal(POINTS, "kind");
  private static final int P_AT = EventBytes.ordinal(POINTS, "at");
  private static final int P_POINTS = EventBytes.ordinal(POINTS, "points");
  private static final int P_STORE = EventBytes.ordinal(POINTS, "store");
  private static final int P_RECEIPT = EventBytes.ordinal(POINTS, "receipt");
  private static final int P_GIFT = EventBytes.ordinal(POINTS, "gift");
  private static final int P_CASH = EventBytes.ordinal(POINTS, "cash");
  private static final int P_EXPIRES = EventBytes.ordinal(POINTS, "expires_on");

  private static final Contract<CardEvent> CARDS = Contract.of(CardEvent.class);
  private static final int C_DATE = EventBytes.ordinal(CARDS, "business_date");
  private static final int C_EVENT = EventBytes.ordinal(CARDS, "event");
  private static final int C_CARD = EventBytes.ordinal(CARDS, "card");
  private static final int C_KIND = EventBytes.ordinal(CARDS, "kind");
  private static final int C_AT = EventBytes.ordinal(CARDS, "at");
  private static final int C_MEMBER = EventBytes.ordinal(CARDS, "member");
  private static final int C_STORE = EventBytes.ordinal(CARDS, "store");
  private static final int C_RECEIPT = EventBytes.ordinal(CARDS, "receipt");
  private static final int C_AMOUNT = EventBytes.ordinal(CARDS, "amount");
  private static final int C_BONUS = EventBytes.ordinal(CARDS, "bonus");
  private static final int C_NEW_CARD = EventBytes.ordinal(CARDS, "new_card");
  private static final int C_VALID_UNTIL = EventBytes.ordinal(CARDS, "valid_until");

  private static final byte[] EARN = ascii("earn");
  private static final byte[] REDEEM_GIFT = ascii("redeem_gift");
  private static final byte[] REDEEM_CASH = ascii("redeem_cash");
  private static final byte[] ADJUST = ascii("adjust");
  private static final byte[] EXPIRE = ascii("expire");
  private static final byte[] GIFTS = ascii("GIFT");
  private static final byte[] MEMBER = ascii("M");
  private static final byte[] STORED_CARD = ascii("V");
  private static final byte[] NO_PREFIX = {};

  /** What is paid in, and the bonus that the chain adds, in fen. */
  private static final long[][] DEPOSITS = {
    {10_000, 0}, {20_000, 500}, {50_000, 2_000}, {100_000, 6_000}
  };

  private static final int GIFT_POINTS = 50_000;
  private static final int CARD_YEARS = 3;

  private final Area area;
  private final ChainParameters parameters;
  private final ChainCalendar calendar;
  private final Dice dice;
  private final MonthlyFile pointsFile;
  private final MonthlyFile cardFile;
  private final TruthWriter violations;
  private final long base;
  private long pointsNumber;
  private long cardNumber;
  private int month;
  private int today;

  Loyalty(
      Area area,
      ChainParameters parameters,
      ChainCalendar calendar,
      DropFolder drop,
      Dice dice,
      TruthWriter violations) {
    this.area = area;
    this.parameters = parameters;
    this.calendar = calendar;
    this.dice = dice;
    this.pointsFile = new MonthlyFile(drop, area.folder(), POINTS);
    this.cardFile = new MonthlyFile(drop, area.folder(), CARDS);
    this.violations = violations;
    this.base = area.number() * 10_000_000_000L;
  }

  long events() {
    return pointsNumber + cardNumber;
  }

  void morning(int day) throws IOException {
    LocalDate date = calendar.date(day);
    today = day;
    month = date.getYear() * 12 + date.getMonthValue() - 1;
    pointsFile.roll(date);
    cardFile.roll(date);
  }

  // Points

  /** Points for a receipt. */
  void earn(Customer customer, long net, long at, byte[] store, long receipt) throws IOException {
    long points = Math.round(net * parameters.pointsPerYuan());
    if (points <= 0) {
      return;
    }
    add(customer, points);
    EventBytes out = points(EARN, customer, at, points);
    out.text(P_STORE, store);
    out.text(P_RECEIPT, NO_PREFIX, receipt);
    out.date(P_EXPIRES, lapse());
    out.end();
  }

  private int lapse() {
    YearMonth of = YearMonth.of(month / 12, month % 12 + 1).plusMonths(parameters.pointsMonths());
    return (int) of.atEndOfMonth().toEpochDay();
  }

  private void add(Customer customer, long points) {
    if (customer.points.length == 0) {
      customer.points = new long[parameters.pointsMonths() + 1];
    }
    customer.points[lot(month + parameters.pointsMonths())] += points;
    customer.pointsBalance += points;
  }

  private int lot(int lapseMonth) {
    return lapseMonth % (parameters.pointsMonths() + 1);
  }

  private void use(Customer customer, long points) {
    long rest = points;
    for (int m = month; rest > 0; m++) {
      long taken = Math.min(rest, customer.points[lot(m)]);
      customer.points[lot(m)] -= taken;
      rest -= taken;
    }
    customer.pointsBalance -= points;
  }

  /**
   * Redeems points at a till now and then.
   *
   * @param due what the customer is to pay, in fen
   * @return what of it the points pay
   */
  long redeem(Customer customer, long due, long at, byte[] store, long receipt) throws IOException {
    if (customer.pointsBalance < GIFT_POINTS || !dice.chance(parameters.redeeming())) {
      return 0;
    }
    if (dice.chance(0.5)) {
      use(customer, GIFT_POINTS);
      EventBytes out = points(REDEEM_GIFT, customer, at, GIFT_POINTS);
      out.text(P_STORE, store);
      out.text(P_GIFT, GIFTS, 1 + dice.below(12));
      out.end();
      return 0;
    }
    long perYuan = Math.round(parameters.pointsForYuan() * 100);
    long yuan = Math.min(customer.pointsBalance / perYuan, due / 100);
    if (yuan == 0) {
      return 0;
    }
    use(customer, yuan * perYuan);
    EventBytes out = points(REDEEM_CASH, customer, at, yuan * perYuan);
    out.text(P_STORE, store);
    out.text(P_RECEIPT, NO_PREFIX, receipt);
    out.decimal(P_CASH, yuan * 100, 2);
    out.end();
    return yuan * 100;
  }

  /** Takes points for a return back, as far as there are any. */
  void takeBack(Customer customer, long net, long at, byte[] store, long receipt)
      throws IOException {
    long points = Math.min(customer.pointsBalance, Math.round(net * parameters.pointsPerYuan()));
    if (points <= 0) {
      return;
    }
    use(customer, points);
    EventBytes out = points(ADJUST, customer, at, -points);
    out.text(P_STORE, store);
    out.text(P_RECEIPT, NO_PREFIX, receipt);
    out.end();
  }

  /** Points as an apology. */
  void giveExtra(Customer customer, long points, long at) throws IOException {
    add(customer, points);
    EventBytes out = points(ADJUST, customer, at, points);
    out.date(P_EXPIRES, lapse());
    out.end();
  }

  /** Lets the lots of a month lapse after its last day. */
  void evening(int day, List<Customer> customers) throws IOException {
    LocalDate date = calendar.date(day);
    if (date.getDayOfMonth() != date.lengthOfMonth()) {
      return;
    }
    // After the last convenience store has closed.
    long at = (calendar.epochDay(day) + 1) * 86_400L + 3 * 3_600 - AreaRun.UTC_SECONDS;
    for (Customer customer : customers) {
      if (customer.pointsBalance > 0) {
        long lapsed = customer.points[lot(month)];
        if (lapsed > 0) {
          use(customer, lapsed);
          points(EXPIRE, customer, at, lapsed).end();
        }
      }
    }
  }

  private EventBytes points(byte[] kind, Customer customer, long at, long points) {
    EventBytes out = pointsFile.bytes();
    out.begin();
    out.date(P_DATE, calendar.epochDay(today));
    out.text(P_EVENT, NO_PREFIX, base + ++pointsNumber);
    out.text(P_MEMBER, MEMBER, AreaRun.memberNumber(area, customer));
    out.text(P_KIND, kind);
    out.time(P_AT, at);
    out.decimal(P_POINTS, points, 2);
    return out;
  }

  // Stored-value cards

  /** Issues the card of a member who is to hold one. */
  void issue(Customer customer, long at, byte[] store) throws IOException {
    customer.card = CardState.ACTIVE;
    EventBytes out = card("issue", customer, at);
    out.text(C_STORE, store);
    out.date(C_VALID_UNTIL, (int) calendar.date(today).plusYears(CARD_YEARS).toEpochDay());
    out.end();
    deposit(customer, at + 1, store);
  }

  /** Pays money in when the card is nearly empty. */
  void topUp(Customer customer, long at, byte[] store) throws IOException {
    if (customer.card == CardState.ACTIVE && customer.cardBalance < 5_000 && dice.chance(0.4)) {
      deposit(customer, at, store);
    }
  }

  private void deposit(Customer customer, long at, byte[] store) throws IOException {
    long[] deposit = DEPOSITS[dice.below(DEPOSITS.length)];
    deposit(customer, at, store, deposit[0], deposit[1]);
    customer.cardBalance += deposit[0] + deposit[1];
  }

  private void deposit(Customer customer, long at, byte[] store, long amount, long bonus)
      throws IOException {
    EventBytes out = card("deposit", customer, at);
    out.text(C_STORE, store);
    out.decimal(C_AMOUNT, amount, 2);
    if (bonus > 0) {
      out.decimal(C_BONUS, bonus, 2);
    }
    out.end();
  }

  /**
   * Pays with the card.
   *
   * @return what of the amount the card paid
   */
  long pay(Customer customer, long due, long at, byte[] store, long receipt) throws IOException {
    if (customer.card != CardState.ACTIVE
        || customer.cardBalance == 0
        || due == 0
        || !dice.chance(0.85)) {
      return 0;
    }
    long paid = Math.min(due, customer.cardBalance);
    customer.cardBalance -= paid;
    spend(customer, at, store, receipt, paid);
    return paid;
  }

  private long spend(Customer customer, long at, byte[] store, long receipt, long amount)
      throws IOException {
    EventBytes out = card("spend", customer, at);
    out.text(C_STORE, store);
    if (receipt > 0) {
      out.text(C_RECEIPT, NO_PREFIX, receipt);
    }
    out.decimal(C_AMOUNT, amount, 2);
    out.end();
    return cardNumber;
  }

  /** What happens to a holder's card apart from paying, on one of many days. */
  void incident(Customer customer, byte[] store) throws IOException {
    // Before any store opens: nothing else happens to the card at that time.
    long at = calendar.epochDay(today) * 86_400L + 4 * 3_600 - AreaRun.UTC_SECONDS;
    double what = dice.uniform();
    if (customer.card == CardState.FROZEN) {
      card("unfreeze", customer, at).end();
      customer.card = CardState.ACTIVE;
    } else if (customer.card != CardState.ACTIVE) {
      return;
    } else if (what < 0.35) {
      card("report_loss", customer, at).end();
      card("freeze", customer, at + 60).end();
      customer.card = CardState.FROZEN;
      if (dice.chance(0.8)) {
        replace(customer, at + 120);
      }
    } else if (what < 0.6) {
      EventBytes out = card("extend", customer, at);
      out.date(C_VALID_UNTIL, (int) calendar.date(today).plusYears(CARD_YEARS).toEpochDay());
      out.end();
    } else if (what < 0.75 && customer.cardBalance >= 2_000) {
      long amount = customer.cardBalance / 2;
      EventBytes out = card("withdraw", customer, at);
      out.text(C_STORE, store);
      out.decimal(C_AMOUNT, amount, 2);
      out.end();
      customer.cardBalance -= amount;
    } else if (what < 0.85) {
      EventBytes out = card("cancel", customer, at);
      out.decimal(C_AMOUNT, customer.cardBalance, 2);
      out.end();
      customer.cardBalance = 0;
      customer.card = CardState.CANCELLED;
    }
  }

  private void replace(Customer customer, long at) throws IOException {
    EventBytes out = card("replace", customer, at);
    out.decimal(C_AMOUNT, customer.cardBalance, 2);
    customer.storedCardSerial++;
    out.text(C_NEW_CARD, STORED_CARD, storedCard(customer));
    out.end();
    customer.card = CardState.ACTIVE;
  }

  /** Plants something that the card system should have refused, and mends the balance after it. */
  void violate(Customer customer, byte[] store) throws IOException {
    if (customer.card != CardState.ACTIVE) {
      return;
    }
    long at = calendar.epochDay(today) * 86_400L + 5 * 3_600 - AreaRun.UTC_SECONDS;
    boolean frozen = customer.cardBalance >= 1_000 && dice.chance(0.5);
    long amount;
    long event;
    if (frozen) {
      amount = customer.cardBalance / 2;
      card("freeze", customer, at).end();
      event = spend(customer, at + 60, store, 0, amount);
      card("unfreeze", customer, at + 120).end();
      customer.cardBalance -= amount;
    } else {
      amount = 5_000;
      event = spend(customer, at, store, 0, customer.cardBalance + amount);
      deposit(customer, at + 60, store, amount, 0);
      customer.cardBalance = 0;
    }
    violations.row(
        base + event,
        "V" + storedCard(customer),
        calendar.date(today),
        frozen ? "spend_while_frozen" : "spend_beyond_balance");
  }

  private long storedCard(Customer customer) {
    return AreaRun.memberNumber(area, customer) * 10 + customer.storedCardSerial % 10;
  }

  private EventBytes card(String kind, Customer customer, long at) {
    EventBytes out = cardFile.bytes();
    out.begin();
    out.date(C_DATE, calendar.epochDay(today));
    out.text(C_EVENT, NO_PREFIX, base + ++cardNumber);
    out.text(C_CARD, STORED_CARD, storedCard(customer));
    out.text(C_KIND, ascii(kind));
    out.time(C_AT, at);
    out.text(C_MEMBER, MEMBER, AreaRun.memberNumber(area, customer));
    return out;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    pointsFile.close();
    cardFile.close();
  }
}
