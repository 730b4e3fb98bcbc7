package storefact.mart.stock;

import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.DATE;
import static storefact.warehouse.jooq.dw.Tables.STOCK_MOVEMENT;
import static storefact.warehouse.jooq.dw.Tables.STORE;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per month, store and goods of which anything was received, moved or counted: a third of
 * the movements, and a new day touches one month of it.
 */
public final class StockMovedMonth extends Mart {
  /** The mart. */
  public static final StockMovedMonth STOCK_MOVED_MONTH = new StockMovedMonth();

  public final MartColumn<String> store = column(Term.STORE, STOCK_MOVEMENT.STORE);
  public final MartColumn<String> goods = column(Term.GOODS, STOCK_MOVEMENT.GOODS);
  public final MartColumn<LocalDate> month =
      column(Term.MONTH, monthOf(STOCK_MOVEMENT.BUSINESS_DATE));
  public final MartColumn<LocalDate> firstMovedOn =
      column("first_moved_on", DATE, DSL.min(STOCK_MOVEMENT.BUSINESS_DATE))
          .label("first moved on", "首次变动日")
          .about("Business day of the first movement or count of the month");

  private StockMovedMonth() {
    super(
        "stock_moved_month",
        "One row per month, store and goods with a movement or count of stock",
        "每月份、门店和有库存变动或盘点的商品一行");
    owner("supply");
    freshWithin(Duration.ofHours(24));
    grain(store, goods, month);
    partitionedByMonth(month);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(STOCK_MOVEMENT)
        .where(slice.covers(STOCK_MOVEMENT.BUSINESS_DATE))
        .groupBy(STOCK_MOVEMENT.STORE, STOCK_MOVEMENT.GOODS, monthOf(STOCK_MOVEMENT.BUSINESS_DATE));
  }

  @Override
  protected List<Check> checks() {
    return List.of(Check.refersTo(store, STORE.STORE_, STORE));
  }
}
