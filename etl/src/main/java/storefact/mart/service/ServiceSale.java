package storefact.mart.service;

import static org.jooq.impl.DSL.field;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MOMENT;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.TEXT;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.SALES_LINE;
import static storefact.warehouse.jooq.dw.Tables.STORE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jooq.Field;
import org.jooq.Select;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per sold line of a service: what it gives, to whom. A base, so that passes need not look
 * through all sales.
 */
public final class ServiceSale extends Mart {
  /** Receipt numbers are unique in a store and day where uses name them without a till. */
  private static final Field<String> PASS =
      field(
          "concat({0}, '-', toString({1}), '-', {2}, '-', toString({3}))",
          String.class,
          SALES_LINE.STORE,
          SALES_LINE.BUSINESS_DATE,
          SALES_LINE.RECEIPT,
          SALES_LINE.LINE);

  /** The mart. */
  public static final ServiceSale SERVICE_SALE = new ServiceSale();

  public final MartColumn<String> pass =
      column("pass", TEXT, PASS)
          .label("pass", "服务卡")
          .about("Pass as uses name it: store, business day, receipt and line, joined by -");
  public final MartColumn<String> store =
      column(Term.STORE, SALES_LINE.STORE).about("Store that sold it");
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, SALES_LINE.BUSINESS_DATE).about("Business day of the sale");
  public final MartColumn<String> till = column(Term.TILL, SALES_LINE.TILL);
  public final MartColumn<String> receipt = column(Term.RECEIPT, SALES_LINE.RECEIPT);
  public final MartColumn<Long> line =
      column("line", COUNT, SALES_LINE.LINE).label("line", "行号").about("Line on the receipt");
  public final MartColumn<LocalDateTime> soldAt =
      column("sold_at", MOMENT, SALES_LINE.SOLD_AT)
          .label("sold at", "销售时间")
          .about("Moment of sale in UTC");
  public final MartColumn<String> card = column(Term.CARD, SALES_LINE.CARD);
  public final MartColumn<String> goods = column(Term.GOODS, SALES_LINE.GOODS).about("Service");
  public final MartColumn<String> type =
      column("type", CODE, GOODS.TYPE).label("type", "三级分类").about("Category level 3");
  public final MartColumn<String> kind =
      column("kind", CODE, GOODS.KIND).label("kind", "类别").about("count or time");
  public final MartColumn<Long> uses =
      column(
              "uses",
              COUNT,
              field("toUInt64({0} * {1})", Long.class, GOODS.USES, SALES_LINE.QUANTITY))
          .unit("uses")
          .label("uses", "可用次数")
          .about("Uses that the line gives, 0 for time-based services");
  public final MartColumn<Long> days =
      column("days", COUNT, GOODS.DAYS)
          .unit("days")
          .label("days", "有效天数")
          .about("Days that it lasts, 0 for no end");
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, SALES_LINE.QUANTITY)
          .unit("passes")
          .label("quantity", "数量")
          .about("Passes sold");
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, SALES_LINE.NET_AMOUNT)
          .about("What the chain received, before returns");

  private ServiceSale() {
    super(
        "service_sale",
        "One row per sold line of a service: what it gives, to whom",
        "每服务销售行一行：服务内容与购买人");
    owner("services");
    freshWithin(Duration.ofHours(24));
    grain(store, businessDate, till, receipt, line);
    partitionedByMonth(businessDate);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(SALES_LINE)
        .join(GOODS)
        .on(slice.joins(GOODS.GOODS_, SALES_LINE.GOODS))
        .where(slice.covers(SALES_LINE.BUSINESS_DATE))
        .and(GOODS.KIND.in("count", "time"));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.accepted(kind, List.of("count", "time")), Check.refersTo(store, STORE.STORE_, STORE));
  }
}
