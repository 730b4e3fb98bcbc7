package storefact.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import storefact.event.EventWriter;
import storefact.event.PromotionPlacement;
import storefact.event.ReturnLine;
import storefact.simulator.chain.Alliance;
import storefact.simulator.chain.Chain.Area;
import storefact.simulator.chain.Chain.StoreSite;
import storefact.simulator.chain.ChainCalendar;
import storefact.simulator.chain.ChainParameters;
import storefact.simulator.chain.Format;
import storefact.simulator.goods.Article;
import storefact.simulator.goods.BasketRule;
import storefact.simulator.goods.CampaignPlan;
import storefact.simulator.goods.PromotionPlan;
import storefact.simulator.goods.Quantities;
import storefact.simulator.goods.Shelf;
import storefact.simulator.output.DropFolder;
import storefact.simulator.population.Customer;
import storefact.simulator.population.Population;
import storefact.simulator.random.Dice;
import storefact.simulator.truth.TruthTable;
import storefact.simulator.truth.TruthWriter;

/**
 * Simulates one area day by day, and writes its files as it goes. What is held grows with the
 * area's members and goods, not with days or lines.
 */
final class AreaRun {

  /** China is eight hours ahead of UTC. */
  static final int UTC_SECONDS = 8 * 3_600;

  private static final int DAY_SECONDS = 86_400;
  private static final int MOST_LINES = 200;
  private static final int RETURN_DAYS = 16;
  private static final int BIRTHDAY_DAYS = 7;
  private static final int NONE = -2;

  // A visit in a long: second of the day, store, member.
  private static final int SECOND_SHIFT = 40;
  private static final int STORE_SHIFT = 32;
  private static final int STORE_MASK = 0xFF;

  /** Guests are drawn from so many different tastes. */
  private static final int GUESTS = 512;

  private static final byte[][] PAYMENTS = {
    ascii("wechat"), ascii("alipay"), ascii("bank card"), ascii("cash")
  };
  private static final double[] PAYMENT_SHARES = {0.46, 0.82, 0.93};
  private static final byte[] STORED_CARD = ascii("stored card");
  private static final String[] RETURN_REASONS = {
    "defective", "not as expected", "wrong size", "not needed", "spoiled"
  };

  private final World world;
  private final Area area;
  private final ChainParameters parameters;
  private final ChainCalendar calendar;
  private final DropFolder drop;
  private final LongAdder daysDone;
  private final LongAdder linesDone;
  private final Dice dice;
  private final int departments;
  private final List<Customer> customers;
  private final List<Customer> followed;
  private final List<StoreRun> stores = new ArrayList<>();
  private final int[][] storesOf = new int[Format.values().length][];
  private final List<List<Return>> returns = new ArrayList<>();
  private final double[] cumulated;
  private final Article[] articles = new Article[MOST_LINES];
  private final long[] quantities = new long[MOST_LINES];
  private final CampaignPlan.Coupon[] coupons = new CampaignPlan.Coupon[MOST_LINES];
  private final SalesFile.Line line = new SalesFile.Line();
  private final float[][] guestTastes = new float[GUESTS][];
  private long[] visits = new long[256];
  private int visitCount;
  private Loyalty loyalty;
  private CustomerCare care;
  private EventWriter<ReturnLine> returnFile;
  private TruthWriter lost;
  private long receipts;
  private long otherEvents;
  private int joinedUpTo;
  private int day;
  private CampaignPlan.Campaign campaign;
  private int campaignNumber = NONE;

  AreaRun(World world, Area area, DropFolder drop, LongAdder daysDone, LongAdder linesDone) {
    this.world = world;
    this.area = area;
    this.parameters = world.parameters();
    this.calendar = world.calendar();
    this.drop = drop;
    this.daysDone = daysDone;
    this.linesDone = linesDone;
    this.dice = Dice.of(world.settings().seed(), "days", area.number());
    this.departments = world.catalog().departments().size();
    this.cumulated = new double[departments];
    this.customers =
        new Population(world.settings().seed(), parameters, calendar, area, departments).draw();
    this.followed = customers.stream().filter(customer -> customer.followed).toList();
    for (int i = 0; i < GUESTS; i++) {
      guestTastes[i] = Population.tastes(parameters, departments, dice);
    }
    for (int i = 0; i < RETURN_DAYS; i++) {
      returns.add(new ArrayList<>());
    }
  }

  /** What an area's simulation wrote. */
  record Counts(long salesLines, long receipts, long otherEvents) {}

  /** A line that will be brought back. */
  private record Return(
      StoreRun store,
      int soldOn,
      int till,
      long receipt,
      int line,
      Customer customer,
      Article article,
      long quantity,
      long net) {}

  /** Number of a member within the chain. */
  static long memberNumber(Area area, Customer customer) {
    return area.number() * 1_000_000L + customer.index + 1;
  }

  /** Member as events name them. */
  static String member(Area area, Customer customer) {
    return "M" + memberNumber(area, customer);
  }

  /** Number of the member card that is valid now. */
  static long card(Area area, Customer customer) {
    return memberNumber(area, customer) * 10 + customer.cardSerial;
  }

  Counts run() throws IOException, InterruptedException {
    String name = area.folder();
    java.nio.file.Path truth = world.settings().truth();
    try (TruthWriter faults = new TruthWriter(truth, TruthTable.FAULT, name);
        TruthWriter salesDays = new TruthWriter(truth, TruthTable.SALES_DAY, name);
        TruthWriter violations = new TruthWriter(truth, TruthTable.CARD_VIOLATION, name);
        TruthWriter lostSales = new TruthWriter(truth, TruthTable.LOST_SALE, name);
        CustomerCare service = new CustomerCare(world, area, drop, dice);
        Loyalty points = new Loyalty(area, parameters, calendar, drop, dice, violations);
        EventWriter<ReturnLine> returned = drop.writer(name, name, ReturnLine.class);
        EventWriter<PromotionPlacement> placements =
            drop.writer(name, name, PromotionPlacement.class)) {
      care = service;
      loyalty = points;
      returnFile = returned;
      lost = lostSales;
      try {
        for (StoreSite site : area.stores()) {
          stores.add(store(site, faults, salesDays));
        }
        for (Format format : Format.values()) {
          storesOf[format.index()] =
              java.util.stream.IntStream.range(0, stores.size())
                  .filter(i -> stores.get(i).site.format() == format)
                  .toArray();
        }
        place(placements);
        for (day = 0; day < calendar.days(); day++) {
          if (Thread.interrupted()) {
            throw new InterruptedException("simulation of " + name + " was interrupted");
          }
          simulateDay();
          daysDone.increment();
        }
      } finally {
        for (StoreRun store : stores) {
          store.close();
        }
      }
    }
    writeMembers();
    long lines = 0;
    long movements = 0;
    for (StoreRun store : stores) {
      lines += store.sales.lines();
      movements += store.stock.events();
    }
    return new Counts(lines, receipts, otherEvents + movements + loyalty.events() + care.events());
  }

  private StoreRun store(StoreSite site, TruthWriter faults, TruthWriter salesDays) {
    long seed = world.settings().seed();
    Shelf shelf =
        new Shelf(site.format(), world.catalog(), world.promotions(), calendar, parameters, dice);
    StockRoom stock =
        new StockRoom(
            site,
            world.catalog(),
            shelf,
            parameters,
            calendar,
            drop,
            Dice.of(seed, "stock", site.number()));
    SalesFile sales =
        new SalesFile(
            site,
            drop,
            world.settings().faults(),
            Dice.of(seed, "faults", site.number()),
            faults,
            salesDays);
    return new StoreRun(site, shelf, stock, sales, dice);
  }

  private void place(EventWriter<PromotionPlacement> placements) throws IOException {
    for (StoreRun store : stores) {
      for (List<Article> department : store.shelf.assortment()) {
        for (Article article : department) {
          for (int at = 0; at < calendar.days(); at += parameters.promotionDays()) {
            Optional<PromotionPlan.Deal> deal = world.promotions().deal(article.number(), at);
            if (deal.isPresent()) {
              PromotionPlan.Deal promotion = deal.get();
              boolean mailer = promotion.kind().equals("mailer");
              placements.write(
                  new PromotionPlacement(
                      store.site.id(),
                      article.id(),
                      calendar.date(promotion.first()),
                      calendar.date(promotion.last()),
                      mailer
                          ? Optional.empty()
                          : Optional.of(promotion.kind().equals("display") ? "aisle end" : "shelf"),
                      mailer ? Optional.of("inside page") : Optional.empty(),
                      Optional.of(promotion.id()),
                      1));
              otherEvents++;
            }
          }
        }
      }
    }
  }

  private void simulateDay() throws IOException {
    LocalDate date = calendar.date(day);
    campaignNumber = world.campaigns().on(day).orElse(NONE);
    campaign = campaignNumber == NONE ? null : world.campaigns().campaigns().get(campaignNumber);
    loyalty.morning(day);
    for (StoreRun store : stores) {
      store.sales.roll(date);
      if (day % 7 == 0) {
        store.shelf.reprice(day);
      }
    }
    if (day == 0) {
      openStores();
    }
    for (StoreRun store : stores) {
      store.stock.morning(day);
    }
    care.morning(day, customers);
    cardIncidents();
    takeReturns();
    expectMembers();
    care.followUp(day, followed);
    expectGuests();
    long linesBefore = lines();
    // In the order of the day over all stores: a member's points and cards go along.
    Arrays.sort(visits, 0, visitCount);
    for (int i = 0; i < visitCount; i++) {
      int customer = (int) visits[i];
      visit(
          stores.get((int) (visits[i] >>> STORE_SHIFT) & STORE_MASK),
          customer < 0 ? null : customers.get(customer),
          (int) (visits[i] >>> SECOND_SHIFT));
    }
    visitCount = 0;
    linesDone.add(lines() - linesBefore);
    for (StoreRun store : stores) {
      store.evening(day);
    }
    if (day % 7 == 3 && stores.size() > 1) {
      for (int i = 1; i < stores.size(); i++) {
        stores.getFirst().stock.share(day, stores.get(i).stock);
      }
    }
    loyalty.evening(day, customers);
  }

  private long lines() {
    long lines = 0;
    for (StoreRun store : stores) {
      lines += store.sales.lines();
    }
    return lines;
  }

  /** First stock by what is to be expected of the day. */
  private void openStores() throws IOException {
    for (StoreRun store : stores) {
      double visits =
          area.members()
              * parameters.foundingShare()
              * parameters.visitsPerDay()
              * (1 + parameters.guestsPerMemberVisit())
              * usualShare(store.site.format())
              / storesOf[store.site.format().index()].length;
      double all = 0;
      double worth = 0;
      for (int d = 0; d < departments; d++) {
        all += store.shelf.weight(d);
        worth += store.shelf.weight(d) * store.shelf.lineWorth(d);
      }
      double spend =
          parameters.spendShape()
              * parameters.spendMemberScale()
              / (parameters.spendMemberShape() - 1)
              * 100
              * spendOf(store.site.format());
      store.stock.open(visits * Math.max(1, spend / (worth / all)), visits);
    }
  }

  private double usualShare(Format format) {
    double sum = 0;
    for (Format other : Format.values()) {
      if (storesOf[other.index()].length > 0) {
        sum += share(other);
      }
    }
    return share(format) / sum;
  }

  private double share(Format format) {
    return switch (format) {
      case HYPERMARKET -> parameters.hypermarketVisits();
      case CONVENIENCE -> parameters.convenienceVisits();
      case BUILDING -> parameters.buildingVisits();
    };
  }

  private double spendOf(Format format) {
    return switch (format) {
      case HYPERMARKET -> 1;
      case CONVENIENCE -> parameters.convenienceSpend();
      case BUILDING -> parameters.buildingSpend();
    };
  }

  private void expectMembers() throws IOException {
    double busy = calendar.visits(day);
    for (; joinedUpTo < customers.size() && customers.get(joinedUpTo).joined <= day; joinedUpTo++) {
      care.join(customers.get(joinedUpTo));
    }
    for (int i = 0; i < joinedUpTo; i++) {
      Customer customer = customers.get(i);
      if (customer.left < day) {
        continue;
      }
      customer.toNextVisit -= customer.visitsPerDay * busy * effects(customer);
      while (customer.toNextVisit <= 0) {
        expect(storeOf(customer), i);
        customer.visits++;
        customer.toNextVisit +=
            customer.regular
                ? dice.gamma(parameters.regularity(), 1 / parameters.regularity())
                : dice.exponential();
        if (dice.chance(customer.leaving)) {
          customer.left = day;
          break;
        }
      }
    }
  }

  /** What makes the member come more often today than on other days. */
  private double effects(Customer customer) throws IOException {
    double factor = 1;
    if (day <= customer.followUpUntil) {
      factor *= parameters.followUpVisits();
    }
    if (campaign != null && customer.campaign == campaignNumber) {
      factor *= campaign.visits();
    }
    for (int birthday : customer.birthdays) {
      if (birthday - day == 1) {
        care.greet(customer);
      }
      if (!customer.company && birthday >= day && birthday - day < BIRTHDAY_DAYS) {
        factor *= parameters.birthdayVisits();
      }
    }
    return factor;
  }

  private int storeOf(Customer customer) {
    double u = dice.uniform();
    int last = 0;
    for (int format = 0; format < storesOf.length; format++) {
      int[] those = storesOf[format];
      if (those.length > 0) {
        last = format;
        u -= customer.formats[format];
        if (u < 0) {
          break;
        }
      }
    }
    int[] those = storesOf[last];
    // Mostly the store next door, now and then the other one.
    return those.length == 1 || dice.chance(0.85)
        ? those[customer.homeConvenience % those.length]
        : those[dice.below(those.length)];
  }

  private void expectGuests() {
    double mean =
        area.members()
            * parameters.foundingShare()
            * parameters.visitsPerDay()
            * parameters.guestsPerMemberVisit()
            * calendar.visits(day);
    for (int number = 0; number < stores.size(); number++) {
      Format format = stores.get(number).site.format();
      int guests = dice.poisson(mean * usualShare(format) / storesOf[format.index()].length);
      for (int i = 0; i < guests; i++) {
        expect(number, -1);
      }
    }
  }

  /** Somebody comes today: the number of a member, or −1 for a guest. */
  private void expect(int store, int customer) {
    if (visitCount == visits.length) {
      visits = Arrays.copyOf(visits, 2 * visitCount);
    }
    visits[visitCount++] =
        ((long) stores.get(store).coming() << SECOND_SHIFT)
            | ((long) store << STORE_SHIFT)
            | (customer & 0xFFFF_FFFFL);
  }

  private void visit(StoreRun store, Customer customer, int second) throws IOException {
    Format format = store.site.format();
    float[] tastes = customer == null ? guestTastes[dice.below(GUESTS)] : customer.tastes;
    double worth = cumulate(store.shelf, tastes);
    double rate =
        customer == null
            ? dice.gamma(parameters.spendMemberShape(), 1 / parameters.spendMemberScale())
            : customer.spendRate;
    double spend = dice.gamma(parameters.spendShape(), 1 / rate) * 100 * spendOf(format);
    if (customer != null && customer.company && format == Format.BUILDING) {
      spend *= parameters.decorationSpend();
    }
    int lines = ruled(format);
    for (int i = 0; i < lines; i++) {
      spend -= store.shelf.price(articles[i].number());
    }
    int wanted = (int) (Math.max(0, spend) / worth + dice.uniform());
    if (lines == 0 && wanted == 0) {
      wanted = 1;
    }
    for (int i = 0; i < wanted && lines < MOST_LINES; i++) {
      double u = dice.uniform() * cumulated[departments - 1];
      int department = 0;
      while (cumulated[department] <= u) {
        department++;
      }
      Article article = store.shelf.choose(department);
      articles[lines] = article;
      quantities[lines] = Quantities.draw(article, parameters.severalPieces(), dice);
      coupons[lines++] = null;
    }
    lines = coupon(store, customer, lines);
    lines = inStock(store, lines);
    if (lines > 0) {
      sell(store, customer, second, lines);
    }
  }

  /** How the customer spreads over departments; answers what a line is worth to be expected. */
  private double cumulate(Shelf shelf, float[] tastes) {
    double sum = 0;
    double worth = 0;
    for (int d = 0; d < departments; d++) {
      double weight = tastes[d] * shelf.weight(d);
      sum += weight;
      worth += weight * shelf.lineWorth(d);
      cumulated[d] = sum;
    }
    return worth / sum;
  }

  private int ruled(Format format) {
    int lines = 0;
    for (BasketRule rule : world.catalog().rules()) {
      if (rule.format() != format) {
        continue;
      }
      boolean with = dice.chance(rule.antecedentShare());
      if (with) {
        lines = piece(rule.antecedent(), lines);
      }
      if (dice.chance(with ? rule.consequentWith() : rule.consequentWithout())) {
        lines = piece(rule.consequent(), lines);
      }
    }
    return lines;
  }

  private int piece(int article, int lines) {
    articles[lines] = world.catalog().articles().get(article);
    quantities[lines] = 1_000;
    coupons[lines] = null;
    return lines + 1;
  }

  /** Adds a line for a coupon that the member has and uses. */
  private int coupon(StoreRun store, Customer customer, int lines) {
    if (customer == null
        || campaign == null
        || customer.campaign != campaignNumber
        || store.site.format() != Format.HYPERMARKET
        || lines == MOST_LINES) {
      return lines;
    }
    List<CampaignPlan.Coupon> those = campaign.coupons();
    if (customer.couponsUsed == those.size() || !dice.chance(parameters.couponUse())) {
      return lines;
    }
    CampaignPlan.Coupon coupon = those.get(customer.couponsUsed);
    piece(coupon.article().number(), lines);
    coupons[lines] = coupon;
    return lines + 1;
  }

  /** Leaves out what the shelf does not have, and says so in the truth. */
  private int inStock(StoreRun store, int lines) throws IOException {
    int kept = 0;
    for (int i = 0; i < lines; i++) {
      Article article = articles[i];
      if (store.stock.take(article, quantities[i])) {
        articles[kept] = article;
        quantities[kept] = quantities[i];
        coupons[kept++] = coupons[i];
      } else {
        lost.row(store.site.id(), calendar.date(day), article.id(), decimal(quantities[i], 3));
      }
    }
    return kept;
  }

  private void sell(StoreRun store, Customer customer, int second, int lines) throws IOException {
    long soldAt = (long) calendar.epochDay(day) * DAY_SECONDS + second - UTC_SECONDS;
    line.day = calendar.epochDay(day);
    line.till = store.nextTill();
    line.receipt = store.nextReceipt();
    line.soldAt = soldAt;
    line.cashier = store.site.number() * 1_000L + line.till * 10L + second / 28_800;
    line.cardPrefix = SalesFile.CARD_PREFIX;
    if (customer != null) {
      line.card = card(area, customer);
    } else if (dice.chance(parameters.partnerShare())) {
      line.cardPrefix = world.alliance().draw(day, dice).prefixBytes();
      line.card = Alliance.card(dice);
    } else {
      line.card = 0;
    }
    long total = 0;
    long due = 0;
    for (int i = 0; i < lines; i++) {
      long net = net(store, i);
      total += net;
      due += net - couponValue(store, i);
    }
    line.payment = payment(store, customer, soldAt, due);
    for (int i = 0; i < lines; i++) {
      write(store, customer, i);
    }
    receipts++;
    store.receiptsToday++;
    store.linesToday += lines;
    if (customer != null) {
      loyalty.earn(customer, total, soldAt + 1, store.id, line.receipt);
      care.visited(customer, store.site, day, soldAt, Arrays.asList(articles), lines);
    }
  }

  /** What a manufacturer's coupon gives on a line, in fen: a fifth of the price. */
  private long couponValue(StoreRun store, int i) {
    return coupons[i] == null ? 0 : store.shelf.price(articles[i].number()) / 5;
  }

  private long net(StoreRun store, int i) {
    long amount = amount(store.shelf.price(articles[i].number()), quantities[i]);
    return coupons[i] != null && coupons[i].matched() ? amount - couponValue(store, i) : amount;
  }

  private static long amount(long price, long quantity) {
    return (price * quantity + 500) / 1_000;
  }

  private byte[] payment(StoreRun store, Customer customer, long soldAt, long due)
      throws IOException {
    long rest = due;
    boolean byPoints = false;
    boolean byCard = false;
    if (customer != null) {
      long points = loyalty.redeem(customer, rest, soldAt, store.id, line.receipt);
      byPoints = points > 0;
      rest -= points;
      if (customer.holdsCard) {
        if (customer.card == Customer.CardState.NONE) {
          loyalty.issue(customer, soldAt - 60, store.id);
        }
        loyalty.topUp(customer, soldAt - 30, store.id);
        long paid = loyalty.pay(customer, rest, soldAt, store.id, line.receipt);
        byCard = paid > 0;
        rest -= paid;
      }
    }
    if (!byPoints && !byCard) {
      return money();
    }
    if (!byPoints && rest == 0) {
      return STORED_CARD;
    }
    String kinds = byPoints ? "points" : "";
    if (byCard) {
      kinds += (kinds.isEmpty() ? "" : "+") + "stored card";
    }
    if (rest > 0) {
      kinds += "+" + new String(money(), StandardCharsets.US_ASCII);
    }
    return ascii(kinds);
  }

  private byte[] money() {
    double u = dice.uniform();
    int kind = 0;
    while (kind < PAYMENT_SHARES.length && u >= PAYMENT_SHARES[kind]) {
      kind++;
    }
    return PAYMENTS[kind];
  }

  private void write(StoreRun store, Customer customer, int i) throws IOException {
    Article article = articles[i];
    int number = article.number();
    line.line = i + 1;
    line.article = article;
    line.quantity = quantities[i];
    line.price = store.shelf.price(number);
    line.listPrice = store.shelf.listPrice(number);
    line.net = net(store, i);
    line.coupon = couponValue(store, i);
    line.match = coupons[i] != null && coupons[i].matched() ? line.coupon : 0;
    line.discount = amount(line.listPrice, line.quantity) - line.net - line.match;
    line.promotion = store.shelf.promotion(number);
    store.sales.write(line);
    if (coupons[i] != null) {
      care.redeemed(customer, campaign, coupons[i]);
      customer.couponsUsed++;
    }
    if (!article.isPhysical()) {
      if (customer != null) {
        String pass =
            String.format(
                Locale.ROOT,
                "%s-%s-%d-%d",
                store.site.id(),
                calendar.date(day),
                line.receipt,
                line.line);
        care.bought(customer, article, pass, day);
      }
    } else if (dice.chance(article.returns())) {
      int after = 1 + dice.below(RETURN_DAYS - 2);
      returns
          .get((day + after) % RETURN_DAYS)
          .add(
              new Return(
                  store,
                  line.day,
                  line.till,
                  line.receipt,
                  line.line,
                  customer,
                  article,
                  line.quantity,
                  line.net));
    }
  }

  private void takeReturns() throws IOException {
    List<Return> due = returns.get(day % RETURN_DAYS);
    for (Return back : due) {
      StoreRun store = back.store();
      int opens = store.site.format().opens() * 60;
      long at =
          (long) calendar.epochDay(day) * DAY_SECONDS
              + opens
              + dice.below(store.site.format().closes() * 60 - opens)
              - UTC_SECONDS;
      long receipt = store.nextReturn();
      // Of several pieces some people bring one.
      boolean one = back.quantity() > 1_000 && !back.article().byWeight() && dice.chance(0.5);
      long quantity = one ? 1_000 : back.quantity();
      long net = one ? back.net() * 1_000 / back.quantity() : back.net();
      boolean withReceipt = dice.chance(0.95);
      returnFile.write(
          new ReturnLine(
              store.site.id(),
              calendar.date(day),
              Integer.toString(StoreRun.serviceDesk()),
              Long.toString(receipt),
              1,
              Instant.ofEpochSecond(at),
              withReceipt ? Optional.of(store.site.id()) : Optional.empty(),
              withReceipt ? Optional.of(LocalDate.ofEpochDay(back.soldOn())) : Optional.empty(),
              withReceipt ? Optional.of(Integer.toString(back.till())) : Optional.empty(),
              withReceipt ? Optional.of(Long.toString(back.receipt())) : Optional.empty(),
              withReceipt ? back.line() : 0,
              back.customer() == null
                  ? Optional.empty()
                  : Optional.of(SalesFile.card(card(area, back.customer()))),
              back.article().id(),
              decimal(quantity, 3),
              decimal(net, 2),
              Optional.of(back.article().life() > 0 ? "spoiled" : RETURN_REASONS[dice.below(4)]),
              1,
              false));
      otherEvents++;
      store.stock.putBack(day, back.article(), quantity);
      if (back.customer() != null) {
        loyalty.takeBack(back.customer(), net, at, store.id, receipt);
      }
    }
    due.clear();
  }

  private void cardIncidents() throws IOException {
    double holders = joinedUpTo * parameters.cardShare();
    int incidents = dice.poisson(holders * 0.25 / 365);
    int violations = dice.poisson(holders * parameters.cardViolations() / 365);
    for (int i = 0; i < incidents + violations; i++) {
      Customer customer = holder();
      byte[] store = stores.getFirst().id;
      if (customer == null || customer.incident == day) {
        continue;
      }
      customer.incident = day;
      if (i < incidents) {
        loyalty.incident(customer, store);
      } else {
        loyalty.violate(customer, store);
      }
    }
  }

  private Customer holder() {
    for (int tries = 0; tries < 50; tries++) {
      Customer customer = customers.get(dice.below(joinedUpTo));
      if (customer.card != Customer.CardState.NONE) {
        return customer;
      }
    }
    return null;
  }

  private void writeMembers() throws IOException {
    try (TruthWriter members =
        new TruthWriter(world.settings().truth(), TruthTable.MEMBER, area.folder())) {
      for (Customer customer : customers) {
        members.row(
            member(area, customer),
            calendar.date(customer.joined),
            customer.visitsPerDay,
            customer.leaving,
            customer.left == Customer.NEVER ? null : calendar.date(customer.left),
            customer.visits,
            customer.regular,
            customer.spendRate,
            customer.satisfaction,
            customer.managed,
            customer.followed,
            customer.followed ? parameters.followUpVisits() : 1,
            tastes(customer),
            formats(customer));
      }
    }
  }

  private String tastes(Customer customer) {
    StringBuilder text = new StringBuilder();
    for (int d = 0; d < departments; d++) {
      text.append(d > 0 ? "|" : "")
          .append(world.catalog().departments().get(d).name())
          .append('=')
          .append(String.format(Locale.ROOT, "%.3f", customer.tastes[d]));
    }
    return text.toString();
  }

  private static String formats(Customer customer) {
    StringBuilder text = new StringBuilder();
    for (Format format : Format.values()) {
      text.append(text.isEmpty() ? "" : "|")
          .append(format.words())
          .append('=')
          .append(String.format(Locale.ROOT, "%.3f", customer.formats[format.index()]));
    }
    return text.toString();
  }

  private static java.math.BigDecimal decimal(long scaled, int scale) {
    return java.math.BigDecimal.valueOf(scaled, scale);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
