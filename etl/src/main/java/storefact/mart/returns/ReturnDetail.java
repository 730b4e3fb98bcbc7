package storefact.mart.returns;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;
import static storefact.mart.ClickHouse.days;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE_OR_NULL;
import static storefact.mart.ColumnType.DIFFERENCE_OR_NULL;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.TEXT;
import static storefact.mart.returns.ReturnedSale.RETURNED_SALE;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.RETURN_EXCEPTION;
import static storefact.warehouse.jooq.dw.Tables.RETURN_LINE;
import static storefact.warehouse.jooq.dw.Tables.STORE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
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
 * One row per returned line, with the sale that it names, the days between, and what is wrong with
 * it.
 */
public final class ReturnDetail extends Mart {
  private static final Field<BigDecimal> RETURNED_IN_ALL =
      sum(RETURN_LINE.QUANTITY)
          .over()
          .partitionBy(
              RETURN_LINE.ORIGINAL_STORE,
              RETURN_LINE.ORIGINAL_BUSINESS_DATE,
              RETURN_LINE.ORIGINAL_TILL,
              RETURN_LINE.ORIGINAL_RECEIPT,
              RETURN_LINE.ORIGINAL_LINE);
  private static final Field<String> FAULT =
      when(RETURN_LINE.ORIGINAL_RECEIPT.eq(""), "no original")
          .when(RETURNED_SALE.receipt.eq(""), "unknown original")
          .when(RETURNED_IN_ALL.gt(RETURNED_SALE.quantity), "more than sold")
          .when(RETURN_LINE.RETURNED_AT.lt(RETURNED_SALE.soldAt), "before the sale")
          .otherwise("");

  /** The mart. */
  public static final ReturnDetail RETURN_DETAIL = new ReturnDetail();

  public final MartColumn<String> store =
      column(Term.STORE, RETURN_LINE.STORE).about("Store that took it back");
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, RETURN_LINE.BUSINESS_DATE)
          .about("Business day of the return: net sales fall on it");
  public final MartColumn<String> till = column(Term.TILL, RETURN_LINE.TILL);
  public final MartColumn<String> receipt =
      column(Term.RECEIPT, RETURN_LINE.RECEIPT).about("Receipt of the return");
  public final MartColumn<Long> line =
      column("line", COUNT, RETURN_LINE.LINE)
          .label("line", "行号")
          .about("Line number on that receipt");
  public final MartColumn<String> card =
      column(Term.CARD, RETURN_LINE.CARD).about("Member card shown, empty for a non-member");
  public final MartColumn<String> goods =
      column(Term.GOODS, RETURN_LINE.GOODS).about("Goods returned");
  public final MartColumn<String> department = column(Term.DEPARTMENT, GOODS.DEPARTMENT);
  public final MartColumn<String> category = column(Term.CATEGORY, GOODS.CATEGORY);
  public final MartColumn<String> reason =
      column("reason", CODE, RETURN_LINE.REASON).label("reason", "退货原因").about("Reason given");
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, RETURN_LINE.QUANTITY).about("Quantity returned");
  public final MartColumn<BigDecimal> returns =
      column(Term.RETURNS, RETURN_LINE.NET_AMOUNT).about("What the chain gave up");
  public final MartColumn<String> originalStore =
      column("original_store", CODE, RETURN_LINE.ORIGINAL_STORE)
          .label("original store", "原门店")
          .about("Store that had sold it, empty without a receipt");
  public final MartColumn<LocalDate> originalDate =
      column("original_date", DATE_OR_NULL, RETURN_LINE.ORIGINAL_BUSINESS_DATE)
          .label("original date", "原营业日")
          .about("Business day of the sale, null without a receipt");
  public final MartColumn<String> originalTill =
      column("original_till", CODE, RETURN_LINE.ORIGINAL_TILL)
          .label("original till", "原收银台")
          .about("Till of the sale");
  public final MartColumn<String> originalReceipt =
      column("original_receipt", TEXT, RETURN_LINE.ORIGINAL_RECEIPT)
          .label("original receipt", "原小票")
          .about("Receipt of the sale");
  public final MartColumn<Long> originalLine =
      column("original_line", COUNT, RETURN_LINE.ORIGINAL_LINE)
          .label("original line", "原行号")
          .about("Line of the sale, 0 where unknown");
  public final MartColumn<Long> daysBetween =
      column(
              "days_between",
              DIFFERENCE_OR_NULL,
              days(RETURN_LINE.ORIGINAL_BUSINESS_DATE, RETURN_LINE.BUSINESS_DATE))
          .unit("days")
          .label("days between", "相隔天数")
          .about("Days from the sale to the return, null without a receipt");
  public final MartColumn<BigDecimal> soldQuantity =
      column("sold_quantity", QUANTITY, RETURNED_SALE.quantity)
          .unit("pieces or kg")
          .label("quantity sold", "原销售数量")
          .about("Quantity of the line that it names, 0 where there is none");
  public final MartColumn<BigDecimal> soldAmount =
      column("sold_amount", MONEY, RETURNED_SALE.netAmount)
          .unit("currency")
          .label("amount sold", "原销售金额")
          .about("Net amount of the line that it names, 0 where there is none");
  public final MartColumn<String> fault =
      column("fault", CODE, FAULT)
          .label("fault", "问题")
          .about(
              "Why it does not fit the line that it names, empty where it does; one of those of dw.return_exception");

  private ReturnDetail() {
    super(
        "return_detail",
        "One row per returned line, with the sale that it names, the days between and what is wrong with it",
        "每退货行一行：对应的原销售、相隔天数与异常");
    owner("returns");
    freshWithin(Duration.ofHours(24));
    grain(store, businessDate, till, receipt, line);
  }

  /** Whether the sale that it names is known. */
  public Condition ofKnownSale() {
    return fault.notIn("no original", "unknown original");
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            RETURN_LINE
                .leftJoin(RETURNED_SALE.table())
                .on(
                    RETURNED_SALE
                        .store
                        .eq(RETURN_LINE.ORIGINAL_STORE)
                        .and(RETURNED_SALE.businessDate.eq(RETURN_LINE.ORIGINAL_BUSINESS_DATE))
                        .and(RETURNED_SALE.till.eq(RETURN_LINE.ORIGINAL_TILL))
                        .and(RETURNED_SALE.receipt.eq(RETURN_LINE.ORIGINAL_RECEIPT))
                        .and(RETURNED_SALE.line.eq(RETURN_LINE.ORIGINAL_LINE)))
                .leftJoin(GOODS)
                .on(GOODS.GOODS_.eq(RETURN_LINE.GOODS)));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.refersTo(store, STORE.STORE_, STORE),
        Check.same(
            name(),
            "faults are those of dw.return_exception",
            DSL.select(fault, count(), sum(quantity))
                .from(table())
                .where(fault.ne(""))
                .groupBy(fault),
            DSL.select(RETURN_EXCEPTION.FAULT, count(), sum(RETURN_EXCEPTION.QUANTITY))
                .from(RETURN_EXCEPTION)
                .groupBy(RETURN_EXCEPTION.FAULT)),
        Check.same(
            name(),
            "sums equal the goods",
            DSL.select(monthOf(businessDate), sum(returns), sum(quantity))
                .from(table())
                .groupBy(monthOf(businessDate)),
            DSL.select(
                    monthOf(GOODS_SALES.businessDate),
                    sum(GOODS_SALES.returns),
                    sum(GOODS_SALES.returnedQuantity))
                .from(GOODS_SALES.table())
                .where(
                    GOODS_SALES
                        .returnedQuantity
                        .ne(BigDecimal.ZERO)
                        .or(GOODS_SALES.returns.ne(BigDecimal.ZERO)))
                .groupBy(monthOf(GOODS_SALES.businessDate))));
  }
}
