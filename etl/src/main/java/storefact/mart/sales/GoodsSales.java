package storefact.mart.sales;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.asofLeftJoin;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.warehouse.jooq.dw.Tables.GOODS_HISTORY;
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
 * One row per store, business day and goods: what was sold and taken back, at what discounts and
 * what cost. The fact that most other statistics of goods are summed from: an eighth of the lines
 * or less, and additive in every column.
 */
public final class GoodsSales extends Mart {
  private static final String SOLD = "sold";
  private static final String UNIT_COST = "unit_cost";
  private static final Field<BigDecimal> COST =
      field(
          "round({0} * {1}, 2)",
          BigDecimal.class,
          derived(SOLD, "quantity", BigDecimal.class),
          derived(UNIT_COST, "unit_cost", BigDecimal.class));

  /** The mart. */
  public static final GoodsSales GOODS_SALES = new GoodsSales();

  public final MartColumn<String> store =
      column(Term.STORE_OF_TURNOVER, sold("store", String.class));
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, sold("business_date", LocalDate.class));
  public final MartColumn<String> goods = column(Term.GOODS, sold("goods", String.class));
  public final MartColumn<Long> lines = column(Term.LINES, sold("lines", Long.class));
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, sold("quantity", BigDecimal.class));
  public final MartColumn<BigDecimal> returnedQuantity =
      column(Term.RETURNED_QUANTITY, sold("returned_quantity", BigDecimal.class));
  public final MartColumn<BigDecimal> listSales =
      column(Term.LIST_SALES, sold("list_sales", BigDecimal.class));
  public final MartColumn<BigDecimal> retailDiscount =
      column(Term.RETAIL_DISCOUNT, sold("retail_discount", BigDecimal.class));
  public final MartColumn<BigDecimal> couponDiscount =
      column(Term.COUPON_DISCOUNT, sold("coupon_discount", BigDecimal.class));
  public final MartColumn<BigDecimal> couponMatchDiscount =
      column(Term.COUPON_MATCH_DISCOUNT, sold("coupon_match_discount", BigDecimal.class));
  public final MartColumn<BigDecimal> returns =
      column(Term.RETURNS, sold("returns", BigDecimal.class));
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, sold("net_sales", BigDecimal.class));
  public final MartColumn<BigDecimal> cost =
      column(Term.COST, COST)
          .about("Cost of the quantity at the unit cost of the day, null where nobody told it");
  public final MartColumn<BigDecimal> costedSales =
      column(
          Term.COSTED_SALES,
          field(
              "if({0} IS NULL, 0, {1})",
              BigDecimal.class, COST, sold("net_sales", BigDecimal.class)));

  private GoodsSales() {
    super(
        "goods_sales",
        "One row per store, business day and goods: what was sold and taken back, at what discounts and cost",
        "每门店、营业日和商品一行：销售、退货、折扣与成本");
    owner("sales");
    freshWithin(Duration.ofHours(1));
    grain(store, businessDate, goods);
    partitionedByMonth(businessDate);
  }

  /** Every column that may be summed over any of the others. */
  List<MartColumn<? extends Number>> additive() {
    return List.of(
        lines,
        quantity,
        returnedQuantity,
        listSales,
        retailDiscount,
        couponDiscount,
        couponMatchDiscount,
        returns,
        netSales,
        cost,
        costedSales);
  }

  private static <T> Field<T> sold(String column, Class<T> type) {
    return derived(SOLD, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    slice.describes(GOODS_HISTORY.GOODS, TURNOVER_LINE.GOODS);
    return selectColumns()
        .from(asofLeftJoin(sold(slice), SOLD, unitCosts(), UNIT_COST, sameGoodsFromThatDay()));
  }

  private static Select<?> sold(Slice slice) {
    return DSL.select(
            TURNOVER_LINE.STORE,
            TURNOVER_LINE.BUSINESS_DATE,
            TURNOVER_LINE.GOODS,
            countIf(TURNOVER_LINE.KIND.eq("sale")).as("lines"),
            sum(TURNOVER_LINE.QUANTITY).as("quantity"),
            sum(TURNOVER_LINE.RETURNED_QUANTITY).as("returned_quantity"),
            sum(TURNOVER_LINE.LIST_AMOUNT).as("list_sales"),
            sum(TURNOVER_LINE.RETAIL_DISCOUNT).as("retail_discount"),
            sum(TURNOVER_LINE.COUPON_DISCOUNT).as("coupon_discount"),
            sum(TURNOVER_LINE.COUPON_MATCH_DISCOUNT).as("coupon_match_discount"),
            sum(TURNOVER_LINE.RETURNED_AMOUNT).as("returns"),
            sum(TURNOVER_LINE.NET_AMOUNT).as("net_sales"))
        .from(TURNOVER_LINE)
        .where(slice.covers(TURNOVER_LINE.BUSINESS_DATE))
        .groupBy(TURNOVER_LINE.STORE, TURNOVER_LINE.BUSINESS_DATE, TURNOVER_LINE.GOODS);
  }

  /** A first row of goods holds before its day, too. */
  private static Select<?> unitCosts() {
    Field<LocalDate> first = min(GOODS_HISTORY.VALID_FROM).over().partitionBy(GOODS_HISTORY.GOODS);
    return DSL.select(
            GOODS_HISTORY.GOODS,
            GOODS_HISTORY.UNIT_COST,
            field("if({0} = {1}, toDate(0), {0})", LocalDate.class, GOODS_HISTORY.VALID_FROM, first)
                .as("holds_from"))
        .from(GOODS_HISTORY);
  }

  private static Condition sameGoodsFromThatDay() {
    return sold("goods", String.class)
        .eq(derived(UNIT_COST, "goods", String.class))
        .and(
            sold("business_date", LocalDate.class)
                .ge(derived(UNIT_COST, "holds_from", LocalDate.class)));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        NetSales.areListSalesLess(
            netSales, listSales, List.of(retailDiscount, couponMatchDiscount, returns)),
        Check.same(
            name(),
            "sums equal the lines",
            DSL.select(
                    monthOf(businessDate),
                    sum(netSales),
                    sum(listSales),
                    sum(quantity),
                    sum(returns),
                    sum(lines))
                .from(table())
                .groupBy(monthOf(businessDate)),
            DSL.select(
                    monthOf(TURNOVER_LINE.BUSINESS_DATE),
                    sum(TURNOVER_LINE.NET_AMOUNT),
                    sum(TURNOVER_LINE.LIST_AMOUNT),
                    sum(TURNOVER_LINE.QUANTITY),
                    sum(TURNOVER_LINE.RETURNED_AMOUNT),
                    countIf(TURNOVER_LINE.KIND.eq("sale")))
                .from(TURNOVER_LINE)
                .groupBy(monthOf(TURNOVER_LINE.BUSINESS_DATE))));
  }
}
