package storefact.mart.goods;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.DATE_OR_NULL;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.MONEY_OR_NULL;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.ColumnType.TEXT;
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

/** One row per store, goods and month with sales or returns. */
public final class GoodsMonth extends Mart {

  /** The mart. */
  public static final GoodsMonth GOODS_MONTH = new GoodsMonth();

  public final MartColumn<String> store =
      column("store", CODE, GOODS_WEEK.store).label("store", "门店").about("Store");
  public final MartColumn<String> goods =
      column("goods", TEXT, GOODS_WEEK.goods).label("goods", "商品").about("Goods");
  public final MartColumn<LocalDate> month =
      column("month", DATE, GOODS_WEEK.month).label("month", "月份").about("First day of the month");
  public final MartColumn<LocalDate> firstSale =
      column("first_sale", DATE_OR_NULL, min(GOODS_WEEK.firstSale))
          .label("first sale", "首次销售日")
          .about("First business day of the month with a sale, null with returns only");
  public final MartColumn<LocalDate> lastSale =
      column("last_sale", DATE_OR_NULL, max(GOODS_WEEK.lastSale))
          .label("last sale", "最近销售日")
          .about("Last business day of the month with a sale, null with returns only");
  public final MartColumn<Long> daysSold =
      column("days_sold", COUNT, sum(GOODS_WEEK.daysSold))
          .unit("days")
          .label("days sold", "动销天数")
          .about("Business days with a sale");
  public final MartColumn<Long> lines =
      column("lines", COUNT, sum(GOODS_WEEK.lines))
          .unit("lines")
          .label("lines", "行数")
          .about("Lines sold");
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, sum(GOODS_WEEK.quantity))
          .unit("pieces or kg")
          .label("quantity", "数量")
          .about("Quantity sold less quantity returned");
  public final MartColumn<BigDecimal> returnedQuantity =
      column("returned_quantity", QUANTITY, sum(GOODS_WEEK.returnedQuantity))
          .unit("pieces or kg")
          .label("returned quantity", "退货数量")
          .about("Quantity returned in the month");
  public final MartColumn<BigDecimal> listSales =
      column("list_sales", MONEY, sum(GOODS_WEEK.listSales))
          .unit("currency")
          .label("list sales", "原价销售额")
          .about("Sales before discounts of the chain and before returns");
  public final MartColumn<BigDecimal> retailDiscount =
      column("retail_discount", MONEY, sum(GOODS_WEEK.retailDiscount))
          .unit("currency")
          .label("retail discount", "门店折扣")
          .about("Discount granted by the chain, loyalty card included");
  public final MartColumn<BigDecimal> netSales =
      column("net_sales", MONEY, sum(GOODS_WEEK.netSales))
          .unit("currency")
          .label("net sales", "净销售额")
          .about("What the chain receives, less returns of the month");
  public final MartColumn<BigDecimal> cost =
      column("cost", MONEY_OR_NULL, sum(GOODS_WEEK.cost))
          .unit("currency")
          .label("cost", "成本")
          .about("Cost of what was sold, null where nobody told it");
  public final MartColumn<BigDecimal> costedSales =
      column("costed_sales", MONEY, sum(GOODS_WEEK.costedSales))
          .unit("currency")
          .label("net sales with cost", "有成本的净销售额")
          .about("Net sales where the cost is known: gross margin = this less cost");
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
