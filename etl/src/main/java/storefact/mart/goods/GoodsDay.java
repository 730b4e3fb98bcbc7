package storefact.mart.goods;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
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

/** One row per goods and business day with sales or returns, over all stores. */
public final class GoodsDay extends Mart {

  /** The mart. */
  public static final GoodsDay GOODS_DAY = new GoodsDay();

  public final MartColumn<String> goods = column(Term.GOODS, GOODS_SALES.goods);
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, GOODS_SALES.businessDate);
  public final MartColumn<Long> stores =
      column("stores", COUNT, countIf(GOODS_SALES.lines.gt(0L)))
          .unit("stores")
          .label("stores selling", "动销门店数")
          .about("Stores that sold it on the day");
  public final MartColumn<Long> lines = column(Term.LINES, sum(GOODS_SALES.lines));
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, sum(GOODS_SALES.quantity.plus(GOODS_SALES.returnedQuantity)))
          .unit("pieces or kg")
          .label("quantity sold", "销售数量")
          .about("Quantity sold on the day, returns not taken off");
  public final MartColumn<BigDecimal> listSales =
      column(Term.LIST_SALES, sum(GOODS_SALES.listSales));
  public final MartColumn<BigDecimal> retailDiscount =
      column(Term.RETAIL_DISCOUNT, sum(GOODS_SALES.retailDiscount));
  public final MartColumn<Double> discountRate =
      column("discount_rate", RATIO, ratio(retailDiscount.own(), listSales.own()))
          .unit("share")
          .label("discount rate", "折扣率")
          .about("Discount of the chain as a part of list sales");
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, sum(GOODS_SALES.netSales))
          .about("What the chain receives, less returns of the day");
  public final MartColumn<BigDecimal> cost = column(Term.COST, sum(GOODS_SALES.cost));
  public final MartColumn<BigDecimal> costedSales =
      column(Term.COSTED_SALES, sum(GOODS_SALES.costedSales));

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
