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

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT *, lagInFrame(closing, 1, toDecimal128(0, 3)) OVER (PARTITION BY store, goods ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS opening,"
                    + " closing - opening - change AS count_difference FROM"
                    + " (SELECT *, sum(ifNull(counted_close, toDecimal128(change, 3))) OVER (PARTITION BY store, goods, counts ORDER BY month) AS closing FROM"
                    + " (SELECT *, countIf(counted_close IS NOT NULL) OVER (PARTITION BY store, goods ORDER BY month) AS counts FROM"
                    + " ({0}) AS months LEFT JOIN ({1}) AS flows USING (store, goods, month)))) AS {2}",
                months(), flows(), DSL.name(ROWS)));
  }

  /** A month without any flow has a stock, too. */
  private static Select<?> months() {
    Field<LocalDate> first = DSL.field("min({0})", LocalDate.class, STOCK_FLOW_MONTH.firstMovedOn);
    return DSL.select(
            STOCK_FLOW_MONTH.store.as("store"),
            STOCK_FLOW_MONTH.goods.as("goods"),
            first.as("since"),
            DSL.field(
                    "arrayJoin(arrayMap(i -> addMonths(toStartOfMonth({0}), i), range(toUInt32(dateDiff('month', {0}, ({1})) + 1))))",
                    first,
                    DSL.select(DSL.max(STOCK_FLOW_MONTH.month)).from(STOCK_FLOW_MONTH.table()))
                .as("month"))
        .from(STOCK_FLOW_MONTH.table())
        .groupBy(STOCK_FLOW_MONTH.store, STOCK_FLOW_MONTH.goods);
  }

  private static Select<?> flows() {
    return DSL.select(
            STOCK_FLOW_MONTH.store,
            STOCK_FLOW_MONTH.goods,
            STOCK_FLOW_MONTH.month,
            STOCK_FLOW_MONTH.received,
            STOCK_FLOW_MONTH.transferred,
            STOCK_FLOW_MONTH.writtenOff,
            STOCK_FLOW_MONTH.sold,
            STOCK_FLOW_MONTH.returned,
            STOCK_FLOW_MONTH.change,
            STOCK_FLOW_MONTH.counted)
        .from(STOCK_FLOW_MONTH.table());
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
