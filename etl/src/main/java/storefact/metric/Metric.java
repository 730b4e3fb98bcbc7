package storefact.metric;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jooq.Field;
import storefact.warehouse.Warehouse;

/**
 * A figure with a name, defined once: an aggregate over a mart or view, or computed from other
 * metrics.
 */
public final class Metric {
  private final String name;
  private final Additivity additivity;
  private final Definition definition;
  private String english = "";
  private String chinese = "";
  private String description = "";
  private String unit = "";

  private Metric(String name, Additivity additivity, Definition definition) {
    this.name = name;
    this.additivity = additivity;
    this.definition = definition;
  }

  /** How a metric is computed. */
  sealed interface Definition permits Aggregates, Ratio, Difference {}

  /** From rows, by the first of these that can answer a question. */
  record Aggregates(List<Aggregate> choices) implements Definition {}

  /** One metric by another, null where that is 0. */
  record Ratio(Metric dividend, Metric divisor) implements Definition {}

  /** One metric less another. */
  record Difference(Metric minuend, Metric subtrahend) implements Definition {}

  /**
   * An aggregate over rows of a fact.
   *
   * @param lookups tables that the expression needs besides the fact
   */
  record Aggregate(Fact fact, Field<?> expression, List<NeededLookup> lookups) {
    /** A table by the key that finds it. */
    record NeededLookup(Key key, Dimension.Lookup lookup) {}

    static Aggregate of(Fact fact, Field<?> expression) {
      return new Aggregate(fact, expression, List.of());
    }

    Aggregate with(Key key, Dimension.Lookup lookup) {
      return new Aggregate(fact, expression, List.of(new NeededLookup(key, lookup)));
    }
  }

  static Metric of(String name, Additivity additivity, Aggregate... choices) {
    return new Metric(name, additivity, new Aggregates(Arrays.asList(choices)));
  }

  static Metric ratio(String name, Metric dividend, Metric divisor) {
    return new Metric(name, Additivity.NOT_ADDITIVE, new Ratio(dividend, divisor));
  }

  static Metric difference(String name, Metric minuend, Metric subtrahend) {
    return new Metric(name, minuend.additivity, new Difference(minuend, subtrahend));
  }

  Metric label(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
    return this;
  }

  Metric about(String description) {
    this.description = description;
    return this;
  }

  Metric unit(String unit) {
    this.unit = unit;
    return this;
  }

  Definition definition() {
    return definition;
  }

  /** Name in questions and answers. */
  public String name() {
    return name;
  }

  /** Over what it adds up. */
  public Additivity additivity() {
    return additivity;
  }

  /** Label. */
  public String english() {
    return english;
  }

  /** Label in Chinese. */
  public String chinese() {
    return chinese;
  }

  /** What it says, in a sentence without a full stop. */
  public String description() {
    return description;
  }

  /** Unit of its values, {@code share} for ratios of the same unit. */
  public String unit() {
    return unit;
  }

  /** The formula: names of other metrics, or the aggregate over columns. */
  public String formula() {
    return switch (definition) {
      case Ratio(Metric dividend, Metric divisor) -> dividend.name + " / " + divisor.name;
      case Difference(Metric minuend, Metric subtrahend) -> minuend.name + " - " + subtrahend.name;
      case Aggregates(List<Aggregate> choices) ->
          Warehouse.renderer().render(choices.getFirst().expression()).replace("`", "");
    };
  }

  /** The metrics that it is computed from, none for one that is computed from rows. */
  public List<Metric> from() {
    return switch (definition) {
      case Ratio(Metric dividend, Metric divisor) -> List.of(dividend, divisor);
      case Difference(Metric minuend, Metric subtrahend) -> List.of(minuend, subtrahend);
      case Aggregates _ -> List.of();
    };
  }

  /** The metrics computed from rows that it is made of, itself if it is one. */
  Set<Metric> bases() {
    Set<Metric> bases = new LinkedHashSet<>();
    if (from().isEmpty()) {
      bases.add(this);
    }
    from().forEach(metric -> bases.addAll(metric.bases()));
    return bases;
  }

  /** What it can be asked by. */
  public List<Dimension> dimensions() {
    return Dimensions.ALL.stream()
        .filter(dimension -> bases().stream().allMatch(base -> base.has(dimension)))
        .toList();
  }

  private boolean has(Dimension dimension) {
    return choices().stream().anyMatch(choice -> choice.fact().has(dimension));
  }

  /** The aggregates of a metric that is computed from rows. */
  List<Aggregate> choices() {
    return definition instanceof Aggregates(List<Aggregate> choices) ? choices : List.of();
  }

  /** Whether it has days to be asked from and to. */
  boolean hasDays() {
    return has(Dimensions.DAY);
  }

  @Override
  public String toString() {
    return name;
  }
}
