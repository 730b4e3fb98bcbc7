package storefact.mart.stock;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.stock.StockFlow.STOCK_FLOW;
import static storefact.mart.stock.StockMonth.STOCK_MONTH;

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
 * One row per store, business day and goods whose stock moved: opening and closing. On other days
 * the closing of the last row before holds.
 */
public final class StockDay extends Mart {
  private static final String ROWS = "rows_of";

  /** The mart. */
  public static final StockDay STOCK_DAY = new StockDay();

  public final MartColumn<String> store = column(Term.STORE, of("store", String.class));
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, of("business_date", LocalDate.class)).about("Business day");
  public final MartColumn<String> goods = column(Term.GOODS, of("goods", String.class));
  public final MartColumn<LocalDate> month = column(Term.MONTH, of("month", LocalDate.class));
  public final MartColumn<BigDecimal> opening =
      column("opening", QUANTITY, of("opening", BigDecimal.class))
          .unit("pieces or kg")
          .label("opening", "期初库存")
          .about("On hand in the morning");
  public final MartColumn<BigDecimal> change =
      column(Term.CHANGE, of("change", BigDecimal.class)).about("In less out");
  public final MartColumn<BigDecimal> sold = column(Term.SOLD, of("sold", BigDecimal.class));
  public final MartColumn<BigDecimal> countDifference =
      column(
              "count_difference",
              QUANTITY,
              DSL.field(
                  "{0} - {1} - {2}",
                  BigDecimal.class,
                  of("closing", BigDecimal.class),
                  of("opening", BigDecimal.class),
                  of("change", BigDecimal.class)))
          .unit("pieces or kg")
          .label("count difference", "盘点差异")
          .about("What a count found more, negative for less");
  public final MartColumn<BigDecimal> closing =
      column("closing", QUANTITY, of("closing", BigDecimal.class))
          .unit("pieces or kg")
          .label("closing", "期末库存")
          .about("On hand in the evening");

  private StockDay() {
    super(
        "stock_day",
        "One row per store, business day and goods whose stock moved: opening, change, correction by counts, closing",
        "每门店、营业日和商品一行：期初、变动、盘点差异、期末");
    owner("supply");
    freshWithin(Duration.ofHours(24));
    grain(store, businessDate, goods);
    partitionedByMonth(businessDate);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(ROWS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT *, lagInFrame(closing, 1, of_month) OVER (PARTITION BY store, goods, month ORDER BY business_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS opening FROM"
                    + " (SELECT *, if(counts = 0, of_month, toDecimal64(0, 3)) + sum(ifNull(counted + after_count, change)) OVER (PARTITION BY store, goods, month, counts ORDER BY business_date) AS closing FROM"
                    + " ({0}))) AS {1}",
                DSL.select(
                        STOCK_FLOW.store.as("store"),
                        STOCK_FLOW.goods.as("goods"),
                        STOCK_FLOW.month.as("month"),
                        STOCK_FLOW.businessDate.as("business_date"),
                        STOCK_FLOW.change.as("change"),
                        STOCK_FLOW.sold.as("sold"),
                        STOCK_FLOW.counted.as("counted"),
                        STOCK_FLOW.afterCount.as("after_count"),
                        STOCK_MONTH.opening.as("of_month"),
                        DSL.field(
                                "countIf({0} IS NOT NULL) OVER (PARTITION BY {1}, {2}, {3} ORDER BY {4})",
                                STOCK_FLOW.counted,
                                STOCK_FLOW.store,
                                STOCK_FLOW.goods,
                                STOCK_FLOW.month,
                                STOCK_FLOW.businessDate)
                            .as("counts"))
                    .from(STOCK_FLOW.table())
                    .join(STOCK_MONTH.table())
                    // By the month: tomorrow's sales change the opening of months to come only.
                    .on(STOCK_MONTH.month.eq(STOCK_FLOW.month))
                    .and(slice.covers(STOCK_MONTH.month))
                    .and(STOCK_MONTH.store.eq(STOCK_FLOW.store))
                    .and(STOCK_MONTH.goods.eq(STOCK_FLOW.goods))
                    .where(slice.covers(STOCK_FLOW.businessDate)),
                DSL.name(ROWS)));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "every month closes as the month does",
            DSL.select(store, goods, month, DSL.field("argMax({0}, {1})", closing, businessDate))
                .from(table())
                .groupBy(store, goods, month),
            DSL.select(STOCK_MONTH.store, STOCK_MONTH.goods, STOCK_MONTH.month, STOCK_MONTH.closing)
                .from(STOCK_MONTH.table())
                .where(
                    DSL.row(STOCK_MONTH.store, STOCK_MONTH.goods, STOCK_MONTH.month)
                        .in(DSL.select(store, goods, month).from(table())))),
        Check.none(
                this,
                "nothing below 0",
                DSL.selectFrom(table()).where(closing.own().lt(BigDecimal.ZERO)))
            .asWarning());
  }
}
