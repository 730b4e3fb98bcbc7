package storefact.mart.money;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.warehouse.jooq.dw.Tables.CALENDAR;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.ColumnType;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Term;

/**
 * The days of a ledger, of cards or of points: each opens as the day before closed, and has a row
 * whether anything moved or not.
 */
final class LedgerDays {
  private static final String DAYS_OF = "days_of";
  private static final String EVENTS = "events_of";

  /** The calendar day of a row. */
  static final Field<LocalDate> DAY = derived(DAYS_OF, "day", LocalDate.class);

  /** The same as a column. */
  static final Term<LocalDate> DAY_COLUMN =
      Term.of("day", ColumnType.DATE)
          .label("day", "日期")
          .about("Calendar day; from the first event to the last one without gaps");

  private LedgerDays() {}

  /** A sum of the day's events, by the name that it has in the sums. */
  static Field<BigDecimal> moved(String column) {
    return derived(EVENTS, column, BigDecimal.class);
  }

  /** The balance of the morning, in a mart whose sums have a {@code change}. */
  static Field<BigDecimal> opening() {
    return soFar(moved("change"), DAY).minus(moved("change"));
  }

  /** The sum over all days up to this one. */
  static Field<BigDecimal> soFar(Field<BigDecimal> move, Field<LocalDate> day) {
    return sum(move).over().orderBy(day).rowsUnboundedPreceding();
  }

  /**
   * Every day from the first event to the last, with or without one.
   *
   * @param sums of the events by {@code business_date}
   * @param date that day where they come from
   * @param events where they come from
   */
  static Table<?> days(Select<?> sums, Field<LocalDate> date, Table<?> events) {
    return DSL.table(
        "({0}) AS {1} LEFT JOIN ({2}) AS {3} ON {3}.business_date = {1}.day",
        DSL.select(field("toDate({0})", LocalDate.class, CALENDAR.DAY).as("day"))
            .from(CALENDAR)
            .where(
                DSL.condition(
                    "{0} BETWEEN ({1}) AND ({2})",
                    CALENDAR.DAY,
                    DSL.select(field("minOrNull({0})", date)).from(events),
                    DSL.select(field("maxOrNull({0})", date)).from(events))),
        DSL.name(DAYS_OF),
        sums,
        DSL.name(EVENTS));
  }

  /**
   * A day closes at what it opened with, more what came in, less what went out.
   *
   * @param computed the closing balance anew
   */
  static Check closesByItsMoves(MartColumn<BigDecimal> closing, Field<BigDecimal> computed) {
    Mart mart = closing.mart();
    return Check.none(
        mart,
        "closing = opening + in - out",
        DSL.selectFrom(mart.table()).where(closing.own().ne(computed)));
  }

  /** A day opens at what the day before closed with. */
  static Check opensAsTheDayBeforeClosed(
      MartColumn<LocalDate> day, MartColumn<BigDecimal> opening, MartColumn<BigDecimal> closing) {
    Mart mart = day.mart();
    return Check.none(
        mart,
        "a day opens as the day before closed",
        DSL.selectFrom(
                DSL.table(
                    "({0}) AS days_in_order",
                    DSL.select(
                            day.own().as("day"),
                            opening.own().as("opening"),
                            field(
                                    "lagInFrame({0}, 1, {1}) OVER (ORDER BY {2} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
                                    BigDecimal.class, closing.own(), opening.own(), day.own())
                                .as("closed_before"))
                        .from(mart.table())))
            .where("opening != closed_before"));
  }

  /**
   * The last day closes at what the balances of all holders add up to.
   *
   * @param name of the check
   * @param moved the sum of all that came in, less that of all that went out
   */
  static Check closesAtTheBalances(
      MartColumn<BigDecimal> closing, String name, Field<?> moved, MartColumn<BigDecimal> balance) {
    Mart mart = closing.mart();
    return Check.same(
        mart.name(),
        name,
        DSL.select(moved).from(mart.table()),
        DSL.select(sum(balance)).from(balance.mart().table()));
  }
}
