package storefact.mart.sales;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.sales.GroupMonth.GROUP_MONTH;
import static storefact.warehouse.jooq.dw.Tables.SALES_TARGET;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per level, group of goods and month: net sales of the chain against the month before, the
 * year before and, for departments, the target.
 */
public final class GroupGrowth extends Mart {
  private static final String NOW = "now";
  private static final String BEFORE = "before";
  private static final String YEAR = "year";
  private static final String TARGETS = "targets";
  private static final int MONTHS_OF_A_YEAR = 12;

  /** The mart. */
  public static final GroupGrowth GROUP_GROWTH = new GroupGrowth();

  public final MartColumn<String> level = column(Term.LEVEL_OF_GROUPS, now(GROUP_MONTH.level));
  public final MartColumn<String> department =
      column(Term.DEPARTMENT_OF_GROUPS, now(GROUP_MONTH.department));
  public final MartColumn<String> category =
      column(Term.CATEGORY_OF_GROUPS, now(GROUP_MONTH.category));
  public final MartColumn<String> type = column(Term.TYPE, now(GROUP_MONTH.type));
  public final MartColumn<String> brand = column(Term.BRAND, now(GROUP_MONTH.brand));
  public final MartColumn<LocalDate> month = column(Term.MONTH, now(GROUP_MONTH.month));
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES_OF_MONTH, now(GROUP_MONTH.netSales));
  public final MartColumn<BigDecimal> monthBefore =
      column(Term.MONTH_BEFORE, of(BEFORE, GROUP_MONTH.netSales));
  public final MartColumn<Double> growthOnMonth =
      column(Term.GROWTH_ON_MONTH, SalesGrowth.growth(netSales, monthBefore));
  public final MartColumn<BigDecimal> yearBefore =
      column(Term.YEAR_BEFORE, of(YEAR, GROUP_MONTH.netSales));
  public final MartColumn<Double> growthOnYear =
      column(Term.GROWTH_ON_YEAR, SalesGrowth.growth(netSales, yearBefore));
  public final MartColumn<BigDecimal> target =
      column(Term.TARGET, derived(TARGETS, "target", BigDecimal.class))
          .about("Targets of stores for the department, 0 without one and on other levels");
  public final MartColumn<Double> targetReached =
      column(Term.TARGET_REACHED, ratioOrNull(now(GROUP_MONTH.targetedSales), target.own()));

  private GroupGrowth() {
    super(
        "group_growth",
        "One row per level, group of goods and month: net sales against month before, year before and target",
        "每层级、商品组和月份一行：净销售额的环比、同比与目标完成");
    owner("sales");
    freshWithin(Duration.ofHours(24));
    grain(level, department, category, type, brand, month);
  }

  private static <T> Field<T> now(MartColumn<T> column) {
    return of(NOW, column);
  }

  private static <T> Field<T> of(String part, MartColumn<T> column) {
    return derived(part, column.getName(), column.getType());
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0}) AS {1} {2} {3} LEFT JOIN ({4}) AS {5}"
                    + " ON {5}.department = {1}.department AND {5}.month = {1}.month AND {5}.level = {1}.level",
                months(),
                DSL.name(NOW),
                earlier(BEFORE, 1),
                earlier(YEAR, MONTHS_OF_A_YEAR),
                targets(),
                DSL.name(TARGETS)));
  }

  private static Select<?> months() {
    return DSL.select(GROUP_MONTH.columns()).from(GROUP_MONTH.table());
  }

  private static Table<?> earlier(String alias, int monthsBefore) {
    return DSL.table(
        "LEFT JOIN ({0}) AS {1} ON {1}.level = {2}.level AND {1}.department = {2}.department AND {1}.category = {2}.category"
            + " AND {1}.type = {2}.type AND {1}.brand = {2}.brand AND {1}.month = subtractMonths({2}.month, {3})",
        months(), DSL.name(alias), DSL.name(NOW), inline(monthsBefore));
  }

  private static Select<?> targets() {
    return DSL.select(
            inline("department").as("level"),
            SALES_TARGET.DEPARTMENT.as("department"),
            SALES_TARGET.MONTH.as("month"),
            sum(SALES_TARGET.NET_AMOUNT).as("target"))
        .from(SALES_TARGET)
        .where(SALES_TARGET.DEPARTMENT.ne(inline("all")))
        .groupBy(SALES_TARGET.DEPARTMENT, SALES_TARGET.MONTH);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "net sales equal the months of the groups",
            DSL.select(level, month, sum(netSales)).from(table()).groupBy(level, month),
            DSL.select(GROUP_MONTH.level, GROUP_MONTH.month, sum(GROUP_MONTH.netSales))
                .from(GROUP_MONTH.table())
                .groupBy(GROUP_MONTH.level, GROUP_MONTH.month)));
  }
}
