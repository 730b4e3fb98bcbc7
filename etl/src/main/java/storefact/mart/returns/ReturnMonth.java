package storefact.mart.returns;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.returns.ReturnDetail.RETURN_DETAIL;
import static storefact.mart.returns.ReturnParts.NO_LINES;
import static storefact.mart.returns.ReturnParts.NO_MONEY;
import static storefact.mart.returns.ReturnParts.ONE_LINE;
import static storefact.mart.returns.ReturnParts.part;
import static storefact.mart.sales.CategoryMonth.CATEGORY_MONTH;
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

/**
 * One row per month, store and category: what was sold, what came back in the month, and what came
 * back of what the month sold.
 *
 * <p>Returns of the month are those that net sales are lessened by. The rate is of the other kind:
 * what has come back so far of the lines that the month sold, whenever it came; that of young
 * months still grows. A return whose sale is not known has no such month and is in no rate.
 */
public final class ReturnMonth extends Mart {
  /** The mart. */
  public static final ReturnMonth RETURN_MONTH = new ReturnMonth();

  public final MartColumn<LocalDate> month = column(Term.MONTH, part("month", LocalDate.class));
  public final MartColumn<String> store = column(ReturnParts.STORE, part("store", String.class));
  public final MartColumn<String> department =
      column(Term.DEPARTMENT, part("department", String.class));
  public final MartColumn<String> category = column(Term.CATEGORY, part("category", String.class));
  public final MartColumn<Long> soldLines =
      column("sold_lines", COUNT, sum(part("sold_lines", Long.class)))
          .unit("lines")
          .label("lines sold", "销售行数")
          .about("Lines sold in the month");
  public final MartColumn<BigDecimal> soldAmount =
      column(ReturnParts.SOLD_AMOUNT, sum(part("sold_amount", BigDecimal.class)));
  public final MartColumn<Long> returnedLinesInMonth =
      column(ReturnParts.RETURNED_LINES_IN_MONTH, sum(part("lines_in", Long.class)));
  public final MartColumn<BigDecimal> returnsInMonth =
      column(ReturnParts.RETURNS_IN_MONTH, sum(part("returns_in", BigDecimal.class)));
  public final MartColumn<BigDecimal> returnsOfUnknownSale =
      column("returns_of_unknown_sale", MONEY, sum(part("returns_unknown", BigDecimal.class)))
          .unit("currency")
          .label("returns of unknown sales", "无原单退货金额")
          .about("The part of it whose sale is not known");
  public final MartColumn<Long> returnedLinesOfMonth =
      column(ReturnParts.RETURNED_LINES_OF_MONTH, sum(part("lines_of", Long.class)));
  public final MartColumn<BigDecimal> returnsOfMonth =
      column(ReturnParts.RETURNS_OF_MONTH, sum(part("returns_of", BigDecimal.class)));
  public final MartColumn<Double> lineReturnRate =
      column(
              "line_return_rate",
              RATIO_OR_NULL,
              ratioOrNull(returnedLinesOfMonth.own(), soldLines.own()))
          .unit("share")
          .label("return rate of lines", "行退货率")
          .about(
              "Lines of the month that have come back as a part of the lines sold, null without any");
  public final MartColumn<Double> amountReturnRate =
      column(ReturnParts.AMOUNT_RETURN_RATE, ratioOrNull(returnsOfMonth.own(), soldAmount.own()));

  private ReturnMonth() {
    super(
        "return_month",
        "One row per month, store, department and category: returns in the month, and of what the month sold",
        "每月份、门店、一级和二级分类一行：当月退货与当月所售商品的退货");
    owner("returns");
    freshWithin(Duration.ofHours(24));
    grain(month, store, department, category);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0} UNION ALL {1} UNION ALL {2}) AS {3}",
                sold(), inMonth(), ofMonth(), DSL.name(ReturnParts.PARTS)))
        .groupBy(
            part("month", LocalDate.class),
            part("store", String.class),
            part("department", String.class),
            part("category", String.class));
  }

  private static Select<?> sold() {
    return DSL.select(
            CATEGORY_MONTH.month.as("month"),
            CATEGORY_MONTH.store.as("store"),
            CATEGORY_MONTH.department.as("department"),
            CATEGORY_MONTH.category.as("category"),
            CATEGORY_MONTH.lines.as("sold_lines"),
            field(
                    "toDecimal64({0}, 2)",
                    BigDecimal.class, CATEGORY_MONTH.netSales.plus(CATEGORY_MONTH.returns))
                .as("sold_amount"),
            NO_LINES.as("lines_in"),
            NO_MONEY.as("returns_in"),
            NO_MONEY.as("returns_unknown"),
            NO_LINES.as("lines_of"),
            NO_MONEY.as("returns_of"))
        .from(CATEGORY_MONTH.table());
  }

  private static Select<?> inMonth() {
    return DSL.select(
            monthOf(RETURN_DETAIL.businessDate),
            RETURN_DETAIL.store,
            RETURN_DETAIL.department,
            RETURN_DETAIL.category,
            NO_LINES,
            NO_MONEY,
            ONE_LINE,
            RETURN_DETAIL.returns,
            field(
                "if({0}, {1}, {2})",
                BigDecimal.class, RETURN_DETAIL.ofKnownSale(), NO_MONEY, RETURN_DETAIL.returns),
            NO_LINES,
            NO_MONEY)
        .from(RETURN_DETAIL.table());
  }

  private static Select<?> ofMonth() {
    return DSL.select(
            ReturnParts.MONTH_OF_SALE,
            RETURN_DETAIL.originalStore,
            RETURN_DETAIL.department,
            RETURN_DETAIL.category,
            NO_LINES,
            NO_MONEY,
            NO_LINES,
            NO_MONEY,
            NO_MONEY,
            ONE_LINE,
            RETURN_DETAIL.returns)
        .from(RETURN_DETAIL.table())
        .where(RETURN_DETAIL.ofKnownSale());
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "sums equal the days",
            DSL.select(month, sum(soldAmount), sum(returnsInMonth), sum(soldLines))
                .from(table())
                .groupBy(month),
            DSL.select(
                    monthOf(DAILY_SALES.businessDate),
                    sum(DAILY_SALES.netSales).plus(sum(DAILY_SALES.returns)),
                    sum(DAILY_SALES.returns),
                    sum(DAILY_SALES.lines))
                .from(DAILY_SALES.table())
                .groupBy(monthOf(DAILY_SALES.businessDate))),
        Check.same(
            name(),
            "every return with a known sale has its month",
            DSL.select(sum(returnsInMonth).minus(sum(returnsOfUnknownSale))).from(table()),
            DSL.select(sum(returnsOfMonth)).from(table())),
        Check.none(
                this,
                "no more comes back than was sold",
                DSL.selectFrom(table()).where(amountReturnRate.own().gt(1.0)))
            .asWarning());
  }
}
