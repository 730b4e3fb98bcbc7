package storefact.mart.stock;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.mart.sales.SettledDay.settled;

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
 * One row per store, business day of a week that is over and goods that sold or came back: what
 * forecasts are made from. They change with the week, or when a fact of an earlier one comes late.
 */
public final class DemandHistory extends Mart {
  /** The mart. */
  public static final DemandHistory DEMAND_HISTORY = new DemandHistory();

  public final MartColumn<String> store = column(Term.STORE_OF_TURNOVER, GOODS_SALES.store);
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, GOODS_SALES.businessDate);
  public final MartColumn<String> goods = column(Term.GOODS, GOODS_SALES.goods);
  public final MartColumn<BigDecimal> quantity = column(Term.NET_QUANTITY, GOODS_SALES.quantity);
  public final MartColumn<BigDecimal> netSales = column(Term.NET_SALES, GOODS_SALES.netSales);

  private DemandHistory() {
    super(
        "demand_history",
        "One row per store, goods and business day of the weeks that are over: what forecasts are made from",
        "每门店、商品和已结束周的营业日一行：预测所用的需求历史");
    owner("supply");
    freshWithin(Duration.ofHours(24));
    grain(store, businessDate, goods);
    partitionedByMonth(businessDate);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(GOODS_SALES.table())
        .where(settled(slice, GOODS_SALES.businessDate));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "sums equal the goods, up to its last day",
            DSL.select(monthOf(businessDate), sum(quantity), sum(netSales))
                .from(table())
                .groupBy(monthOf(businessDate)),
            DSL.select(
                    monthOf(GOODS_SALES.businessDate),
                    sum(GOODS_SALES.quantity),
                    sum(GOODS_SALES.netSales))
                .from(GOODS_SALES.table())
                .where(
                    GOODS_SALES.businessDate.le(
                        field(
                            "({0})", LocalDate.class, DSL.select(max(businessDate)).from(table()))))
                .groupBy(monthOf(GOODS_SALES.businessDate))));
  }
}
