package storefact.mart.sales;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.distinct;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.sales.ReceiptSales.RECEIPT_SALES;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per store, business day and cashier: what went over whose till. Before returns: those
 * name no cashier.
 */
public final class CashierSales extends Mart {

  /** The mart. */
  public static final CashierSales CASHIER_SALES = new CashierSales();

  public final MartColumn<String> store = column(Term.STORE_OF_SALE, RECEIPT_SALES.store);
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, RECEIPT_SALES.businessDate).about("Business day of the sales");
  public final MartColumn<String> cashier =
      column("cashier", CODE, RECEIPT_SALES.cashier)
          .label("cashier", "收银员")
          .about("Cashier, empty where the till does not tell");
  public final MartColumn<Long> tills =
      column("tills", COUNT, distinct(RECEIPT_SALES.till))
          .unit("tills")
          .label("tills", "收银台数")
          .about("Tills that the cashier worked at");
  public final MartColumn<Long> receipts = column(Term.RECEIPTS, count()).about("Receipts");
  public final MartColumn<Long> memberReceipts =
      column("member_receipts", COUNT, countIf(RECEIPT_SALES.card.ne("")))
          .unit("receipts")
          .label("receipts with a card", "出示卡小票数")
          .about("Receipts that showed a card, of a member or a partner");
  public final MartColumn<Long> lines = column(Term.LINES, sum(RECEIPT_SALES.lines));
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, sum(RECEIPT_SALES.quantity)).about("Quantity sold");
  public final MartColumn<BigDecimal> soldAmount =
      column("sold_amount", MONEY, sum(RECEIPT_SALES.netSales))
          .unit("currency")
          .label("sold amount", "销售额（未扣退货）")
          .about("Net amount of the receipts, before returns");
  public final MartColumn<BigDecimal> retailDiscount =
      column(Term.RETAIL_DISCOUNT, sum(RECEIPT_SALES.retailDiscount))
          .about("Discount granted by the chain");
  public final MartColumn<Double> averageReceipt =
      column(Term.AVERAGE_RECEIPT, ratio(soldAmount.own(), receipts.own()))
          .about("Sold amount per receipt");
  public final MartColumn<Double> linesPerReceipt =
      column(Term.LINES_PER_RECEIPT, ratio(lines.own(), receipts.own()));

  private CashierSales() {
    super(
        "cashier_sales",
        "One row per store, business day and cashier: what went over whose till, before returns",
        "每门店、营业日和收银员一行：经手销售，未扣退货");
    owner("sales");
    freshWithin(Duration.ofHours(24));
    grain(store, businessDate, cashier);
    summedBy(store, cashier);
    partitionedByMonth(businessDate);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(RECEIPT_SALES.table())
        .where(slice.covers(RECEIPT_SALES.businessDate))
        .and(RECEIPT_SALES.sale())
        .groupBy(RECEIPT_SALES.store, RECEIPT_SALES.businessDate, RECEIPT_SALES.cashier);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "cashiers sum to the day",
            DSL.select(store, businessDate, sum(receipts), sum(lines), sum(soldAmount))
                .from(table())
                .groupBy(store, businessDate),
            DSL.select(
                    RECEIPT_STATISTICS.store,
                    RECEIPT_STATISTICS.businessDate,
                    RECEIPT_STATISTICS.receipts,
                    RECEIPT_STATISTICS.lines,
                    RECEIPT_STATISTICS.netSales.plus(RECEIPT_STATISTICS.returns))
                .from(RECEIPT_STATISTICS.table())
                .where(RECEIPT_STATISTICS.receipts.gt(0L))));
  }
}
