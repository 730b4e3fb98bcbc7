package storefact.model.forecast;

import java.util.List;

/** The model as a whole. */
public final class ForecastModel {
  /** The classes that decide what is forecast: a mart is computed anew when they change. */
  public static final List<Class<?>> CODE =
      List.of(
          Accuracy.class,
          BackTest.class,
          CalendarEffect.class,
          ChainFactors.class,
          DailyDemand.class,
          DemandCalendar.class,
          DemandDay.class,
          DemandForecaster.class,
          DemandLevel.class,
          DemandMeasure.class,
          DemandPanel.class,
          DemandSeries.class,
          DiscountedLevel.class,
          ErrorQuantiles.class,
          Forecast.class,
          IntermittentDemand.class,
          OriginFit.class,
          SeasonalFactors.class,
          SeasonalNaive.class);

  private ForecastModel() {}
}
