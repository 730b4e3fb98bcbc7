package storefact.mart.goods;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.MONEY_OR_NULL;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.TEXT;
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

/** One row per goods and business day with sales or returns, over all stores. */
public final class GoodsDay extends Mart {

  /** The mart. */
  public static final GoodsDay GOODS_DAY = new GoodsDay();

  public final MartColumn<String> goods =
      column("goods", TEXT, GOODS_SALES.goods).label("goods", "商品").about("Goods");
  public final MartColumn<LocalDate> businessDate =
      column("business_date", DATE, GOODS_SALES.businessDate)
          .label("business date", "营业日")
          .about("Business day of the sales and of the returns");
  public final MartColumn<Long> stores =
      column("stores", COUNT, countIf(GOODS_SALES.lines.gt(0L)))
          .unit("stores")
          .label("stores selling", "动销门店数")
          .about("Stores that sold it on the day");
  public final MartColumn<Long> lines =
      column("lines", COUNT, sum(GOODS_SALES.lines))
          .unit("lines")
          .label("lines", "行数")
          .about("Lines sold");
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, sum(GOODS_SALES.quantity.plus(GOODS_SALES.returnedQuantity)))
          .unit("pieces or kg")
          .label("quantity sold", "销售数量")
          .about("Quantity sold on the day, returns not taken off");
  public final MartColumn<BigDecimal> listSales =
      column("list_sales", MONEY, sum(GOODS_SALES.listSales))
          .unit("currency")
          .label("list sales", "原价销售额")
          .about("Sales before discounts of the chain and before returns");
  public final MartColumn<BigDecimal> retailDiscount =
      column("retail_discount", MONEY, sum(GOODS_SALES.retailDiscount))
          .unit("currency")
          .label("retail discount", "门店折扣")
          .about("Discount granted by the chain, loyalty card included");
  public final MartColumn<Double> discountRate =
      column("discount_rate", RATIO, ratio(retailDiscount.own(), listSales.own()))
          .unit("share")
          .label("discount rate", "折扣率")
          .about("Discount of the chain as a part of list sales");
  public final MartColumn<BigDecimal> netSales =
      column("net_sales", MONEY, sum(GOODS_SALES.netSales))
          .unit("currency")
          .label("net sales", "净销售额")
          .about("What the chain receives, less returns of the day");
  public final MartColumn<BigDecimal> cost =
      column("cost", MONEY_OR_NULL, sum(GOODS_SALES.cost))
          .unit("currency")
          .label("cost", "成本")
          .about("Cost of what was sold, null where nobody told it");
  public final MartColumn<BigDecimal> costedSales =
      column("costed_sales", MONEY, sum(GOODS_SALES.costedSales))
          .unit("currency")
          .label("net sales with cost", "有成本的净销售额")
          .about("Net sales where the cost is known: gross margin = this less cost");

  private GoodsDay() {
    super(
        "goods_day",
        "One row per goods and business day with sales or returns, over all stores",
        "每商品和有销售或退货的营业日一行，合计全部门店");
    owner("goods");
    freshWithin(Duration.ofHours(24));
    grain(goods, businessDate);
    partitionedByMonth(businessDate);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(GOODS_SALES.table())
        .where(slice.covers(GOODS_SALES.businessDate))
        .groupBy(GOODS_SALES.goods, GOODS_SALES.businessDate);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "sums equal the goods by store",
            DSL.select(monthOf(businessDate), sum(netSales), sum(listSales), sum(lines))
                .from(table())
                .groupBy(monthOf(businessDate)),
            DSL.select(
                    monthOf(GOODS_SALES.businessDate),
                    sum(GOODS_SALES.netSales),
                    sum(GOODS_SALES.listSales),
                    sum(GOODS_SALES.lines))
                .from(GOODS_SALES.table())
                .groupBy(monthOf(GOODS_SALES.businessDate))));
  }
}
