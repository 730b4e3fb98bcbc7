package storefact.mart.returns;

import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MOMENT;
import static storefact.warehouse.jooq.dw.Tables.RETURN_LINE;
import static storefact.warehouse.jooq.dw.Tables.SALES_LINE;
import static storefact.warehouse.jooq.dw.Tables.STORE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per sales line that some return names, in the month of the sale: a day's returns have the
 * sales of few months looked through, not all of them.
 */
public final class ReturnedSale extends Mart {
  /** The mart. */
  public static final ReturnedSale RETURNED_SALE = new ReturnedSale();

  public final MartColumn<String> store = column(Term.STORE_OF_SALE, SALES_LINE.STORE);
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, SALES_LINE.BUSINESS_DATE).about("Business day of the sale");
  public final MartColumn<String> till = column(Term.TILL, SALES_LINE.TILL);
  public final MartColumn<String> receipt = column(Term.RECEIPT, SALES_LINE.RECEIPT);
  public final MartColumn<Long> line =
      column("line", COUNT, SALES_LINE.LINE)
          .label("line", "行号")
          .about("Line number on that receipt");
  public final MartColumn<LocalDateTime> soldAt =
      column("sold_at", MOMENT, SALES_LINE.SOLD_AT)
          .label("sold at", "销售时间")
          .about("Moment of the sale in UTC");
  public final MartColumn<BigDecimal> quantity =
      column(Term.SOLD.named("quantity"), SALES_LINE.QUANTITY);
  public final MartColumn<BigDecimal> netAmount =
      column(Term.NET_SALES.named("net_amount"), SALES_LINE.NET_AMOUNT)
          .about("What the chain received for the line");

  private ReturnedSale() {
    super("returned_sale", "One row per sales line that some return names", "每条被退货引用的销售行一行");
    owner("returns");
    freshWithin(Duration.ofHours(24));
    grain(store, businessDate, till, receipt, line);
    partitionedByMonth(businessDate);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(SALES_LINE)
        .where(slice.covers(SALES_LINE.BUSINESS_DATE))
        .and(
            DSL.condition(
                "({0}, {1}, {2}, {3}, {4}) IN ({5})",
                SALES_LINE.STORE,
                SALES_LINE.BUSINESS_DATE,
                SALES_LINE.TILL,
                SALES_LINE.RECEIPT,
                SALES_LINE.LINE,
                DSL.select(
                        RETURN_LINE.ORIGINAL_STORE,
                        DSL.field("assumeNotNull({0})", RETURN_LINE.ORIGINAL_BUSINESS_DATE),
                        RETURN_LINE.ORIGINAL_TILL,
                        RETURN_LINE.ORIGINAL_RECEIPT,
                        RETURN_LINE.ORIGINAL_LINE)
                    .from(RETURN_LINE)
                    .where(slice.covers(RETURN_LINE.ORIGINAL_BUSINESS_DATE))
                    .and(RETURN_LINE.ORIGINAL_BUSINESS_DATE.isNotNull())));
  }

  @Override
  protected List<Check> checks() {
    return List.of(Check.refersTo(store, STORE.STORE_, STORE));
  }
}
