package storefact.mart.sales;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.sales.AreaMonth.AREA_MONTH;
import static storefact.mart.sales.StoreMonth.STORE_MONTH;
import static storefact.warehouse.jooq.dw.Tables.SALES_TARGET;
import static storefact.warehouse.jooq.dw.Tables.STORE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per area and month: net sales against the month before, the year before, the same stores
 * then, and the target.
 *
 * <p>A store is a same store of two months if it sold in both and was open all days of both, as far
 * as its first and last day are known.
 */
public final class SalesGrowth extends Mart {
  private static final String NOW = "now";
  private static final String BEFORE = "before";
  private static final String YEAR = "year";
  private static final String SAME_MONTH = "same_month";
  private static final String SAME_YEAR = "same_year";
  private static final String TARGETS = "targets";
  private static final String PLACED = "placed";
  private static final String EARLIER = "earlier";
  private static final Field<String> LEVEL =
      field("tupleElement({0}, 1)", String.class, of(PLACED, "place", Object.class));
  private static final Field<String> AREA =
      field("tupleElement({0}, 2)", String.class, of(PLACED, "place", Object.class));

  private static final Condition OF_ALL_DEPARTMENTS = SALES_TARGET.DEPARTMENT.eq(inline("all"));

  /** The mart. */
  public static final SalesGrowth SALES_GROWTH = new SalesGrowth();

  public final MartColumn<String> level = column(Term.LEVEL, of(NOW, "level", String.class));
  public final MartColumn<String> area = column(Term.AREA, of(NOW, "area", String.class));
  public final MartColumn<LocalDate> month = column(Term.MONTH, of(NOW, "month", LocalDate.class));
  public final MartColumn<Long> stores =
      column("stores", COUNT, of(NOW, "stores", Long.class))
          .unit("stores")
          .label("stores", "门店数")
          .about("Stores with sales in the month");
  public final MartColumn<Long> days =
      column("days", COUNT, of(NOW, "days", Long.class))
          .unit("days")
          .label("business days", "营业天数")
          .about(
              "Most business days of a store in the month: months of few days, such as one that runs, compare badly");
  public final MartColumn<Long> receipts = column(Term.RECEIPTS, of(NOW, "receipts", Long.class));
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES_OF_MONTH, of(NOW, "net_sales", BigDecimal.class));
  public final MartColumn<BigDecimal> monthBefore =
      column(Term.MONTH_BEFORE, of(BEFORE, "net_sales", BigDecimal.class));
  public final MartColumn<Double> growthOnMonth =
      column(Term.GROWTH_ON_MONTH, growth(netSales, monthBefore));
  public final MartColumn<BigDecimal> yearBefore =
      column(Term.YEAR_BEFORE, of(YEAR, "net_sales", BigDecimal.class));
  public final MartColumn<Double> growthOnYear =
      column(Term.GROWTH_ON_YEAR, growth(netSales, yearBefore));
  public final MartColumn<Long> sameStoresOnMonth =
      column("same_stores_on_month", COUNT, of(SAME_MONTH, "stores", Long.class))
          .unit("stores")
          .label("same stores on month", "环比可比门店数")
          .about("Stores open in all of this month and of the month before");
  public final MartColumn<Double> sameStoreGrowthOnMonth =
      column("same_store_growth_on_month", RATIO_OR_NULL, sameGrowth(SAME_MONTH))
          .unit("change")
          .label("same-store growth on month", "可比门店环比增长")
          .about("Change of these stores against the month before");
  public final MartColumn<Long> sameStoresOnYear =
      column("same_stores_on_year", COUNT, of(SAME_YEAR, "stores", Long.class))
          .unit("stores")
          .label("same stores on year", "同比可比门店数")
          .about("Stores open in all of this month and of the same month of the year before");
  public final MartColumn<BigDecimal> sameStoreSales =
      column("same_store_sales", MONEY, of(SAME_YEAR, "net_sales", BigDecimal.class))
          .unit("currency")
          .label("same-store net sales", "可比门店净销售额")
          .about("Net sales of these stores in the month");
  public final MartColumn<BigDecimal> sameStoreYearBefore =
      column("same_store_year_before", MONEY, of(SAME_YEAR, "earlier_sales", BigDecimal.class))
          .unit("currency")
          .label("same-store net sales of the year before", "可比门店去年净销售额")
          .about("Net sales of these stores in the same month of the year before");
  public final MartColumn<Double> sameStoreGrowthOnYear =
      column("same_store_growth_on_year", RATIO_OR_NULL, sameGrowth(SAME_YEAR))
          .unit("change")
          .label("same-store growth on year", "可比门店同比增长")
          .about("Change of these stores against the year before");
  public final MartColumn<BigDecimal> target =
      column(Term.TARGET, of(TARGETS, "target", BigDecimal.class));
  public final MartColumn<BigDecimal> targetedSales =
      column(Term.TARGETED_SALES, of(NOW, "targeted_sales", BigDecimal.class));
  public final MartColumn<Double> targetReached =
      column(Term.TARGET_REACHED, ratioOrNull(targetedSales.own(), target.own()));

  private SalesGrowth() {
    super(
        "sales_growth",
        "One row per level, area and month: net sales against month before, year before, same stores and target",
        "每层级、区域和月份一行：净销售额的环比、同比、可比门店与目标完成");
    owner("sales");
    freshWithin(Duration.ofHours(24));
    ofAreas(level, area);
    grain(level, area, month);
  }

  private static <T> Field<T> of(String part, String column, Class<T> type) {
    return derived(part, column, type);
  }

  static Field<Double> growth(MartColumn<BigDecimal> now, MartColumn<BigDecimal> before) {
    return ratioOrNull(now.own().minus(before.own()), before.own());
  }

  private static Field<Double> sameGrowth(String part) {
    Field<BigDecimal> earlier = of(part, "earlier_sales", BigDecimal.class);
    return ratioOrNull(of(part, "net_sales", BigDecimal.class).minus(earlier), earlier);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0}) AS {1} {2} {3} {4} {5} {6}",
                months(),
                DSL.name(NOW),
                joined(months(), BEFORE, 1),
                joined(months(), YEAR, 12),
                joined(sameStores(1), SAME_MONTH, 0),
                joined(sameStores(12), SAME_YEAR, 0),
                joined(targets(), TARGETS, 0)));
  }

  private static Table<?> joined(Select<?> part, String alias, int monthsBefore) {
    return DSL.table(
        "LEFT JOIN ({0}) AS {1} ON {1}.level = {2}.level AND {1}.area = {2}.area AND {1}.month = subtractMonths({2}.month, {3})",
        part, DSL.name(alias), DSL.name(NOW), inline(monthsBefore));
  }

  private static Select<?> months() {
    return DSL.select(
            LEVEL.as("level"),
            AREA.as("area"),
            of(PLACED, "month", LocalDate.class).as("month"),
            countIf(of(PLACED, "receipts", Long.class).gt(0L)).as("stores"),
            max(of(PLACED, "days", Long.class)).as("days"),
            sum(of(PLACED, "receipts", Long.class)).as("receipts"),
            sum(of(PLACED, "net_sales", BigDecimal.class)).as("net_sales"),
            sumIf(
                    of(PLACED, "net_sales", BigDecimal.class),
                    of(PLACED, "targeted", Boolean.class).eq(inline(true)))
                .as("targeted_sales"))
        .from(DSL.table("({0}) AS {1}", storeMonths(true), DSL.name(PLACED)))
        .groupBy(LEVEL, AREA, of(PLACED, "month", LocalDate.class));
  }

  /** Sums over stores that were open in both months. */
  private static Select<?> sameStores(int monthsBefore) {
    return DSL.select(
            LEVEL.as("level"),
            AREA.as("area"),
            of(PLACED, "month", LocalDate.class).as("month"),
            count().as("stores"),
            sum(of(PLACED, "net_sales", BigDecimal.class)).as("net_sales"),
            sum(of(EARLIER, "net_sales", BigDecimal.class)).as("earlier_sales"))
        .from(
            DSL.table(
                "({0}) AS {1} INNER JOIN ({2}) AS {3} ON {3}.store = {1}.store AND {3}.month = subtractMonths({1}.month, {4})",
                storeMonths(true),
                DSL.name(PLACED),
                storeMonths(false),
                DSL.name(EARLIER),
                inline(monthsBefore)))
        .where(openThroughout(PLACED).and(openThroughout(EARLIER)))
        .groupBy(LEVEL, AREA, of(PLACED, "month", LocalDate.class));
  }

  private static Condition openThroughout(String part) {
    return of(part, "open", Boolean.class)
        .eq(inline(true))
        .and(of(part, "receipts", Long.class).gt(0L));
  }

  /** Months of stores; placed, a row for every area that the store counts in. */
  private static Select<?> storeMonths(boolean placed) {
    List<SelectField<?>> place =
        placed ? List.of(placesOf(STORE_MONTH.store).as("place")) : List.of();
    return DSL.select(
            STORE_MONTH.store.as("store"),
            STORE_MONTH.month.as("month"),
            STORE_MONTH.days.as("days"),
            STORE_MONTH.receipts.as("receipts"),
            STORE_MONTH.netSales.as("net_sales"),
            field(
                    "ifNull({0} <= {2}, true) AND ifNull({1} >= toLastDayOfMonth({2}), true)",
                    Boolean.class, STORE.OPENED_ON, STORE.CLOSED_ON, STORE_MONTH.month)
                .as("open"),
            field(
                    "({0}, {1}) IN ({2})",
                    Boolean.class,
                    STORE_MONTH.store,
                    STORE_MONTH.month,
                    DSL.select(SALES_TARGET.STORE, SALES_TARGET.MONTH)
                        .from(SALES_TARGET)
                        .where(OF_ALL_DEPARTMENTS))
                .as("targeted"))
        .select(place)
        .from(STORE_MONTH.table())
        .leftJoin(STORE)
        .on(STORE.STORE_.eq(STORE_MONTH.store));
  }

  private static Field<Object> placesOf(Field<String> store) {
    return field(
        "arrayJoin([('chain', ''), ('region', toString({0})), ('format', toString({1})), ('store', toString({2}))])",
        Object.class, STORE.REGION, STORE.FORMAT, store);
  }

  private static Select<?> targets() {
    return DSL.select(
            LEVEL.as("level"),
            AREA.as("area"),
            of(PLACED, "month", LocalDate.class).as("month"),
            sum(of(PLACED, "net_amount", BigDecimal.class)).as("target"))
        .from(
            DSL.table(
                "({0}) AS {1}",
                DSL.select(
                        SALES_TARGET.MONTH.as("month"),
                        SALES_TARGET.NET_AMOUNT.as("net_amount"),
                        placesOf(SALES_TARGET.STORE).as("place"))
                    .from(SALES_TARGET)
                    .leftJoin(STORE)
                    .on(STORE.STORE_.eq(SALES_TARGET.STORE))
                    .where(OF_ALL_DEPARTMENTS),
                DSL.name(PLACED)))
        .groupBy(LEVEL, AREA, of(PLACED, "month", LocalDate.class));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.accepted(level, AreaMonth.LEVELS),
        Check.same(
            name(),
            "areas sum to those of the customers",
            DSL.select(level, area, month, netSales, receipts).from(table()),
            DSL.select(
                    AREA_MONTH.level,
                    AREA_MONTH.area,
                    AREA_MONTH.month,
                    sum(AREA_MONTH.netSales),
                    sum(AREA_MONTH.receipts))
                .from(AREA_MONTH.table())
                .groupBy(AREA_MONTH.level, AREA_MONTH.area, AREA_MONTH.month)),
        Check.none(
            this,
            "same stores are stores",
            DSL.selectFrom(table())
                .where(sameStoresOnYear.own().gt(stores.own()))
                .or(sameStoresOnMonth.own().gt(stores.own()))));
  }
}
