package storefact.mart.goods;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.distinct;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.goods.GoodsDay.GOODS_DAY;
import static storefact.mart.goods.GoodsWeek.GOODS_WEEK;
import static storefact.warehouse.jooq.dw.Tables.GOODS;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per goods ever sold: what it brings in (ABC), how evenly it sells (XYZ), and whether it
 * is new, slow or dead. Counted over the last {@value #WEEKS} full weeks.
 *
 * <p>ABC: goods by net sales, highest first; A as long as those before it have less than {@value
 * #A_SHARE} of all, B less than {@value #B_SHARE}, C the rest. Source: E. A. Silver, D. F. Pyke, D.
 * J. Thomas, Inventory and Production Management in Supply Chains, 4th ed. 2017, section 2.4.
 *
 * <p>XYZ: coefficient of variation of the weekly demand, weeks without sales included from the
 * first sale on: X up to {@value #X_VARIATION}, Y up to {@value #Y_VARIATION}, Z beyond. Source: B.
 * Scholz-Reiter, J. Heger, C. Meinecke, J. Bergmann, Integration of demand forecasts in ABC-XYZ
 * analysis, International Journal of Productivity and Performance Management 61 (2012).
 *
 * <p>New, slow and dead are own definitions, by days since the first and last sale and lines a
 * month and store.
 */
public final class GoodsClass extends Mart {
  /** Full weeks that count: a year, so that every season is in it once. */
  public static final int WEEKS = 52;

  /** Share of net sales up to which goods are A. */
  public static final double A_SHARE = 0.80;

  /** Share of net sales up to which goods are B. */
  public static final double B_SHARE = 0.95;

  /** Coefficient of variation up to which goods are X. */
  public static final double X_VARIATION = 0.5;

  /** Coefficient of variation up to which goods are Y. */
  public static final double Y_VARIATION = 1.0;

  /** Full weeks from the first sale below which nobody can tell how evenly goods sell. */
  public static final int LEAST_WEEKS = 8;

  /** Days from the first sale in which goods are new. */
  public static final int NEW_DAYS = 90;

  /** Days without a sale after which goods are dead. */
  public static final int DEAD_DAYS = 90;

  /** Full weeks over which slowness is told. */
  public static final int SLOW_WEEKS = 12;

  /** Lines per store and week below which goods are slow: one a month. */
  public static final double SLOW_LINES = 0.25;

  private static final List<String> ABC = List.of("A", "B", "C");
  private static final List<String> XYZ = List.of("X", "Y", "Z", "");
  private static final List<String> LIVES = List.of("new", "active", "slow", "dead");

  private static final String SOLD = "sold";
  private static final String TOLD = "told";
  private static final String STORES = "in_stores";

  /** The mart. */
  public static final GoodsClass GOODS_CLASS = new GoodsClass();

  public final MartColumn<String> goods = column(Term.GOODS, sold("goods", String.class));
  public final MartColumn<String> department =
      column(Term.DEPARTMENT, derived(TOLD, "department", String.class))
          .about("Category level 1, empty where unknown");
  public final MartColumn<String> category =
      column(Term.CATEGORY, derived(TOLD, "category", String.class))
          .about("Category level 2, empty where unknown");
  public final MartColumn<String> brand =
      column("brand", CODE, derived(TOLD, "brand", String.class))
          .label("brand", "品牌")
          .about("Brand, empty where unknown");
  public final MartColumn<LocalDate> firstSale =
      column(Term.FIRST_SALE, sold("first_sale", LocalDate.class));
  public final MartColumn<LocalDate> lastSale =
      column(Term.LAST_SALE, sold("last_sale", LocalDate.class));
  public final MartColumn<Long> stores =
      column("stores", COUNT, derived(STORES, "stores", Long.class))
          .unit("stores")
          .label("stores", "门店数")
          .about("Stores that sold it in the weeks that count");
  public final MartColumn<Long> weeks =
      column("weeks", COUNT, sold("weeks", Long.class))
          .unit("weeks")
          .label("weeks", "周数")
          .about(
              "Weeks from that of its first sale to the last one that is over, at most " + WEEKS);
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, sold("quantity", BigDecimal.class))
          .unit("pieces or kg")
          .label("quantity sold", "销售数量")
          .about("Quantity sold in these weeks, returns not taken off");
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, sold("net_sales", BigDecimal.class))
          .about("What the chain received in these weeks, less returns");
  public final MartColumn<Double> share =
      column("share", RATIO, ratio(netSales.own(), over("sum({0}) OVER ()")))
          .unit("share")
          .label("share of net sales", "销售占比")
          .about("Net sales as a part of those of all goods");
  public final MartColumn<Double> cumulativeShare =
      column(
              "cumulative_share",
              RATIO,
              ratio(
                  over(
                      "sum({0}) OVER (ORDER BY {0} DESC, {1} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"),
                  over("sum({0}) OVER ()")))
          .unit("share")
          .label("cumulative share", "累计占比")
          .about("Share of these goods and all that sold more");
  public final MartColumn<String> abc =
      column(
              "abc",
              CODE,
              field(
                  "multiIf({0} <= 0, 'C', {1} - {2} < {3}, 'A', {1} - {2} < {4}, 'B', 'C')",
                  String.class,
                  netSales.own(),
                  cumulativeShare.own(),
                  share.own(),
                  inline(A_SHARE),
                  inline(B_SHARE)))
          .label("ABC class", "ABC 分类")
          .about("A: the goods that bring in the first 80 % of net sales, B: up to 95 %, C: rest");
  public final MartColumn<Double> weeklyDemand =
      column("weekly_demand", RATIO, ratio(quantity.own(), weeks.own()))
          .unit("pieces or kg")
          .label("weekly demand", "周均销量")
          .about("Mean quantity sold per week, weeks without sales included");
  public final MartColumn<Double> variation =
      column(
              "variation",
              RATIO_OR_NULL,
              field(
                  "if({0} < {1} OR {2} = 0, NULL, sqrt(greatest(toFloat64({3}) / {0} - {2} * {2}, 0)) / {2})",
                  Double.class,
                  weeks.own(),
                  inline(LEAST_WEEKS),
                  weeklyDemand.own(),
                  sold("squares", BigDecimal.class)))
          .unit("share")
          .label("variation of weekly demand", "周销量变异系数")
          .about(
              "Standard deviation of the weekly quantity as a part of its mean; null with fewer than "
                  + LEAST_WEEKS
                  + " weeks or without sales");
  public final MartColumn<String> xyz =
      column(
              "xyz",
              CODE,
              field(
                  "multiIf({0} IS NULL, '', {0} <= {1}, 'X', {0} <= {2}, 'Y', 'Z')",
                  String.class, variation.own(), inline(X_VARIATION), inline(Y_VARIATION)))
          .label("XYZ class", "XYZ 分类")
          .about("X: sells evenly, Y: varies, Z: erratic; empty where nobody can tell");
  public final MartColumn<String> life =
      column(
              "life",
              CODE,
              field(
                  "multiIf(ifNull({0} <= {1} - {2}, true), 'dead', {3} > {1} - {4} AND {3} >= {5} + {4}, 'new',"
                      + " {6} < {7} * {8} * least({9}, greatest({10}, 1)), 'slow', 'active')",
                  String.class,
                  lastSale.own(),
                  today(),
                  inline(DEAD_DAYS),
                  firstSale.own(),
                  inline(NEW_DAYS),
                  beginning(),
                  sold("slow_lines", Long.class),
                  inline(SLOW_LINES),
                  stores.own(),
                  inline(SLOW_WEEKS),
                  weeks.own()))
          .label("life", "生命周期")
          .about(
              "new: first sold in the last 90 days, and 90 days after the data begins; dead: not sold for 90 days;"
                  + " slow: less than one line a month and store in 12 weeks; active: the rest");

  private GoodsClass() {
    super(
        "goods_class",
        "One row per goods ever sold: ABC by net sales, XYZ by variation of demand, new, slow or dead",
        "每个有过销售的商品一行：ABC（销售额）、XYZ（需求波动）、新品、滞销与死货");
    owner("goods");
    freshWithin(Duration.ofHours(24));
    grain(goods);
  }

  private static <T> Field<T> sold(String column, Class<T> type) {
    return derived(SOLD, column, type);
  }

  private static Field<BigDecimal> over(String window) {
    return field(
        window, BigDecimal.class, sold("net_sales", BigDecimal.class), sold("goods", String.class));
  }

  /** Last business day in the data. */
  private static Field<LocalDate> today() {
    return dayOfSale(max(GOODS_DAY.businessDate));
  }

  /** First business day in the data. */
  private static Field<LocalDate> beginning() {
    return dayOfSale(min(GOODS_DAY.businessDate));
  }

  private static Field<LocalDate> dayOfSale(Field<LocalDate> day) {
    return field(
        "({0})",
        LocalDate.class, DSL.select(day).from(GOODS_DAY.table()).where(GOODS_DAY.lines.gt(0L)));
  }

  /** Monday of the last week that is over. */
  private static Field<LocalDate> lastWeek() {
    return field("toMonday({0} + 1) - 7", LocalDate.class, today());
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0}) AS {1} LEFT JOIN ({2}) AS {3} ON {3}.goods = {1}.goods LEFT JOIN ({4}) AS {5} ON {5}.goods = {1}.goods",
                goodsSold(),
                DSL.name(SOLD),
                stores(),
                DSL.name(STORES),
                DSL.select(GOODS.GOODS_, GOODS.DEPARTMENT, GOODS.CATEGORY, GOODS.BRAND).from(GOODS),
                DSL.name(TOLD)));
  }

  private static Select<?> goodsSold() {
    Field<LocalDate> week = derived("by_week", "week", LocalDate.class);
    Field<Boolean> counts = counts(week);
    Field<BigDecimal> demand = derived("by_week", "demand", BigDecimal.class);
    return DSL.select(
            derived("by_week", "goods", String.class).as("goods"),
            min(derived("by_week", "first_sale", LocalDate.class)).as("first_sale"),
            max(derived("by_week", "last_sale", LocalDate.class)).as("last_sale"),
            field("sumIf({0}, {1})", demand, counts).as("quantity"),
            // Exact, so that the order of adding does not show in the last digit.
            field("sumIf(toDecimal128({0}, 3) * toDecimal128({0}, 3), {1})", demand, counts)
                .as("squares"),
            field("sumIf({0}, {1})", derived("by_week", "net_sales", BigDecimal.class), counts)
                .as("net_sales"),
            field(
                    "sumIf({0}, {1} <= {2} AND {1} > {2} - {3})",
                    derived("by_week", "lines", Long.class),
                    week,
                    lastWeek(),
                    inline(SLOW_WEEKS * 7))
                .as("slow_lines"),
            field(
                    "toUInt64(ifNull(greatest(0, least({0}, intDiv(toInt32({1}) - toInt32(toMonday(min({2}))), 7) + 1)), 0))",
                    inline(WEEKS), lastWeek(), derived("by_week", "first_sale", LocalDate.class))
                .as("weeks"))
        .from(DSL.table("({0}) AS by_week", byWeek()))
        .groupBy(derived("by_week", "goods", String.class));
  }

  private static Field<Boolean> counts(Field<LocalDate> week) {
    return field(
        "{0} <= {1} AND {0} > {1} - {2}", Boolean.class, week, lastWeek(), inline(WEEKS * 7));
  }

  /** Weeks of goods over all stores. */
  private static Select<?> byWeek() {
    Field<LocalDate> week = field("toMonday({0})", LocalDate.class, GOODS_DAY.businessDate);
    Condition sold = GOODS_DAY.lines.gt(0L);
    return DSL.select(
            GOODS_DAY.goods.as("goods"),
            week.as("week"),
            field("minOrNullIf({0}, {1})", GOODS_DAY.businessDate, sold).as("first_sale"),
            field("maxOrNullIf({0}, {1})", GOODS_DAY.businessDate, sold).as("last_sale"),
            sum(GOODS_DAY.lines).as("lines"),
            sum(GOODS_DAY.quantity).as("demand"),
            sum(GOODS_DAY.netSales).as("net_sales"))
        .from(GOODS_DAY.table())
        .groupBy(GOODS_DAY.goods, week);
  }

  /** The stores that sold it: all that a day over all stores does not know. */
  private static Select<?> stores() {
    return DSL.select(GOODS_WEEK.goods.as("goods"), distinct(GOODS_WEEK.store).as("stores"))
        .from(GOODS_WEEK.table())
        .where(DSL.condition(counts(GOODS_WEEK.week)))
        .and(GOODS_WEEK.lines.gt(0L))
        .groupBy(GOODS_WEEK.goods);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.accepted(abc, ABC),
        Check.accepted(xyz, XYZ),
        Check.accepted(life, LIVES),
        Check.none(
            this,
            "shares sum to 1",
            DSL.select(field("sum(share)").as("shares"))
                .from(table())
                .having(
                    DSL.condition(
                        "count() > 0 AND sum(net_sales) != 0 AND abs(shares - 1) > 0.000001"))),
        Check.same(
            name(),
            "goods are those of the days",
            DSL.select(goods).from(table()),
            DSL.selectDistinct(GOODS_DAY.goods).from(GOODS_DAY.table())));
  }
}
