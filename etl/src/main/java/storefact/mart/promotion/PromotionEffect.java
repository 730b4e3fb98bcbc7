package storefact.mart.promotion;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.promotion.PlacementMonth.PLACEMENT_MONTH;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.mart.sales.SettledDay.settled;
import static storefact.mart.sales.StoreDay.STORE_DAY;
import static storefact.mart.sales.StoreMonth.STORE_MONTH;
import static storefact.warehouse.jooq.dw.Tables.PROMOTION;
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

/**
 * One row per store, goods, month, promotion and places under which the goods were shown: what
 * sold, and what would have sold without.
 *
 * <p>Baseline = quantity per line of the store on the month's other days × lines of the store on
 * these days. The lift of any group of rows is its quantity over its baseline: the maximum
 * likelihood estimate of a common factor on Poisson demand with known exposure (Cameron, Trivedi,
 * Regression Analysis of Count Data, 2nd ed. 2013, chapter 3). Goods that were shown on all days of
 * a month have no baseline, and goods without any sale in the month have no row; neither shifts the
 * lift. What customers buy ahead is not taken off. It is told by the week, as places are: days of
 * one that is not over do not count.
 */
public final class PromotionEffect extends Mart {
  private static final String ROWS = "rows_of";

  /** The mart. */
  public static final PromotionEffect PROMOTION_EFFECT = new PromotionEffect();

  public final MartColumn<String> store = column(Term.STORE, of("store", String.class));
  public final MartColumn<String> goods = column(Term.GOODS, of("goods", String.class));
  public final MartColumn<LocalDate> month = column(Term.MONTH, of("month", LocalDate.class));
  public final MartColumn<String> promotion =
      column(Term.PROMOTION, of("promotion", String.class)).about("Promotion, empty where unknown");
  public final MartColumn<String> display =
      column("display", CODE, of("display", String.class))
          .label("display", "陈列位置")
          .about("Place of display, empty for none");
  public final MartColumn<String> mailer =
      column("mailer", CODE, of("mailer", String.class))
          .label("mailer", "海报位置")
          .about("Place in the mailer, empty for none");
  public final MartColumn<Long> days =
      column("days", COUNT, of("days", Long.class))
          .unit("days")
          .label("days", "天数")
          .about("Days on which the store sold anything and showed the goods so");
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, of("quantity", BigDecimal.class))
          .about("Quantity sold on these days");
  public final MartColumn<Double> baselineQuantity =
      column("baseline_quantity", RATIO_OR_NULL, of("baseline_quantity", Double.class))
          .unit("pieces or kg")
          .label("baseline quantity", "基线数量")
          .about("What would have sold without, null where no day of the month was without");
  public final MartColumn<BigDecimal> listSales =
      column(Term.LIST_SALES, of("list_sales", BigDecimal.class))
          .about("Sales before discounts of the chain");
  public final MartColumn<BigDecimal> discount =
      column("discount", MONEY, of("discount", BigDecimal.class))
          .unit("currency")
          .label("discount", "折扣")
          .about("Discounts of the chain, coupons matched included");
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, of("net_sales", BigDecimal.class))
          .about("What the chain received, less returns of these days");
  public final MartColumn<BigDecimal> cost =
      column(Term.COST, of("cost", BigDecimal.class)).about("Cost of the goods where known");
  public final MartColumn<BigDecimal> costedSales =
      column(Term.COSTED_SALES, of("costed_sales", BigDecimal.class))
          .about("Net sales where the cost is known");

  private PromotionEffect() {
    super(
        "promotion_effect",
        "One row per store, goods, month, promotion and places: what sold, and what would have sold without",
        "每门店、商品、月份、促销和位置一行：销售与无促销的基线");
    owner("marketing");
    freshWithin(Duration.ofHours(24));
    grain(store, goods, month, promotion, display, mailer);
    partitionedByMonth(month);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(ROWS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    slice.describes(PLACEMENT_MONTH.month, STORE_MONTH.month);
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT *, if(all_lines <= sum(exposed_lines) OVER pair, NULL, toFloat64(all_quantity - sum(quantity) OVER pair) / (all_lines - sum(exposed_lines) OVER pair) * exposed_lines) AS baseline_quantity FROM"
                    + " (SELECT store, goods, month, promotion, display, mailer, count() AS days, sum(lines) AS exposed_lines, sum(sold.quantity) AS quantity,"
                    + " sum(sold.list_sales) AS list_sales, sum(sold.discount) AS discount, sum(sold.net_sales) AS net_sales, sum(sold.cost) AS cost, sum(sold.costed_sales) AS costed_sales"
                    + " FROM (SELECT store, goods, month, month + bit AS business_date, max(promotion) AS promotion, max(display) AS display, max(mailer) AS mailer FROM ({0}) ARRAY JOIN bitPositionsToArray(days) AS bit GROUP BY store, goods, month, bit) AS shown"
                    + " INNER JOIN ({1}) AS trading USING (store, business_date)"
                    + " LEFT JOIN ({2}) AS sold USING (store, goods, business_date)"
                    + " GROUP BY store, goods, month, promotion, display, mailer) AS shown_sums"
                    + " INNER JOIN ({3}) AS of_goods USING (store, goods, month)"
                    + " INNER JOIN (SELECT store, toStartOfMonth(business_date) AS month, sum(lines) AS all_lines FROM ({5}) GROUP BY store, month) AS of_store USING (store, month)"
                    + " WINDOW pair AS (PARTITION BY store, goods, month)) AS {4}",
                placements(slice),
                STORE_DAY.settledTrading(slice),
                sold(slice),
                ofGoods(slice),
                DSL.name(ROWS),
                // Each reading is narrowed by itself: one that stands twice would count as whole.
                STORE_DAY.settledTrading(slice)));
  }

  /** Of goods that sold at all: the many placements of others would only add nothing to nothing. */
  private static Select<?> placements(Slice slice) {
    return DSL.select(
            PLACEMENT_MONTH.store.as("store"),
            PLACEMENT_MONTH.goods.as("goods"),
            PLACEMENT_MONTH.month.as("month"),
            PLACEMENT_MONTH.promotion.as("promotion"),
            PLACEMENT_MONTH.display.as("display"),
            PLACEMENT_MONTH.mailer.as("mailer"),
            PLACEMENT_MONTH.days.as("days"))
        .from(PLACEMENT_MONTH.table())
        .where(
            PLACEMENT_MONTH.month.in(
                DSL.select(STORE_MONTH.month)
                    .from(STORE_MONTH.table())
                    .where(
                        // Of the months themselves, which a day of one that runs does not change.
                        slice
                            .covers(STORE_MONTH.month)
                            .and(slice.only(STORE_MONTH.month, STORE_MONTH.month.isNotNull())))))
        .and(
            DSL.row(PLACEMENT_MONTH.store, PLACEMENT_MONTH.goods, PLACEMENT_MONTH.month)
                .in(
                    DSL.select(
                            GOODS_SALES.store, GOODS_SALES.goods, monthOf(GOODS_SALES.businessDate))
                        .from(GOODS_SALES.table())
                        .where(settled(slice, GOODS_SALES.businessDate))));
  }

  private static Select<?> sold(Slice slice) {
    return DSL.select(
            GOODS_SALES.store.as("store"),
            GOODS_SALES.goods.as("goods"),
            GOODS_SALES.businessDate.as("business_date"),
            GOODS_SALES.quantity.plus(GOODS_SALES.returnedQuantity).as("quantity"),
            GOODS_SALES.listSales.as("list_sales"),
            GOODS_SALES.retailDiscount.plus(GOODS_SALES.couponMatchDiscount).as("discount"),
            GOODS_SALES.netSales.as("net_sales"),
            GOODS_SALES.cost.as("cost"),
            GOODS_SALES.costedSales.as("costed_sales"))
        .from(GOODS_SALES.table())
        .where(settled(slice, GOODS_SALES.businessDate));
  }

  private static Select<?> ofGoods(Slice slice) {
    return DSL.select(
            GOODS_SALES.store.as("store"),
            GOODS_SALES.goods.as("goods"),
            monthOf(GOODS_SALES.businessDate).as("month"),
            DSL.sum(GOODS_SALES.quantity.plus(GOODS_SALES.returnedQuantity)).as("all_quantity"))
        .from(GOODS_SALES.table())
        .where(settled(slice, GOODS_SALES.businessDate))
        .groupBy(GOODS_SALES.store, GOODS_SALES.goods, monthOf(GOODS_SALES.businessDate));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.refersTo(store, STORE.STORE_, STORE),
        Check.refersTo(promotion, PROMOTION.PROMOTION_, PROMOTION),
        Check.none(
            this,
            "no baseline is negative",
            DSL.selectFrom(table()).where(baselineQuantity.own().lt(0.0))));
  }
}
