package storefact.mart.stock;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.sales.DailySales.DAILY_SALES;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.mart.stock.StockDay.STOCK_DAY;
import static storefact.mart.stock.StockMonth.STOCK_MONTH;

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
 * One row per store, goods and month whose stock is kept: days with and without stock, and the
 * sales that were probably lost.
 *
 * <p>A day is out of stock where the evening finds nothing on hand. Expected demand of such a day =
 * lines of the store on the day × quantity of the goods per line of the store on the month's days
 * with stock: weekday, festivals and the store's own trend are in the lines. Lost = expected less
 * sold, at least 0; null where no day of the month had stock. Demand by comparison with days in
 * stock: Gruen, Corsten, Bharadwaj (2002), Retail Out-of-Stocks.
 */
public final class StockAvailability extends Mart {
  private static final String ROWS = "rows_of";

  /** The mart. */
  public static final StockAvailability STOCK_AVAILABILITY = new StockAvailability();

  public final MartColumn<String> store = column(Term.STORE, of("store", String.class));
  public final MartColumn<String> goods = column(Term.GOODS, of("goods", String.class));
  public final MartColumn<LocalDate> month = column(Term.MONTH, of("month", LocalDate.class));
  public final MartColumn<Long> days =
      column("days", COUNT, of("days", Long.class))
          .unit("days")
          .label("days", "营业天数")
          .about("Days on which the store sold anything, from the first movement of the goods");
  public final MartColumn<Long> daysOut =
      column("days_out", COUNT, of("days_out", Long.class))
          .unit("days")
          .label("days out of stock", "缺货天数")
          .about("Days whose evening found nothing on hand");
  public final MartColumn<Double> availability =
      column("availability", RATIO, ratio(of("days_in", Long.class), days.own()))
          .label("availability", "有货率")
          .about("Share of days with stock");
  public final MartColumn<BigDecimal> quantityInStock =
      column("quantity_in_stock", QUANTITY, of("quantity_in_stock", BigDecimal.class))
          .unit("pieces or kg")
          .label("sold in stock", "有货日销量")
          .about("Sold on days with stock");
  public final MartColumn<Double> squaresInStock =
      column("squares_in_stock", RATIO, of("squares_in_stock", Double.class))
          .label("squares of daily sales", "日销量平方和")
          .about("Sum of squared daily sales over days with stock, for deviations");
  public final MartColumn<BigDecimal> quantityOut =
      column("quantity_out", QUANTITY, of("quantity_out", BigDecimal.class))
          .unit("pieces or kg")
          .label("sold when out", "缺货日销量")
          .about("Sold on days that ended without stock");
  public final MartColumn<Double> expectedOut =
      column(
              "expected_out",
              RATIO_OR_NULL,
              DSL.field(
                  "if(traffic_in = 0, NULL, toFloat64({0}) / traffic_in * traffic_out)",
                  Double.class, quantityInStock.own()))
          .unit("pieces or kg")
          .label("expected when out", "缺货日预期销量")
          .about("Expected demand of days out of stock, null where no day of the month had stock");
  public final MartColumn<Double> lostQuantity =
      column(
              "lost_quantity",
              RATIO_OR_NULL,
              DSL.field(
                  "greatest(0, {0} - toFloat64({1}))",
                  Double.class, expectedOut.own(), quantityOut.own()))
          .unit("pieces or kg")
          .label("lost quantity", "损失数量")
          .about("Expected less sold on days out of stock, at least 0");
  public final MartColumn<Double> lostSales =
      column(
              "lost_sales",
              RATIO_OR_NULL,
              DSL.field("{0} * price", Double.class, lostQuantity.own()))
          .unit("currency")
          .label("lost sales", "损失销售额")
          .about("Lost quantity at the mean net price of the month, null without a price");

  private StockAvailability() {
    super(
        "stock_availability",
        "One row per store, goods and month: days without stock and sales that were probably lost",
        "每门店、商品和月份一行：缺货天数与估计的销售损失");
    owner("supply");
    freshWithin(Duration.ofHours(24));
    grain(store, goods, month);
    partitionedByMonth(month);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(ROWS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    slice.describes(STOCK_MONTH.month, STOCK_DAY.month);
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT store, goods, month, count() AS days, countIf(out) AS days_out, days - days_out AS days_in,"
                    + " sumIf(sold, NOT out) AS quantity_in_stock, sumIf(toFloat64(sold) * toFloat64(sold), NOT out) AS squares_in_stock,"
                    + " sumIf(sold, out) AS quantity_out, sumIf(traffic, NOT out) AS traffic_in, sumIf(traffic, out) AS traffic_out,"
                    + " if(sum(sold_net) <= 0, NULL, toFloat64(sum(net_sales)) / toFloat64(sum(sold_net))) AS price FROM"
                    + " (SELECT *, ifNull(last_value(evening) IGNORE NULLS OVER (PARTITION BY store, goods, month ORDER BY business_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), opening) <= 0 AS out FROM"
                    + " (SELECT store, goods, month, opening, since, business_date, traffic FROM ({0}) AS pairs INNER JOIN ({1}) AS trading USING (store, month) WHERE business_date >= since) AS grid"
                    + " LEFT JOIN ({2}) AS moved USING (store, goods, business_date) LEFT JOIN ({3}) AS prices USING (store, goods, business_date))"
                    + " GROUP BY store, goods, month) AS {4}",
                DSL.select(
                        STOCK_MONTH.store.as("store"),
                        STOCK_MONTH.goods.as("goods"),
                        STOCK_MONTH.month.as("month"),
                        STOCK_MONTH.opening.as("opening"),
                        STOCK_MONTH.since.as("since"))
                    .from(STOCK_MONTH.table())
                    .where(
                        STOCK_MONTH.month.in(
                            DSL.select(STOCK_DAY.month)
                                .from(STOCK_DAY.table())
                                .where(slice.covers(STOCK_DAY.businessDate)))),
                DSL.select(
                        DAILY_SALES.store.as("store"),
                        DAILY_SALES.businessDate.as("business_date"),
                        monthOf(DAILY_SALES.businessDate).as("month"),
                        DSL.sum(DAILY_SALES.lines).as("traffic"))
                    .from(DAILY_SALES.table())
                    .where(slice.covers(DAILY_SALES.businessDate))
                    .groupBy(DAILY_SALES.store, DAILY_SALES.businessDate)
                    .having(DSL.sum(DAILY_SALES.lines).gt(BigDecimal.ZERO)),
                DSL.select(
                        STOCK_DAY.store.as("store"),
                        STOCK_DAY.goods.as("goods"),
                        STOCK_DAY.businessDate.as("business_date"),
                        STOCK_DAY.sold.as("sold"),
                        DSL.field("toNullable({0})", STOCK_DAY.closing).as("evening"))
                    .from(STOCK_DAY.table())
                    .where(slice.covers(STOCK_DAY.businessDate)),
                DSL.select(
                        GOODS_SALES.store.as("store"),
                        GOODS_SALES.goods.as("goods"),
                        GOODS_SALES.businessDate.as("business_date"),
                        GOODS_SALES.netSales.as("net_sales"),
                        GOODS_SALES.quantity.as("sold_net"))
                    .from(GOODS_SALES.table())
                    .where(slice.covers(GOODS_SALES.businessDate)),
                DSL.name(ROWS)));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.between(availability, 0.0, 1.0),
        Check.none(
            this,
            "sold in and out of stock equal the month",
            DSL.selectFrom(
                    DSL.table(
                        "({0}) AS both_sums INNER JOIN ({1}) AS of_months USING (store, goods, month)",
                        DSL.select(
                                store.as("store"),
                                goods.as("goods"),
                                month.as("month"),
                                quantityInStock.plus(quantityOut).as("by_days"))
                            .from(table()),
                        DSL.select(
                                STOCK_MONTH.store.as("store"),
                                STOCK_MONTH.goods.as("goods"),
                                STOCK_MONTH.month.as("month"),
                                STOCK_MONTH.sold.as("by_month"))
                            .from(STOCK_MONTH.table())))
                .where("by_days > by_month")));
  }
}
