package storefact.report;

import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.distinct;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.member.MemberPurchases.MEMBER_PURCHASES;
import static storefact.mart.member.MemberRfm.MEMBER_RFM;
import static storefact.mart.member.MemberShare.MEMBER_SHARE;
import static storefact.mart.member.MemberValueClass.MEMBER_VALUE_CLASS;
import static storefact.mart.sales.DailySales.DAILY_SALES;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.MEMBER;
import static storefact.warehouse.jooq.dw.Tables.SALES_LINE;
import static storefact.warehouse.jooq.dw.Tables.STORE;
import static storefact.warehouse.jooq.dw.Tables.STORE_CLOCK;
import static storefact.warehouse.jooq.ops.Tables.BUILD_LOG;
import static storefact.warehouse.jooq.ops.Tables.CHECK_RESULT;
import static storefact.warehouse.jooq.ops.Tables.INGESTED_FILE;
import static storefact.warehouse.jooq.ops.Tables.REJECTED_EVENT;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.ExecuteListener;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.SelectField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import storefact.event.Reason;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.member.Segment;
import storefact.mart.member.ValueClass;
import storefact.report.Overview.Category;
import storefact.report.Overview.Chain;
import storefact.report.Overview.Check;
import storefact.report.Overview.Counts;
import storefact.report.Overview.Day;
import storefact.report.Overview.Freshness;
import storefact.report.Overview.Hour;
import storefact.report.Overview.MemberGroup;
import storefact.report.Overview.Quality;
import storefact.report.Overview.Rejects;
import storefact.report.Overview.Sales;
import storefact.report.Overview.StoreSales;
import storefact.report.Overview.StreamRead;
import storefact.report.Overview.TopMember;
import storefact.report.Overview.Totals;
import storefact.report.Overview.Words;
import storefact.report.Overview.ZeroQuantity;
import storefact.warehouse.Warehouse;

/**
 * Reads the overview from the marts and, where no mart has it, from the facts. Marts are read
 * through their readers' views, so a reader who may see one region gets that region's page.
 */
public final class OverviewQuery {
  private static final int COMPARED_DAYS = 8 * 7;
  private static final int TOP_MEMBERS = 20;
  private static final Field<BigDecimal> BEFORE_RETURNS =
      RECEIPT_STATISTICS.netSales.own().plus(RECEIPT_STATISTICS.returns.own());

  private final Warehouse warehouse;
  private final Chain chain;
  private final List<String> asked = new ArrayList<>();

  /** Prepares to read; the caller closes the warehouse. */
  public OverviewQuery(Warehouse warehouse, Chain chain) {
    this.warehouse = warehouse;
    this.chain = chain;
  }

  /** The clock that most stores go by, as {@code dw.store_clock} tells it; empty without stores. */
  public static Optional<ZoneId> clock(Warehouse warehouse) {
    return warehouse
        .sql()
        .select(STORE_CLOCK.TIME_ZONE)
        .from(STORE_CLOCK)
        .groupBy(STORE_CLOCK.TIME_ZONE)
        .orderBy(count().desc(), STORE_CLOCK.TIME_ZONE)
        .limit(1)
        .fetchOptional(STORE_CLOCK.TIME_ZONE)
        .map(ZoneId::of);
  }

  /** The overview of the warehouse as it is now; its marts must be built unless it has no sales. */
  public Overview overview() {
    return overview(List.of());
  }

  /**
   * The overview of the warehouse as it is now; its marts must be built unless it has no sales.
   *
   * @param counts rows in lake and star per stream, for a caller that has compared them
   */
  public Overview overview(List<Counts> counts) {
    return new Overview(
        chain, Instant.now().truncatedTo(ChronoUnit.SECONDS), sales(), quality(counts));
  }

  /** The statements that were asked so far: what the page shows comes from their columns. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private Optional<Sales> sales() {
    if (sql().selectOne().from(SALES_LINE).limit(1).fetch().isEmpty()) {
      return Optional.empty();
    }
    List<Day> days = days();
    if (days.isEmpty()) {
      return Optional.empty();
    }
    LocalDate from = days.getFirst().day();
    LocalDate to = days.getLast().day();
    int compared = comparedDays(from, to);
    return Optional.of(
        new Sales(
            from,
            to,
            totals(days),
            days,
            compared,
            categories(to, compared),
            stores(),
            segments(),
            valueClasses(),
            topMembers(),
            hours()));
  }

  /**
   * Eight weeks where there are twice as many, else half of what there is, in whole weeks if
   * possible.
   */
  static int comparedDays(LocalDate from, LocalDate to) {
    int half = (int) Math.min(COMPARED_DAYS, (ChronoUnit.DAYS.between(from, to) + 1) / 2);
    return half < 7 ? half : half / 7 * 7;
  }

  private List<Day> days() {
    Field<LocalDate> day = RECEIPT_STATISTICS.businessDate.own();
    return sql()
        .select(
            day,
            sum(RECEIPT_STATISTICS.netSales.own()),
            sum(BEFORE_RETURNS),
            total(RECEIPT_STATISTICS.receipts))
        .from(RECEIPT_STATISTICS.view())
        .groupBy(day)
        .orderBy(day)
        .fetch(row -> new Day(row.value1(), row.value2(), row.value3(), row.value4()));
  }

  private Totals totals(List<Day> days) {
    return new Totals(
        days.stream().map(Day::netSales).reduce(BigDecimal.ZERO, BigDecimal::add),
        days.stream().map(Day::sales).reduce(BigDecimal.ZERO, BigDecimal::add),
        days.stream().mapToLong(Day::receipts).sum(),
        one(sum(MEMBER_SHARE.memberSales.own()), MEMBER_SHARE.view()),
        one(rows(), MEMBER_PURCHASES.view()),
        one(rows(), MEMBER),
        one(distinct(RECEIPT_STATISTICS.store.own()), RECEIPT_STATISTICS.view()),
        one(distinct(SALES_LINE.GOODS), SALES_LINE),
        one(rows(), GOODS));
  }

  private List<Category> categories(LocalDate to, int compared) {
    Field<String> department = DAILY_SALES.department.own();
    Field<String> category = DAILY_SALES.category.own();
    Field<LocalDate> day = DAILY_SALES.businessDate.own();
    Field<BigDecimal> amount = DAILY_SALES.netSales.own();
    LocalDate middle = to.minusDays(compared);
    Field<BigDecimal> last = sumIf(amount, day.gt(middle));
    Field<BigDecimal> before =
        sumIf(amount, day.gt(middle.minusDays(compared)).and(day.le(middle)));
    return sql()
        .select(department, category, sum(amount), last, before)
        .from(DAILY_SALES.view())
        .groupBy(department, category)
        .orderBy(sum(amount).desc(), department, category)
        .fetch(
            row ->
                new Category(row.value1(), row.value2(), row.value3(), row.value4(), row.value5()));
  }

  private List<StoreSales> stores() {
    Map<String, String> names =
        sql().select(STORE.STORE_, STORE.NAME).from(STORE).fetchMap(STORE.STORE_, STORE.NAME);
    Field<String> store = RECEIPT_STATISTICS.store.own();
    Field<BigDecimal> amount = sum(RECEIPT_STATISTICS.netSales.own());
    return sql()
        .select(store, amount, sum(BEFORE_RETURNS), total(RECEIPT_STATISTICS.receipts))
        .from(RECEIPT_STATISTICS.view())
        .groupBy(store)
        .orderBy(amount.desc(), store)
        .fetch(
            row ->
                new StoreSales(
                    row.value1(),
                    names.getOrDefault(row.value1(), ""),
                    row.value2(),
                    row.value3(),
                    row.value4()));
  }

  private List<MemberGroup> segments() {
    Map<String, Words> names =
        Arrays.stream(Segment.values())
            .collect(
                Collectors.toMap(
                    Segment::code, each -> new Words(capital(each.english()), each.chinese())));
    return groups(
        MEMBER_RFM, MEMBER_RFM.segment, MEMBER_RFM.monetary, MEMBER_RFM.recencyDays, names);
  }

  private List<MemberGroup> valueClasses() {
    Map<String, Words> names =
        Arrays.stream(ValueClass.values())
            .collect(
                Collectors.toMap(
                    ValueClass::code, each -> new Words(capital(each.english()), each.chinese())));
    return groups(
        MEMBER_VALUE_CLASS,
        MEMBER_VALUE_CLASS.valueClass,
        MEMBER_VALUE_CLASS.netSales,
        MEMBER_VALUE_CLASS.recencyDays,
        names);
  }

  private List<MemberGroup> groups(
      Mart mart,
      MartColumn<String> group,
      MartColumn<BigDecimal> netSales,
      MartColumn<Long> recencyDays,
      Map<String, Words> names) {
    Field<String> code = group.own();
    return sql()
        .select(code, rows(), sum(netSales.own()), avg(recencyDays.own()).cast(Double.class))
        .from(mart.view())
        .groupBy(code)
        .orderBy(code)
        .fetch(
            row ->
                new MemberGroup(
                    row.value1(),
                    names.getOrDefault(row.value1(), Words.same(row.value1())),
                    row.value2(),
                    row.value3(),
                    row.value4()));
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private List<TopMember> topMembers() {
    Field<String> member = MEMBER_PURCHASES.member.own();
    var best =
        sql()
            .select(
                member,
                MEMBER_PURCHASES.netSales.own(),
                MEMBER_PURCHASES.receipts.own(),
                MEMBER_PURCHASES.lastPurchase.own())
            .from(MEMBER_PURCHASES.view())
            .orderBy(MEMBER_PURCHASES.netSales.own().desc(), member)
            .limit(TOP_MEMBERS)
            .fetch();
    List<String> members = best.getValues(member);
    Map<String, String> segments = codes(MEMBER_RFM.member, MEMBER_RFM.segment, members);
    Map<String, String> classes =
        codes(MEMBER_VALUE_CLASS.member, MEMBER_VALUE_CLASS.valueClass, members);
    return best.map(
        row ->
            new TopMember(
                MaskedMember.of(row.value1()),
                row.value2(),
                row.value3(),
                row.value4(),
                segments.getOrDefault(row.value1(), ""),
                classes.getOrDefault(row.value1(), "")));
  }

  private Map<String, String> codes(
      MartColumn<String> member, MartColumn<String> code, List<String> members) {
    return sql()
        .select(member.own(), code.own())
        .from(member.mart().view())
        .where(member.own().in(members))
        .fetchMap(member.own(), code.own());
  }

  private List<Hour> hours() {
    Field<Integer> weekday = DSL.field("toDayOfWeek({0})", Integer.class, SALES_LINE.BUSINESS_DATE);
    Field<Integer> hour =
        DSL.field(
            "toHour({0}, {1})",
            Integer.class, SALES_LINE.SOLD_AT, DSL.inline(chain.zone().getId()));
    return sql()
        .select(weekday, hour, sum(SALES_LINE.NET_AMOUNT))
        .from(SALES_LINE)
        .groupBy(weekday, hour)
        .orderBy(weekday, hour)
        .fetch(row -> new Hour(row.value1(), row.value2(), row.value3()));
  }

  private Quality quality(List<Counts> counts) {
    return new Quality(
        streams(), rejects(), checks(), List.copyOf(counts), zeroQuantity(), freshness());
  }

  private List<StreamRead> streams() {
    Field<String> stream = INGESTED_FILE.STREAM;
    // A crash may have left a file's row twice; FINAL shows the last one.
    Table<?> files = DSL.table("{0} FINAL", INGESTED_FILE);
    return sql()
        .select(
            stream,
            rows(),
            total(INGESTED_FILE.ACCEPTED),
            total(INGESTED_FILE.REPEATED),
            total(INGESTED_FILE.REJECTED))
        .from(files)
        .groupBy(stream)
        .orderBy(total(INGESTED_FILE.ACCEPTED).desc(), stream)
        .fetch(
            row ->
                new StreamRead(
                    row.value1(), row.value2(), row.value3(), row.value4(), row.value5()));
  }

  private List<Rejects> rejects() {
    return sql()
        .select(REJECTED_EVENT.REASON, rows())
        .from(REJECTED_EVENT)
        .groupBy(REJECTED_EVENT.REASON)
        .orderBy(rows().desc(), REJECTED_EVENT.REASON)
        .fetch(row -> new Rejects(row.value1(), reason(row.value1()), row.value2()));
  }

  private static Words reason(String code) {
    return Stream.of(Reason.values())
        .filter(reason -> reason.name().equalsIgnoreCase(code))
        .map(reason -> new Words(capital(reason.text("en")), reason.text("zh")))
        .findFirst()
        .orElseGet(() -> Words.same(code));
  }

  private List<Check> checks() {
    Field<Long> latest =
        DSL.field("argMax({0}, {1})", Long.class, CHECK_RESULT.FAILURES, CHECK_RESULT.CHECKED_AT);
    return sql()
        .select(CHECK_RESULT.MART, CHECK_RESULT.CHECK, latest)
        .from(CHECK_RESULT)
        .groupBy(CHECK_RESULT.MART, CHECK_RESULT.CHECK)
        .orderBy(CHECK_RESULT.MART, CHECK_RESULT.CHECK)
        .fetch(row -> new Check(row.value1(), row.value2(), row.value3()));
  }

  private ZeroQuantity zeroQuantity() {
    var none = SALES_LINE.QUANTITY.eq(BigDecimal.ZERO);
    return sql()
        .select(
            rows(),
            countIf(SALES_LINE.NET_AMOUNT.ne(BigDecimal.ZERO)),
            countIf(SALES_LINE.COUPON_DISCOUNT.ne(BigDecimal.ZERO)),
            sum(SALES_LINE.COUPON_DISCOUNT))
        .from(SALES_LINE)
        .where(none)
        .fetchSingle(
            row -> new ZeroQuantity(row.value1(), row.value2(), row.value3(), row.value4()));
  }

  private Freshness freshness() {
    return new Freshness(
        latest(INGESTED_FILE.FINISHED_AT, INGESTED_FILE),
        latest(BUILD_LOG.STARTED_AT, BUILD_LOG),
        latest(CHECK_RESULT.CHECKED_AT, CHECK_RESULT));
  }

  /**
   * As seconds since 1970, so that no driver and no machine's time zone bends it; 0 where never.
   */
  private Optional<Instant> latest(Field<LocalDateTime> moment, Table<?> table) {
    long seconds = one(DSL.field("toUnixTimestamp({0})", Long.class, max(moment)), table);
    return seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
  }

  private <T> T one(SelectField<T> value, Table<?> table) {
    Record1<T> row = sql().select(value).from(table).fetchSingle();
    return row.value1();
  }

  /** Counts go beyond jOOQ's int. */
  private static Field<Long> rows() {
    return count().cast(Long.class);
  }

  private static Field<Long> total(MartColumn<Long> column) {
    return total(column.own());
  }

  private static Field<Long> total(Field<Long> column) {
    return sum(column).cast(Long.class);
  }

  private DSLContext sql() {
    return DSL.using(
        warehouse
            .sql()
            .configuration()
            .deriveAppending(
                ExecuteListener.onExecuteStart(statement -> asked.add(statement.sql()))));
  }
}
