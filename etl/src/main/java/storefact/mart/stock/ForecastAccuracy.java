package storefact.mart.stock;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.ColumnType.YES_NO;
import static storefact.mart.stock.DemandHistory.DEMAND_HISTORY;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import storefact.mart.Check;
import storefact.mart.MartColumn;
import storefact.mart.ModelMart;
import storefact.mart.Slice;
import storefact.model.forecast.Accuracy;
import storefact.model.forecast.BackTest;
import storefact.model.forecast.BackTest.Group;
import storefact.model.forecast.BackTest.Method;
import storefact.model.forecast.DemandForecaster;
import storefact.model.forecast.Forecast.Coverage;
import storefact.model.forecast.ForecastModel;

/**
 * One row per level, measure, frequency and method: how good the forecasts of the last twelve weeks
 * of the months that are over would have been, each made four weeks ahead from what was known then,
 * beside simpler methods. Told by the month: a week more changes next to nothing.
 */
public final class ForecastAccuracy extends ModelMart {
  private static final int ORIGINS = 3;
  private static final double ROUNDED = 1e6;
  private static final Field<Double> COMPUTED =
      field("toFloat64({0} + {1})", Double.class, DEMAND_HISTORY.netSales, DEMAND_HISTORY.quantity);

  /** The mart. */
  public static final ForecastAccuracy FORECAST_ACCURACY = new ForecastAccuracy();

  public final MartColumn<String> level =
      column("level", CODE, inline(""))
          .label("level", "层级")
          .about("store, department, category or goods, each within a store");
  public final MartColumn<String> measure =
      column("measure", CODE, inline("")).label("measure", "指标").about("net_sales or quantity");
  public final MartColumn<Boolean> frequent =
      column("frequent", YES_NO, inline(true))
          .label("sells often", "常销")
          .about("Sold on at least half of the days of the half-year before");
  public final MartColumn<String> method =
      column("method", CODE, inline(""))
          .label("method", "方法")
          .about(
              "median and mean are those of demand_forecast; seasonal_naive is last week's same weekday, year_before the like day of the year before; syntetos_boylan and teunter_syntetos_babai are made for intermittent demand");
  public final MartColumn<Long> days =
      column("days", COUNT, field("toUInt64({0})", Long.class, DEMAND_HISTORY.businessDate))
          .unit("days of series")
          .label("days", "天数")
          .about("Days judged, over all series");
  public final MartColumn<Double> mase =
      column("mase", RATIO_OR_NULL, COMPUTED)
          .label("MASE", "平均绝对标度误差")
          .about(
              "Mean absolute error, each series divided by that of last week's same weekday over the days before; null if nothing was judged");
  public final MartColumn<Double> toSeasonalNaive =
      column("to_seasonal_naive", RATIO_OR_NULL, COMPUTED)
          .label("to seasonal naive", "相对季节朴素法")
          .about("MASE over that of seasonal_naive on the same days; below 1 is better");
  public final MartColumn<Double> coverage80 =
      column("coverage_80", RATIO_OR_NULL, COMPUTED)
          .label("within 80 %", "80%区间覆盖率")
          .about(
              "Share of days within the 80 % range, null for methods without one; above 0.8 where most days sell nothing");
  public final MartColumn<Double> coverage95 =
      column("coverage_95", RATIO_OR_NULL, COMPUTED)
          .label("within 95 %", "95%区间覆盖率")
          .about("Share of days within the 95 % range, null for methods without one");

  private ForecastAccuracy() {
    super(
        "forecast_accuracy",
        "One row per level, measure, frequency and method: errors of forecasts as they would have been made in the last twelve weeks of the months that are over",
        "每层级、指标、销售频率和方法一行：截至最近已结束月份的十二周回测预测误差");
    owner("stock");
    freshWithin(Duration.ofHours(24));
    grain(level, measure, frequent, method);
  }

  @Override
  protected Select<?> input(Slice slice) {
    return DemandInput.ofSomeStores(slice);
  }

  @Override
  protected List<Table<?>> described() {
    return List.of(DEMAND_HISTORY.table());
  }

  @Override
  protected void compute(Stream<? extends Record> input, RowWriter rows) {
    DemandInput.read(input)
        .ifPresent(
            read ->
                new BackTest(read.panel(), read.calendar(), DemandForecaster.HORIZON, ORIGINS)
                    .run(_ -> {})
                    .forEach((group, accuracies) -> write(group, accuracies, rows)));
  }

  private static void write(Group group, Map<Method, Accuracy> accuracies, RowWriter rows) {
    double naive = accuracies.get(Method.SEASONAL_NAIVE).mase();
    accuracies.forEach(
        (method, accuracy) ->
            rows.row(
                group.level().code(),
                group.measure().code(),
                group.frequent(),
                method.name().toLowerCase(Locale.ROOT),
                accuracy.days(),
                rounded(accuracy.mase()),
                rounded(accuracy.mase() / naive),
                rounded(accuracy.coverage(Coverage.C80)),
                rounded(accuracy.coverage(Coverage.C95))));
  }

  private static Double rounded(double value) {
    return Double.isFinite(value) ? (Double) (Math.round(value * ROUNDED) / ROUNDED) : null;
  }

  @Override
  protected List<Class<?>> codeOf() {
    return Stream.concat(Stream.of(DemandInput.class), ForecastModel.CODE.stream()).toList();
  }

  @Override
  protected List<Check> checks() {
    return List.of(Check.between(coverage80, 0.0, 1.0), Check.between(coverage95, 0.0, 1.0));
  }
}
