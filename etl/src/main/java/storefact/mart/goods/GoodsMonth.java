package storefact.mart.goods;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.goods.GoodsWeek.GOODS_WEEK;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;

import java.math.BigDecimal;
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

/** One row per store, goods and month with sales or returns. */
public final class GoodsMonth extends Mart {

  /** The mart. */
  public static final GoodsMonth GOODS_MONTH = new GoodsMonth();

  public final MartColumn<String> store = column(Term.STORE, GOODS_WEEK.store);
  public final MartColumn<String> goods = column(Term.GOODS, GOODS_WEEK.goods);
  public final MartColumn<LocalDate> month = column(Term.MONTH, GOODS_WEEK.month);
  public final MartColumn<LocalDate> firstSale =
      column(Term.FIRST_SALE, min(GOODS_WEEK.firstSale))
          .about("First business day of the month with a sale, null with returns only");
  public final MartColumn<LocalDate> lastSale =
      column(Term.LAST_SALE, max(GOODS_WEEK.lastSale))
          .about("Last business day of the month with a sale, null with returns only");
  public final MartColumn<Long> daysSold =
      column("days_sold", COUNT, sum(GOODS_WEEK.daysSold))
          .unit("days")
          .label("days sold", "动销天数")
          .about("Business days with a sale");
  public final MartColumn<Long> lines = column(Term.LINES, sum(GOODS_WEEK.lines));
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, sum(GOODS_WEEK.quantity));
  public final MartColumn<BigDecimal> returnedQuantity =
      column(Term.RETURNED_QUANTITY, sum(GOODS_WEEK.returnedQuantity))
          .about("Quantity returned in the month");
  public final MartColumn<BigDecimal> listSales =
      column(Term.LIST_SALES, sum(GOODS_WEEK.listSales));
  public final MartColumn<BigDecimal> retailDiscount =
      column(Term.RETAIL_DISCOUNT, sum(GOODS_WEEK.retailDiscount));
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES_OF_MONTH, sum(GOODS_WEEK.netSales));
  public final MartColumn<BigDecimal> cost = column(Term.COST, sum(GOODS_WEEK.cost));
  public final MartColumn<BigDecimal> costedSales =
      column(Term.COSTED_SALES, sum(GOODS_WEEK.costedSales));
  public final MartColumn<Double> marginRate =
      column(
              "margin_rate",
              RATIO_OR_NULL,
              field(
                  "if({0} = 0, NULL, toFloat64({0} - {1}) / toFloat64({0}))",
                  Double.class, costedSales.own(), cost.own()))
          .unit("share")
          .label("margin rate", "毛利率")
          .about("Gross margin as a part of net sales with cost, null without cost");

  private GoodsMonth() {
    super(
        "goods_month",
        "One row per store, goods and month with sales or returns",
        "每门店、商品和有销售或退货的月份一行");
    owner("goods");
    freshWithin(Duration.ofHours(24));
    grain(store, goods, month);
    partitionedByMonth(month);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(GOODS_WEEK.table())
        .where(slice.covers(GOODS_WEEK.month))
        .groupBy(GOODS_WEEK.store, GOODS_WEEK.goods, GOODS_WEEK.month);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "sums equal the goods by day",
            DSL.select(month, sum(netSales), sum(quantity), sum(lines), sum(costedSales))
                .from(table())
                .groupBy(month),
            DSL.select(
                    monthOf(GOODS_SALES.businessDate),
                    sum(GOODS_SALES.netSales),
                    sum(GOODS_SALES.quantity),
                    sum(GOODS_SALES.lines),
                    sum(GOODS_SALES.costedSales))
                .from(GOODS_SALES.table())
                .groupBy(monthOf(GOODS_SALES.businessDate))));
  }
}
