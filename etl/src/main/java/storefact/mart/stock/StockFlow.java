package storefact.mart.stock;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.QUANTITY_OR_NULL;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.mart.stock.StockedGoods.STOCKED_GOODS;
import static storefact.warehouse.jooq.dw.Tables.STOCK_MOVEMENT;
import static storefact.warehouse.jooq.dw.Tables.STORE;
import static storefact.warehouse.jooq.dw.Tables.TURNOVER_LINE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per store, business day and goods on which stock moved, was sold, came back or was
 * counted.
 *
 * <p>Moments order a count within its business day; between days the business day does.
 */
public final class StockFlow extends Mart {
  private static final String ROWS = "rows_of";

  private static final Field<BigDecimal> SIGNED =
      DSL.field(
          "if({0} IN ('receipt', 'transfer_in'), {1}, -{1})",
          BigDecimal.class, STOCK_MOVEMENT.KIND, STOCK_MOVEMENT.QUANTITY);

  /** The mart. */
  public static final StockFlow STOCK_FLOW = new StockFlow();

  public final MartColumn<String> store = column(Term.STORE, of("store", String.class));
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, of("business_date", LocalDate.class)).about("Business day");
  public final MartColumn<String> goods = column(Term.GOODS, of("goods", String.class));
  public final MartColumn<LocalDate> month =
      column(
          Term.MONTH,
          DSL.field("toStartOfMonth({0})", LocalDate.class, of("business_date", LocalDate.class)));
  public final MartColumn<BigDecimal> received =
      column(Term.RECEIVED, of("received", BigDecimal.class));
  public final MartColumn<BigDecimal> transferredIn =
      column("transferred_in", QUANTITY, of("transferred_in", BigDecimal.class))
          .unit("pieces or kg")
          .label("transferred in", "调入")
          .about("From other stores");
  public final MartColumn<BigDecimal> transferredOut =
      column("transferred_out", QUANTITY, of("transferred_out", BigDecimal.class))
          .unit("pieces or kg")
          .label("transferred out", "调出")
          .about("To other stores");
  public final MartColumn<BigDecimal> writtenOff =
      column(Term.WRITTEN_OFF, of("written_off", BigDecimal.class));
  public final MartColumn<BigDecimal> sold = column(Term.SOLD, of("sold", BigDecimal.class));
  public final MartColumn<BigDecimal> returned =
      column(Term.RETURNED, of("returned", BigDecimal.class));
  public final MartColumn<BigDecimal> change = column(Term.CHANGE, of("change", BigDecimal.class));
  public final MartColumn<BigDecimal> counted =
      column("counted", QUANTITY_OR_NULL, of("counted", BigDecimal.class))
          .unit("pieces or kg")
          .label("counted", "盘点数量")
          .about("What the last count of the day found, null without a count");
  public final MartColumn<BigDecimal> afterCount =
      column("after_count", QUANTITY, of("after_count", BigDecimal.class))
          .unit("pieces or kg")
          .label("after the count", "盘点后变动")
          .about("Part of the change that came after that count, 0 without one");

  private StockFlow() {
    super(
        "stock_flow",
        "One row per store, business day and goods whose stock moved: in, out, sold, brought back, counted",
        "每门店、营业日和商品一行：库存的入、出、销售、退回与盘点");
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
                "(SELECT *, received + transferred_in - transferred_out - written_off - sold + returned AS change"
                    + " FROM (SELECT store, business_date, goods, sum(received) AS received, sum(transferred_in) AS transferred_in,"
                    + " sum(transferred_out) AS transferred_out, sum(written_off) AS written_off, sum(sold) AS sold, sum(returned) AS returned"
                    + " FROM ({0} UNION ALL {1}) GROUP BY store, business_date, goods) AS flows"
                    + " LEFT JOIN ({2}) AS counts USING (store, business_date, goods)) AS {3}",
                movements(slice), sales(slice), counts(slice), DSL.name(ROWS)));
  }

  private static Select<?> movements(Slice slice) {
    return DSL.select(
            STOCK_MOVEMENT.STORE.as("store"),
            STOCK_MOVEMENT.BUSINESS_DATE.as("business_date"),
            STOCK_MOVEMENT.GOODS.as("goods"),
            quantity(STOCK_MOVEMENT.KIND.eq("receipt")).as("received"),
            quantity(STOCK_MOVEMENT.KIND.eq("transfer_in")).as("transferred_in"),
            quantity(STOCK_MOVEMENT.KIND.eq("transfer_out")).as("transferred_out"),
            quantity(STOCK_MOVEMENT.KIND.notIn("receipt", "transfer_in", "transfer_out", "count"))
                .as("written_off"),
            DSL.field("toDecimal64(0, 3)").as("sold"),
            DSL.field("toDecimal64(0, 3)").as("returned"))
        .from(STOCK_MOVEMENT)
        .where(slice.covers(STOCK_MOVEMENT.BUSINESS_DATE));
  }

  private static Field<BigDecimal> quantity(Condition kind) {
    return DSL.field(
        "if({0}, {1}, toDecimal64(0, 3))", BigDecimal.class, kind, STOCK_MOVEMENT.QUANTITY);
  }

  private static Select<?> sales(Slice slice) {
    Field<String> none = DSL.field("toDecimal64(0, 3)", String.class);
    return DSL.select(
            GOODS_SALES.store,
            GOODS_SALES.businessDate,
            GOODS_SALES.goods,
            none,
            none,
            none,
            none,
            GOODS_SALES.quantity.plus(GOODS_SALES.returnedQuantity),
            GOODS_SALES.returnedQuantity)
        .from(GOODS_SALES.table())
        .join(STOCKED_GOODS.table())
        .on(slice.joins(STOCKED_GOODS.goods, GOODS_SALES.goods))
        .and(STOCKED_GOODS.store.eq(GOODS_SALES.store))
        .where(slice.covers(GOODS_SALES.businessDate));
  }

  /**
   * Only here do moments matter, and only lines of the goods that were counted are read for them.
   */
  private static Select<?> counts(Slice slice) {
    return DSL.select(
            DSL.field("store"),
            DSL.field("business_date"),
            DSL.field("goods"),
            DSL.field("any(last_count.counted)").as("counted"),
            DSL.field("sumIf(moved.change, moved.at > last_count.counted_at)").as("after_count"))
        .from(
            DSL.table(
                "({0}) AS last_count LEFT JOIN ({1} UNION ALL {2}) AS moved USING (store, business_date, goods)",
                DSL.select(
                        STOCK_MOVEMENT.STORE.as("store"),
                        STOCK_MOVEMENT.BUSINESS_DATE.as("business_date"),
                        STOCK_MOVEMENT.GOODS.as("goods"),
                        DSL.field(
                                "toNullable(argMax({0}, ({1}, {2})))",
                                STOCK_MOVEMENT.QUANTITY, STOCK_MOVEMENT.AT, STOCK_MOVEMENT.MOVEMENT)
                            .as("counted"),
                        DSL.max(STOCK_MOVEMENT.AT).as("counted_at"))
                    .from(STOCK_MOVEMENT)
                    .where(slice.covers(STOCK_MOVEMENT.BUSINESS_DATE))
                    .and(STOCK_MOVEMENT.KIND.eq("count"))
                    .groupBy(
                        STOCK_MOVEMENT.STORE, STOCK_MOVEMENT.BUSINESS_DATE, STOCK_MOVEMENT.GOODS),
                DSL.select(
                        STOCK_MOVEMENT.STORE.as("store"),
                        STOCK_MOVEMENT.BUSINESS_DATE.as("business_date"),
                        STOCK_MOVEMENT.GOODS.as("goods"),
                        STOCK_MOVEMENT.AT.as("at"),
                        SIGNED.as("change"))
                    .from(STOCK_MOVEMENT)
                    .where(slice.covers(STOCK_MOVEMENT.BUSINESS_DATE))
                    .and(STOCK_MOVEMENT.KIND.ne("count")),
                DSL.select(
                        TURNOVER_LINE.STORE,
                        TURNOVER_LINE.BUSINESS_DATE,
                        TURNOVER_LINE.GOODS,
                        TURNOVER_LINE.AT,
                        TURNOVER_LINE.QUANTITY.neg())
                    .from(TURNOVER_LINE)
                    .where(slice.covers(TURNOVER_LINE.BUSINESS_DATE))
                    .and(
                        DSL.row(
                                TURNOVER_LINE.STORE,
                                TURNOVER_LINE.BUSINESS_DATE,
                                TURNOVER_LINE.GOODS)
                            .in(
                                DSL.select(
                                        STOCK_MOVEMENT.STORE,
                                        STOCK_MOVEMENT.BUSINESS_DATE,
                                        STOCK_MOVEMENT.GOODS)
                                    .from(STOCK_MOVEMENT)
                                    .where(slice.covers(STOCK_MOVEMENT.BUSINESS_DATE))
                                    .and(STOCK_MOVEMENT.KIND.eq("count"))))))
        .groupBy(DSL.field("store"), DSL.field("business_date"), DSL.field("goods"));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.refersTo(store, STORE.STORE_, STORE),
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
                                .plus(transferredIn.own())
                                .minus(transferredOut.own())
                                .minus(writtenOff.own())
                                .minus(sold.own())
                                .plus(returned.own())))),
        Check.same(
            name(),
            "sold and returned equal the goods sales",
            DSL.select(month, DSL.sum(sold), DSL.sum(returned))
                .from(table())
                .groupBy(month)
                .having(
                    DSL.sum(sold).ne(BigDecimal.ZERO).or(DSL.sum(returned).ne(BigDecimal.ZERO))),
            DSL.select(
                    monthOf(GOODS_SALES.businessDate),
                    DSL.sum(GOODS_SALES.quantity.plus(GOODS_SALES.returnedQuantity)),
                    DSL.sum(GOODS_SALES.returnedQuantity))
                .from(GOODS_SALES.table())
                .where(
                    DSL.row(GOODS_SALES.store, GOODS_SALES.goods)
                        .in(
                            DSL.select(STOCKED_GOODS.store, STOCKED_GOODS.goods)
                                .from(STOCKED_GOODS.table())))
                .groupBy(monthOf(GOODS_SALES.businessDate))
                .having(
                    DSL.sum(GOODS_SALES.quantity.plus(GOODS_SALES.returnedQuantity))
                        .ne(BigDecimal.ZERO)
                        .or(DSL.sum(GOODS_SALES.returnedQuantity).ne(BigDecimal.ZERO)))));
  }
}
