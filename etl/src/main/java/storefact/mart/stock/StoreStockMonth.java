package storefact.mart.stock;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.stock.StockAvailability.STOCK_AVAILABILITY;
import static storefact.mart.stock.StockMonth.STOCK_MONTH;
import static storefact.warehouse.jooq.dw.Tables.STORE;

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

/** One row per store and month: how well its shelves were filled, and what went missing. */
public final class StoreStockMonth extends Mart {
  private static final String BOOKS = "books_of";
  private static final String SHELVES = "shelves_of";

  /** The mart. */
  public static final StoreStockMonth STORE_STOCK_MONTH = new StoreStockMonth();

  public final MartColumn<String> store = column(Term.STORE, of(BOOKS, "store", String.class));
  public final MartColumn<LocalDate> month =
      column(Term.MONTH, of(BOOKS, "month", LocalDate.class));
  public final MartColumn<Long> days =
      column("days", COUNT, of(SHELVES, "days", Long.class))
          .unit("days")
          .label("shelf days", "货架天数")
          .about("Days of business times goods whose stock is kept");
  public final MartColumn<Long> daysOut =
      column("days_out", COUNT, of(SHELVES, "days_out", Long.class))
          .unit("days")
          .label("shelf days out of stock", "缺货货架天数")
          .about("Of these, those whose evening found less on hand than a line usually buys");
  public final MartColumn<Double> availability =
      column(
              "availability",
              RATIO_OR_NULL,
              ratioOrNull(days.own().minus(daysOut.own()), days.own()))
          .label("availability", "有货率")
          .about("Share of days with stock, null without business days");
  public final MartColumn<Double> lostSales =
      column("lost_sales", RATIO_OR_NULL, of(SHELVES, "lost_sales", Double.class))
          .unit("currency")
          .label("lost sales", "损失销售额")
          .about("Lost quantity at the mean net price of the month, null without a price");
  public final MartColumn<BigDecimal> writtenOff =
      column(Term.WRITTEN_OFF, of(BOOKS, "written_off", BigDecimal.class));
  public final MartColumn<BigDecimal> countDifference =
      column("count_difference", QUANTITY, of(BOOKS, "count_difference", BigDecimal.class))
          .unit("pieces or kg")
          .label("count difference", "盘点差异")
          .about("What counts found more, negative for less: shrinkage");

  private StoreStockMonth() {
    super(
        "store_stock_month",
        "One row per store and month: how well its shelves were filled, and what went missing",
        "每门店和月份一行：货架有货情况与损耗");
    owner("supply");
    freshWithin(Duration.ofHours(24));
    grain(store, month);
    partitionedByMonth(month);
  }

  private static <T> Field<T> of(String part, String column, Class<T> type) {
    return derived(part, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0}) AS {1} LEFT JOIN ({2}) AS {3} ON {3}.store = {1}.store AND {3}.month = {1}.month",
                books(slice), DSL.name(BOOKS), shelves(slice), DSL.name(SHELVES)));
  }

  private static Select<?> books(Slice slice) {
    return DSL.select(
            STOCK_MONTH.store.as("store"),
            STOCK_MONTH.month.as("month"),
            sum(STOCK_MONTH.writtenOff).as("written_off"),
            sum(STOCK_MONTH.countDifference).as("count_difference"))
        .from(STOCK_MONTH.table())
        .where(slice.covers(STOCK_MONTH.month))
        .groupBy(STOCK_MONTH.store, STOCK_MONTH.month);
  }

  private static Select<?> shelves(Slice slice) {
    return DSL.select(
            STOCK_AVAILABILITY.store.as("store"),
            STOCK_AVAILABILITY.month.as("month"),
            sum(STOCK_AVAILABILITY.days).as("days"),
            sum(STOCK_AVAILABILITY.daysOut).as("days_out"),
            sum(STOCK_AVAILABILITY.lostSales).as("lost_sales"))
        .from(STOCK_AVAILABILITY.table())
        .where(slice.covers(STOCK_AVAILABILITY.month))
        .groupBy(STOCK_AVAILABILITY.store, STOCK_AVAILABILITY.month);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.refersTo(store, STORE.STORE_, STORE),
        Check.between(availability, 0.0, 1.0),
        Check.same(
            name(),
            "sums equal the goods",
            DSL.select(month, sum(writtenOff), sum(countDifference)).from(table()).groupBy(month),
            DSL.select(
                    STOCK_MONTH.month,
                    sum(STOCK_MONTH.writtenOff),
                    sum(STOCK_MONTH.countDifference))
                .from(STOCK_MONTH.table())
                .groupBy(STOCK_MONTH.month)));
  }
}
