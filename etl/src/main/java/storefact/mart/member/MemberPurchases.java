package storefact.mart.member;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.days;
import static storefact.mart.ClickHouse.distinct;
import static storefact.mart.ClickHouse.newest;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.ColumnType.TEXT;
import static storefact.warehouse.jooq.dw.Tables.MEMBER_CARD;
import static storefact.warehouse.jooq.dw.Tables.RECEIPT;
import static storefact.warehouse.jooq.dw.Tables.SALES_LINE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.warehouse.Warehouse;

/** One row per member with at least one purchase: when, how often and for how much. */
public final class MemberPurchases extends Mart {
  /** Last business day with sales: days are counted from it, so that old data stays as it was. */
  private static final Field<LocalDate> LAST_DAY =
      field(DSL.select(max(SALES_LINE.BUSINESS_DATE)).from(SALES_LINE));

  /** The mart. */
  public static final MemberPurchases MEMBER_PURCHASES = new MemberPurchases();

  public final MartColumn<String> member =
      column("member", TEXT, MEMBER_CARD.MEMBER).label("member", "会员").about("Member");
  public final MartColumn<String> card =
      column("card", TEXT, newest(RECEIPT.CARD, RECEIPT.SOLD_AT))
          .label("member card", "会员卡")
          .about("Card that the member showed last");
  public final MartColumn<LocalDate> firstPurchase =
      column("first_purchase", DATE, min(RECEIPT.BUSINESS_DATE))
          .label("first purchase", "首次购买日")
          .about("Business day of the first purchase");
  public final MartColumn<LocalDate> lastPurchase =
      column("last_purchase", DATE, max(RECEIPT.BUSINESS_DATE))
          .label("last purchase", "最近购买日")
          .about("Business day of the last purchase");
  public final MartColumn<Long> receipts =
      column("receipts", COUNT, count())
          .unit("receipts")
          .label("receipts", "小票数")
          .about("Receipts");
  public final MartColumn<Long> activeDays =
      column("active_days", COUNT, distinct(RECEIPT.BUSINESS_DATE))
          .unit("days")
          .label("active days", "购买天数")
          .about("Business days with a purchase");
  public final MartColumn<Long> stores =
      column("stores", COUNT, distinct(RECEIPT.STORE))
          .unit("stores")
          .label("stores", "购买门店数")
          .about("Stores that the member bought in");
  public final MartColumn<Long> lines =
      column("lines", COUNT, sum(RECEIPT.LINES))
          .unit("lines")
          .label("lines", "行数")
          .about("Lines bought");
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, sum(RECEIPT.QUANTITY))
          .unit("pieces or kg")
          .label("quantity", "数量")
          .about("Quantity bought");
  public final MartColumn<BigDecimal> netSales =
      column("net_sales", MONEY, sum(RECEIPT.NET_AMOUNT))
          .unit("currency")
          .label("net sales", "净销售额")
          .about("What the chain received");
  public final MartColumn<BigDecimal> listSales =
      column("list_sales", MONEY, sum(RECEIPT.LIST_AMOUNT))
          .unit("currency")
          .label("list sales", "原价销售额")
          .about("Purchases before discounts of the chain");
  public final MartColumn<Double> averageReceipt =
      column("average_receipt", RATIO, ratio(netSales.own(), receipts.own()))
          .unit("currency")
          .label("average receipt", "客单价")
          .about("Net sales per receipt");
  public final MartColumn<Double> daysBetweenPurchases =
      column(
              "days_between_purchases",
              RATIO_OR_NULL,
              ratioOrNull(days(firstPurchase.own(), lastPurchase.own()), activeDays.own().minus(1)))
          .unit("days")
          .label("days between purchases", "平均购买间隔")
          .about("Mean gap between days with a purchase, null for a single day");
  public final MartColumn<Long> recencyDays =
      column("recency_days", COUNT, days(lastPurchase.own(), LAST_DAY))
          .unit("days")
          .label("recency", "距最近购买天数")
          .about("Days from the last purchase to the last business day in the data");
  public final MartColumn<Long> tenureDays =
      column("tenure_days", COUNT, days(firstPurchase.own(), LAST_DAY))
          .unit("days")
          .label("tenure", "距首次购买天数")
          .about("Days from the first purchase to the last business day in the data");

  private MemberPurchases() {
    super(
        "member_purchases",
        "One row per member with at least one purchase: when, how often and for how much",
        "每位有购买的会员一行：购买时间、频次与金额");
    owner("members");
    freshWithin(Duration.ofHours(24));
    grain(member);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(RECEIPT)
        .join(MEMBER_CARD)
        .on(MEMBER_CARD.CARD.eq(RECEIPT.CARD))
        .where(RECEIPT.CARD.ne(""))
        .groupBy(MEMBER_CARD.MEMBER);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.filled(member),
        Check.same(
            name(),
            "sums equal the lines of known cards",
            Warehouse.renderer().select(sum(netSales), sum(listSales), sum(lines)).from(table()),
            Warehouse.renderer()
                .select(sum(SALES_LINE.NET_AMOUNT), sum(SALES_LINE.LIST_AMOUNT), count())
                .from(SALES_LINE)
                .where(SALES_LINE.CARD.ne(""))
                .and(SALES_LINE.CARD.in(DSL.select(MEMBER_CARD.CARD).from(MEMBER_CARD)))));
  }
}
