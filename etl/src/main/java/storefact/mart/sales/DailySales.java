package storefact.mart.sales;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.sales.GoodsGroupSales.GOODS_GROUP_SALES;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;

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
 * One row per store, business day, department and category: what sold and came back, at what
 * discounts.
 */
public final class DailySales extends Mart {

  /** The mart. */
  public static final DailySales DAILY_SALES = new DailySales();

  public final MartColumn<String> store = column(Term.STORE_OF_TURNOVER, GOODS_GROUP_SALES.store);
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, GOODS_GROUP_SALES.businessDate);
  public final MartColumn<String> department =
      column(Term.DEPARTMENT, GOODS_GROUP_SALES.department);
  public final MartColumn<String> category = column(Term.CATEGORY, GOODS_GROUP_SALES.category);
  public final MartColumn<Long> lines = column(Term.LINES, GOODS_GROUP_SALES.lines);
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, GOODS_GROUP_SALES.quantity);
  public final MartColumn<BigDecimal> returnedQuantity =
      column(Term.RETURNED_QUANTITY, GOODS_GROUP_SALES.returnedQuantity);
  public final MartColumn<BigDecimal> listSales =
      column(Term.LIST_SALES, GOODS_GROUP_SALES.listSales);
  public final MartColumn<BigDecimal> retailDiscount =
      column(Term.RETAIL_DISCOUNT, GOODS_GROUP_SALES.retailDiscount);
  public final MartColumn<BigDecimal> couponDiscount =
      column(Term.COUPON_DISCOUNT, GOODS_GROUP_SALES.couponDiscount);
  public final MartColumn<BigDecimal> couponMatchDiscount =
      column(Term.COUPON_MATCH_DISCOUNT, GOODS_GROUP_SALES.couponMatchDiscount);
  public final MartColumn<BigDecimal> returns = column(Term.RETURNS, GOODS_GROUP_SALES.returns);
  public final MartColumn<BigDecimal> netSales = column(Term.NET_SALES, GOODS_GROUP_SALES.netSales);
  public final MartColumn<BigDecimal> cost =
      column(Term.COST, GOODS_GROUP_SALES.cost)
          .about("Cost of the quantity, of goods whose cost is known; null where none is");
  public final MartColumn<BigDecimal> costedSales =
      column(Term.COSTED_SALES, GOODS_GROUP_SALES.costedSales)
          .about("Net sales of goods whose cost is known");
  public final MartColumn<BigDecimal> grossMargin =
      column(Term.GROSS_MARGIN, GOODS_GROUP_SALES.grossMargin);
  public final MartColumn<Long> receipts =
      column(Term.RECEIPTS, GOODS_GROUP_SALES.receipts)
          .about(
              "Receipts of sales with the category; one receipt counts in each of its categories, so don't add them up over categories");

  private DailySales() {
    super(
        "daily_sales",
        "One row per store, business day, department and category: what sold and came back, at what discounts",
        "每门店、营业日、一级分类和二级分类一行：销售、退货与折扣");
    owner("sales");
    freshWithin(Duration.ofHours(1));
    grain(store, businessDate, department, category);
    summedBy(store, department, category);
    summedBy(businessDate, department);
    partitionedByMonth(businessDate);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(GOODS_GROUP_SALES.table())
        .where(slice.covers(GOODS_GROUP_SALES.businessDate))
        .and(GOODS_GROUP_SALES.level.eq("category"));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        NetSales.areListSalesLess(
            netSales, listSales, List.of(retailDiscount, couponMatchDiscount, returns)),
        Check.same(
            name(),
            "sums equal the receipts of store and day",
            DSL.select(store, businessDate, sum(netSales), sum(listSales), sum(lines), sum(returns))
                .from(table())
                .groupBy(store, businessDate),
            DSL.select(
                    RECEIPT_STATISTICS.store,
                    RECEIPT_STATISTICS.businessDate,
                    RECEIPT_STATISTICS.netSales,
                    RECEIPT_STATISTICS.listSales,
                    RECEIPT_STATISTICS.lines,
                    RECEIPT_STATISTICS.returns)
                .from(RECEIPT_STATISTICS.table())));
  }
}
