package storefact.mart.sales;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.distinct;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
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

/**
 * One row per store, business day and cashier: what went over whose till. Before returns: those
 * name no cashier.
 */
public final class CashierSales extends Mart {

  /** The mart. */
  public static final CashierSales CASHIER_SALES = new CashierSales();

  public final MartColumn<String> store =
      column("store", CODE, RECEIPT_SALES.store).label("store", "门店").about("Store that sold");
  public final MartColumn<LocalDate> businessDate =
      column("business_date", DATE, RECEIPT_SALES.businessDate)
          .label("business date", "营业日")
          .about("Business day of the sales");
  public final MartColumn<String> cashier =
      column("cashier", CODE, RECEIPT_SALES.cashier)
          .label("cashier", "收银员")
          .about("Cashier, empty where the till does not tell");
  public final MartColumn<Long> tills =
      column("tills", COUNT, distinct(RECEIPT_SALES.till))
          .unit("tills")
          .label("tills", "收银台数")
          .about("Tills that the cashier worked at");
  public final MartColumn<Long> receipts =
      column("receipts", COUNT, count())
          .unit("receipts")
          .label("receipts", "小票数")
          .about("Receipts");
  public final MartColumn<Long> memberReceipts =
      column("member_receipts", COUNT, countIf(RECEIPT_SALES.card.ne("")))
          .unit("receipts")
          .label("receipts with a card", "出示卡小票数")
          .about("Receipts that showed a card, of a member or a partner");
  public final MartColumn<Long> lines =
      column("lines", COUNT, sum(RECEIPT_SALES.lines))
          .unit("lines")
          .label("lines", "行数")
          .about("Lines sold");
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, sum(RECEIPT_SALES.quantity))
          .unit("pieces or kg")
          .label("quantity", "数量")
          .about("Quantity sold");
  public final MartColumn<BigDecimal> soldAmount =
      column("sold_amount", MONEY, sum(RECEIPT_SALES.netSales))
          .unit("currency")
          .label("sold amount", "销售额（未扣退货）")
          .about("Net amount of the receipts, before returns");
  public final MartColumn<BigDecimal> retailDiscount =
      column("retail_discount", MONEY, sum(RECEIPT_SALES.retailDiscount))
          .unit("currency")
          .label("retail discount", "门店折扣")
          .about("Discount granted by the chain");
  public final MartColumn<Double> averageReceipt =
      column("average_receipt", RATIO, ratio(soldAmount.own(), receipts.own()))
          .unit("currency")
          .label("average receipt", "客单价")
          .about("Sold amount per receipt");
  public final MartColumn<Double> linesPerReceipt =
      column("lines_per_receipt", RATIO, ratio(lines.own(), receipts.own()))
          .unit("lines")
          .label("lines per receipt", "单均行数")
          .about("Items per basket: lines per receipt");

  private CashierSales() {
    super(
        "cashier_sales",
        "One row per store, business day and cashier: what went over whose till, before returns",
        "每门店、营业日和收银员一行：经手销售，未扣退货");
    owner("sales");
    freshWithin(Duration.ofHours(24));
    grain(store, businessDate, cashier);
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
