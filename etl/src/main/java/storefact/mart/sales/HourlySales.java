package storefact.mart.sales;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.localHour;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.SCORE;
import static storefact.mart.sales.ReceiptSales.RECEIPT_SALES;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.warehouse.jooq.dw.Tables.STORE_CLOCK;

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
 * One row per store, business day and hour by the store's clock: when the day's sales were made.
 */
public final class HourlySales extends Mart {

  /** The mart. */
  public static final HourlySales HOURLY_SALES = new HourlySales();

  public final MartColumn<String> store =
      column("store", CODE, RECEIPT_SALES.store)
          .label("store", "门店")
          .about("Store that sold or took back");
  public final MartColumn<LocalDate> businessDate =
      column("business_date", DATE, RECEIPT_SALES.businessDate)
          .label("business date", "营业日")
          .about("Business day; its last hours may lie after midnight");
  public final MartColumn<Integer> hour =
      column("hour", SCORE, localHour(RECEIPT_SALES.at, STORE_CLOCK.TIME_ZONE))
          .label("hour", "小时")
          .about("Hour of the first line, 0 to 23, by the clock of the store");
  public final MartColumn<Long> receipts =
      column("receipts", COUNT, countIf(RECEIPT_SALES.sale()))
          .unit("receipts")
          .label("receipts", "小票数")
          .about("Receipts of sales");
  public final MartColumn<Long> lines =
      column("lines", COUNT, sumIf(RECEIPT_SALES.lines, RECEIPT_SALES.sale()))
          .unit("lines")
          .label("lines", "行数")
          .about("Lines sold");
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, sum(RECEIPT_SALES.quantity))
          .unit("pieces or kg")
          .label("quantity", "数量")
          .about("Quantity sold less quantity returned");
  public final MartColumn<BigDecimal> returns =
      column("returns", MONEY, sum(RECEIPT_SALES.returned()))
          .unit("currency")
          .label("returns", "退货金额")
          .about("What the chain gave up for goods returned in the hour");
  public final MartColumn<BigDecimal> netSales =
      column("net_sales", MONEY, sum(RECEIPT_SALES.netSales))
          .unit("currency")
          .label("net sales", "净销售额")
          .about("What the chain receives, less returns of the hour");
  public final MartColumn<Double> linesPerReceipt =
      column("lines_per_receipt", RATIO, ratio(lines.own(), receipts.own()))
          .unit("lines")
          .label("lines per receipt", "单均行数")
          .about("Items per basket: lines per receipt, 0 without receipts");

  private HourlySales() {
    super(
        "hourly_sales",
        "One row per store, business day and hour by the store's clock: when the day's sales were made",
        "每门店、营业日和当地小时一行：一天中的销售时段");
    owner("sales");
    freshWithin(Duration.ofHours(1));
    grain(store, businessDate, hour);
    partitionedByMonth(businessDate);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(RECEIPT_SALES.table())
        .leftJoin(STORE_CLOCK)
        .on(slice.joins(STORE_CLOCK.STORE, RECEIPT_SALES.store))
        .where(slice.covers(RECEIPT_SALES.businessDate))
        .groupBy(RECEIPT_SALES.store, RECEIPT_SALES.businessDate, hour.expression());
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.between(hour, 0, 23),
        Check.same(
            name(),
            "hours sum to the day",
            DSL.select(store, businessDate, sum(receipts), sum(lines), sum(netSales), sum(returns))
                .from(table())
                .groupBy(store, businessDate),
            DSL.select(
                    RECEIPT_STATISTICS.store,
                    RECEIPT_STATISTICS.businessDate,
                    RECEIPT_STATISTICS.receipts,
                    RECEIPT_STATISTICS.lines,
                    RECEIPT_STATISTICS.netSales,
                    RECEIPT_STATISTICS.returns)
                .from(RECEIPT_STATISTICS.table())));
  }
}
