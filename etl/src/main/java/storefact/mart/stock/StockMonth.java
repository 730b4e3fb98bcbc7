package storefact.mart.stock;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.TEXT;
import static storefact.mart.stock.StockFlow.STOCK_FLOW;
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

  public final MartColumn<String> store =
      column("store", CODE, of("store", String.class)).label("store", "门店").about("Store");
  public final MartColumn<String> goods =
      column("goods", TEXT, of("goods", String.class)).label("goods", "商品").about("Goods");
  public final MartColumn<LocalDate> month =
      column("month", DATE, of("month", LocalDate.class))
          .label("month", "月份")
          .about("First day of the month");
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
      column("received", QUANTITY, of("received", BigDecimal.class))
          .unit("pieces or kg")
          .label("received", "收货")
          .about("Deliveries");
  public final MartColumn<BigDecimal> transferred =
      column("transferred", QUANTITY, of("transferred", BigDecimal.class))
          .unit("pieces or kg")
          .label("transferred", "净调拨")
          .about("Transferred in less transferred out");
  public final MartColumn<BigDecimal> writtenOff =
      column("written_off", QUANTITY, of("written_off", BigDecimal.class))
          .unit("pieces or kg")
          .label("written off", "报损")
          .about("Spoiled and otherwise written off");
  public final MartColumn<BigDecimal> sold =
      column("sold", QUANTITY, of("sold", BigDecimal.class))
          .unit("pieces or kg")
          .label("sold", "销售数量")
          .about("Quantity sold");
  public final MartColumn<BigDecimal> returned =
      column("returned", QUANTITY, of("returned", BigDecimal.class))
          .unit("pieces or kg")
          .label("returned", "退货数量")
          .about("Quantity that customers brought back");
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
                    + " (SELECT *, sum(ifNull(counted, toDecimal128(change, 3))) OVER (PARTITION BY store, goods, counts ORDER BY month) AS closing FROM"
                    + " (SELECT *, countIf(counted IS NOT NULL) OVER (PARTITION BY store, goods ORDER BY month) AS counts FROM"
                    + " ({0}) AS months LEFT JOIN ({1}) AS sums USING (store, goods, month)))) AS {2}",
                months(), sums(), DSL.name(ROWS)));
  }

  /** A month without any flow has a stock, too. */
  private static Select<?> months() {
    Field<LocalDate> first = DSL.field("min({0})", LocalDate.class, STOCK_FLOW.businessDate);
    return DSL.select(
            STOCK_FLOW.store.as("store"),
            STOCK_FLOW.goods.as("goods"),
            first.as("since"),
            DSL.field(
                    "arrayJoin(arrayMap(i -> addMonths(toStartOfMonth({0}), i), range(toUInt32(dateDiff('month', {0}, ({1})) + 1))))",
                    first, DSL.select(DSL.max(STOCK_FLOW.businessDate)).from(STOCK_FLOW.table()))
                .as("month"))
        .from(STOCK_FLOW.table())
        .groupBy(STOCK_FLOW.store, STOCK_FLOW.goods);
  }

  private static Select<?> sums() {
    return DSL.select(
            STOCK_FLOW.store.as("store"),
            STOCK_FLOW.goods.as("goods"),
            STOCK_FLOW.month.as("month"),
            DSL.sum(STOCK_FLOW.received).as("received"),
            DSL.sum(STOCK_FLOW.transferredIn)
                .minus(DSL.sum(STOCK_FLOW.transferredOut))
                .as("transferred"),
            DSL.sum(STOCK_FLOW.writtenOff).as("written_off"),
            DSL.sum(STOCK_FLOW.sold).as("sold"),
            DSL.sum(STOCK_FLOW.returned).as("returned"),
            DSL.sum(STOCK_FLOW.change).as("change"),
            DSL.field(
                    "maxIf({0}, {1} IS NOT NULL)",
                    LocalDate.class, STOCK_FLOW.businessDate, STOCK_FLOW.counted)
                .as("counted_on"),
            DSL.field(
                    "if(countIf({2} IS NOT NULL) = 0, NULL, toDecimal128(argMaxIf(assumeNotNull({2}) + {3}, {0}, {2} IS NOT NULL)"
                        + " + arraySum(arrayMap(day -> if(day.1 > counted_on, day.2, toDecimal64(0, 3)), groupArray(({0}, {1})))), 3))",
                    STOCK_FLOW.businessDate,
                    STOCK_FLOW.change,
                    STOCK_FLOW.counted,
                    STOCK_FLOW.afterCount)
                .as("counted"))
        .from(STOCK_FLOW.table())
        .groupBy(STOCK_FLOW.store, STOCK_FLOW.goods, STOCK_FLOW.month);
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
