package storefact.mart.sales;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.MONEY_OR_NULL;
import static storefact.mart.ColumnType.QUANTITY;
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

/**
 * One row per store, business day, department and category: what sold and came back, at what
 * discounts.
 */
public final class DailySales extends Mart {

  /** The mart. */
  public static final DailySales DAILY_SALES = new DailySales();

  public final MartColumn<String> store =
      column("store", CODE, GOODS_GROUP_SALES.store)
          .label("store", "门店")
          .about("Store that sold or took back");
  public final MartColumn<LocalDate> businessDate =
      column("business_date", DATE, GOODS_GROUP_SALES.businessDate)
          .label("business date", "营业日")
          .about("Business day of the sales and of the returns");
  public final MartColumn<String> department =
      column("department", CODE, GOODS_GROUP_SALES.department)
          .label("department", "一级分类")
          .about("Category level 1, empty for unknown goods");
  public final MartColumn<String> category =
      column("category", CODE, GOODS_GROUP_SALES.category)
          .label("category", "二级分类")
          .about("Category level 2, empty for unknown goods");
  public final MartColumn<Long> lines =
      column("lines", COUNT, GOODS_GROUP_SALES.lines)
          .unit("lines")
          .label("lines", "行数")
          .about("Lines sold");
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, GOODS_GROUP_SALES.quantity)
          .unit("pieces or kg")
          .label("quantity", "数量")
          .about("Quantity sold less quantity returned");
  public final MartColumn<BigDecimal> returnedQuantity =
      column("returned_quantity", QUANTITY, GOODS_GROUP_SALES.returnedQuantity)
          .unit("pieces or kg")
          .label("returned quantity", "退货数量")
          .about("Quantity returned on the day");
  public final MartColumn<BigDecimal> listSales =
      column("list_sales", MONEY, GOODS_GROUP_SALES.listSales)
          .unit("currency")
          .label("list sales", "原价销售额")
          .about("Sales before discounts of the chain and before returns");
  public final MartColumn<BigDecimal> retailDiscount =
      column("retail_discount", MONEY, GOODS_GROUP_SALES.retailDiscount)
          .unit("currency")
          .label("retail discount", "门店折扣")
          .about("Discount granted by the chain, loyalty card included");
  public final MartColumn<BigDecimal> couponDiscount =
      column("coupon_discount", MONEY, GOODS_GROUP_SALES.couponDiscount)
          .unit("currency")
          .label("coupon discount", "优惠券折扣")
          .about("Manufacturers' coupons, paid back to the chain");
  public final MartColumn<BigDecimal> couponMatchDiscount =
      column("coupon_match_discount", MONEY, GOODS_GROUP_SALES.couponMatchDiscount)
          .unit("currency")
          .label("coupon match discount", "优惠券加赠折扣")
          .about("What the chain adds to manufacturers' coupons");
  public final MartColumn<BigDecimal> returns =
      column("returns", MONEY, GOODS_GROUP_SALES.returns)
          .unit("currency")
          .label("returns", "退货金额")
          .about("What the chain gave up for goods returned on the day");
  public final MartColumn<BigDecimal> netSales =
      column("net_sales", MONEY, GOODS_GROUP_SALES.netSales)
          .unit("currency")
          .label("net sales", "净销售额")
          .about("What the chain receives: list sales less its discounts and returns");
  public final MartColumn<BigDecimal> cost =
      column("cost", MONEY_OR_NULL, GOODS_GROUP_SALES.cost)
          .unit("currency")
          .label("cost", "成本")
          .about("Cost of the quantity, of goods whose cost is known; null where none is");
  public final MartColumn<BigDecimal> costedSales =
      column("costed_sales", MONEY, GOODS_GROUP_SALES.costedSales)
          .unit("currency")
          .label("net sales with cost", "有成本的净销售额")
          .about("Net sales of goods whose cost is known");
  public final MartColumn<BigDecimal> grossMargin =
      column("gross_margin", MONEY_OR_NULL, GOODS_GROUP_SALES.grossMargin)
          .unit("currency")
          .label("gross margin", "毛利")
          .about("Net sales of goods whose cost is known less their cost, null where none is");
  public final MartColumn<Long> receipts =
      column("receipts", COUNT, GOODS_GROUP_SALES.receipts)
          .unit("receipts")
          .label("receipts", "小票数")
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
        Check.none(
            this,
            "net = list - discounts - returns",
            DSL.selectFrom(table())
                .where(
                    netSales
                        .own()
                        .ne(
                            listSales
                                .own()
                                .minus(retailDiscount.own())
                                .minus(couponMatchDiscount.own())
                                .minus(returns.own())))),
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
