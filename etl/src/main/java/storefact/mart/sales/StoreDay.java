package storefact.mart.sales;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.sales.DailySales.DAILY_SALES;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.mart.sales.SettledDay.settled;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per store and business day: what sold and came back, at what discounts and margin. What
 * charts of stores, regions and time read, where those of goods read {@link DailySales}.
 */
public final class StoreDay extends Mart {

  /** The mart. */
  public static final StoreDay STORE_DAY = new StoreDay();

  public final MartColumn<String> store = column(Term.STORE_OF_TURNOVER, DAILY_SALES.store);
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, DAILY_SALES.businessDate);
  public final MartColumn<Long> lines = column(Term.LINES, sum(DAILY_SALES.lines));
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, sum(DAILY_SALES.quantity));
  public final MartColumn<BigDecimal> returnedQuantity =
      column(Term.RETURNED_QUANTITY, sum(DAILY_SALES.returnedQuantity));
  public final MartColumn<BigDecimal> listSales =
      column(Term.LIST_SALES, sum(DAILY_SALES.listSales));
  public final MartColumn<BigDecimal> retailDiscount =
      column(Term.RETAIL_DISCOUNT, sum(DAILY_SALES.retailDiscount));
  public final MartColumn<BigDecimal> couponDiscount =
      column(Term.COUPON_DISCOUNT, sum(DAILY_SALES.couponDiscount));
  public final MartColumn<BigDecimal> couponMatchDiscount =
      column(Term.COUPON_MATCH_DISCOUNT, sum(DAILY_SALES.couponMatchDiscount));
  public final MartColumn<BigDecimal> returns = column(Term.RETURNS, sum(DAILY_SALES.returns));
  public final MartColumn<BigDecimal> netSales = column(Term.NET_SALES, sum(DAILY_SALES.netSales));
  public final MartColumn<BigDecimal> cost =
      column(Term.COST, sum(DAILY_SALES.cost))
          .about("Cost of the quantity, of goods whose cost is known; null where none is");
  public final MartColumn<BigDecimal> costedSales =
      column(Term.COSTED_SALES, sum(DAILY_SALES.costedSales))
          .about("Net sales of goods whose cost is known");
  public final MartColumn<BigDecimal> grossMargin =
      column(Term.GROSS_MARGIN, costedSales.own().minus(cost.own()));

  private StoreDay() {
    super(
        "store_day",
        "One row per store and business day: what sold and came back, at what discounts and margin",
        "每门店和营业日一行：销售、退货、折扣与毛利");
    owner("sales");
    freshWithin(Duration.ofHours(1));
    grain(store, businessDate);
    partitionedByMonth(businessDate);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(DAILY_SALES.table())
        .where(slice.covers(DAILY_SALES.businessDate))
        .groupBy(DAILY_SALES.store, DAILY_SALES.businessDate);
  }

  /** Days of the slice on which a store sold anything, and how many lines: its traffic. */
  public Select<?> trading(Slice slice) {
    return trading(slice.covers(businessDate));
  }

  /** As {@link #trading(Slice)}, of weeks that are over. */
  public Select<?> settledTrading(Slice slice) {
    return trading(settled(slice, businessDate));
  }

  private Select<?> trading(Condition days) {
    return DSL.select(store.as("store"), businessDate.as("business_date"), lines.as("lines"))
        .from(table())
        .where(days)
        .and(lines.gt(0L));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        NetSales.areListSalesLess(
            netSales, listSales, List.of(retailDiscount, couponMatchDiscount, returns)),
        Check.same(
            name(),
            "sums equal the receipts of store and day",
            DSL.select(store, businessDate, netSales, listSales, lines, returns).from(table()),
            DSL.select(
                    RECEIPT_STATISTICS.store,
                    RECEIPT_STATISTICS.businessDate,
                    RECEIPT_STATISTICS.netSales,
                    RECEIPT_STATISTICS.listSales,
                    RECEIPT_STATISTICS.lines,
                    RECEIPT_STATISTICS.returns)
                .from(RECEIPT_STATISTICS.table())));
  }
}
