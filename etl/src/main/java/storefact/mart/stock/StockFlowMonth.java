package storefact.mart.stock;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.minIf;
import static storefact.mart.ColumnType.DATE_OR_NULL;
import static storefact.mart.ColumnType.QUANTITY_OR_NULL;
import static storefact.mart.stock.StockFlow.STOCK_FLOW;

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
 * One row per store, goods and month in which its stock moved: the flow of the month, and where its
 * last count left it. What {@link StockMonth} carries from month to month.
 */
public final class StockFlowMonth extends Mart {
  private static final String ROWS = "rows_of";

  /** The mart. */
  public static final StockFlowMonth STOCK_FLOW_MONTH = new StockFlowMonth();

  public final MartColumn<String> store = column(Term.STORE, of("store", String.class));
  public final MartColumn<String> goods = column(Term.GOODS, of("goods", String.class));
  public final MartColumn<LocalDate> month = column(Term.MONTH, of("month", LocalDate.class));
  public final MartColumn<LocalDate> firstMovedOn =
      column("first_moved_on", DATE_OR_NULL, of("first_moved_on", LocalDate.class))
          .label("first moved on", "首次变动日")
          .about(
              "First business day of the month with a movement or count, null where it only sold");
  public final MartColumn<BigDecimal> received =
      column(Term.RECEIVED, of("received", BigDecimal.class));
  public final MartColumn<BigDecimal> transferred =
      column(Term.TRANSFERRED, of("transferred", BigDecimal.class));
  public final MartColumn<BigDecimal> writtenOff =
      column(Term.WRITTEN_OFF, of("written_off", BigDecimal.class));
  public final MartColumn<BigDecimal> sold = column(Term.SOLD, of("sold", BigDecimal.class));
  public final MartColumn<BigDecimal> returned =
      column(Term.RETURNED, of("returned", BigDecimal.class));
  public final MartColumn<BigDecimal> change = column(Term.CHANGE, of("change", BigDecimal.class));
  public final MartColumn<BigDecimal> counted =
      column("counted_close", QUANTITY_OR_NULL, of("counted_close", BigDecimal.class))
          .unit("pieces or kg")
          .label("close by count", "按盘点期末")
          .about(
              "On hand after the month: its last count and what came after; null without a count");

  private StockFlowMonth() {
    super(
        "stock_flow_month",
        "One row per store, goods and month whose stock moved: in, out, sold, brought back, and where the last count left it",
        "每门店、商品和有变动的月份一行：库存的入、出、销售、退回与盘点后结存");
    owner("supply");
    freshWithin(Duration.ofHours(24));
    grain(store, goods, month);
    partitionedByMonth(month);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(ROWS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns().from(DSL.table("({0}) AS {1}", sums(slice), DSL.name(ROWS)));
  }

  private static Select<?> sums(Slice slice) {
    return DSL.select(
            STOCK_FLOW.store.as("store"),
            STOCK_FLOW.goods.as("goods"),
            STOCK_FLOW.month.as("month"),
            minIf(
                    STOCK_FLOW.businessDate,
                    DSL.condition(
                        "{0} != 0 OR {1} != 0 OR {2} != 0 OR {3} != 0 OR {4} IS NOT NULL",
                        STOCK_FLOW.received,
                        STOCK_FLOW.transferredIn,
                        STOCK_FLOW.transferredOut,
                        STOCK_FLOW.writtenOff,
                        STOCK_FLOW.counted))
                .as("first_moved_on"),
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
                .as("counted_close"))
        .from(STOCK_FLOW.table())
        .where(slice.covers(STOCK_FLOW.businessDate))
        .groupBy(STOCK_FLOW.store, STOCK_FLOW.goods, STOCK_FLOW.month);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.none(
            this,
            "change = in - out",
            DSL.selectFrom(table())
                .where(
                    change
                        .own()
                        .ne(
                            received
                                .own()
                                .plus(transferred.own())
                                .minus(writtenOff.own())
                                .minus(sold.own())
                                .plus(returned.own())))));
  }
}
