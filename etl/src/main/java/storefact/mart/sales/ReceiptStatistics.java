package storefact.mart.sales;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.quantile;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.warehouse.jooq.dw.Tables.RECEIPT;

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

/** One row per store and business day: how many receipts, and how large they are. */
public final class ReceiptStatistics extends Mart {
  private static final double MEDIAN = 0.5;
  private static final double NINE_OF_TEN = 0.9;

  /** The mart. */
  public static final ReceiptStatistics RECEIPT_STATISTICS = new ReceiptStatistics();

  public final MartColumn<String> store =
      column("store", CODE, RECEIPT.STORE).label("store", "门店").about("Store that sold");
  public final MartColumn<LocalDate> businessDate =
      column("business_date", DATE, RECEIPT.BUSINESS_DATE)
          .label("business date", "营业日")
          .about("Business day of the sales");
  public final MartColumn<Long> receipts =
      column("receipts", COUNT, count())
          .unit("receipts")
          .label("receipts", "小票数")
          .about("Receipts of the day");
  public final MartColumn<Long> memberReceipts =
      column("member_receipts", COUNT, countIf(RECEIPT.CARD.ne("")))
          .unit("receipts")
          .label("member receipts", "会员小票数")
          .about("Receipts with a member card");
  public final MartColumn<Long> lines =
      column("lines", COUNT, sum(RECEIPT.LINES))
          .unit("lines")
          .label("lines", "行数")
          .about("Lines sold");
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, sum(RECEIPT.QUANTITY))
          .unit("pieces or kg")
          .label("quantity", "数量")
          .about("Quantity sold");
  public final MartColumn<BigDecimal> netSales =
      column("net_sales", MONEY, sum(RECEIPT.NET_AMOUNT))
          .unit("currency")
          .label("net sales", "净销售额")
          .about("What the chain receives");
  public final MartColumn<BigDecimal> listSales =
      column("list_sales", MONEY, sum(RECEIPT.LIST_AMOUNT))
          .unit("currency")
          .label("list sales", "原价销售额")
          .about("Sales before discounts of the chain");
  public final MartColumn<Double> averageReceipt =
      column("average_receipt", RATIO, ratio(netSales.own(), receipts.own()))
          .unit("currency")
          .label("average receipt", "客单价")
          .about("Net sales per receipt");
  public final MartColumn<Double> medianReceipt =
      column("median_receipt", RATIO, quantile(MEDIAN, RECEIPT.NET_AMOUNT))
          .unit("currency")
          .label("median receipt", "客单价中位数")
          .about("Half of the receipts have a net amount of at most this");
  public final MartColumn<Double> p90Receipt =
      column("p90_receipt", RATIO, quantile(NINE_OF_TEN, RECEIPT.NET_AMOUNT))
          .unit("currency")
          .label("90 % receipt", "客单价九十分位数")
          .about("Nine receipts of ten have a net amount of at most this");
  public final MartColumn<Double> linesPerReceipt =
      column("lines_per_receipt", RATIO, ratio(lines.own(), receipts.own()))
          .unit("lines")
          .label("lines per receipt", "单均行数")
          .about("Lines per receipt");

  private ReceiptStatistics() {
    super(
        "receipt_statistics",
        "One row per store and business day: how many receipts, and how large they are",
        "每门店和营业日一行：小票数与客单价");
    owner("sales");
    freshWithin(Duration.ofHours(1));
    grain(store, businessDate);
    partitionedByMonth(businessDate);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(RECEIPT)
        .where(slice.covers(RECEIPT.BUSINESS_DATE))
        .groupBy(RECEIPT.STORE, RECEIPT.BUSINESS_DATE);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "sums equal the receipts",
            Warehouse.renderer()
                .select(
                    monthOf(businessDate), sum(receipts), sum(lines), sum(netSales), sum(listSales))
                .from(table())
                .groupBy(monthOf(businessDate)),
            Warehouse.renderer()
                .select(
                    monthOf(RECEIPT.BUSINESS_DATE),
                    count(),
                    sum(RECEIPT.LINES),
                    sum(RECEIPT.NET_AMOUNT),
                    sum(RECEIPT.LIST_AMOUNT))
                .from(RECEIPT)
                .groupBy(monthOf(RECEIPT.BUSINESS_DATE))),
        Check.none(
            this,
            "member receipts are receipts",
            Warehouse.renderer()
                .select(store, businessDate, receipts, memberReceipts)
                .from(table())
                .where(memberReceipts.gt(receipts))));
  }
}
