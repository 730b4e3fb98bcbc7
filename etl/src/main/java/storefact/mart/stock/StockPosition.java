package storefact.mart.stock;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY_OR_NULL;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.stock.StockAvailability.STOCK_AVAILABILITY;
import static storefact.mart.stock.StockFlow.STOCK_FLOW;
import static storefact.mart.stock.StockMonth.STOCK_MONTH;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
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
 * One row per store and goods whose stock is kept: what lies there now, its worth, its age, how
 * long it lasts and what to order.
 *
 * <p>Demand: mean and deviation of daily sales on days with stock, of the last month and the one
 * before. With lead time L, review every day (R = 1), service level 95 % (k = 1.645), reorder point
 * s = mean × (L + R) + k × deviation × √(L + R) and order-up-to level S = s + mean × 7: rule (R, s,
 * S) of Silver, Pyke, Thomas, Inventory and Production Management in Supply Chains, 4th ed. 2017,
 * chapter 6. What is on order already is not in the data and must be taken off by the reader.
 *
 * <p>Age: the oldest is sold first, so what lies there is of the newest deliveries.
 */
public final class StockPosition extends Mart {
  private static final String ROWS = "rows_of";

  private static final double SERVICE = 1.645;
  private static final int REVIEW_DAYS = 1;
  private static final int COVER_DAYS = 7;
  private static final int USUAL_LEAD_DAYS = 3;

  /** The mart. */
  public static final StockPosition STOCK_POSITION = new StockPosition();

  public final MartColumn<String> store = column(Term.STORE, of("store", String.class));
  public final MartColumn<String> goods = column(Term.GOODS, of("goods", String.class));
  public final MartColumn<LocalDate> asOf =
      column("as_of", DATE, of("as_of", LocalDate.class))
          .label("as of", "截至")
          .about("Last business day of all stock");
  public final MartColumn<BigDecimal> onHand =
      column("on_hand", QUANTITY, of("on_hand", BigDecimal.class))
          .unit("pieces or kg")
          .label("on hand", "库存")
          .about("What should lie there now");
  public final MartColumn<BigDecimal> stockValue =
      column("stock_value", MONEY_OR_NULL, of("stock_value", BigDecimal.class))
          .unit("currency")
          .label("stock value at cost", "库存金额（成本）")
          .about(
              "On hand at the unit cost of today, nothing for a stock below 0, null where nobody told a cost");
  public final MartColumn<Double> dailyDemand =
      column("daily_demand", RATIO_OR_NULL, of("daily_demand", Double.class))
          .unit("pieces or kg")
          .label("daily demand", "日均需求")
          .about(
              "Mean of daily sales on days with stock, of the last month and the one before; null without such a day");
  public final MartColumn<Double> demandDeviation =
      column("demand_deviation", RATIO_OR_NULL, of("demand_deviation", Double.class))
          .unit("pieces or kg")
          .label("deviation of demand", "需求标准差")
          .about("Standard deviation of the same");
  public final MartColumn<Double> daysOfSupply =
      column("days_of_supply", RATIO_OR_NULL, of("days_of_supply", Double.class))
          .unit("days")
          .label("days of supply", "可销天数")
          .about("On hand over daily demand, null without demand");
  public final MartColumn<Double> leadTime =
      column("lead_time", RATIO, of("lead_time", Double.class))
          .unit("days")
          .label("lead time", "补货周期")
          .about("Days from order to delivery, 3 where nobody told it");
  public final MartColumn<Double> reorderPoint =
      column("reorder_point", RATIO_OR_NULL, of("reorder_point", Double.class))
          .unit("pieces or kg")
          .label("reorder point", "再订货点")
          .about("Order where on hand is not above it");
  public final MartColumn<Double> orderQuantity =
      column("order_quantity", RATIO, of("order_quantity", Double.class))
          .unit("pieces or kg")
          .label("order quantity", "建议订货量")
          .about("What fills up to the order-up-to level, whole pieces; 0 above the reorder point");
  public final MartColumn<BigDecimal> ageTo30 =
      column("age_to_30", QUANTITY, of("age_to_30", BigDecimal.class))
          .unit("pieces or kg")
          .label("aged up to 30 days", "库龄30天内")
          .about("Of deliveries of the last 30 days");
  public final MartColumn<BigDecimal> ageTo60 =
      column("age_to_60", QUANTITY, of("age_to_60", BigDecimal.class))
          .unit("pieces or kg")
          .label("aged 31 to 60 days", "库龄31至60天")
          .about("Of deliveries of 31 to 60 days ago");
  public final MartColumn<BigDecimal> ageTo90 =
      column("age_to_90", QUANTITY, of("age_to_90", BigDecimal.class))
          .unit("pieces or kg")
          .label("aged 61 to 90 days", "库龄61至90天")
          .about("Of deliveries of 61 to 90 days ago");
  public final MartColumn<BigDecimal> ageOver90 =
      column("age_over_90", QUANTITY, of("age_over_90", BigDecimal.class))
          .unit("pieces or kg")
          .label("aged over 90 days", "库龄90天以上")
          .about("Older");

  private StockPosition() {
    super(
        "stock_position",
        "One row per store and goods: stock now, its worth and age, days of supply, what to order",
        "每门店和商品一行：现有库存、金额、库龄、可销天数与补货建议");
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
                "(SELECT *, if(days_in = 0, NULL, toFloat64(sold) / days_in) AS daily_demand,"
                    + " if(days_in < 2, NULL, sqrt(greatest(0, (squares - toFloat64(sold) * toFloat64(sold) / days_in) / (days_in - 1)))) AS demand_deviation,"
                    + " if(ifNull(daily_demand, 0) = 0, NULL, toFloat64(on_hand) / daily_demand) AS days_of_supply,"
                    + " ifNull(toFloat64(lead), {5}) AS lead_time,"
                    + " daily_demand * (lead_time + {6}) + {7} * demand_deviation * sqrt(lead_time + {6}) AS reorder_point,"
                    + " if(ifNull(daily_demand, 0) = 0 OR reorder_point IS NULL OR toFloat64(on_hand) > reorder_point, 0,"
                    + " ceil(assumeNotNull(reorder_point) + assumeNotNull(daily_demand) * {8} - toFloat64(on_hand))) AS order_quantity,"
                    + " greatest(on_hand, toDecimal64(0, 3)) AS lying,"
                    + " if(unit_cost IS NULL, NULL, round(lying * unit_cost, 2)) AS stock_value,"
                    + " least(lying, in_30) AS age_to_30, least(lying, in_60) - age_to_30 AS age_to_60,"
                    + " least(lying, in_90) - age_to_60 - age_to_30 AS age_to_90, lying - least(lying, in_90) AS age_over_90"
                    + " FROM ({0}) AS stock LEFT JOIN ({1}) AS demand USING (store, goods) LEFT JOIN ({2}) AS deliveries USING (store, goods) LEFT JOIN ({3}) AS described USING (goods)) AS {4}",
                stock(),
                demand(),
                deliveries(),
                DSL.select(
                        GOODS.GOODS_.as("goods"),
                        GOODS.UNIT_COST.as("unit_cost"),
                        GOODS.LEAD_TIME.as("lead"))
                    .from(GOODS),
                DSL.name(ROWS),
                DSL.inline(USUAL_LEAD_DAYS),
                DSL.inline(REVIEW_DAYS),
                DSL.inline(SERVICE),
                DSL.inline(COVER_DAYS)));
  }

  private static Field<LocalDate> lastDay() {
    return DSL.field(
        "({0})",
        LocalDate.class, DSL.select(DSL.max(STOCK_FLOW.businessDate)).from(STOCK_FLOW.table()));
  }

  private static Select<?> stock() {
    return DSL.select(
            STOCK_MONTH.store.as("store"),
            STOCK_MONTH.goods.as("goods"),
            lastDay().as("as_of"),
            STOCK_MONTH.closing.as("on_hand"))
        .from(STOCK_MONTH.table())
        .where(STOCK_MONTH.month.eq(DSL.field("toStartOfMonth({0})", LocalDate.class, lastDay())));
  }

  private static Select<?> demand() {
    return DSL.select(
            STOCK_AVAILABILITY.store.as("store"),
            STOCK_AVAILABILITY.goods.as("goods"),
            DSL.sum(STOCK_AVAILABILITY.quantityInStock).as("sold"),
            DSL.sum(STOCK_AVAILABILITY.squaresInStock).as("squares"),
            DSL.sum(STOCK_AVAILABILITY.days.minus(STOCK_AVAILABILITY.daysOut)).as("days_in"))
        .from(STOCK_AVAILABILITY.table())
        .where(
            STOCK_AVAILABILITY.month.ge(
                DSL.field("addMonths(toStartOfMonth({0}), -1)", LocalDate.class, lastDay())))
        .groupBy(STOCK_AVAILABILITY.store, STOCK_AVAILABILITY.goods);
  }

  private static Select<?> deliveries() {
    return DSL.select(
            STOCK_FLOW.store.as("store"),
            STOCK_FLOW.goods.as("goods"),
            within(30).as("in_30"),
            within(60).as("in_60"),
            within(90).as("in_90"))
        .from(STOCK_FLOW.table())
        .where(STOCK_FLOW.businessDate.ge(DSL.field("{0} - 90", LocalDate.class, lastDay())))
        .groupBy(STOCK_FLOW.store, STOCK_FLOW.goods);
  }

  private static Field<BigDecimal> within(int days) {
    return DSL.field(
        "sumIf({0} + {1}, {2} >= {3} - {4})",
        BigDecimal.class,
        STOCK_FLOW.received,
        STOCK_FLOW.transferredIn,
        STOCK_FLOW.businessDate,
        lastDay(),
        DSL.inline(days));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "on hand equals the ledger of movements",
            DSL.select(store, goods, onHand).from(table()),
            DSL.select(STOCK_ON_HAND.STORE, STOCK_ON_HAND.GOODS, STOCK_ON_HAND.QUANTITY)
                .from(STOCK_ON_HAND)),
        Check.none(
            this,
            "ages sum to the stock",
            DSL.selectFrom(table())
                .where(onHand.own().gt(BigDecimal.ZERO))
                .and(
                    ageTo30
                        .own()
                        .plus(ageTo60.own())
                        .plus(ageTo90.own())
                        .plus(ageOver90.own())
                        .ne(onHand.own()))),
        Check.none(
            this,
            "no order is negative",
            DSL.selectFrom(table()).where(orderQuantity.own().lt(0.0))));
  }
}
