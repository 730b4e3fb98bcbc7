package storefact.mart.stock;

import static storefact.mart.ColumnType.DATE;
import static storefact.mart.stock.StockMovedMonth.STOCK_MOVED_MONTH;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
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
 * One row per store and goods whose stock is kept: anything of it was ever received, moved or
 * counted. Services have none.
 */
public final class StockedGoods extends Mart {
  /** The mart. */
  public static final StockedGoods STOCKED_GOODS = new StockedGoods();

  public final MartColumn<String> store = column(Term.STORE, STOCK_MOVED_MONTH.store);
  public final MartColumn<String> goods = column(Term.GOODS, STOCK_MOVED_MONTH.goods);
  public final MartColumn<LocalDate> firstMovedOn =
      column("first_moved_on", DATE, DSL.min(STOCK_MOVED_MONTH.firstMovedOn))
          .label("first moved on", "首次变动日")
          .about("Business day of the first movement or count");

  private StockedGoods() {
    super("stocked_goods", "One row per store and goods whose stock is kept", "每个有库存记录的门店和商品一行");
    owner("supply");
    freshWithin(Duration.ofHours(24));
    grain(store, goods);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(STOCK_MOVED_MONTH.table())
        .groupBy(STOCK_MOVED_MONTH.store, STOCK_MOVED_MONTH.goods);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.refersTo(store, STORE.STORE_, STORE),
        Check.refersTo(goods, GOODS.GOODS_, GOODS).asWarning());
  }
}
