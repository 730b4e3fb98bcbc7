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
          DailyDemand.EachDay.class,
          DailyDemand.SellingDays.class,
          DemandCalendar.class,
          DemandForecaster.class,
          DemandForecaster.SeriesClass.class,
          DemandPanel.class,
          DemandPanel.Builder.class,
          DemandSeries.class,
          DiscountedLevel.class,
          ErrorQuantiles.class,
          ErrorQuantiles.Learning.class,
          IntermittentDemand.class,
          OriginFit.class,
          OriginFit.Fitted.class,
          SeasonalFactors.class,
          SeasonalNaive.class);

  private ForecastModel() {}
}
