package storefact.metric;

import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import storefact.mart.Mart;
import storefact.metric.Metric.Aggregate;
import storefact.metric.Metric.Aggregates;
import storefact.metric.Metric.Difference;
import storefact.metric.Metric.Ratio;
import storefact.warehouse.Warehouse;

/** A metric as one expression over the columns of one mart: what a dashboard's dataset is told. */
public final class MetricExpression {
  private static final DSLContext RENDERER =
      DSL.using(
          Warehouse.renderer()
              .configuration()
              .derive(
                  ((Settings) Warehouse.renderer().settings().clone()).withRenderSchema(false)));

  private MetricExpression() {}

  /**
   * The expression, {@code sum(net_sales)} for example; empty where the metric, or one that it is
   * computed from, is not summed from this mart alone.
   */
  public static Optional<String> over(Metric metric, Mart mart) {
    return field(metric, mart)
        .map(
            field -> RENDERER.render(field).replaceAll("[`\"]", "").replace(mart.name() + ".", ""));
  }

  private static Optional<Field<?>> field(Metric metric, Mart mart) {
    return switch (metric.definition()) {
      case Aggregates aggregates ->
          aggregates.choices().stream()
              .filter(choice -> choice.fact().name().equals(mart.name()))
              .filter(choice -> choice.lookups().isEmpty())
              .<Field<?>>map(Aggregate::expression)
              .findFirst();
      case Ratio(Metric dividend, Metric divisor) ->
          both(dividend, divisor, mart, "toFloat64({0}) / nullIf(toFloat64({1}), 0)");
      case Difference(Metric minuend, Metric subtrahend) ->
          both(minuend, subtrahend, mart, "{0} - {1}");
    };
  }

  private static Optional<Field<?>> both(Metric first, Metric second, Mart mart, String template) {
    Optional<Field<?>> left = field(first, mart);
    Optional<Field<?>> right = field(second, mart);
    return left.isEmpty() || right.isEmpty()
        ? Optional.empty()
        : Optional.of(DSL.field(template, left.get(), right.get()));
  }
}
