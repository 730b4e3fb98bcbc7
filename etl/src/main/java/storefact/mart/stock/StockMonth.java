package storefact.mart.stock;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.stock.StockFlow.STOCK_FLOW;
import static storefact.mart.stock.StockFlowMonth.STOCK_FLOW_MONTH;
import static storefact.warehouse.jooq.dw.Tables.STOCK_ON_HAND;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per store, goods and month from the first movement to the last month of all, quiet months
 * included: what was there, what moved, what counts corrected.
 *
 * <p>A count starts the book anew: closing = last count + what came after it, else opening +
 * change.
 */
public final class StockMonth extends Mart {
  private static final String ROWS = "rows_of";

  /** The mart. */
  public static final StockMonth STOCK_MONTH = new StockMonth();

  public final MartColumn<String> store = column(Term.STORE, of("store", String.class));
  public final MartColumn<String> goods = column(Term.GOODS, of("goods", String.class));
  public final MartColumn<LocalDate> month = column(Term.MONTH, of("month", LocalDate.class));
  public final MartColumn<LocalDate> since =
      column("since", DATE, of("since", LocalDate.class))
          .label("since", "首次变动日")
          .about("Business day of the first movement");
  public final MartColumn<BigDecimal> opening =
      column("opening", QUANTITY, of("opening", BigDecimal.class))
          .unit("pieces or kg")
          .label("opening", "期初库存")
          .about("On hand before the month");
  public final MartColumn<BigDecimal> received =
      column(Term.RECEIVED, of("received", BigDecimal.class));
  public final MartColumn<BigDecimal> transferred =
      column(Term.TRANSFERRED, of("transferred", BigDecimal.class));
  public final MartColumn<BigDecimal> writtenOff =
      column(Term.WRITTEN_OFF, of("written_off", BigDecimal.class));
  public final MartColumn<BigDecimal> sold = column(Term.SOLD, of("sold", BigDecimal.class));
  public final MartColumn<BigDecimal> returned =
      column(Term.RETURNED, of("returned", BigDecimal.class));
  public final MartColumn<BigDecimal> countDifference =
      column("count_difference", QUANTITY, of("count_difference", BigDecimal.class))
          .unit("pieces or kg")
          .label("count difference", "盘点差异")
          .about("What counts found more, negative for less: shrinkage");
  public final MartColumn<BigDecimal> closing =
      column("closing", QUANTITY, of("closing", BigDecimal.class))
          .unit("pieces or kg")
          .label("closing", "期末库存")
          .about("On hand after the month, or now in the last one");

  private StockMonth() {
    super(
        "stock_month",
        "One row per store, goods and month: opening, in, out, correction by counts, closing",
        "每门店、商品和月份一行：期初、入、出、盘点差异、期末");
    owner("supply");
    freshWithin(Duration.ofHours(24));
    grain(store, goods, month);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(ROWS, column, type);
  }

  /**
   * A count starts the book anew: from it on, the book is off what the changes sum to by the same
   * difference, until the next.
   */
  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT *, moved - change + off_before AS opening, moved + off AS closing, closing - opening - change AS count_difference FROM"
                    + " (SELECT *,"
                    + " ifNull(anyLast(found) OVER (PARTITION BY store, goods ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), toDecimal128(0, 3)) AS off,"
                    + " ifNull(anyLast(found) OVER (PARTITION BY store, goods ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), toDecimal128(0, 3)) AS off_before FROM"
                    + " (SELECT *, min(first_moved_on) OVER so_far AS since, sum(change) OVER so_far AS moved, counted_close - moved AS found FROM"
                    + " ({0} UNION ALL {1}) WINDOW so_far AS (PARTITION BY store, goods ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)))) AS {2}",
                flows(), quietMonths(), DSL.name(ROWS)));
  }

  private static Select<?> flows() {
    return DSL.select(
            STOCK_FLOW_MONTH.store.as("store"),
            STOCK_FLOW_MONTH.goods.as("goods"),
            STOCK_FLOW_MONTH.month.as("month"),
            STOCK_FLOW_MONTH.firstMovedOn.as("first_moved_on"),
            STOCK_FLOW_MONTH.received.as("received"),
            STOCK_FLOW_MONTH.transferred.as("transferred"),
            STOCK_FLOW_MONTH.writtenOff.as("written_off"),
            STOCK_FLOW_MONTH.sold.as("sold"),
            STOCK_FLOW_MONTH.returned.as("returned"),
            STOCK_FLOW_MONTH.change.as("change"),
            STOCK_FLOW_MONTH.counted.as("counted_close"))
        .from(STOCK_FLOW_MONTH.table());
  }

  /** A month without any flow has a stock, too. Few do, so they are told and nothing is joined. */
  private static Select<?> quietMonths() {
    Field<?> months = DSL.field("groupArray({0})", STOCK_FLOW_MONTH.month);
    List<SelectField<?>> columns =
        new ArrayList<>(
            List.of(
                STOCK_FLOW_MONTH.store,
                STOCK_FLOW_MONTH.goods,
                DSL.field(
                    "arrayJoin(arrayFilter(month -> NOT has({0}, month), arrayMap(i -> addMonths(arrayMin({0}), i),"
                        + " range(toUInt32(dateDiff('month', arrayMin({0}), assumeNotNull(({1}))) + 1)))))",
                    months,
                    DSL.select(DSL.max(STOCK_FLOW_MONTH.month)).from(STOCK_FLOW_MONTH.table())),
                // Later than any: the first of all is that of a month with a flow.
                DSL.field("toDate('2149-06-06')")));
    columns.addAll(Collections.nCopies(6, DSL.inline(0)));
    columns.add(DSL.inline((BigDecimal) null));
    return DSL.select(columns)
        .from(STOCK_FLOW_MONTH.table())
        .groupBy(STOCK_FLOW_MONTH.store, STOCK_FLOW_MONTH.goods);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.none(
            this,
            "closing = opening + in - out + count difference",
            DSL.selectFrom(table())
                .where(
                    closing
                        .own()
                        .ne(
                            opening
                                .own()
                                .plus(received.own())
                                .plus(transferred.own())
                                .minus(writtenOff.own())
                                .minus(sold.own())
                                .plus(returned.own())
                                .plus(countDifference.own())))),
        Check.same(
            name(),
            "sums equal the flow",
            DSL.select(
                    DSL.sum(received),
                    DSL.sum(transferred),
                    DSL.sum(writtenOff),
                    DSL.sum(sold),
                    DSL.sum(returned))
                .from(table()),
            DSL.select(
                    DSL.sum(STOCK_FLOW.received),
                    DSL.sum(STOCK_FLOW.transferredIn).minus(DSL.sum(STOCK_FLOW.transferredOut)),
                    DSL.sum(STOCK_FLOW.writtenOff),
                    DSL.sum(STOCK_FLOW.sold),
                    DSL.sum(STOCK_FLOW.returned))
                .from(STOCK_FLOW.table())),
        Check.same(
            name(),
            "the last month closes at what lies on hand",
            DSL.select(store, goods, closing)
                .from(table())
                .where(
                    month.eq(
                        DSL.field(
                            "({0})", LocalDate.class, DSL.select(DSL.max(month)).from(table())))),
            DSL.select(STOCK_ON_HAND.STORE, STOCK_ON_HAND.GOODS, STOCK_ON_HAND.QUANTITY)
                .from(STOCK_ON_HAND)));
  }
}
