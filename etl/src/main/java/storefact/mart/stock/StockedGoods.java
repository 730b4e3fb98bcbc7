package storefact.mart.stock;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ColumnType.DATE;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.STOCK_MOVEMENT;
import static storefact.warehouse.jooq.dw.Tables.STORE;

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
 * One row per store and goods whose stock is kept: anything of it was ever received, moved or
 * counted. Services have none.
 */
public final class StockedGoods extends Mart {
  private static final String ROWS = "rows_of";

  /** The mart. */
  public static final StockedGoods STOCKED_GOODS = new StockedGoods();

  public final MartColumn<String> store = column(Term.STORE, of("store", String.class));
  public final MartColumn<String> goods = column(Term.GOODS, of("goods", String.class));
  public final MartColumn<LocalDate> firstMovedOn =
      column("first_moved_on", DATE, of("first_moved_on", LocalDate.class))
          .label("first moved on", "首次变动日")
          .about("Business day of the first movement or count");

  private StockedGoods() {
    super("stocked_goods", "One row per store and goods whose stock is kept", "每个有库存记录的门店和商品一行");
    owner("supply");
    freshWithin(Duration.ofHours(24));
    grain(store, goods);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(ROWS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0}) AS {1}",
                DSL.select(
                        STOCK_MOVEMENT.STORE.as("store"),
                        STOCK_MOVEMENT.GOODS.as("goods"),
                        DSL.min(STOCK_MOVEMENT.BUSINESS_DATE).as("first_moved_on"))
                    .from(STOCK_MOVEMENT)
                    .groupBy(STOCK_MOVEMENT.STORE, STOCK_MOVEMENT.GOODS),
                DSL.name(ROWS)));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.refersTo(store, STORE.STORE_, STORE),
        Check.refersTo(goods, GOODS.GOODS_, GOODS).asWarning());
  }
}
