package storefact.mart.member;

import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.daysOfMonthIf;
import static storefact.mart.ClickHouse.maxIf;
import static storefact.mart.ClickHouse.minIf;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.DATE_OR_NULL;
import static storefact.mart.ColumnType.DAYS;
import static storefact.mart.ColumnType.MOMENT;
import static storefact.mart.sales.ReceiptSales.RECEIPT_SALES;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;

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
 * One row per month, store and card shown, with one for those who showed none: what was bought and
 * brought back. Knows no members: who holds a card may become known later, what it bought stays.
 */
public final class CardMonth extends Mart {

  /** The mart. */
  public static final CardMonth CARD_MONTH = new CardMonth();

  public final MartColumn<LocalDate> month =
      column(Term.MONTH, monthOf(RECEIPT_SALES.businessDate));
  public final MartColumn<String> store = column(Term.STORE_OF_TURNOVER, RECEIPT_SALES.store);
  public final MartColumn<String> card =
      column(Term.CARD, RECEIPT_SALES.card).about("Card shown, empty for none");
  public final MartColumn<Long> receipts = column(Term.RECEIPTS, countIf(RECEIPT_SALES.sale()));
  public final MartColumn<Long> purchaseDays =
      column("purchase_days", DAYS, daysOfMonthIf(RECEIPT_SALES.businessDate, RECEIPT_SALES.sale()))
          .label("purchase days", "购买日集合")
          .about(
              "Business days with a purchase, a bit each from the lowest for the first of the month; unions count exactly");
  public final MartColumn<LocalDate> firstPurchase =
      column(
              "first_purchase",
              DATE_OR_NULL,
              minIf(RECEIPT_SALES.businessDate, RECEIPT_SALES.sale()))
          .label("first purchase", "首次购买日")
          .about(
              "Business day of the first purchase of the month, null where the card only brought back");
  public final MartColumn<LocalDate> lastPurchase =
      column("last_purchase", DATE_OR_NULL, maxIf(RECEIPT_SALES.businessDate, RECEIPT_SALES.sale()))
          .label("last purchase", "最近购买日")
          .about(
              "Business day of the last purchase of the month, null where the card only brought back");
  public final MartColumn<LocalDateTime> lastShown =
      column("last_shown", MOMENT, max(RECEIPT_SALES.at))
          .label("last shown", "最近出示时间")
          .about("Moment of the last receipt in UTC");
  public final MartColumn<Long> lines =
      column(Term.LINES, sumIf(RECEIPT_SALES.lines, RECEIPT_SALES.sale())).about("Lines bought");
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, sum(RECEIPT_SALES.quantity))
          .about("Quantity bought less quantity returned");
  public final MartColumn<BigDecimal> listSales =
      column(Term.LIST_SALES, sum(RECEIPT_SALES.listSales))
          .about("Purchases before discounts of the chain and before returns");
  public final MartColumn<BigDecimal> returns =
      column(Term.RETURNS_OF_MONTH, sum(RECEIPT_SALES.returned()));
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES_OF_MONTH, sum(RECEIPT_SALES.netSales));

  private CardMonth() {
    super(
        "card_month",
        "One row per month, store and card shown, empty for none: receipts, days and amounts net of returns",
        "每月份、门店和出示的卡一行，未出示为空：小票、购买日与扣除退货的金额");
    owner("members");
    freshWithin(Duration.ofHours(24));
    grain(month, store, card);
    partitionedByMonth(month);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(RECEIPT_SALES.table())
        .where(slice.covers(RECEIPT_SALES.businessDate))
        .groupBy(monthOf(RECEIPT_SALES.businessDate), RECEIPT_SALES.store, RECEIPT_SALES.card);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "sums equal the receipts",
            DSL.select(month, store, sum(receipts), sum(lines), sum(netSales), sum(returns))
                .from(table())
                .groupBy(month, store),
            DSL.select(
                    monthOf(RECEIPT_STATISTICS.businessDate),
                    RECEIPT_STATISTICS.store,
                    sum(RECEIPT_STATISTICS.receipts),
                    sum(RECEIPT_STATISTICS.lines),
                    sum(RECEIPT_STATISTICS.netSales),
                    sum(RECEIPT_STATISTICS.returns))
                .from(RECEIPT_STATISTICS.table())
                .groupBy(monthOf(RECEIPT_STATISTICS.businessDate), RECEIPT_STATISTICS.store)));
  }
}
