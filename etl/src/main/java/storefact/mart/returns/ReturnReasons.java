package storefact.mart.returns;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.returns.ReturnDetail.RETURN_DETAIL;
import static storefact.mart.returns.ReturnMonth.RETURN_MONTH;

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
 * One row per month, store, department and reason: what came back in the month, and of what the
 * month sold; as {@link ReturnMonth}, by reason.
 */
public final class ReturnReasons extends Mart {
  private static final String PARTS = "parts";

  /** The mart. */
  public static final ReturnReasons RETURN_REASONS = new ReturnReasons();

  public final MartColumn<LocalDate> month = column(Term.MONTH, of("month", LocalDate.class));
  public final MartColumn<String> store =
      column(Term.STORE, of("store", String.class))
          .about(
              "Store that took back in the month; for returns of what the month sold the store that had sold it");
  public final MartColumn<String> department =
      column(Term.DEPARTMENT, of("department", String.class));
  public final MartColumn<String> reason =
      column("reason", CODE, of("reason", String.class))
          .label("reason", "退货原因")
          .about("Reason given, empty where none was");
  public final MartColumn<Long> returnedLinesInMonth =
      column("returned_lines_in_month", COUNT, sum(of("lines_in", Long.class)))
          .unit("lines")
          .label("lines returned in the month", "当月退货行数")
          .about("Lines that came back in the month for the reason, whenever sold");
  public final MartColumn<BigDecimal> returnsInMonth =
      column("returns_in_month", MONEY, sum(of("returns_in", BigDecimal.class)))
          .unit("currency")
          .label("returns in the month", "当月退货金额")
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
      column("returned_lines_of_month", COUNT, sum(of("lines_of", Long.class)))
          .unit("lines")
          .label("lines returned of the month", "所售商品退货行数")
          .about("Lines sold in the month that have come back so far for the reason");
  public final MartColumn<BigDecimal> returnsOfMonth =
      column("returns_of_month", MONEY, sum(of("returns_of", BigDecimal.class)))
          .unit("currency")
          .label("returns of the month", "所售商品退货金额")
          .about("What has come back so far for the reason of what the month sold");
  public final MartColumn<BigDecimal> soldAmount =
      column("sold_amount", MONEY, max(of("sold_amount", BigDecimal.class)))
          .unit("currency")
          .label("amount sold", "销售金额")
          .about(
              "Net amount of month, store and department, before returns; the same for every reason");
  public final MartColumn<Double> amountReturnRate =
      column(
              "amount_return_rate",
              RATIO_OR_NULL,
              ratioOrNull(returnsOfMonth.own(), soldAmount.own()))
          .unit("share")
          .label("return rate of amount", "金额退货率")
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

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(PARTS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT * FROM ({0} UNION ALL {1}) AS back LEFT JOIN ({2}) AS sold USING (month, store, department)) AS {3}",
                inMonth(), ofMonth(), sold(), DSL.name(PARTS)))
        .groupBy(
            of("month", LocalDate.class),
            of("store", String.class),
            of("department", String.class),
            of("reason", String.class));
  }

  private static Select<?> inMonth() {
    return DSL.select(
            monthOf(RETURN_DETAIL.businessDate).as("month"),
            RETURN_DETAIL.store.as("store"),
            RETURN_DETAIL.department.as("department"),
            RETURN_DETAIL.reason.as("reason"),
            field("toUInt64(1)", Long.class).as("lines_in"),
            RETURN_DETAIL.returns.as("returns_in"),
            field("toUInt64(0)", Long.class).as("lines_of"),
            field("toDecimal64(0, 2)", BigDecimal.class).as("returns_of"))
        .from(RETURN_DETAIL.table());
  }

  private static Select<?> ofMonth() {
    return DSL.select(
            monthOf(field("assumeNotNull({0})", LocalDate.class, RETURN_DETAIL.originalDate)),
            RETURN_DETAIL.originalStore,
            RETURN_DETAIL.department,
            RETURN_DETAIL.reason,
            field("toUInt64(0)", Long.class),
            field("toDecimal64(0, 2)", BigDecimal.class),
            field("toUInt64(1)", Long.class),
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
