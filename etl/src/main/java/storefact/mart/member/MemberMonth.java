package storefact.mart.member;

import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.daysIn;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.newest;
import static storefact.mart.ClickHouse.setIf;
import static storefact.mart.ClickHouse.unionOfDays;
import static storefact.mart.ColumnType.CODES;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE_OR_NULL;
import static storefact.mart.ColumnType.MOMENT;
import static storefact.mart.member.CardMonth.CARD_MONTH;
import static storefact.warehouse.jooq.dw.Tables.MEMBER;
import static storefact.warehouse.jooq.dw.Tables.MEMBER_CARD;
import static storefact.warehouse.jooq.dw.Tables.TURNOVER_LINE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per member and month with a purchase or return, over all the member's cards and stores.
 */
public final class MemberMonth extends Mart {

  /** The mart. */
  public static final MemberMonth MEMBER_MONTH = new MemberMonth();

  public final MartColumn<String> member = column(Term.MEMBER, MEMBER_CARD.MEMBER);
  public final MartColumn<LocalDate> month = column(Term.MONTH, CARD_MONTH.month);
  public final MartColumn<String> card =
      column(Term.CARD, newest(CARD_MONTH.card, CARD_MONTH.lastShown))
          .about("Card that the member showed last in the month");
  public final MartColumn<LocalDateTime> lastShown =
      column("last_shown", MOMENT, max(CARD_MONTH.lastShown))
          .label("last shown", "最近出示时间")
          .about("Moment of the last receipt in UTC");
  public final MartColumn<LocalDate> firstPurchase =
      column("first_purchase", DATE_OR_NULL, min(CARD_MONTH.firstPurchase))
          .label("first purchase", "首次购买日")
          .about("Business day of the first purchase of the month, null without one");
  public final MartColumn<LocalDate> lastPurchase =
      column("last_purchase", DATE_OR_NULL, max(CARD_MONTH.lastPurchase))
          .label("last purchase", "最近购买日")
          .about("Business day of the last purchase of the month, null without one");
  public final MartColumn<Long> receipts = column(Term.RECEIPTS, sum(CARD_MONTH.receipts));
  public final MartColumn<Long> activeDays =
      column("active_days", COUNT, daysIn(unionOfDays(CARD_MONTH.purchaseDays)))
          .unit("days")
          .label("active days", "购买天数")
          .about("Business days with a purchase; they add up over months");
  public final MartColumn<String[]> stores =
      column("stores", CODES, setIf(CARD_MONTH.store, CARD_MONTH.receipts.gt(0L)))
          .label("stores", "购买门店")
          .about("Stores that the member bought in");
  public final MartColumn<Long> lines =
      column(Term.LINES, sum(CARD_MONTH.lines)).about("Lines bought");
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, sum(CARD_MONTH.quantity))
          .about("Quantity bought less quantity returned");
  public final MartColumn<BigDecimal> listSales =
      column(Term.LIST_SALES, sum(CARD_MONTH.listSales))
          .about("Purchases before discounts of the chain and before returns");
  public final MartColumn<BigDecimal> returns =
      column(Term.RETURNS_OF_MONTH, sum(CARD_MONTH.returns));
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, sum(CARD_MONTH.netSales))
          .about("What the chain received, less returns of the month");

  private MemberMonth() {
    super(
        "member_month",
        "One row per member and month with a purchase or return, over all the member's cards and stores",
        "每位会员和有购买或退货的月份一行，涵盖其全部卡和门店");
    owner("members");
    freshWithin(Duration.ofHours(24));
    grain(member, month);
    partitionedByMonth(month);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(CARD_MONTH.table())
        .join(MEMBER_CARD)
        .on(slice.joins(MEMBER_CARD.CARD, CARD_MONTH.card))
        .where(slice.covers(CARD_MONTH.month))
        .and(CARD_MONTH.card.ne(""))
        .groupBy(MEMBER_CARD.MEMBER, CARD_MONTH.month);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.filled(member),
        Check.refersTo(member, MEMBER.MEMBER_, MEMBER),
        Check.same(
            name(),
            "sums equal the lines of known cards",
            DSL.select(month, sum(netSales), sum(listSales), sum(lines))
                .from(table())
                .groupBy(month),
            DSL.select(
                    monthOf(TURNOVER_LINE.BUSINESS_DATE),
                    sum(TURNOVER_LINE.NET_AMOUNT),
                    sum(TURNOVER_LINE.LIST_AMOUNT),
                    countIf(TURNOVER_LINE.KIND.eq("sale")))
                .from(TURNOVER_LINE)
                .where(TURNOVER_LINE.CARD.ne(""))
                .and(TURNOVER_LINE.CARD.in(DSL.select(MEMBER_CARD.CARD).from(MEMBER_CARD)))
                .groupBy(monthOf(TURNOVER_LINE.BUSINESS_DATE))));
  }
}
