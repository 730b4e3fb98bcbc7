package storefact.mart.sales;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.sales.GoodsGroupSales.GOODS_GROUP_SALES;
import static storefact.warehouse.jooq.dw.Tables.SALES_TARGET;

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

/** One row per level, group of goods and month: what the chain sold of it. */
public final class GroupMonth extends Mart {
  private static final Field<LocalDate> MONTH = monthOf(GOODS_GROUP_SALES.businessDate);

  /** Departments of stores that have a target for the month. */
  private static final Condition TARGETED =
      GOODS_GROUP_SALES
          .level
          .eq(inline("department"))
          .and(
              DSL.row(GOODS_GROUP_SALES.store, GOODS_GROUP_SALES.department, MONTH)
                  .in(
                      DSL.select(SALES_TARGET.STORE, SALES_TARGET.DEPARTMENT, SALES_TARGET.MONTH)
                          .from(SALES_TARGET)));

  /** The mart. */
  public static final GroupMonth GROUP_MONTH = new GroupMonth();

  public final MartColumn<String> level = column(Term.LEVEL_OF_GROUPS, GOODS_GROUP_SALES.level);
  public final MartColumn<String> department =
      column(Term.DEPARTMENT_OF_GROUPS, GOODS_GROUP_SALES.department);
  public final MartColumn<String> category =
      column(Term.CATEGORY_OF_GROUPS, GOODS_GROUP_SALES.category);
  public final MartColumn<String> type = column(Term.TYPE, GOODS_GROUP_SALES.type);
  public final MartColumn<String> brand = column(Term.BRAND, GOODS_GROUP_SALES.brand);
  public final MartColumn<LocalDate> month = column(Term.MONTH, MONTH);
  public final MartColumn<Long> receipts =
      column(Term.RECEIPTS_OF_GROUPS, sum(GOODS_GROUP_SALES.receipts));
  public final MartColumn<Long> lines = column(Term.LINES, sum(GOODS_GROUP_SALES.lines));
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, sum(GOODS_GROUP_SALES.quantity));
  public final MartColumn<BigDecimal> returns =
      column(Term.RETURNS_OF_MONTH, sum(GOODS_GROUP_SALES.returns));
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES_OF_MONTH, sum(GOODS_GROUP_SALES.netSales));
  public final MartColumn<BigDecimal> costedSales =
      column(Term.COSTED_SALES, sum(GOODS_GROUP_SALES.costedSales));
  public final MartColumn<BigDecimal> grossMargin =
      column(Term.GROSS_MARGIN, sum(GOODS_GROUP_SALES.grossMargin));
  public final MartColumn<BigDecimal> targetedSales =
      column(Term.TARGETED_SALES, sumIf(GOODS_GROUP_SALES.netSales, TARGETED));

  private GroupMonth() {
    super(
        "group_month",
        "One row per level, group of goods and month: what the chain sold of it",
        "每层级、商品组和月份一行：全连锁销售");
    owner("sales");
    freshWithin(Duration.ofHours(24));
    grain(level, department, category, type, brand, month);
    partitionedByMonth(month);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(GOODS_GROUP_SALES.table())
        .where(slice.covers(GOODS_GROUP_SALES.businessDate))
        .groupBy(
            GOODS_GROUP_SALES.level,
            GOODS_GROUP_SALES.department,
            GOODS_GROUP_SALES.category,
            GOODS_GROUP_SALES.type,
            GOODS_GROUP_SALES.brand,
            MONTH);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "sums equal the days of the groups",
            DSL.select(level, month, sum(netSales), sum(lines)).from(table()).groupBy(level, month),
            DSL.select(
                    GOODS_GROUP_SALES.level,
                    MONTH,
                    sum(GOODS_GROUP_SALES.netSales),
                    sum(GOODS_GROUP_SALES.lines))
                .from(GOODS_GROUP_SALES.table())
                .groupBy(GOODS_GROUP_SALES.level, MONTH)));
  }
}
