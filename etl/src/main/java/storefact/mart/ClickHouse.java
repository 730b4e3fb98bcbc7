package storefact.mart;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.types.ULong;
import storefact.warehouse.Warehouse;

/** ClickHouse's functions that jOOQ does not know, typed. */
public final class ClickHouse {
  private ClickHouse() {}

  /** Number of different combinations, exact. */
  public static Field<Long> distinct(Field<?>... fields) {
    return DSL.field("uniqExact({0})", Long.class, DSL.list(fields));
  }

  /**
   * A number for the values together, where only their difference matters: it groups and counts
   * faster than texts do. 64 bits tell a million apart with a chance of one in 10⁷ to miss.
   */
  public static Field<ULong> hash(Field<?>... fields) {
    return DSL.field("cityHash64({0})", ULong.class, DSL.list(fields));
  }

  /** A text as a statement writes it: in ClickHouse a backslash escapes within one, too. */
  public static String text(String value) {
    return Warehouse.renderer().render(DSL.inline(value.replace("\\", "\\\\")));
  }

  /** Number of rows for which the condition holds. */
  public static Field<Long> countIf(Condition condition) {
    return DSL.field("countIf({0})", Long.class, condition);
  }

  /** Sum over the rows for which the condition holds, 0 without any. */
  public static Field<BigDecimal> sumIf(Field<? extends Number> value, Condition condition) {
    return DSL.field("sumIf({0}, {1})", BigDecimal.class, value, condition);
  }

  /** Number of different values over the rows for which the condition holds, exact. */
  public static Field<Long> distinctIf(Field<?> value, Condition condition) {
    return DSL.field("uniqExactIf({0}, {1})", Long.class, value, condition);
  }

  /** Lowest value over the rows for which the condition holds, null without any. */
  public static <T> Field<T> minIf(Field<T> value, Condition condition) {
    return DSL.field("minOrNullIf({0}, {1})", value.getType(), value, condition);
  }

  /** Highest value over the rows for which the condition holds, null without any. */
  public static <T> Field<T> maxIf(Field<T> value, Condition condition) {
    return DSL.field("maxOrNullIf({0}, {1})", value.getType(), value, condition);
  }

  /**
   * The days of a month over the rows for which the condition holds, see {@link ColumnType#DAYS}.
   */
  public static Field<Long> daysOfMonthIf(Field<LocalDate> date, Condition condition) {
    return DSL.field(
        "groupBitOrIf(bitShiftLeft(toUInt32(1), toDayOfMonth({0}) - 1), {1})",
        Long.class, date, condition);
  }

  /** The union of sets of days of the same month. */
  public static Field<Long> unionOfDays(Field<Long> days) {
    return DSL.field("groupBitOr({0})", Long.class, days);
  }

  /** How many days a set of days holds. */
  public static Field<Long> daysIn(Field<Long> days) {
    return DSL.field("bitCount({0})", Long.class, days);
  }

  /** The different values over the rows for which the condition holds, sorted. */
  public static Field<String[]> setIf(Field<String> value, Condition condition) {
    return DSL.field(
        "arraySort(groupUniqArrayIf(toString({0}), {1}))", String[].class, value, condition);
  }

  /** Number of different values over sets of values, exact. */
  public static Field<Long> distinctOfSets(Field<String[]> sets) {
    return DSL.field("uniqExactArray({0})", Long.class, sets);
  }

  /**
   * Hour of the day by the clock of a time zone. ClickHouse reads an hour in a zone that the query
   * names, not in one that a row names: so every zone of {@code dw.store_clock} stands here, and a
   * store without a row goes by UTC.
   */
  public static Field<Integer> localHour(Field<LocalDateTime> moment, Field<String> zone) {
    return DSL.field(
        "multiIf({1} = 'Asia/Shanghai', toHour({0}, 'Asia/Shanghai'),"
            + " {1} = 'America/New_York', toHour({0}, 'America/New_York'), toHour({0}, 'UTC'))",
        Integer.class, moment, zone);
  }

  /** Quantile with linear interpolation over the rows for which the condition holds, else 0. */
  public static Field<Double> quantileIf(
      double level, Field<BigDecimal> value, Condition condition) {
    return DSL.field(
        "ifNotFinite(quantileExactInclusiveIf({0})(toFloat64({1}), {2}), 0)",
        Double.class, DSL.inline(level), value, condition);
  }

  /** Quantile with linear interpolation between ranks, as PERCENTILE.INC of spreadsheets. */
  public static Field<Double> quantile(double level, Field<BigDecimal> value) {
    return DSL.field(
        "quantileExactInclusive({0})(toFloat64({1}))", Double.class, DSL.inline(level), value);
  }

  /**
   * The value of the row with the highest order, which no two rows may share. A third of the time
   * of {@link #newest}: numbers are compared, no tuples.
   */
  public static <T> Field<T> last(Field<T> value, Field<?> order) {
    return DSL.field("argMax({0}, {1})", value.getType(), value, order);
  }

  /** The value of the row with the highest order; of several the highest value. */
  public static <T> Field<T> newest(Field<T> value, Field<?> order) {
    return DSL.field("argMax({0}, ({1}, {0}))", value.getType(), value, order);
  }

  /** First day of the month. */
  public static Field<LocalDate> monthOf(Field<LocalDate> date) {
    return DSL.field("toStartOfMonth({0})", SQLDataType.LOCALDATE, date);
  }

  /** Monday of the week. */
  public static Field<LocalDate> weekOf(Field<LocalDate> date) {
    return DSL.field("toMonday({0})", SQLDataType.LOCALDATE, date);
  }

  /** Days from the first to the second date. */
  public static Field<Long> days(Field<LocalDate> from, Field<LocalDate> to) {
    return DSL.field("dateDiff('day', {0}, {1})", Long.class, from, to);
  }

  /** Quotient as a ratio, 0 where the divisor is 0. */
  public static Field<Double> ratio(Field<?> dividend, Field<?> divisor) {
    return DSL.field(
        "if({1} = 0, 0, toFloat64({0}) / toFloat64({1}))", Double.class, dividend, divisor);
  }

  /** Quotient as a ratio, null where the divisor is 0. */
  public static Field<Double> ratioOrNull(Field<?> dividend, Field<?> divisor) {
    return DSL.field(
        "if({1} = 0, NULL, toFloat64({0}) / toFloat64({1}))", Double.class, dividend, divisor);
  }

  /**
   * A ratio's money to the cent. By way of a decimal, for a conversion cuts off: 1090.34 as a
   * binary fraction lies below 1090.34 and would become 1090.33.
   */
  public static Field<BigDecimal> cents(Field<Double> value) {
    return DSL.field("toDecimal64(round(toDecimal128({0}, 8), 2), 2)", BigDecimal.class, value);
  }

  /** A column of a derived table by its alias. */
  public static <T> Field<T> derived(String alias, String column, Class<T> type) {
    return DSL.field(DSL.name(alias, column), type);
  }

  /**
   * Every row of the left select with the row of the right one that is nearest below it; both are
   * known by their aliases, see {@link #derived}.
   *
   * @param on equalities and one {@code >=}
   */
  public static Table<?> asofLeftJoin(
      Select<?> left, String leftAlias, Select<?> right, String rightAlias, Condition on) {
    // Tables in a template are rendered as references to them, selects are rendered as they are.
    return DSL.table(
        "({0}) AS {1} ASOF LEFT JOIN ({2}) AS {3} ON {4}",
        left, DSL.name(leftAlias), right, DSL.name(rightAlias), on);
  }
}
