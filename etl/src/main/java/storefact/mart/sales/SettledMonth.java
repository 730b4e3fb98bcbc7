package storefact.mart.sales;

import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.mart.sales.SettledWeek.SETTLED_WEEK;

import java.time.Duration;
import java.time.LocalDate;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per month with receipts that is over, the week of its last day included. What compares
 * months reads its months: until the next is over, a day's build has nothing to do for it.
 */
public final class SettledMonth extends Mart {
  /** The mart. */
  public static final SettledMonth SETTLED_MONTH = new SettledMonth();

  public final MartColumn<LocalDate> month =
      column(Term.MONTH, monthOf(RECEIPT_STATISTICS.businessDate));

  private SettledMonth() {
    super("settled_month", "One row per month with receipts that is over", "每个已结束且有小票的月份一行");
    owner("sales");
    freshWithin(Duration.ofHours(24));
    grain(month);
    partitionedByMonth(month);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(RECEIPT_STATISTICS.table())
        .where(slice.covers(RECEIPT_STATISTICS.businessDate))
        .and(
            DSL.condition(
                // Without any receipt there is no last week; the day only has to be one then.
                "{0} < toStartOfMonth(ifNull(({1}), toDate(0)) + 1)",
                RECEIPT_STATISTICS.businessDate,
                DSL.select(SETTLED_WEEK.lastDay).from(SETTLED_WEEK.table())))
        .groupBy(monthOf(RECEIPT_STATISTICS.businessDate));
  }

  /** The month after the last that is over. It moves once a month. */
  public static Field<LocalDate> firstOpenMonth() {
    return DSL.field("addMonths({0}, 1)", LocalDate.class, last(DSL.noCondition()));
  }

  /**
   * True for facts of the slice's business days whose month is over. A bound and no set of months,
   * so that nothing is read of a month that is not.
   */
  public static Condition settledMonth(Slice slice, Field<LocalDate> businessDate) {
    return slice
        .covers(businessDate)
        .and(
            slice.only(
                businessDate,
                isOver(businessDate, slice.covers(SETTLED_MONTH.month)),
                isOver(businessDate, DSL.noCondition())));
  }

  private static Condition isOver(Field<LocalDate> businessDate, Condition months) {
    return DSL.condition("{0} <= toLastDayOfMonth({1})", businessDate, last(months));
  }

  private static Field<LocalDate> last(Condition months) {
    return DSL.field(
        "({0})",
        LocalDate.class,
        // Without any the first day of all, before which there are no facts.
        DSL.select(DSL.field("assumeNotNull(ifNull(max({0}), toDate(0)))", SETTLED_MONTH.month))
            .from(SETTLED_MONTH.table())
            .where(months));
  }
}
