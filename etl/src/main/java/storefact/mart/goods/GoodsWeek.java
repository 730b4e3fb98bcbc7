package storefact.mart.goods;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.maxIf;
import static storefact.mart.ClickHouse.minIf;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.weekOf;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
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

/**
 * One row per store, goods, month and week with sales or returns. A week over the end of a month
 * has two rows, one in each, so that months stay whole; sums over both are the week.
 */
public final class GoodsWeek extends Mart {

  /** The mart. */
  public static final GoodsWeek GOODS_WEEK = new GoodsWeek();

  public final MartColumn<String> store = column(Term.STORE, GOODS_SALES.store);
  public final MartColumn<String> goods = column(Term.GOODS, GOODS_SALES.goods);
  public final MartColumn<LocalDate> month = column(Term.MONTH, monthOf(GOODS_SALES.businessDate));
  public final MartColumn<LocalDate> week =
      column("week", DATE, weekOf(GOODS_SALES.businessDate))
          .label("week", "周")
          .about("Monday of the week; it may lie in the month before");
  public final MartColumn<LocalDate> firstSale =
      column(Term.FIRST_SALE, minIf(GOODS_SALES.businessDate, GOODS_SALES.lines.gt(0L)));
  public final MartColumn<LocalDate> lastSale =
      column(Term.LAST_SALE, maxIf(GOODS_SALES.businessDate, GOODS_SALES.lines.gt(0L)));
  public final MartColumn<Long> daysSold =
      column("days_sold", COUNT, countIf(GOODS_SALES.lines.gt(0L)))
          .unit("days")
          .label("days sold", "动销天数")
          .about("Business days with a sale");
  public final MartColumn<Long> lines = column(Term.LINES, sum(GOODS_SALES.lines));
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, sum(GOODS_SALES.quantity));
  public final MartColumn<BigDecimal> returnedQuantity =
      column(Term.RETURNED_QUANTITY, sum(GOODS_SALES.returnedQuantity))
          .about("Quantity returned in these days");
  public final MartColumn<BigDecimal> listSales =
      column(Term.LIST_SALES, sum(GOODS_SALES.listSales));
  public final MartColumn<BigDecimal> retailDiscount =
      column(Term.RETAIL_DISCOUNT, sum(GOODS_SALES.retailDiscount));
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, sum(GOODS_SALES.netSales))
          .about("What the chain receives, less returns of these days");
  public final MartColumn<BigDecimal> cost = column(Term.COST, sum(GOODS_SALES.cost));
  public final MartColumn<BigDecimal> costedSales =
      column(Term.COSTED_SALES, sum(GOODS_SALES.costedSales));

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
