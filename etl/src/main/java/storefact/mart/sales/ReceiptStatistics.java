package storefact.mart.sales;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.quantileIf;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.sales.ReceiptSales.RECEIPT_SALES;
import static storefact.warehouse.jooq.dw.Tables.RECEIPT;
import static storefact.warehouse.jooq.dw.Tables.STORE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Select;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;
import storefact.warehouse.Warehouse;

/** One row per store and business day: how many receipts, and how large they are. */
public final class ReceiptStatistics extends Mart {
  private static final double MEDIAN = 0.5;
  private static final double NINE_OF_TEN = 0.9;

  /** The mart. */
  public static final ReceiptStatistics RECEIPT_STATISTICS = new ReceiptStatistics();

  public final MartColumn<String> store = column(Term.STORE_OF_SALE, RECEIPT_SALES.store);
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, RECEIPT_SALES.businessDate);
  public final MartColumn<Long> receipts = column(Term.RECEIPTS, countIf(RECEIPT_SALES.sale()));
  public final MartColumn<Long> memberReceipts =
      column("member_receipts", COUNT, countIf(RECEIPT_SALES.sale().and(RECEIPT_SALES.card.ne(""))))
          .unit("receipts")
          .label("receipts with a card", "出示卡小票数")
          .about("Receipts of sales that showed a card, of a member or a partner");
  public final MartColumn<Long> lines =
      column(Term.LINES, sumIf(RECEIPT_SALES.lines, RECEIPT_SALES.sale()));
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, sum(RECEIPT_SALES.quantity));
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, sum(RECEIPT_SALES.netSales))
          .about("What the chain receives, less returns");
  public final MartColumn<BigDecimal> listSales =
      column(Term.LIST_SALES, sum(RECEIPT_SALES.listSales));
  public final MartColumn<BigDecimal> returns = column(Term.RETURNS, sum(RECEIPT_SALES.returned()));
  public final MartColumn<Double> averageReceipt =
      column(Term.AVERAGE_RECEIPT, ratio(netSales.own().plus(returns.own()), receipts.own()));
  public final MartColumn<Double> medianReceipt =
      column(
              "median_receipt",
              RATIO,
              quantileIf(MEDIAN, RECEIPT_SALES.netSales, RECEIPT_SALES.sale()))
          .unit("currency")
          .label("median receipt", "客单价中位数")
          .about("Half of the receipts have a net amount of at most this, before returns");
  public final MartColumn<Double> p90Receipt =
      column(
              "p90_receipt",
              RATIO,
              quantileIf(NINE_OF_TEN, RECEIPT_SALES.netSales, RECEIPT_SALES.sale()))
          .unit("currency")
          .label("90 % receipt", "客单价九十分位数")
          .about("Nine receipts of ten have a net amount of at most this, before returns");
  public final MartColumn<Double> linesPerReceipt =
      column(Term.LINES_PER_RECEIPT, ratio(lines.own(), receipts.own()));

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
        .from(RECEIPT_SALES.table())
        .where(slice.covers(RECEIPT_SALES.businessDate))
        .groupBy(RECEIPT_SALES.store, RECEIPT_SALES.businessDate);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.refersTo(store, STORE.STORE_, STORE),
        Check.same(
            name(),
            "receipts are those of dw.receipt",
            Warehouse.renderer()
                .select(monthOf(businessDate), sum(receipts), sum(lines), sum(listSales))
                .from(table())
                .where(receipts.gt(0L))
                .groupBy(monthOf(businessDate)),
            Warehouse.renderer()
                .select(
                    monthOf(RECEIPT.BUSINESS_DATE),
                    count(),
                    sum(RECEIPT.LINES),
                    sum(RECEIPT.LIST_AMOUNT))
                .from(RECEIPT)
                .groupBy(monthOf(RECEIPT.BUSINESS_DATE))),
        Check.none(
            this,
            "receipts with a card are receipts",
            Warehouse.renderer()
                .select(store, businessDate, receipts, memberReceipts)
                .from(table())
                .where(memberReceipts.gt(receipts))));
  }
}
