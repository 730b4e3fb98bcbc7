package storefact.mart.sales;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.localHour;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ClickHouse.sumIf;
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
import storefact.mart.Term;

/**
 * One row per store, business day and hour by the store's clock: when the day's sales were made.
 */
public final class HourlySales extends Mart {

  /** The mart. */
  public static final HourlySales HOURLY_SALES = new HourlySales();

  public final MartColumn<String> store = column(Term.STORE_OF_TURNOVER, RECEIPT_SALES.store);
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, RECEIPT_SALES.businessDate)
          .about("Business day; its last hours may lie after midnight");
  public final MartColumn<Integer> hour =
      column("hour", SCORE, localHour(RECEIPT_SALES.at, STORE_CLOCK.TIME_ZONE))
          .label("hour", "小时")
          .about("Hour of the first line, 0 to 23, by the clock of the store");
  public final MartColumn<Long> receipts = column(Term.RECEIPTS, countIf(RECEIPT_SALES.sale()));
  public final MartColumn<Long> lines =
      column(Term.LINES, sumIf(RECEIPT_SALES.lines, RECEIPT_SALES.sale()));
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, sum(RECEIPT_SALES.quantity));
  public final MartColumn<BigDecimal> returns =
      column(Term.RETURNS, sum(RECEIPT_SALES.returned()))
          .about("What the chain gave up for goods returned in the hour");
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, sum(RECEIPT_SALES.netSales))
          .about("What the chain receives, less returns of the hour");
  public final MartColumn<Double> linesPerReceipt =
      column(Term.LINES_PER_RECEIPT, ratio(lines.own(), receipts.own()))
          .about("Items per basket: lines per receipt, 0 without receipts");

  private HourlySales() {
    super(
        "hourly_sales",
        "One row per store, business day and hour by the store's clock: when the day's sales were made",
        "每门店、营业日和当地小时一行：一天中的销售时段");
    owner("sales");
    freshWithin(Duration.ofHours(1));
    grain(store, businessDate, hour);
    summedBy(store, hour);
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
