package storefact.mart.sales;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;

import java.time.Duration;
import java.time.LocalDate;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;

/**
 * One row, none without receipts: the Sunday of the last week that is over. It changes once a week,
 * and so does what is built from it alone.
 */
public final class SettledWeek extends Mart {
  /** The mart. */
  public static final SettledWeek SETTLED_WEEK = new SettledWeek();

  public final MartColumn<LocalDate> lastDay =
      column(
              "last_day",
              DATE,
              // The Monday after the last business day begins a week that is not over, or to come.
              field("toMonday({0} + 1) - 1", LocalDate.class, max(RECEIPT_STATISTICS.businessDate)))
          .label("last day", "最后一天")
          .about("Sunday of the last week, Monday to Sunday, that is over");

  private SettledWeek() {
    super("settled_week", "One row: the last week that is over", "一行：最近已结束的一周");
    owner("sales");
    freshWithin(Duration.ofHours(24));
    grain(lastDay);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns().from(RECEIPT_STATISTICS.table()).having(count().gt(0));
  }

  /** True for days whose week is over: what a mart that is told by the week reads. */
  public static Condition weekIsOver(Field<LocalDate> day) {
    return day.le(DSL.field(DSL.select(SETTLED_WEEK.lastDay).from(SETTLED_WEEK.table())));
  }
}
