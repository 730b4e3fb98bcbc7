package storefact.mart.sales;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.sales.StoreMonth.STORE_MONTH;
import static storefact.warehouse.jooq.dw.Tables.STORE;

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
import storefact.mart.Term;

/**
 * One row per region and month: how its stores did, beside the average of the chain.
 *
 * <p>The chain's figures stand in the region's own row, so that whoever may see no other region's
 * rows can compare. They are ratios of the chain's sums: large stores weigh more than small ones.
 * Where just two regions sold they are null: with one's own figures they would tell the other's.
 */
public final class RegionBenchmark extends Mart {
  private static final String SUMS = "sums_of";
  private static final String CHAIN = "chain_";

  /** So many regions could each work out the other. */
  private static final int TELLING = 2;

  /**
   * A ratio of sums over stores.
   *
   * @param dividend of a sum, whose name follows {@code %1$s}
   * @param divisor as the dividend
   */
  private record Rate(
      String name,
      String unit,
      String english,
      String chinese,
      String about,
      String dividend,
      String divisor) {
    Field<Double> of(String whose) {
      return ratioOrNull(DSL.field(dividend.formatted(whose)), DSL.field(divisor.formatted(whose)));
    }
  }

  private static final List<Rate> RATES =
      List.of(
          new Rate(
              "sales_per_store_day",
              "currency per store and day",
              "net sales per store and day",
              "店日均净销售额",
              "Net sales per store and business day",
              "%1$snet_sales",
              "%1$sdays"),
          new Rate(
              "average_receipt",
              "currency per receipt",
              "average receipt",
              "客单价",
              "Sales before returns per receipt",
              "%1$ssales",
              "%1$sreceipts"),
          new Rate(
              "items_per_receipt",
              "items per receipt",
              "items per receipt",
              "单均商品数",
              "Lines per receipt",
              "%1$slines",
              "%1$sreceipts"),
          new Rate(
              "margin_rate",
              "share",
              "margin rate",
              "毛利率",
              "Gross margin as a part of the net sales of goods whose cost is known, 1 = all",
              "%1$sgross_margin",
              "%1$scosted_sales"),
          new Rate(
              "discount_rate",
              "share",
              "discount rate",
              "折扣率",
              "Discounts of the chain as a part of list sales, 1 = all",
              "%1$slist_sales - %1$ssales",
              "%1$slist_sales"),
          new Rate(
              "return_rate",
              "share",
              "return rate",
              "退货率",
              "Returns as a part of sales before returns of the same days, 1 = all",
              "%1$sreturns",
              "%1$ssales"));

  /** The mart. */
  public static final RegionBenchmark REGION_BENCHMARK = new RegionBenchmark();

  public final MartColumn<String> level =
      column(Term.LEVEL, DSL.inline("region")).about("region: rows are of regions");
  public final MartColumn<String> area =
      column(Term.AREA, of("region", String.class))
          .about("Region, empty for stores that tell none");
  public final MartColumn<LocalDate> month = column(Term.MONTH, of("month", LocalDate.class));
  public final MartColumn<Long> stores =
      column("stores", COUNT, of("stores", Long.class))
          .unit("stores")
          .label("stores", "门店数")
          .about("Stores with sales in the month");

  private RegionBenchmark() {
    super(
        "region_benchmark",
        "One row per region and month: how its stores did, beside the average of the chain",
        "每大区和月份一行：大区门店表现与全连锁平均");
    owner("sales");
    freshWithin(Duration.ofHours(24));
    ofAreas(level, area);
    grain(level, area, month);
    partitionedByMonth(month);
    for (Rate rate : RATES) {
      column(rate.name, RATIO_OR_NULL, rate.of(""))
          .unit(rate.unit)
          .label(rate.english, rate.chinese)
          .about(rate.about);
      column(CHAIN + rate.name, RATIO_OR_NULL, rate.of(CHAIN))
          .unit(rate.unit)
          .label(rate.english + ", chain", rate.chinese + "（全连锁）")
          .about(rate.about);
    }
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(SUMS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    List<String> sums =
        List.of(
            "days",
            "receipts",
            "lines",
            "list_sales",
            "sales",
            "returns",
            "net_sales",
            "costed_sales",
            "gross_margin");
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT *, {0} FROM ({1}) WINDOW of_chain AS (PARTITION BY month)) AS {2}",
                DSL.list(
                    sums.stream()
                        .map(
                            name ->
                                DSL.field(
                                    "if(countIf(receipts > 0) OVER of_chain = %d, NULL, sum(%s) OVER of_chain) AS %s"
                                        .formatted(TELLING, name, CHAIN + name)))
                        .toList()),
                regions(slice),
                DSL.name(SUMS)));
  }

  private static Select<?> regions(Slice slice) {
    return DSL.select(
            STORE.REGION.as("region"),
            STORE_MONTH.month.as("month"),
            countIf(STORE_MONTH.receipts.gt(0L)).as("stores"),
            sum(STORE_MONTH.days).as("days"),
            sum(STORE_MONTH.receipts).as("receipts"),
            sum(STORE_MONTH.lines).as("lines"),
            sum(STORE_MONTH.listSales).as("list_sales"),
            sum(STORE_MONTH.netSales).plus(sum(STORE_MONTH.returns)).as("sales"),
            sum(STORE_MONTH.returns).as("returns"),
            sum(STORE_MONTH.netSales).as("net_sales"),
            sum(STORE_MONTH.costedSales).as("costed_sales"),
            sum(STORE_MONTH.grossMargin).as("gross_margin"))
        .from(STORE_MONTH.table())
        .leftJoin(STORE)
        .on(slice.joins(STORE.STORE_, STORE_MONTH.store))
        .where(slice.covers(STORE_MONTH.month))
        .groupBy(STORE.REGION, STORE_MONTH.month);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.none(
            this,
            "a month has one average of the chain",
            DSL.select(month)
                .from(table())
                .groupBy(month)
                .having("uniqExact(chain_sales_per_store_day) > 1")));
  }
}
