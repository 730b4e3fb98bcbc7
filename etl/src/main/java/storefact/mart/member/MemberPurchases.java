package storefact.mart.member;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.days;
import static storefact.mart.ClickHouse.distinctOfSets;
import static storefact.mart.ClickHouse.last;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.member.MemberMonth.MEMBER_MONTH;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per member with at least one purchase: when, how often and for how much. A return takes
 * its amount back on its own day; the receipt that it names stays a visit.
 */
public final class MemberPurchases extends Mart {
  /** Last business day with sales: days are counted from it, so that old data stays as it was. */
  private static final Field<LocalDate> LAST_DAY =
      field(
          DSL.select(max(RECEIPT_STATISTICS.businessDate))
              .from(RECEIPT_STATISTICS.table())
              .where(RECEIPT_STATISTICS.receipts.gt(0L)));

  /** The moment before the month: a member has one row of each. */
  private static final Field<Long> SHOWN =
      field(
          "toUnixTimestamp({0}) * 65536 + toUInt16({1})",
          Long.class, MEMBER_MONTH.lastShown, MEMBER_MONTH.month);

  /** The mart. */
  public static final MemberPurchases MEMBER_PURCHASES = new MemberPurchases();

  public final MartColumn<String> member = column(Term.MEMBER, MEMBER_MONTH.member);
  public final MartColumn<String> card =
      column(Term.CARD, last(MEMBER_MONTH.card, SHOWN)).about("Card that the member showed last");
  public final MartColumn<LocalDate> firstPurchase =
      column("first_purchase", DATE, min(MEMBER_MONTH.firstPurchase))
          .label("first purchase", "首次购买日")
          .about("Business day of the first purchase");
  public final MartColumn<LocalDate> lastPurchase =
      column("last_purchase", DATE, max(MEMBER_MONTH.lastPurchase))
          .label("last purchase", "最近购买日")
          .about("Business day of the last purchase");
  public final MartColumn<Long> receipts = column(Term.RECEIPTS, sum(MEMBER_MONTH.receipts));
  public final MartColumn<Long> activeDays =
      column("active_days", COUNT, sum(MEMBER_MONTH.activeDays))
          .unit("days")
          .label("active days", "购买天数")
          .about("Business days with a purchase");
  public final MartColumn<Long> stores =
      column("stores", COUNT, distinctOfSets(MEMBER_MONTH.stores))
          .unit("stores")
          .label("stores", "购买门店数")
          .about("Stores that the member bought in");
  public final MartColumn<Long> lines =
      column(Term.LINES, sum(MEMBER_MONTH.lines)).about("Lines bought");
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, sum(MEMBER_MONTH.quantity))
          .about("Quantity bought less quantity returned");
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, sum(MEMBER_MONTH.netSales))
          .about("What the chain received, less returns");
  public final MartColumn<BigDecimal> listSales =
      column(Term.LIST_SALES, sum(MEMBER_MONTH.listSales))
          .about("Purchases before discounts of the chain and before returns");
  public final MartColumn<BigDecimal> returns =
      column(Term.RETURNS, sum(MEMBER_MONTH.returns))
          .about("What the chain gave up for goods that the member brought back");
  public final MartColumn<Double> averageReceipt =
      column(Term.AVERAGE_RECEIPT, ratio(netSales.own().plus(returns.own()), receipts.own()));
  public final MartColumn<Double> daysBetweenPurchases =
      column(
              "days_between_purchases",
              RATIO_OR_NULL,
              ratioOrNull(days(firstPurchase.own(), lastPurchase.own()), activeDays.own().minus(1)))
          .unit("days")
          .label("days between purchases", "平均购买间隔")
          .about("Mean gap between days with a purchase, null for a single day");
  public final MartColumn<Long> recencyDays =
      column(Term.RECENCY_DAYS, days(lastPurchase.own(), LAST_DAY));
  public final MartColumn<Long> tenureDays =
      column("tenure_days", COUNT, days(firstPurchase.own(), LAST_DAY))
          .unit("days")
          .label("tenure", "距首次购买天数")
          .about("Days from the first purchase to the last business day in the data");

  private MemberPurchases() {
    super(
        "member_purchases",
        "One row per member with at least one purchase: when, how often and for how much",
        "每位有购买的会员一行：购买时间、频次与金额");
    owner("members");
    freshWithin(Duration.ofHours(24));
    grain(member);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(MEMBER_MONTH.table())
        .groupBy(MEMBER_MONTH.member)
        .having(sum(MEMBER_MONTH.receipts).gt(BigDecimal.ZERO));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.filled(member),
        Check.same(
            name(),
            "sums equal the months of members with a purchase",
            DSL.select(sum(netSales), sum(listSales), sum(lines)).from(table()),
            DSL.select(
                    sum(MEMBER_MONTH.netSales),
                    sum(MEMBER_MONTH.listSales),
                    sum(MEMBER_MONTH.lines))
                .from(MEMBER_MONTH.table())
                .where(MEMBER_MONTH.member.in(DSL.select(member).from(table())))));
  }
}
