package storefact.mart.sales;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MOMENT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.TEXT;
import static storefact.warehouse.jooq.dw.Tables.TURNOVER_LINE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;

/**
 * One row per receipt, sale or return: when, by whom, for how much. The base of every statistic of
 * receipts, so that lines are grouped once.
 */
public final class ReceiptSales extends Mart {

  /** The mart. */
  public static final ReceiptSales RECEIPT_SALES = new ReceiptSales();

  public final MartColumn<String> store =
      column("store", CODE, TURNOVER_LINE.STORE)
          .label("store", "门店")
          .about("Store that sold or took back");
  public final MartColumn<LocalDate> businessDate =
      column("business_date", DATE, TURNOVER_LINE.BUSINESS_DATE)
          .label("business date", "营业日")
          .about("Business day of the sale, or of the return");
  public final MartColumn<String> kind =
      column("kind", CODE, TURNOVER_LINE.KIND).label("kind", "类别").about("sale or return");
  public final MartColumn<String> till =
      column("till", CODE, TURNOVER_LINE.TILL).label("till", "收银台").about("Till within the store");
  public final MartColumn<String> receipt =
      column("receipt", TEXT, TURNOVER_LINE.RECEIPT)
          .label("receipt", "小票")
          .about("Receipt number of the till");
  public final MartColumn<LocalDateTime> at =
      column("at", MOMENT, min(TURNOVER_LINE.AT))
          .label("at", "时间")
          .about("Moment of its first line in UTC");
  public final MartColumn<String> cashier =
      column("cashier", CODE, max(TURNOVER_LINE.CASHIER))
          .label("cashier", "收银员")
          .about("Cashier, empty for returns and where the till does not tell");
  public final MartColumn<String> card =
      column("card", TEXT, max(TURNOVER_LINE.CARD))
          .label("member card", "会员卡")
          .about("Card shown, empty for a non-member");
  public final MartColumn<String> payment =
      column("payment", CODE, max(TURNOVER_LINE.PAYMENT))
          .label("payment kinds", "支付方式")
          .about("Payment kinds joined by +, empty for returns and where unknown");
  public final MartColumn<Long> lines =
      column("lines", COUNT, count())
          .unit("lines")
          .label("lines", "行数")
          .about("Lines on the receipt");
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, sum(TURNOVER_LINE.QUANTITY))
          .unit("pieces or kg")
          .label("quantity", "数量")
          .about("Quantity, negative for a return");
  public final MartColumn<BigDecimal> listSales =
      column("list_sales", MONEY, sum(TURNOVER_LINE.LIST_AMOUNT))
          .unit("currency")
          .label("list sales", "原价销售额")
          .about("Sales before discounts of the chain, 0 for a return");
  public final MartColumn<BigDecimal> retailDiscount =
      column("retail_discount", MONEY, sum(TURNOVER_LINE.RETAIL_DISCOUNT))
          .unit("currency")
          .label("retail discount", "门店折扣")
          .about("Discount granted by the chain, loyalty card included");
  public final MartColumn<BigDecimal> couponDiscount =
      column("coupon_discount", MONEY, sum(TURNOVER_LINE.COUPON_DISCOUNT))
          .unit("currency")
          .label("coupon discount", "优惠券折扣")
          .about("Manufacturers' coupons, paid back to the chain");
  public final MartColumn<BigDecimal> couponMatchDiscount =
      column("coupon_match_discount", MONEY, sum(TURNOVER_LINE.COUPON_MATCH_DISCOUNT))
          .unit("currency")
          .label("coupon match discount", "优惠券加赠折扣")
          .about("What the chain adds to manufacturers' coupons");
  public final MartColumn<BigDecimal> netSales =
      column("net_sales", MONEY, sum(TURNOVER_LINE.NET_AMOUNT))
          .unit("currency")
          .label("net sales", "净销售额")
          .about("What the chain receives, negative for a return");

  private ReceiptSales() {
    super(
        "receipt_sales",
        "One row per store, business day, kind, till and receipt: a sale or a return, with its sums",
        "每门店、营业日、类别、收银台和小票一行：销售或退货及其合计");
    owner("sales");
    freshWithin(Duration.ofHours(1));
    grain(store, businessDate, kind, till, receipt);
    partitionedByMonth(businessDate);
  }

  /** Rows that sold. */
  public Condition sale() {
    return kind.eq("sale");
  }

  /** What a return gave up, 0 for a sale. */
  public Field<BigDecimal> returned() {
    return when(kind.eq("return"), netSales.neg()).otherwise(inline(BigDecimal.ZERO));
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(TURNOVER_LINE)
        .where(slice.covers(TURNOVER_LINE.BUSINESS_DATE))
        .groupBy(
            TURNOVER_LINE.STORE,
            TURNOVER_LINE.BUSINESS_DATE,
            TURNOVER_LINE.KIND,
            TURNOVER_LINE.TILL,
            TURNOVER_LINE.RECEIPT);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.accepted(kind, List.of("sale", "return")),
        Check.same(
            name(),
            "sums equal the lines",
            DSL.select(
                    monthOf(businessDate), sum(netSales), sum(listSales), sum(quantity), sum(lines))
                .from(table())
                .groupBy(monthOf(businessDate)),
            DSL.select(
                    monthOf(TURNOVER_LINE.BUSINESS_DATE),
                    sum(TURNOVER_LINE.NET_AMOUNT),
                    sum(TURNOVER_LINE.LIST_AMOUNT),
                    sum(TURNOVER_LINE.QUANTITY),
                    count())
                .from(TURNOVER_LINE)
                .groupBy(monthOf(TURNOVER_LINE.BUSINESS_DATE))));
  }
}
