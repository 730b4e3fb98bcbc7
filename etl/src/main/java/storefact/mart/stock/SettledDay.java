package storefact.mart.stock;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;

import java.time.Duration;
import java.time.LocalDate;
import org.jooq.Condition;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per business day with receipts whose week, Monday to Sunday, is over. What is planned by
 * the week joins it: on six days of seven it then has nothing to do.
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
    owner("supply");
    freshWithin(Duration.ofHours(24));
    grain(businessDate);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(RECEIPT_STATISTICS.table())
        .where(weekIsOver())
        .groupBy(RECEIPT_STATISTICS.businessDate);
  }

  /** The Monday after the last business day begins a week that is not over, or one to come. */
  private static Condition weekIsOver() {
    return RECEIPT_STATISTICS.businessDate.lt(
        field(
            "toMonday(({0}) + 1)",
            LocalDate.class,
            DSL.select(max(RECEIPT_STATISTICS.businessDate)).from(RECEIPT_STATISTICS.table())));
  }
}
