package storefact.mart.service;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.DATE_OR_NULL;
import static storefact.mart.ColumnType.TEXT;
import static storefact.mart.ColumnType.YES_NO;
import static storefact.mart.returns.ReturnDetail.RETURN_DETAIL;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.mart.service.ServiceSale.SERVICE_SALE;
import static storefact.warehouse.jooq.dw.Tables.MEMBER_CARD;
import static storefact.warehouse.jooq.dw.Tables.SERVICE_USE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per pass that was sold: uses sold, taken, left and lost, its end, and whether it was
 * renewed.
 *
 * <p>A count-based service ends when its uses are taken or its days are over, a time-based one when
 * its days are over. It is renewed if the same member buys a service of the same type again until
 * 30 days after the end, the days before the end included.
 */
public final class ServicePass extends Mart {
  private static final int RENEWED_WITHIN_DAYS = 30;
  private static final String SOLD = "sold";
  private static final String USES = "uses_of";
  private static final String BACK = "back";
  private static final Field<LocalDate> LAST_DAY =
      field(
          DSL.select(max(RECEIPT_STATISTICS.businessDate))
              .from(RECEIPT_STATISTICS.table())
              .where(RECEIPT_STATISTICS.receipts.gt(0L)));
  private static final Condition USED_UP =
      of(SOLD, "kind", String.class)
          .eq("count")
          .and(of(SOLD, "uses", Long.class).gt(0L))
          .and(
              DSL.condition(
                  "{0} >= {1}", of(USES, "uses", Long.class), of(SOLD, "uses", Long.class)));

  /** The mart. */
  public static final ServicePass SERVICE_PASS = new ServicePass();

  public final MartColumn<String> pass =
      column("pass", TEXT, of(SOLD, "pass", String.class))
          .label("pass", "服务卡")
          .about("Pass as uses name it: store, business day, receipt and line");
  public final MartColumn<String> store =
      column(Term.STORE, of(SOLD, "store", String.class)).about("Store that sold it");
  public final MartColumn<LocalDate> soldOn =
      column("sold_on", DATE, of(SOLD, "business_date", LocalDate.class))
          .label("sold on", "销售日")
          .about("Business day of the sale");
  public final MartColumn<String> member =
      column(Term.MEMBER, of(SOLD, "member", String.class))
          .about("Member who bought it, empty where unknown");
  public final MartColumn<String> goods =
      column(Term.GOODS, of(SOLD, "goods", String.class)).about("Service");
  public final MartColumn<String> type =
      column("type", CODE, of(SOLD, "type", String.class))
          .label("type", "三级分类")
          .about("Category level 3; renewals are of the same one");
  public final MartColumn<String> kind =
      column("kind", CODE, of(SOLD, "kind", String.class))
          .label("kind", "类别")
          .about("count or time");
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, of(SOLD, "net_sales", BigDecimal.class))
          .about("What the chain received, before returns");
  public final MartColumn<Boolean> returned =
      column("returned", YES_NO, of(BACK, "quantity", BigDecimal.class).gt(BigDecimal.ZERO))
          .label("returned", "已退")
          .about("True where the line came back");
  public final MartColumn<Long> usesSold =
      column("uses_sold", COUNT, of(SOLD, "uses", Long.class))
          .unit("uses")
          .label("uses sold", "售出次数")
          .about("Uses that it gives, 0 for time-based services");
  public final MartColumn<Long> usesTaken =
      column("uses_taken", COUNT, of(USES, "uses", Long.class))
          .unit("uses")
          .label("uses taken", "已用次数")
          .about("Uses so far");
  public final MartColumn<LocalDate> firstUse =
      column(
              "first_use",
              DATE_OR_NULL,
              field(
                  "nullIf({0}, toDate(0))",
                  LocalDate.class, of(USES, "first_use", LocalDate.class)))
          .label("first use", "首次使用日")
          .about("Business day of the first use, null without");
  public final MartColumn<LocalDate> lastUse =
      column(
              "last_use",
              DATE_OR_NULL,
              field(
                  "nullIf({0}, toDate(0))", LocalDate.class, of(USES, "last_use", LocalDate.class)))
          .label("last use", "最近使用日")
          .about("Business day of the last use, null without");
  public final MartColumn<LocalDate> endsOn =
      column(
              "ends_on",
              DATE_OR_NULL,
              field(
                  "if({0} = 0, NULL, addDays({1}, {0}))",
                  LocalDate.class, of(SOLD, "days", Long.class), soldOn.own()))
          .label("ends on", "到期日")
          .about("Last day on which it can be used, null for no end");
  public final MartColumn<LocalDate> endedOn =
      column(
              "ended_on",
              DATE_OR_NULL,
              field("if({0}, {1}, {2})", LocalDate.class, USED_UP, lastUse.own(), endsOn.own()))
          .label("ended on", "结束日")
          .about("Day of the last of its uses, else its last day, which may lie ahead");
  public final MartColumn<String> state =
      column(
              "state",
              CODE,
              when(returned.own(), "returned")
                  .when(USED_UP, "used up")
                  .when(condition("ifNull({0} < {1}, false)", endsOn.own(), LAST_DAY), "expired")
                  .otherwise("active"))
          .label("state", "状态")
          .about("active, used up, expired or returned, as of the last business day in the data");
  public final MartColumn<Long> usesLeft =
      column(
              "uses_left",
              COUNT,
              field(
                  "if({0} = 'active', toUInt64(greatest(toInt64({1}) - toInt64({2}), 0)), 0)",
                  Long.class, state.own(), usesSold.own(), usesTaken.own()))
          .unit("uses")
          .label("uses left", "剩余次数")
          .about("Uses that can still be taken, 0 for time-based services");
  public final MartColumn<Long> usesLost =
      column(
              "uses_lost",
              COUNT,
              field(
                  "if({0} = 'expired', toUInt64(greatest(toInt64({1}) - toInt64({2}), 0)), 0)",
                  Long.class, state.own(), usesSold.own(), usesTaken.own()))
          .unit("uses")
          .label("uses expired unused", "过期未用次数")
          .about("Uses that were paid and never taken");
  public final MartColumn<LocalDate> nextPurchase =
      column(
              "next_purchase",
              DATE_OR_NULL,
              field(
                  "nullIf({0}, toDate(0))",
                  LocalDate.class, of(SOLD, "next_purchase", LocalDate.class)))
          .label("next purchase", "下次购买日")
          .about(
              "Day on which the member bought the same type of service next, null where not yet");
  public final MartColumn<String> renewal =
      column(
              "renewal",
              CODE,
              when(
                      member
                          .own()
                          .eq("")
                          .or(returned.own())
                          .or(condition("{0} IS NULL", endedOn.own())),
                      "")
                  .when(
                      condition(
                          "ifNull({0} <= addDays({1}, {2}), false)",
                          nextPurchase.own(), endedOn.own(), inline(RENEWED_WITHIN_DAYS)),
                      "renewed")
                  .when(
                      condition(
                          "addDays({0}, {1}) < {2}",
                          endedOn.own(), inline(RENEWED_WITHIN_DAYS), LAST_DAY),
                      "not renewed")
                  .otherwise("open"))
          .label("renewal", "续购")
          .about(
              "renewed, not renewed, or open while there is time; empty where nobody knows who bought, where it was returned or has no end");

  private ServicePass() {
    super(
        "service_pass",
        "One row per pass sold: uses sold, taken, left and lost, its end, and whether it was renewed",
        "每张售出的服务卡一行：次数、余次、到期与续购");
    owner("services");
    freshWithin(Duration.ofHours(24));
    grain(pass);
  }

  private static <T> Field<T> of(String part, String column, Class<T> type) {
    return derived(part, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0}) AS {1} LEFT JOIN ({2}) AS {3} ON {3}.pass = {1}.pass LEFT JOIN ({4}) AS {5} ON {5}.store = {1}.store"
                    + " AND {5}.business_date = {1}.business_date AND {5}.till = {1}.till AND {5}.receipt = {1}.receipt AND {5}.line = {1}.line",
                sold(), DSL.name(SOLD), uses(), DSL.name(USES), back(), DSL.name(BACK)));
  }

  private static Select<?> sold() {
    return DSL.select(
            SERVICE_SALE.pass.as("pass"),
            SERVICE_SALE.store.as("store"),
            SERVICE_SALE.businessDate.as("business_date"),
            SERVICE_SALE.till.as("till"),
            SERVICE_SALE.receipt.as("receipt"),
            SERVICE_SALE.line.as("line"),
            MEMBER_CARD.MEMBER.as("member"),
            SERVICE_SALE.goods.as("goods"),
            SERVICE_SALE.type.as("type"),
            SERVICE_SALE.kind.as("kind"),
            SERVICE_SALE.uses.as("uses"),
            SERVICE_SALE.days.as("days"),
            SERVICE_SALE.netSales.as("net_sales"),
            field(
                    "leadInFrame({0}) OVER (PARTITION BY if({1} = '', {6}, {1}), {2} ORDER BY {3}, {4}, {5} ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)",
                    LocalDate.class,
                    SERVICE_SALE.businessDate,
                    MEMBER_CARD.MEMBER,
                    SERVICE_SALE.type,
                    SERVICE_SALE.soldAt,
                    SERVICE_SALE.receipt,
                    SERVICE_SALE.line,
                    // Whoever showed no card is nobody's next customer.
                    SERVICE_SALE.pass)
                .as("next_purchase"))
        .from(SERVICE_SALE.table())
        .leftJoin(MEMBER_CARD)
        .on(MEMBER_CARD.CARD.eq(SERVICE_SALE.card));
  }

  private static Select<?> uses() {
    return DSL.select(
            SERVICE_USE.PASS.as("pass"),
            sum(SERVICE_USE.USES).as("uses"),
            min(SERVICE_USE.BUSINESS_DATE).as("first_use"),
            max(SERVICE_USE.BUSINESS_DATE).as("last_use"))
        .from(SERVICE_USE)
        .groupBy(SERVICE_USE.PASS);
  }

  private static Select<?> back() {
    return DSL.select(
            RETURN_DETAIL.originalStore.as("store"),
            field("assumeNotNull({0})", RETURN_DETAIL.originalDate).as("business_date"),
            RETURN_DETAIL.originalTill.as("till"),
            RETURN_DETAIL.originalReceipt.as("receipt"),
            RETURN_DETAIL.originalLine.as("line"),
            sum(RETURN_DETAIL.quantity).as("quantity"))
        .from(RETURN_DETAIL.table())
        .where(RETURN_DETAIL.ofKnownSale())
        .groupBy(
            RETURN_DETAIL.originalStore,
            RETURN_DETAIL.originalDate,
            RETURN_DETAIL.originalTill,
            RETURN_DETAIL.originalReceipt,
            RETURN_DETAIL.originalLine);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.accepted(state, List.of("active", "used up", "expired", "returned")),
        Check.accepted(renewal, List.of("renewed", "not renewed", "open", "")),
        Check.none(
                this,
                "no more uses than were sold",
                DSL.selectFrom(table())
                    .where(kind.own().eq("count"))
                    .and(usesTaken.own().gt(usesSold.own())))
            .asWarning(),
        Check.none(
            this,
            "uses sold are taken, left or lost",
            DSL.selectFrom(table())
                .where(kind.own().eq("count"))
                .and(state.own().ne("returned"))
                .and(usesTaken.own().le(usesSold.own()))
                .and(usesSold.own().ne(usesTaken.own().plus(usesLeft.own()).plus(usesLost.own())))),
        Check.none(
                this,
                "every use names a pass that was sold",
                DSL.select(SERVICE_USE.PASS, SERVICE_USE.BUSINESS_DATE)
                    .from(SERVICE_USE)
                    .where(SERVICE_USE.PASS.notIn(DSL.select(pass).from(table()))))
            .asWarning());
  }
}
