package storefact.mart.sales;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.sales.DailySales.DAILY_SALES;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/** One row per month, store, department and category: {@link DailySales} summed over the month. */
public final class CategoryMonth extends Mart {
  /** The mart. */
  public static final CategoryMonth CATEGORY_MONTH = new CategoryMonth();

  public final MartColumn<String> store = column(Term.STORE_OF_TURNOVER, DAILY_SALES.store);
  public final MartColumn<LocalDate> month = column(Term.MONTH, monthOf(DAILY_SALES.businessDate));
  public final MartColumn<String> department = column(Term.DEPARTMENT, DAILY_SALES.department);
  public final MartColumn<String> category = column(Term.CATEGORY, DAILY_SALES.category);
  public final MartColumn<Long> lines = column(Term.LINES, sum(DAILY_SALES.lines));
  public final MartColumn<BigDecimal> returns = column(Term.RETURNS, sum(DAILY_SALES.returns));
  public final MartColumn<BigDecimal> netSales = column(Term.NET_SALES, sum(DAILY_SALES.netSales));

  private CategoryMonth() {
    super(
        "category_month",
        "One row per month, store, department and category: what sold and came back",
        "每月份、门店、一级分类和二级分类一行：销售与退货");
    owner("sales");
    freshWithin(Duration.ofHours(24));
    grain(store, month, department, category);
    partitionedByMonth(month);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(DAILY_SALES.table())
        .where(slice.covers(DAILY_SALES.businessDate))
        .groupBy(
            DAILY_SALES.store,
            monthOf(DAILY_SALES.businessDate),
            DAILY_SALES.department,
            DAILY_SALES.category);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "sums equal the days",
            DSL.select(month, sum(netSales), sum(returns), sum(lines)).from(table()).groupBy(month),
            DSL.select(
                    monthOf(DAILY_SALES.businessDate),
                    sum(DAILY_SALES.netSales),
                    sum(DAILY_SALES.returns),
                    sum(DAILY_SALES.lines))
                .from(DAILY_SALES.table())
                .groupBy(monthOf(DAILY_SALES.businessDate))));
  }
}
