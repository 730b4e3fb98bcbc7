package storefact.mart.promotion;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.DAYS;
import static storefact.warehouse.jooq.dw.Tables.PROMOTION_PLACEMENT;

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

/** One row per store, goods, month, promotion and places: the days on display or in the mailer. */
public final class PlacementMonth extends Mart {
  private static final String ROWS = "rows_of";

  /** The mart. */
  public static final PlacementMonth PLACEMENT_MONTH = new PlacementMonth();

  public final MartColumn<String> store = column(Term.STORE, of("store", String.class));
  public final MartColumn<String> goods = column(Term.GOODS, of("goods", String.class));
  public final MartColumn<LocalDate> month = column(Term.MONTH, of("month", LocalDate.class));
  public final MartColumn<String> promotion =
      column(Term.PROMOTION, of("promotion", String.class))
          .about("Promotion that it belongs to, empty where unknown");
  public final MartColumn<String> display =
      column("display", CODE, of("display", String.class))
          .label("display", "陈列位置")
          .about("Place of display in the store, empty for none");
  public final MartColumn<String> mailer =
      column("mailer", CODE, of("mailer", String.class))
          .label("mailer", "海报位置")
          .about("Place in the mailer, empty for none");
  public final MartColumn<Long> days =
      column("days", DAYS, of("days", Long.class))
          .label("days", "日期")
          .about("Days of the month as a set of bits, the lowest for the first");

  private PlacementMonth() {
    super(
        "placement_month",
        "One row per store, goods, month, promotion and place: days on display or in the mailer",
        "每门店、商品、月份、促销和位置一行：陈列或海报天数");
    owner("marketing");
    freshWithin(Duration.ofHours(24));
    grain(store, goods, month, promotion, display, mailer);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(ROWS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT store, goods, month, promotion, display, mailer,"
                    // Days from the first to the last one that lie in the month, as bits.
                    + " groupBitOr(toUInt32(bitAnd(bitShiftLeft(toUInt64(1), toDayOfMonth(least(ends_on, toLastDayOfMonth(month)))) - 1,"
                    + " bitNot(bitShiftLeft(toUInt64(1), toDayOfMonth(greatest(starts_on, month)) - 1) - 1)))) AS days"
                    + " FROM ({0}) ARRAY JOIN arrayMap(i -> addMonths(toStartOfMonth(starts_on), i), range(toUInt32(dateDiff('month', starts_on, ends_on) + 1))) AS month"
                    + " GROUP BY store, goods, month, promotion, display, mailer) AS {1}",
                DSL.select(
                        PROMOTION_PLACEMENT.STORE.as("store"),
                        PROMOTION_PLACEMENT.GOODS.as("goods"),
                        PROMOTION_PLACEMENT.PROMOTION.as("promotion"),
                        PROMOTION_PLACEMENT.DISPLAY.as("display"),
                        PROMOTION_PLACEMENT.MAILER.as("mailer"),
                        PROMOTION_PLACEMENT.STARTS_ON.as("starts_on"),
                        PROMOTION_PLACEMENT.ENDS_ON.as("ends_on"))
                    .from(PROMOTION_PLACEMENT)
                    .where(PROMOTION_PLACEMENT.ENDS_ON.ge(PROMOTION_PLACEMENT.STARTS_ON)),
                DSL.name(ROWS)));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.none(this, "no row without a day", DSL.selectFrom(table()).where(days.own().eq(0L))));
  }
}
