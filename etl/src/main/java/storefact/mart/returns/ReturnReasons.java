package storefact.mart.returns;

import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.returns.ReturnDetail.RETURN_DETAIL;
import static storefact.mart.returns.ReturnMonth.RETURN_MONTH;
import static storefact.mart.returns.ReturnParts.NO_LINES;
import static storefact.mart.returns.ReturnParts.NO_MONEY;
import static storefact.mart.returns.ReturnParts.ONE_LINE;
import static storefact.mart.returns.ReturnParts.part;

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
 * One row per month, store, department and reason: what came back in the month, and of what the
 * month sold; as {@link ReturnMonth}, by reason.
 */
public final class ReturnReasons extends Mart {
  /** The mart. */
  public static final ReturnReasons RETURN_REASONS = new ReturnReasons();

  public final MartColumn<LocalDate> month = column(Term.MONTH, part("month", LocalDate.class));
  public final MartColumn<String> store = column(ReturnParts.STORE, part("store", String.class));
  public final MartColumn<String> department =
      column(Term.DEPARTMENT, part("department", String.class));
  public final MartColumn<String> reason =
      column("reason", CODE, part("reason", String.class))
          .label("reason", "退货原因")
          .about("Reason given, empty where none was");
  public final MartColumn<Long> returnedLinesInMonth =
      column(ReturnParts.RETURNED_LINES_IN_MONTH, sum(part("lines_in", Long.class)))
          .about("Lines that came back in the month for the reason, whenever sold");
  public final MartColumn<BigDecimal> returnsInMonth =
      column(ReturnParts.RETURNS_IN_MONTH, sum(part("returns_in", BigDecimal.class)))
          .about("What came back in the month for the reason, whenever sold");
  public final MartColumn<Double> shareInMonth =
      column(
              "share_in_month",
              RATIO,
              ratio(
                  returnsInMonth.own(),
                  sum(returnsInMonth.own())
                      .over()
                      .partitionBy(month.own(), store.own(), department.own())))
          .unit("share")
          .label("share of the reason", "原因占比")
          .about("Part of all returns of the month, store and department, 1 = all");
  public final MartColumn<Long> returnedLinesOfMonth =
      column(ReturnParts.RETURNED_LINES_OF_MONTH, sum(part("lines_of", Long.class)))
          .about("Lines sold in the month that have come back so far for the reason");
  public final MartColumn<BigDecimal> returnsOfMonth =
      column(ReturnParts.RETURNS_OF_MONTH, sum(part("returns_of", BigDecimal.class)))
          .about("What has come back so far for the reason of what the month sold");
  public final MartColumn<BigDecimal> soldAmount =
      column(ReturnParts.SOLD_AMOUNT, max(part("sold_amount", BigDecimal.class)))
          .about(
              "Net amount of month, store and department, before returns; the same for every reason");
  public final MartColumn<Double> amountReturnRate =
      column(ReturnParts.AMOUNT_RETURN_RATE, ratioOrNull(returnsOfMonth.own(), soldAmount.own()))
          .about(
              "Amount of the month that has come back for the reason as a part of the amount sold, null without any");

  private ReturnReasons() {
    super(
        "return_reasons",
        "One row per month, store, department and reason: returns in the month, and of what the month sold",
        "每月份、门店、一级分类和退货原因一行：当月退货与当月所售商品的退货");
    owner("returns");
    freshWithin(Duration.ofHours(24));
    grain(month, store, department, reason);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT * FROM ({0} UNION ALL {1}) AS back LEFT JOIN ({2}) AS sold USING (month, store, department)) AS {3}",
                inMonth(), ofMonth(), sold(), DSL.name(ReturnParts.PARTS)))
        .groupBy(
            part("month", LocalDate.class),
            part("store", String.class),
            part("department", String.class),
            part("reason", String.class));
  }

  private static Select<?> inMonth() {
    return DSL.select(
            monthOf(RETURN_DETAIL.businessDate).as("month"),
            RETURN_DETAIL.store.as("store"),
            RETURN_DETAIL.department.as("department"),
            RETURN_DETAIL.reason.as("reason"),
            ONE_LINE.as("lines_in"),
            RETURN_DETAIL.returns.as("returns_in"),
            NO_LINES.as("lines_of"),
            NO_MONEY.as("returns_of"))
        .from(RETURN_DETAIL.table());
  }

  private static Select<?> ofMonth() {
    return DSL.select(
            ReturnParts.MONTH_OF_SALE,
            RETURN_DETAIL.originalStore,
            RETURN_DETAIL.department,
            RETURN_DETAIL.reason,
            NO_LINES,
            NO_MONEY,
            ONE_LINE,
            RETURN_DETAIL.returns)
        .from(RETURN_DETAIL.table())
        .where(RETURN_DETAIL.ofKnownSale());
  }

  private static Select<?> sold() {
    return DSL.select(
            RETURN_MONTH.month.as("month"),
            RETURN_MONTH.store.as("store"),
            RETURN_MONTH.department.as("department"),
            sum(RETURN_MONTH.soldAmount).as("sold_amount"))
        .from(RETURN_MONTH.table())
        .groupBy(RETURN_MONTH.month, RETURN_MONTH.store, RETURN_MONTH.department);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "reasons sum to the month",
            DSL.select(month, store, department, sum(returnsInMonth), sum(returnsOfMonth))
                .from(table())
                .groupBy(month, store, department),
            DSL.select(
                    RETURN_MONTH.month,
                    RETURN_MONTH.store,
                    RETURN_MONTH.department,
                    sum(RETURN_MONTH.returnsInMonth),
                    sum(RETURN_MONTH.returnsOfMonth))
                .from(RETURN_MONTH.table())
                .groupBy(RETURN_MONTH.month, RETURN_MONTH.store, RETURN_MONTH.department)
                .having(
                    sum(RETURN_MONTH.returnedLinesInMonth)
                        .plus(sum(RETURN_MONTH.returnedLinesOfMonth))
                        .gt(BigDecimal.ZERO))),
        Check.none(
            this,
            "shares sum to 1",
            DSL.select(month, store, department, sum(shareInMonth))
                .from(table())
                .groupBy(month, store, department)
                .having(sum(returnsInMonth).gt(BigDecimal.ZERO))
                .and(
                    sum(shareInMonth)
                        .notBetween(new BigDecimal("0.999999"), new BigDecimal("1.000001")))));
  }
}
