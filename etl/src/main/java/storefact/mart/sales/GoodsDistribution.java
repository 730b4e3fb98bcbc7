package storefact.mart.sales;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.TEXT;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.mart.sales.StoreMonth.STORE_MONTH;
import static storefact.warehouse.jooq.dw.Tables.GOODS;

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
 * One row per month, level and goods or brand: in how many stores it sells, and how much those
 * stores weigh.
 *
 * <p>ACV-weighted distribution: net sales of all commodities in the stores that sell it, as a part
 * of those in all stores. Source: P. W. Farris, N. T. Bendle, P. E. Pfeifer, D. J. Reibstein,
 * Marketing Metrics, 2nd ed. 2010, section 6.6.
 */
public final class GoodsDistribution extends Mart {
  private static final String SOLD = "sold";
  private static final String WEIGHT = "weight";

  /** The mart. */
  public static final GoodsDistribution GOODS_DISTRIBUTION = new GoodsDistribution();

  public final MartColumn<String> level =
      column(Term.LEVEL, of(SOLD, "level", String.class)).about("goods or brand");
  public final MartColumn<String> item =
      column("item", TEXT, of(SOLD, "item", String.class))
          .label("goods or brand", "商品或品牌")
          .about("Goods, or brand, empty for goods without one");
  public final MartColumn<LocalDate> month = column(Term.MONTH, of(SOLD, "month", LocalDate.class));
  public final MartColumn<Long> storesSelling =
      column("stores_selling", COUNT, count())
          .unit("stores")
          .label("stores selling", "铺货门店数")
          .about("Stores that sold it in the month");
  public final MartColumn<Long> stores =
      column("stores", COUNT, max(of(WEIGHT, "stores", Long.class)))
          .unit("stores")
          .label("stores", "门店数")
          .about("Stores that sold anything in the month");
  public final MartColumn<Double> shareOfStores =
      column("share_of_stores", RATIO, ratio(storesSelling.own(), stores.own()))
          .unit("share")
          .label("share of stores", "铺货率")
          .about("Stores selling as a part of all stores: numeric distribution, 1 = all");
  public final MartColumn<Double> acvShare =
      column(
              "acv_share",
              RATIO,
              ratio(
                  sum(of(WEIGHT, "store_sales", BigDecimal.class)),
                  max(of(WEIGHT, "all_sales", BigDecimal.class))))
          .unit("share")
          .label("ACV-weighted distribution", "加权铺货率")
          .about(
              "Net sales of everything in the stores selling it as a part of those of all stores, 1 = all");
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, sum(of(SOLD, "net_sales", BigDecimal.class)))
          .about("Net sales of it in these stores");

  private GoodsDistribution() {
    super(
        "goods_distribution",
        "One row per month, level and goods or brand: stores that sell it and their weight in all sales",
        "每月份、层级和商品或品牌一行：铺货门店及其销售权重");
    owner("sales");
    freshWithin(Duration.ofHours(24));
    grain(level, item, month);
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
                "({0}) AS {1} INNER JOIN ({2}) AS {3} ON {3}.store = {1}.store AND {3}.month = {1}.month",
                sold(slice), DSL.name(SOLD), weights(slice), DSL.name(WEIGHT)))
        .groupBy(
            of(SOLD, "level", String.class),
            of(SOLD, "item", String.class),
            of(SOLD, "month", LocalDate.class));
  }

  private static Select<?> sold(Slice slice) {
    Field<LocalDate> month = monthOf(GOODS_SALES.businessDate);
    return DSL.select(
            GOODS_SALES.store.as("store"),
            month.as("month"),
            field("if(grouping({0}) = 0, 'goods', 'brand')", String.class, GOODS_SALES.goods)
                .as("level"),
            field("concat({0}, {1})", String.class, GOODS_SALES.goods, GOODS.BRAND).as("item"),
            sum(GOODS_SALES.netSales).as("net_sales"))
        .from(GOODS_SALES.table())
        .leftJoin(GOODS)
        .on(slice.joins(GOODS.GOODS_, GOODS_SALES.goods))
        .where(slice.covers(GOODS_SALES.businessDate))
        .and(GOODS_SALES.lines.gt(0L))
        .groupBy(
            DSL.groupingSets(
                List.of(GOODS_SALES.store, month, GOODS_SALES.goods),
                List.of(GOODS_SALES.store, month, GOODS.BRAND)));
  }

  private static Select<?> weights(Slice slice) {
    return DSL.select(
            STORE_MONTH.store.as("store"),
            STORE_MONTH.month.as("month"),
            STORE_MONTH.netSales.as("store_sales"),
            count().over().partitionBy(STORE_MONTH.month).as("stores"),
            sum(STORE_MONTH.netSales).over().partitionBy(STORE_MONTH.month).as("all_sales"))
        .from(STORE_MONTH.table())
        .where(slice.covers(STORE_MONTH.month))
        .and(STORE_MONTH.receipts.gt(0L));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.accepted(level, List.of("goods", "brand")),
        Check.between(shareOfStores, 0.0, 1.0),
        Check.none(
            this,
            "an item of all stores has all their weight",
            DSL.selectFrom(table())
                .where(storesSelling.own().eq(stores.own()))
                .and(acvShare.own().notBetween(0.999999, 1.000001))
                .and(acvShare.own().ne(0.0))));
  }
}
