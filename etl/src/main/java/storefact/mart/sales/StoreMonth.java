package storefact.mart.sales;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.mart.sales.StoreDay.STORE_DAY;
import static storefact.warehouse.jooq.dw.Tables.STORE;

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

/** One row per store and month: sales, margin and receipts. The base of growth and targets. */
public final class StoreMonth extends Mart {
  private static final String RECEIPTS = "receipts_of";
  private static final String COSTS = "costs_of";

  /** The mart. */
  public static final StoreMonth STORE_MONTH = new StoreMonth();

  public final MartColumn<String> store = column(Term.STORE, of(RECEIPTS, "store", String.class));
  public final MartColumn<LocalDate> month =
      column(Term.MONTH, of(RECEIPTS, "month", LocalDate.class));
  public final MartColumn<Long> days =
      column("days", COUNT, of(RECEIPTS, "days", Long.class))
          .unit("days")
          .label("business days", "营业天数")
          .about("Business days with receipts");
  public final MartColumn<Long> receipts =
      column(Term.RECEIPTS, of(RECEIPTS, "receipts", Long.class));
  public final MartColumn<Long> lines = column(Term.LINES, of(RECEIPTS, "lines", Long.class));
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, of(RECEIPTS, "quantity", BigDecimal.class));
  public final MartColumn<BigDecimal> listSales =
      column(Term.LIST_SALES, of(RECEIPTS, "list_sales", BigDecimal.class));
  public final MartColumn<BigDecimal> returns =
      column(Term.RETURNS_OF_MONTH, of(RECEIPTS, "returns", BigDecimal.class));
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES_OF_MONTH, of(RECEIPTS, "net_sales", BigDecimal.class));
  public final MartColumn<BigDecimal> cost =
      column(Term.COST, of(COSTS, "cost", BigDecimal.class))
          .about("Cost of goods whose cost is known, null where none is");
  public final MartColumn<BigDecimal> costedSales =
      column(Term.COSTED_SALES, of(COSTS, "costed_sales", BigDecimal.class))
          .about("Net sales of goods whose cost is known");
  public final MartColumn<BigDecimal> grossMargin =
      column(Term.GROSS_MARGIN, costedSales.own().minus(cost.own()))
          .about("Net sales of goods whose cost is known less their cost");
  public final MartColumn<Double> grossMarginRate =
      column("gross_margin_rate", RATIO_OR_NULL, ratioOrNull(grossMargin.own(), costedSales.own()))
          .unit("share")
          .label("gross margin rate", "毛利率")
          .about("Gross margin as a part of net sales with cost");
  public final MartColumn<Double> averageReceipt =
      column(Term.AVERAGE_RECEIPT, ratio(netSales.own().plus(returns.own()), receipts.own()));
  public final MartColumn<Double> linesPerReceipt =
      column(Term.LINES_PER_RECEIPT, ratio(lines.own(), receipts.own()))
          .about("Items per basket: lines per receipt, 0 without receipts");

  private StoreMonth() {
    super(
        "store_month",
        "One row per store and month: sales, margin and receipts",
        "每门店和月份一行：销售、毛利与小票");
    owner("sales");
    freshWithin(Duration.ofHours(24));
    grain(store, month);
    partitionedByMonth(month);
  }

  private static <T> Field<T> of(String part, String column, Class<T> type) {
    return derived(part, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0}) AS {1} LEFT JOIN ({2}) AS {3} ON {3}.store = {1}.store AND {3}.month = {1}.month",
                receiptSums(slice), DSL.name(RECEIPTS), costSums(slice), DSL.name(COSTS)));
  }

  private static Select<?> receiptSums(Slice slice) {
    Field<LocalDate> month = monthOf(RECEIPT_STATISTICS.businessDate);
    return DSL.select(
            RECEIPT_STATISTICS.store.as("store"),
            month.as("month"),
            countIf(RECEIPT_STATISTICS.receipts.gt(0L)).as("days"),
            sum(RECEIPT_STATISTICS.receipts).as("receipts"),
            sum(RECEIPT_STATISTICS.lines).as("lines"),
            sum(RECEIPT_STATISTICS.quantity).as("quantity"),
            sum(RECEIPT_STATISTICS.listSales).as("list_sales"),
            sum(RECEIPT_STATISTICS.returns).as("returns"),
            sum(RECEIPT_STATISTICS.netSales).as("net_sales"))
        .from(RECEIPT_STATISTICS.table())
        .where(slice.covers(RECEIPT_STATISTICS.businessDate))
        .groupBy(RECEIPT_STATISTICS.store, month);
  }

  private static Select<?> costSums(Slice slice) {
    Field<LocalDate> month = monthOf(STORE_DAY.businessDate);
    return DSL.select(
            STORE_DAY.store.as("store"),
            month.as("month"),
            sum(STORE_DAY.cost).as("cost"),
            sum(STORE_DAY.costedSales).as("costed_sales"))
        .from(STORE_DAY.table())
        .where(slice.covers(STORE_DAY.businessDate))
        .groupBy(STORE_DAY.store, month);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.refersTo(store, STORE.STORE_, STORE),
        Check.same(
            name(),
            "sums equal the goods",
            DSL.select(store, month, netSales, costedSales).from(table()),
            DSL.select(
                    GOODS_SALES.store,
                    monthOf(GOODS_SALES.businessDate),
                    sum(GOODS_SALES.netSales),
                    sum(GOODS_SALES.costedSales))
                .from(GOODS_SALES.table())
                .groupBy(GOODS_SALES.store, monthOf(GOODS_SALES.businessDate))));
  }
}
