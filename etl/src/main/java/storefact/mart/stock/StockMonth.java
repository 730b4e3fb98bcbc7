package storefact.mart.stock;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ColumnType.DATE_OR_NULL;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.stock.StockFlow.STOCK_FLOW;
import static storefact.mart.stock.StockFlowMonth.STOCK_FLOW_MONTH;
import static storefact.warehouse.jooq.dw.Tables.STOCK_ON_HAND;

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
 * One row per store, goods and month from the first movement to the last month of all, quiet months
 * included: what was there, what moved, what counts corrected.
 *
 * <p>A count starts the book anew: closing = last count + what came after it, else opening +
 * change.
 */
public final class StockMonth extends Mart {
  private static final String ROWS = "rows_of";
  private static final List<String> FLOWS =
      List.of("received", "transferred", "written_off", "sold", "returned");

  /** The mart. */
  public static final StockMonth STOCK_MONTH = new StockMonth();

  public final MartColumn<String> store = column(Term.STORE, of("store", String.class));
  public final MartColumn<String> goods = column(Term.GOODS, of("goods", String.class));
  public final MartColumn<LocalDate> month = column(Term.MONTH, of("month", LocalDate.class));
  public final MartColumn<LocalDate> since =
      column("since", DATE_OR_NULL, of("since", LocalDate.class))
          .label("since", "首次变动日")
          .about("Business day of the first movement or count, null as long as it only sold");
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
    partitionedByMonth(month);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(ROWS, column, type);
  }

  /**
   * A count starts the book anew: from it on, the book is off what the changes sum to by the same
   * difference, until the next. Months without a flow follow the one before them.
   */
  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT store, goods, addMonths(flow_month, ahead) AS month, since,"
                    + " if(ahead = 0, moved - change + off_before, moved + off) AS opening, moved + off AS closing,"
                    + " {3}, if(ahead = 0, closing - opening - change, toDecimal128(0, 3)) AS count_difference FROM"
                    + " (SELECT *, arrayJoin(range(greatest(1, toUInt32(dateDiff('month', flow_month, next_month))))) AS ahead FROM"
                    + " (SELECT *,"
                    + " leadInFrame(flow_month, 1, addMonths(greatest(assumeNotNull(({1})), {5}), 1)) OVER (PARTITION BY store, goods ORDER BY flow_month ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS next_month,"
                    + " ifNull(anyLast(found) OVER (PARTITION BY store, goods ORDER BY flow_month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), toDecimal128(0, 3)) AS off,"
                    + " ifNull(anyLast(found) OVER (PARTITION BY store, goods ORDER BY flow_month ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), toDecimal128(0, 3)) AS off_before FROM"
                    + " (SELECT *, min(first_moved_on) OVER so_far AS since, sum(change) OVER so_far AS moved, counted_close - moved AS found FROM"
                    + " (SELECT * EXCEPT counted_in FROM ({0}) UNION ALL {6}) WINDOW so_far AS (PARTITION BY store, goods ORDER BY flow_month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))))"
                    + " WHERE month >= {4}) AS {2}",
                carried(slice),
                DSL.select(DSL.field("maxOrNull({0})", STOCK_FLOW_MONTH.month))
                    .from(STOCK_FLOW_MONTH.table())
                    .where(slice.upTo(STOCK_FLOW_MONTH.month)),
                DSL.name(ROWS),
                DSL.list(
                    FLOWS.stream()
                        .map(flow -> DSL.field("if(ahead = 0, " + flow + ", 0) AS " + flow))
                        .toList()),
                slice.begin(),
                slice.lastMonth(),
                flows(slice)));
  }

  /** A row per store and goods: as if a count had found where the months before left the book. */
  private static Select<?> carried(Slice slice) {
    Field<BigDecimal> none = DSL.field("toDecimal64(0, 3)", BigDecimal.class);
    return DSL.select(
            STOCK_FLOW_MONTH.store.as("store"),
            STOCK_FLOW_MONTH.goods.as("goods"),
            slice.carried().as("flow_month"),
            DSL.min(STOCK_FLOW_MONTH.firstMovedOn).as("first_moved_on"))
        .select(FLOWS.stream().map(flow -> none.as(flow)).toList())
        .select(
            DSL.sum(STOCK_FLOW_MONTH.change).as("change"),
            DSL.field(
                    "maxIf({0}, {1} IS NOT NULL)",
                    LocalDate.class, STOCK_FLOW_MONTH.month, STOCK_FLOW_MONTH.counted)
                .as("counted_in"),
            // Arrays of machine numbers: of tuples or decimals they take five times as long.
            DSL.field(
                    "if(counted_in = toDate(0), NULL, toDecimal128(argMaxIf(assumeNotNull({2}), {0}, {2} IS NOT NULL), 3)"
                        + " + toDecimal128(arraySum((flow_month, thousandths) -> if(flow_month > counted_in, thousandths, 0),"
                        + " groupArray({0}), groupArray(toInt64({1} * 1000))), 3) / 1000)",
                    STOCK_FLOW_MONTH.month, STOCK_FLOW_MONTH.change, STOCK_FLOW_MONTH.counted)
                .as("counted_close"))
        .from(STOCK_FLOW_MONTH.table())
        .where(slice.upTo(STOCK_FLOW_MONTH.month))
        .and(STOCK_FLOW_MONTH.month.lt(slice.begin()))
        .groupBy(STOCK_FLOW_MONTH.store, STOCK_FLOW_MONTH.goods);
  }

  private static Select<?> flows(Slice slice) {
    return DSL.select(
            STOCK_FLOW_MONTH.store,
            STOCK_FLOW_MONTH.goods,
            STOCK_FLOW_MONTH.month,
            STOCK_FLOW_MONTH.firstMovedOn,
            STOCK_FLOW_MONTH.received,
            STOCK_FLOW_MONTH.transferred,
            STOCK_FLOW_MONTH.writtenOff,
            STOCK_FLOW_MONTH.sold,
            STOCK_FLOW_MONTH.returned,
            STOCK_FLOW_MONTH.change,
            DSL.field("toDecimal128({0}, 3)", BigDecimal.class, STOCK_FLOW_MONTH.counted))
        .from(STOCK_FLOW_MONTH.table())
        .where(slice.covers(STOCK_FLOW_MONTH.month));
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
