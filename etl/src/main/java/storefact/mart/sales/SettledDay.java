package storefact.mart.sales;

import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.mart.sales.SettledWeek.weekIsOver;

import java.time.Duration;
import java.time.LocalDate;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per business day with receipts whose week, Monday to Sunday, is over. What is told or
 * planned by the week reads its months: on six days of seven it then has nothing to do, and on the
 * seventh one month.
 */
public final class SettledDay extends Mart {
  /** The mart. */
  public static final SettledDay SETTLED_DAY = new SettledDay();

  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, RECEIPT_STATISTICS.businessDate)
          .about("Business day, on or before the last Sunday that is over");

  private SettledDay() {
    super(
        "settled_day",
        "One row per business day with receipts whose week is over",
        "每个所在周已结束的营业日一行");
    owner("sales");
    freshWithin(Duration.ofHours(24));
    grain(businessDate);
    partitionedByMonth(businessDate);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(RECEIPT_STATISTICS.table())
        .where(slice.covers(RECEIPT_STATISTICS.businessDate))
        .and(weekIsOver(RECEIPT_STATISTICS.businessDate))
        .groupBy(RECEIPT_STATISTICS.businessDate);
  }

  /** True for facts of the slice's business days whose week is over. */
  public static Condition settled(Slice slice, Field<LocalDate> businessDate) {
    return slice
        .covers(businessDate)
        .and(
            slice.only(
                businessDate,
                businessDate.in(days().where(slice.covers(SETTLED_DAY.businessDate))),
                businessDate.in(days())));
  }

  private static SelectJoinStep<Record1<LocalDate>> days() {
    return DSL.select(SETTLED_DAY.businessDate).from(SETTLED_DAY.table());
  }
}
