package storefact.mart.sales;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.distinct;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.SALES_LINE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Select;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.warehouse.Warehouse;

/** One row per store, business day, department and category: what sold, at what discounts. */
public final class DailySales extends Mart {
  /** The mart. */
  public static final DailySales DAILY_SALES = new DailySales();

  public final MartColumn<String> store =
      column("store", CODE, SALES_LINE.STORE).label("store", "门店").about("Store that sold");
  public final MartColumn<LocalDate> businessDate =
      column("business_date", DATE, SALES_LINE.BUSINESS_DATE)
          .label("business date", "营业日")
          .about("Business day of the sales");
  public final MartColumn<String> department =
      column("department", CODE, GOODS.DEPARTMENT)
          .label("department", "一级分类")
          .about("Category level 1, empty for unknown goods");
  public final MartColumn<String> category =
      column("category", CODE, GOODS.CATEGORY)
          .label("category", "二级分类")
          .about("Category level 2, empty for unknown goods");
  public final MartColumn<BigDecimal> netSales =
      column("net_sales", MONEY, sum(SALES_LINE.NET_AMOUNT))
          .unit("currency")
          .label("net sales", "净销售额")
          .about("What the chain receives");
  public final MartColumn<BigDecimal> listSales =
      column("list_sales", MONEY, sum(SALES_LINE.LIST_AMOUNT))
          .unit("currency")
          .label("list sales", "原价销售额")
          .about("Sales before discounts of the chain");
  public final MartColumn<BigDecimal> retailDiscount =
      column("retail_discount", MONEY, sum(SALES_LINE.RETAIL_DISCOUNT))
          .unit("currency")
          .label("retail discount", "门店折扣")
          .about("Discount granted by the chain, loyalty card included");
  public final MartColumn<BigDecimal> couponDiscount =
      column("coupon_discount", MONEY, sum(SALES_LINE.COUPON_DISCOUNT))
          .unit("currency")
          .label("coupon discount", "优惠券折扣")
          .about("Manufacturers' coupons, paid back to the chain");
  public final MartColumn<BigDecimal> couponMatchDiscount =
      column("coupon_match_discount", MONEY, sum(SALES_LINE.COUPON_MATCH_DISCOUNT))
          .unit("currency")
          .label("coupon match discount", "优惠券加赠折扣")
          .about("What the chain adds to manufacturers' coupons");
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, sum(SALES_LINE.QUANTITY))
          .unit("pieces or kg")
          .label("quantity", "数量")
          .about("Quantity sold");
  public final MartColumn<Long> lines =
      column("lines", COUNT, count()).unit("lines").label("lines", "行数").about("Lines sold");
  public final MartColumn<Long> receipts =
      column("receipts", COUNT, distinct(SALES_LINE.TILL, SALES_LINE.RECEIPT))
          .unit("receipts")
          .label("receipts", "小票数")
          .about(
              "Receipts with the category; one receipt counts in each of its categories, so don't add them up over categories");

  private DailySales() {
    super(
        "daily_sales",
        "One row per store, business day, department and category: what sold, at what discounts",
        "每门店、营业日、一级分类和二级分类一行：销售额与折扣");
    owner("sales");
    freshWithin(Duration.ofHours(1));
    grain(store, businessDate, department, category);
    partitionedByMonth(businessDate);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(SALES_LINE)
        .leftJoin(GOODS)
        .on(slice.joins(GOODS.GOODS_, SALES_LINE.GOODS))
        .where(slice.covers(SALES_LINE.BUSINESS_DATE))
        .groupBy(SALES_LINE.STORE, SALES_LINE.BUSINESS_DATE, GOODS.DEPARTMENT, GOODS.CATEGORY);
  }

  @Override
  protected List<Check> checks() {
    return List.of(Check.same(name(), "sums equal the lines", sums(), linesSums()));
  }

  private Select<?> sums() {
    return Warehouse.renderer()
        .select(
            monthOf(businessDate),
            sum(netSales),
            sum(listSales),
            sum(retailDiscount),
            sum(couponDiscount),
            sum(couponMatchDiscount),
            sum(quantity),
            sum(lines))
        .from(table())
        .groupBy(monthOf(businessDate));
  }

  private static Select<?> linesSums() {
    return Warehouse.renderer()
        .select(
            monthOf(SALES_LINE.BUSINESS_DATE),
            sum(SALES_LINE.NET_AMOUNT),
            sum(SALES_LINE.LIST_AMOUNT),
            sum(SALES_LINE.RETAIL_DISCOUNT),
            sum(SALES_LINE.COUPON_DISCOUNT),
            sum(SALES_LINE.COUPON_MATCH_DISCOUNT),
            sum(SALES_LINE.QUANTITY),
            count())
        .from(SALES_LINE)
        .groupBy(monthOf(SALES_LINE.BUSINESS_DATE));
  }
}
