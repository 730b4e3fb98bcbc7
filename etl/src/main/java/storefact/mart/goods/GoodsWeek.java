package storefact.mart.goods;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.maxIf;
import static storefact.mart.ClickHouse.minIf;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.weekOf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.DATE_OR_NULL;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.MONEY_OR_NULL;
import static storefact.mart.ColumnType.QUANTITY;
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

/**
 * One row per store, goods, month and week with sales or returns. A week over the end of a month
 * has two rows, one in each, so that months stay whole; sums over both are the week.
 */
public final class GoodsWeek extends Mart {

  /** The mart. */
  public static final GoodsWeek GOODS_WEEK = new GoodsWeek();

  public final MartColumn<String> store =
      column("store", CODE, GOODS_SALES.store).label("store", "门店").about("Store");
  public final MartColumn<String> goods =
      column("goods", TEXT, GOODS_SALES.goods).label("goods", "商品").about("Goods");
  public final MartColumn<LocalDate> month =
      column("month", DATE, monthOf(GOODS_SALES.businessDate))
          .label("month", "月份")
          .about("First day of the month");
  public final MartColumn<LocalDate> week =
      column("week", DATE, weekOf(GOODS_SALES.businessDate))
          .label("week", "周")
          .about("Monday of the week; it may lie in the month before");
  public final MartColumn<LocalDate> firstSale =
      column("first_sale", DATE_OR_NULL, minIf(GOODS_SALES.businessDate, GOODS_SALES.lines.gt(0L)))
          .label("first sale", "首次销售日")
          .about("First business day with a sale, null with returns only");
  public final MartColumn<LocalDate> lastSale =
      column("last_sale", DATE_OR_NULL, maxIf(GOODS_SALES.businessDate, GOODS_SALES.lines.gt(0L)))
          .label("last sale", "最近销售日")
          .about("Last business day with a sale, null with returns only");
  public final MartColumn<Long> daysSold =
      column("days_sold", COUNT, countIf(GOODS_SALES.lines.gt(0L)))
          .unit("days")
          .label("days sold", "动销天数")
          .about("Business days with a sale");
  public final MartColumn<Long> lines =
      column("lines", COUNT, sum(GOODS_SALES.lines))
          .unit("lines")
          .label("lines", "行数")
          .about("Lines sold");
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, sum(GOODS_SALES.quantity))
          .unit("pieces or kg")
          .label("quantity", "数量")
          .about("Quantity sold less quantity returned");
  public final MartColumn<BigDecimal> returnedQuantity =
      column("returned_quantity", QUANTITY, sum(GOODS_SALES.returnedQuantity))
          .unit("pieces or kg")
          .label("returned quantity", "退货数量")
          .about("Quantity returned in these days");
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
  public final MartColumn<BigDecimal> netSales =
      column("net_sales", MONEY, sum(GOODS_SALES.netSales))
          .unit("currency")
          .label("net sales", "净销售额")
          .about("What the chain receives, less returns of these days");
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

  private GoodsWeek() {
    super(
        "goods_week",
        "One row per store, goods, month and week with sales or returns",
        "每门店、商品、月份和有销售或退货的周一行");
    owner("goods");
    freshWithin(Duration.ofHours(24));
    grain(store, goods, month, week);
    partitionedByMonth(month);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(GOODS_SALES.table())
        .where(slice.covers(GOODS_SALES.businessDate))
        .groupBy(
            GOODS_SALES.store,
            GOODS_SALES.goods,
            monthOf(GOODS_SALES.businessDate),
            weekOf(GOODS_SALES.businessDate));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.none(
            this,
            "weeks begin at most six days before their month, and within it",
            DSL.selectFrom(table())
                .where(
                    DSL.condition(
                        "{0} < {1} - 6 OR toStartOfMonth({0}) > {1} OR toDayOfWeek({0}) != 1",
                        week.own(), month.own()))),
        Check.same(
            name(),
            "sums equal the goods by day",
            DSL.select(month, sum(netSales), sum(quantity), sum(listSales), sum(costedSales))
                .from(table())
                .groupBy(month),
            DSL.select(
                    monthOf(GOODS_SALES.businessDate),
                    sum(GOODS_SALES.netSales),
                    sum(GOODS_SALES.quantity),
                    sum(GOODS_SALES.listSales),
                    sum(GOODS_SALES.costedSales))
                .from(GOODS_SALES.table())
                .groupBy(monthOf(GOODS_SALES.businessDate))));
  }
}
