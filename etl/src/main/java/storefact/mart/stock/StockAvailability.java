package storefact.mart.stock;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.mart.sales.StoreDay.STORE_DAY;
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
 * <p>A day is out of stock where its evening finds less on hand than a line usually buys: the mean
 * quantity of the month's lines, rounded down to whole pieces where whole pieces are sold. For most
 * goods that is nothing; two tiles are none, either. Demand of a day has the mean: lines of the
 * store on the day × quantity of the goods per line of the store on the month's days with stock.
 * Weekday, festivals and the store's own trend are in the lines. Lost is what is to be expected of
 * Poisson demand D beyond what was sold, E(D | D ≥ sold) − sold, in units of a mean line, day by
 * day: a day runs out because many came, so what it sold says nothing against what the next one
 * lost. Null where no day of the month had stock. Demand by comparison with days in stock: T. W.
 * Gruen, D. S. Corsten, S. Bharadwaj, Retail Out-of-Stocks, 2002; cut off by the stock: S. A.
 * Conrad, Sales Data and the Estimation of Demand, Operational Research Quarterly 27 (1976).
 *
 * <p>Whoever wanted more than there was on a day that ended with stock is not seen.
 */
public final class StockAvailability extends Mart {
  private static final String ROWS = "rows_of";

  /**
   * Of each day that was short (what it sold, lines of the store): what demand was beyond, summed.
   * Days in units of a mean line. E(D | D ≥ s) − s = Σ j p(s + j) / Σ p(s + j), the terms to the
   * largest one so that none overflows; far beyond what was sold it is the mean less that.
   */
  private static final String BEYOND_SOLD =
      """
      if(traffic_in = 0, NULL, if(line <= 0 OR quantity_in_stock <= 0, 0,
        line * arraySum(
          day -> if(empty(day.2), day.1, arraySum((p, i) -> p * i, day.2, arrayEnumerate(day.2)) / arraySum(day.2) - 1),
          arrayMap(
            (sold, mean) -> (mean - sold,
              arrayMap(
                j -> exp((j + sold - greatest(sold, mean)) * log(mean) + lgamma(greatest(sold, mean) + 1) - lgamma(sold + j + 1)),
                range(if(mean - sold > 10 * sqrt(mean) + 20, 0, toUInt32(20 * sqrt(mean) + 40))))),
            arrayMap(day -> toFloat64(day.1) / line, short_days),
            arrayMap(day -> toFloat64(quantity_in_stock) / traffic_in * toFloat64(day.2) / line, short_days)))))
      """;

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
          .about("Days whose evening found less on hand than a line usually buys");
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
          .about("Sold on days that ended out of stock");
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
      column("lost_quantity", RATIO_OR_NULL, DSL.field(BEYOND_SOLD, Double.class))
          .unit("pieces or kg")
          .label("lost quantity", "损失数量")
          .about(
              "Demand to be expected beyond what was sold on days out of stock, null where no day of the month had stock");
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
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT store, goods, month, price, line, length(days_of) AS days, length(short_days) AS days_out, days - days_out AS days_in,"
                    + " arrayFilter(d -> NOT d.2, days_of) AS good_days,"
                    + " arrayMap(d -> (d.1, d.3), arrayFilter(d -> d.2, days_of)) AS short_days,"
                    + " arraySum(d -> d.1, good_days) AS quantity_in_stock, arraySum(d -> toFloat64(d.1) * toFloat64(d.1), good_days) AS squares_in_stock,"
                    + " arraySum(d -> d.1, short_days) AS quantity_out, arraySum(d -> d.3, good_days) AS traffic_in, arraySum(d -> d.2, short_days) AS traffic_out FROM"
                    + " (SELECT store, goods, month, mean_price AS price, mean_line AS line,"
                    // An evening is an even number, the trading of its day the odd one behind it.
                    + " arraySort(e -> e.1, arrayConcat([(toUInt32(0), toDecimal64(0, 3), opening, toUInt64(0))],"
                    + " arrayMap(m -> (2 * toUInt32(m.1), m.2, m.3, toUInt64(0)), evenings),"
                    + " arrayMap(t -> (2 * toUInt32(t.1) + 1, toDecimal64(0, 3), toDecimal64(0, 3), t.2), arrayFilter(t -> ifNull(t.1 >= since, false), trading)))) AS events,"
                    + " arrayFilter((d, e) -> e.1 % 2 = 1, arrayMap((e, m) -> (if(m.1 + 1 = e.1, m.2, toDecimal64(0, 3)), m.3 <= 0 OR m.3 < usual, e.4),"
                    + " events, arrayFill(e -> e.1 % 2 = 0, events)), events) AS days_of"
                    + " FROM ({0}) AS pairs"
                    + " INNER JOIN (SELECT store, toStartOfMonth(business_date) AS month, groupArray((business_date, lines)) AS trading FROM ({1}) GROUP BY store, month) AS of_store"
                    + " USING (store, month) LEFT JOIN ({2}) AS moved USING (store, goods, month) LEFT JOIN ({3}) AS of_month USING (store, goods, month)) WHERE days > 0) AS {4}",
                pairs(slice),
                STORE_DAY.trading(slice),
                moved(slice),
                ofMonth(slice),
                DSL.name(ROWS)));
  }

  private static Select<?> pairs(Slice slice) {
    return DSL.select(
            STOCK_MONTH.store.as("store"),
            STOCK_MONTH.goods.as("goods"),
            STOCK_MONTH.month.as("month"),
            STOCK_MONTH.opening.as("opening"),
            STOCK_MONTH.since.as("since"))
        .from(STOCK_MONTH.table())
        .where(slice.covers(STOCK_MONTH.month));
  }

  private static Select<?> moved(Slice slice) {
    return DSL.select(
            STOCK_DAY.store.as("store"),
            STOCK_DAY.goods.as("goods"),
            monthOf(STOCK_DAY.businessDate).as("month"),
            DSL.field(
                    "groupArray(({0}, {1}, {2}))",
                    STOCK_DAY.businessDate, STOCK_DAY.sold, STOCK_DAY.closing)
                .as("evenings"))
        .from(STOCK_DAY.table())
        .where(slice.covers(STOCK_DAY.businessDate))
        .groupBy(STOCK_DAY.store, STOCK_DAY.goods, monthOf(STOCK_DAY.businessDate));
  }

  /** What a line of the month buys and pays a unit. */
  private static Select<?> ofMonth(Slice slice) {
    Field<BigDecimal> sold = GOODS_SALES.quantity.plus(GOODS_SALES.returnedQuantity);
    return DSL.select(
            GOODS_SALES.store.as("store"),
            GOODS_SALES.goods.as("goods"),
            monthOf(GOODS_SALES.businessDate).as("month"),
            DSL.field(
                    "if(sum({0}) <= 0, NULL, toFloat64(sum({1})) / toFloat64(sum({0})))",
                    GOODS_SALES.quantity, GOODS_SALES.netSales)
                .as("mean_price"),
            DSL.field(
                    "if(sum({1}) = 0, 0, toFloat64(sum({0})) / sum({1}))", sold, GOODS_SALES.lines)
                .as("mean_line"),
            DSL.field("if(countIf({0} != floor({0})) = 0, floor(mean_line), mean_line)", sold)
                .as("usual"))
        .from(GOODS_SALES.table())
        .where(slice.covers(GOODS_SALES.businessDate))
        .groupBy(GOODS_SALES.store, GOODS_SALES.goods, monthOf(GOODS_SALES.businessDate));
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
