package storefact.mart.season;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.distinct;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.sales.GoodsGroupSales.GOODS_GROUP_SALES;
import static storefact.mart.sales.SettledDay.SETTLED_DAY;
import static storefact.mart.sales.SettledDay.settled;
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
 * One row per area, group of goods and business day: sales of the chain and of its regions. What
 * seasons are told from.
 */
public final class GroupDay extends Mart {
  private static final List<String> LEVELS = List.of("all", "department", "category");
  private static final String PLACED = "placed";
  private static final String OPEN = "open";
  private static final Field<String> DEPARTMENT = of(PLACED, "department", String.class);
  private static final Field<String> CATEGORY = of(PLACED, "category", String.class);
  private static final Field<LocalDate> DAY = of(PLACED, "business_date", LocalDate.class);
  private static final Field<String> AREA = of(PLACED, "area", String.class);

  /** The mart. */
  public static final GroupDay GROUP_DAY = new GroupDay();

  public final MartColumn<String> area =
      column(Term.AREA, AREA).about("Region, or all for the chain; choose one, they do not add up");
  public final MartColumn<String> level =
      column(
              Term.LEVEL,
              field(
                  "multiIf(grouping({0}) = 0, 'category', grouping({1}) = 0, 'department', 'all')",
                  String.class, CATEGORY, DEPARTMENT))
          .about("all, department or category; choose one, levels do not add up");
  public final MartColumn<String> department =
      column(Term.DEPARTMENT, DEPARTMENT)
          .about("Category level 1, empty for all and where unknown");
  public final MartColumn<String> category =
      column(Term.CATEGORY, CATEGORY).about("Category level 2, empty above it and where unknown");
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, DAY).about("Business day of the sales");
  public final MartColumn<Long> stores =
      column("stores", COUNT, max(of(OPEN, "stores", Long.class)))
          .unit("stores")
          .label("open stores", "营业门店数")
          .about("Stores of the area that sold anything on the day");
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, sum(of(PLACED, "quantity", BigDecimal.class)))
          .unit("pieces or kg")
          .label("quantity sold", "销售数量")
          .about("Quantity sold on the day, returns not taken off");
  public final MartColumn<BigDecimal> sales =
      column("sales", MONEY, sum(of(PLACED, "sales", BigDecimal.class)))
          .unit("currency")
          .label("sales", "销售额")
          .about("What the chain received for it, returns not taken off: demand of the day");

  private GroupDay() {
    super(
        "group_day",
        "One row per area, level, group of goods and business day of the weeks that are over: sales before returns, for seasons",
        "每区域、层级、商品组和已结束周的营业日一行：退货前销售额，用于季节分析");
    owner("goods");
    freshWithin(Duration.ofHours(24));
    grain(area, level, department, category, businessDate);
    partitionedByMonth(businessDate);
  }

  private static <T> Field<T> of(String part, String column, Class<T> type) {
    return derived(part, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0}) AS {1} INNER JOIN ({2}) AS {3} ON {3}.area = {1}.area AND {3}.business_date = {1}.business_date",
                placed(slice), DSL.name(PLACED), open(slice), DSL.name(OPEN)))
        .groupBy(
            DSL.groupingSets(
                List.of(AREA, DAY),
                List.of(AREA, DAY, DEPARTMENT),
                List.of(AREA, DAY, DEPARTMENT, CATEGORY)));
  }

  /** Categories of a store and day, in every area that it counts in. */
  private static Select<?> placed(Slice slice) {
    return DSL.select(
            areas().as("area"),
            GOODS_GROUP_SALES.businessDate.as("business_date"),
            GOODS_GROUP_SALES.department.as("department"),
            GOODS_GROUP_SALES.category.as("category"),
            GOODS_GROUP_SALES.quantity.plus(GOODS_GROUP_SALES.returnedQuantity).as("quantity"),
            GOODS_GROUP_SALES.netSales.plus(GOODS_GROUP_SALES.returns).as("sales"))
        .from(GOODS_GROUP_SALES.table())
        .leftJoin(STORE)
        .on(slice.joins(STORE.STORE_, GOODS_GROUP_SALES.store))
        .where(settled(slice, GOODS_GROUP_SALES.businessDate))
        .and(GOODS_GROUP_SALES.level.eq("category"));
  }

  private static Select<?> open(Slice slice) {
    return DSL.select(
            areas().as("area"),
            GOODS_GROUP_SALES.businessDate.as("business_date"),
            distinct(GOODS_GROUP_SALES.store).as("stores"))
        .from(GOODS_GROUP_SALES.table())
        .leftJoin(STORE)
        .on(slice.joins(STORE.STORE_, GOODS_GROUP_SALES.store))
        .where(settled(slice, GOODS_GROUP_SALES.businessDate))
        .and(GOODS_GROUP_SALES.level.eq("department"))
        // One that only took something back sold nothing.
        .and(GOODS_GROUP_SALES.lines.gt(0L))
        .groupBy(field(DSL.name("area")), field(DSL.name("business_date")));
  }

  private static Field<String> areas() {
    return field("arrayJoin(['all', toString({0})])", String.class, STORE.REGION);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.accepted(level, LEVELS),
        Check.same(
            name(),
            "categories of regions and the chain equal the groups of goods",
            DSL.select(monthOf(businessDate), area.eq("all").as("chain"), sum(sales), sum(quantity))
                .from(table())
                .where(level.eq("category"))
                .groupBy(monthOf(businessDate), area.eq("all")),
            DSL.select(
                    monthOf(GOODS_GROUP_SALES.businessDate),
                    field("arrayJoin([true, false])", Boolean.class).as("chain"),
                    sum(GOODS_GROUP_SALES.netSales.plus(GOODS_GROUP_SALES.returns)),
                    sum(GOODS_GROUP_SALES.quantity.plus(GOODS_GROUP_SALES.returnedQuantity)))
                .from(GOODS_GROUP_SALES.table())
                .where(GOODS_GROUP_SALES.level.eq("category"))
                .and(
                    GOODS_GROUP_SALES.businessDate.in(
                        DSL.select(SETTLED_DAY.businessDate).from(SETTLED_DAY.table())))
                .groupBy(monthOf(GOODS_GROUP_SALES.businessDate), field(DSL.name("chain")))));
  }
}
