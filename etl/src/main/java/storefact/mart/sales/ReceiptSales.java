package storefact.mart.sales;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.MOMENT;
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
import storefact.mart.Term;

/**
 * One row per receipt, sale or return: when, by whom, for how much. The base of every statistic of
 * receipts, so that lines are grouped once.
 */
public final class ReceiptSales extends Mart {

  /** The mart. */
  public static final ReceiptSales RECEIPT_SALES = new ReceiptSales();

  public final MartColumn<String> store = column(Term.STORE_OF_TURNOVER, TURNOVER_LINE.STORE);
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, TURNOVER_LINE.BUSINESS_DATE)
          .about("Business day of the sale, or of the return");
  public final MartColumn<String> kind =
      column("kind", CODE, TURNOVER_LINE.KIND).label("kind", "类别").about("sale or return");
  public final MartColumn<String> till = column(Term.TILL, TURNOVER_LINE.TILL);
  public final MartColumn<String> receipt = column(Term.RECEIPT, TURNOVER_LINE.RECEIPT);
  public final MartColumn<LocalDateTime> at =
      column("at", MOMENT, min(TURNOVER_LINE.AT))
          .label("at", "时间")
          .about("Moment of its first line in UTC");
  public final MartColumn<String> cashier =
      column("cashier", CODE, max(TURNOVER_LINE.CASHIER))
          .label("cashier", "收银员")
          .about("Cashier, empty for returns and where the till does not tell");
  public final MartColumn<String> card = column(Term.CARD, max(TURNOVER_LINE.CARD));
  public final MartColumn<String> payment =
      column("payment", CODE, max(TURNOVER_LINE.PAYMENT))
          .label("payment kinds", "支付方式")
          .about("Payment kinds joined by +, empty for returns and where unknown");
  public final MartColumn<Long> lines = column(Term.LINES, count()).about("Lines on the receipt");
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, sum(TURNOVER_LINE.QUANTITY))
          .about("Quantity, negative for a return");
  public final MartColumn<BigDecimal> listSales =
      column(Term.LIST_SALES, sum(TURNOVER_LINE.LIST_AMOUNT))
          .about("Sales before discounts of the chain, 0 for a return");
  public final MartColumn<BigDecimal> retailDiscount =
      column(Term.RETAIL_DISCOUNT, sum(TURNOVER_LINE.RETAIL_DISCOUNT));
  public final MartColumn<BigDecimal> couponDiscount =
      column(Term.COUPON_DISCOUNT, sum(TURNOVER_LINE.COUPON_DISCOUNT));
  public final MartColumn<BigDecimal> couponMatchDiscount =
      column(Term.COUPON_MATCH_DISCOUNT, sum(TURNOVER_LINE.COUPON_MATCH_DISCOUNT));
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, sum(TURNOVER_LINE.NET_AMOUNT))
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
