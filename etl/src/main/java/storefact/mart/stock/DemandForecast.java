package storefact.mart.stock;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.TEXT;
import static storefact.mart.stock.DemandHistory.DEMAND_HISTORY;
import static storefact.warehouse.jooq.dw.Tables.GOODS;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.MartColumn;
import storefact.mart.ModelMart;
import storefact.mart.Slice;
import storefact.model.forecast.DemandForecaster;
import storefact.model.forecast.DemandLevel;
import storefact.model.forecast.DemandMeasure;
import storefact.model.forecast.DemandPanel;
import storefact.model.forecast.DemandSeries;
import storefact.model.forecast.Forecast;
import storefact.model.forecast.Forecast.Coverage;
import storefact.model.forecast.ForecastModel;

/**
 * One row per series and day of the five weeks after the last one that is over: what will sell, and
 * between which bounds. Made anew when a week ends, so that a day's plans stay what they were.
 * Series: net sales of stores, departments and categories; quantity of categories and of goods that
 * sold on at least 60 days. What sold on fewer than 28 days, or not in the last quarter, has no
 * row. How: {@link DemandForecaster}.
 */
public final class DemandForecast extends ModelMart {
  /**
   * Days forecast, from the Monday after the last week that is over: four weeks on every day of the
   * week in which they are read.
   */
  static final int DAYS_AHEAD = DemandForecaster.HORIZON + 7;

  private static final double ROUNDED = 1000;
  private static final Field<Double> COMPUTED =
      field("toFloat64({0} + {1})", Double.class, DEMAND_HISTORY.netSales, DEMAND_HISTORY.quantity);

  /** The mart. */
  public static final DemandForecast DEMAND_FORECAST = new DemandForecast();

  public final MartColumn<String> level =
      column("level", CODE, inline(""))
          .label("level", "层级")
          .about(
              "store, department, category or goods; choose one, their forecasts are made apart and do not add up");
  public final MartColumn<String> measure =
      column("measure", CODE, inline(""))
          .label("measure", "指标")
          .about(
              "net_sales, in currency, or quantity, in pieces or kg; both less what is brought back");
  public final MartColumn<String> store =
      column("store", CODE, DEMAND_HISTORY.store)
          .label("store", "门店")
          .about("Store that will sell");
  public final MartColumn<String> department =
      column("department", CODE, GOODS.DEPARTMENT)
          .label("department", "一级分类")
          .about("Category level 1, empty for stores and for unknown goods");
  public final MartColumn<String> category =
      column("category", CODE, GOODS.CATEGORY)
          .label("category", "二级分类")
          .about("Category level 2, empty for stores, departments and unknown goods");
  public final MartColumn<String> goods =
      column("goods", TEXT, DEMAND_HISTORY.goods)
          .label("goods", "商品")
          .about("Goods, empty on other levels");
  public final MartColumn<LocalDate> businessDate =
      column("business_date", DATE, DEMAND_HISTORY.businessDate)
          .label("business date", "营业日")
          .about("Business day to come");
  public final MartColumn<Long> daysAhead =
      column("days_ahead", COUNT, field("toUInt64({0})", Long.class, DEMAND_HISTORY.businessDate))
          .unit("days")
          .label("days ahead", "提前天数")
          .about("Days after the last Sunday that was known");
  public final MartColumn<Double> mean =
      column("mean", RATIO, COMPUTED)
          .unit("of the measure")
          .label("expected", "预期")
          .about("Expected demand of the day; add these up for a week or an order");
  public final MartColumn<Double> median =
      column("median", RATIO, COMPUTED)
          .unit("of the measure")
          .label("median", "中位数")
          .about("Demand is as likely above as below; 0 where most days sell nothing");
  public final MartColumn<Double> lower80 =
      column("lower_80", RATIO, COMPUTED)
          .unit("of the measure")
          .label("80 % from", "80%下限")
          .about("Lower end of the range that holds four days of five");
  public final MartColumn<Double> upper80 =
      column("upper_80", RATIO, COMPUTED)
          .unit("of the measure")
          .label("80 % to", "80%上限")
          .about("Upper end of the range that holds four days of five");
  public final MartColumn<Double> lower95 =
      column("lower_95", RATIO, COMPUTED)
          .unit("of the measure")
          .label("95 % from", "95%下限")
          .about("Lower end of the range that holds nineteen days of twenty");
  public final MartColumn<Double> upper95 =
      column("upper_95", RATIO, COMPUTED)
          .unit("of the measure")
          .label("95 % to", "95%上限")
          .about("Upper end of the range that holds nineteen days of twenty");
  public final MartColumn<String> method =
      column("method", CODE, inline(""))
          .label("method", "方法")
          .about(
              "learnt_errors: ranges from the errors of earlier forecasts; normal_errors: from the normal distribution, while there are too few of them");

  private DemandForecast() {
    super(
        "demand_forecast",
        "One row per store, category or goods, measure and day of the five weeks after the last full one: expected demand and its ranges",
        "每门店、分类或商品、指标和最近完整周之后五周的每一天一行：预期需求及区间");
    owner("stock");
    freshWithin(Duration.ofHours(24));
    grain(level, measure, store, department, category, goods, businessDate);
  }

  @Override
  protected Select<?> input(Slice slice) {
    return DemandInput.select();
  }

  @Override
  protected List<Table<?>> described() {
    return List.of(DEMAND_HISTORY.table(), GOODS);
  }

  @Override
  protected void compute(Stream<? extends Record> input, RowWriter rows) {
    DemandInput.read(input)
        .ifPresent(
            read ->
                new DemandForecaster(read.panel(), read.calendar(), DAYS_AHEAD)
                    .forecast(read.panel().days())
                    .forEach(forecast -> write(read.panel(), forecast, rows)));
  }

  private static void write(DemandPanel panel, Forecast forecast, RowWriter rows) {
    DemandSeries series = forecast.series();
    for (int ahead = 0; ahead < forecast.horizon(); ahead++) {
      rows.row(
          series.level().code(),
          series.measure().code(),
          series.store(),
          series.department(),
          series.category(),
          series.goods(),
          LocalDate.ofEpochDay(panel.firstDay() + forecast.origin() + ahead),
          ahead + 1,
          rounded(forecast.mean(ahead)),
          rounded(forecast.median(ahead)),
          rounded(forecast.lower(Coverage.C80, ahead)),
          rounded(forecast.upper(Coverage.C80, ahead)),
          rounded(forecast.lower(Coverage.C95, ahead)),
          rounded(forecast.upper(Coverage.C95, ahead)),
          forecast.learnt() ? "learnt_errors" : "normal_errors");
    }
  }

  private static double rounded(double value) {
    return Math.round(value * ROUNDED) / ROUNDED;
  }

  @Override
  protected List<Class<?>> codeOf() {
    return Stream.concat(Stream.of(DemandInput.class), ForecastModel.CODE.stream()).toList();
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.accepted(level, Arrays.stream(DemandLevel.values()).map(DemandLevel::code).toList()),
        Check.accepted(
            measure, Arrays.stream(DemandMeasure.values()).map(DemandMeasure::code).toList()),
        Check.none(
            this,
            "ranges lie within each other, none below 0",
            DSL.selectFrom(table())
                .where(
                    lower95
                        .own()
                        .lt(0.0)
                        .or(lower95.own().gt(lower80.own()))
                        .or(lower80.own().gt(upper80.own()))
                        .or(upper80.own().gt(upper95.own()))
                        .or(mean.own().lt(0.0)))));
  }
}
