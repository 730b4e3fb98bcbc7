package storefact.metric;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.SelectHavingStep;
import org.jooq.SelectJoinStep;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.conf.BackslashEscaping;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import storefact.metric.Metric.Aggregate;
import storefact.metric.Metric.Difference;
import storefact.metric.Metric.Ratio;
import storefact.warehouse.Warehouse;

/**
 * A question for metrics, and the one select that answers it from the readers' views. Each metric
 * is computed from the first fact of its definition that has all that is asked for, so a number of
 * different things is never added up; metrics of several facts are grouped each for itself and laid
 * side by side.
 */
public final class MetricQuery {
  private static final Name PARTS = DSL.name("parts");
  private static final int DIGITS = 4;

  /** Marts are read through their readers' views; a backslash in a literal is a backslash. */
  private static final DSLContext RENDERER =
      DSL.using(
          Warehouse.renderer()
              .configuration()
              .derive(
                  ((Settings) Warehouse.renderer().settings().clone())
                      .withBackslashEscaping(BackslashEscaping.ON)
                      .withRenderFormatted(true)
                      .withRenderMapping(
                          new RenderMapping()
                              .withSchemata(
                                  new MappedSchema().withInput("mart").withOutput("dw")))));

  private final List<Metric> metrics;
  private final List<Dimension> by;
  private final MetricFilter filter;
  private final Optional<LocalDate> from;
  private final Optional<LocalDate> to;
  private final Optional<Integer> top;
  private final boolean rounded;

  private MetricQuery(
      List<Metric> metrics,
      List<Dimension> by,
      MetricFilter filter,
      Optional<LocalDate> from,
      Optional<LocalDate> to,
      Optional<Integer> top,
      boolean rounded) {
    this.metrics = List.copyOf(metrics);
    this.by = List.copyOf(by);
    this.filter = filter;
    this.from = from;
    this.to = to;
    this.top = top;
    this.rounded = rounded;
  }

  /** Asks for metrics of all rows together. */
  public static MetricQuery of(List<Metric> metrics) {
    return new MetricQuery(
        metrics,
        List.of(),
        MetricFilter.parse(""),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** Asks by dimensions. */
  public MetricQuery by(List<Dimension> dimensions) {
    return new MetricQuery(metrics, dimensions, filter, from, to, top, rounded);
  }

  /**
   * Asks for some values of dimensions only, {@code region = 'East' and year = 2017}.
   *
   * @throws IllegalArgumentException if it is anything but comparisons of dimensions with literals
   */
  public MetricQuery where(String condition) {
    return new MetricQuery(metrics, by, MetricFilter.parse(condition), from, to, top, rounded);
  }

  /** Asks for business days from that one. */
  public MetricQuery from(LocalDate first) {
    return new MetricQuery(metrics, by, filter, Optional.of(first), to, top, rounded);
  }

  /** Asks for business days to that one, included. */
  public MetricQuery to(LocalDate last) {
    return new MetricQuery(metrics, by, filter, from, Optional.of(last), top, rounded);
  }

  /** Asks for the rows with the highest values of the first metric only. */
  public MetricQuery top(int rows) {
    return new MetricQuery(metrics, by, filter, from, to, Optional.of(rows), rounded);
  }

  /** Asks for ratios with four digits, for people. */
  public MetricQuery rounded() {
    return new MetricQuery(metrics, by, filter, from, to, top, true);
  }

  /**
   * The statement.
   *
   * @throws IllegalArgumentException if a metric cannot be asked so; the message says by what it
   *     can
   */
  public String sql() {
    return RENDERER.render(select());
  }

  /**
   * A select for each way in which a metric's rows are ever summed, one column each: for lineage.
   */
  public static List<String> everyWay(Metric metric) {
    MetricQuery all = of(List.of(metric));
    List<String> ways = new ArrayList<>();
    for (Metric base : metric.bases()) {
      for (Aggregate way : base.choices()) {
        SelectField<?> column = way.expression().as(DSL.name(base.name()));
        ways.add(RENDERER.render(all.joined(way.fact(), List.of(way), List.of(column))));
      }
    }
    return ways;
  }

  private Select<?> select() {
    Map<Fact, Map<Metric, Aggregate>> parts = new LinkedHashMap<>();
    for (Metric base : bases()) {
      Aggregate aggregate = chosen(base);
      parts.computeIfAbsent(aggregate.fact(), f -> new LinkedHashMap<>()).put(base, aggregate);
    }
    return parts.size() == 1 ? ofOne(parts) : ofSeveral(parts);
  }

  private Set<Metric> bases() {
    Set<Metric> bases = new LinkedHashSet<>();
    metrics.forEach(metric -> bases.addAll(metric.bases()));
    return bases;
  }

  private Select<?> ofOne(Map<Fact, Map<Metric, Aggregate>> parts) {
    var part = parts.entrySet().iterator().next();
    List<SelectField<?>> fields = new ArrayList<>();
    by.forEach(d -> fields.add(value(part.getKey(), d).as(DSL.name(d.name()))));
    metrics.forEach(
        m ->
            fields.add(
                computed(m, b -> part.getValue().get(b).expression()).as(DSL.name(m.name()))));
    return ordered(grouped(part.getKey(), part.getValue().values(), fields));
  }

  private SelectHavingStep<Record> grouped(
      Fact fact, Collection<Aggregate> aggregates, List<SelectField<?>> fields) {
    var rows = joined(fact, aggregates, fields).where(rows(fact));
    return by.isEmpty() ? rows : rows.groupBy(by.stream().map(d -> value(fact, d)).toList());
  }

  private Select<?> ofSeveral(Map<Fact, Map<Metric, Aggregate>> parts) {
    Select<Record> all = null;
    for (var part : parts.entrySet()) {
      List<SelectField<?>> fields = new ArrayList<>();
      by.forEach(d -> fields.add(value(part.getKey(), d).as(DSL.name(d.name()))));
      for (Metric base : bases()) {
        Aggregate aggregate = part.getValue().get(base);
        Field<?> value = aggregate == null ? DSL.field("NULL") : aggregate.expression();
        fields.add(value.as(DSL.name(base.name())));
      }
      Select<Record> one = grouped(part.getKey(), part.getValue().values(), fields);
      all = all == null ? one : all.unionAll(one);
    }
    List<SelectField<?>> fields = new ArrayList<>();
    by.forEach(d -> fields.add(part(d.name()).as(DSL.name(d.name()))));
    // One of the parts has a value, the others null.
    metrics.forEach(
        m -> fields.add(computed(m, base -> DSL.max(part(base.name()))).as(DSL.name(m.name()))));
    var sides = DSL.select(fields).from(all.asTable(PARTS));
    return ordered(
        by.isEmpty() ? sides : sides.groupBy(by.stream().map(d -> part(d.name())).toList()));
  }

  private static Field<?> part(String column) {
    return DSL.field(PARTS.append(column));
  }

  private Select<?> ordered(SelectHavingStep<?> select) {
    List<SortField<?>> order = new ArrayList<>();
    if (top.isPresent()) {
      order.add(DSL.field(DSL.name(metrics.getFirst().name())).desc());
    }
    by.forEach(d -> order.add(DSL.field(DSL.name(d.name())).asc()));
    return top.isPresent() ? select.orderBy(order).limit(top.get()) : select.orderBy(order);
  }

  private Field<?> computed(Metric metric, Function<Metric, Field<?>> bases) {
    return switch (metric.definition()) {
      case Ratio(Metric dividend, Metric divisor) ->
          ratio(unrounded(dividend, bases), unrounded(divisor, bases));
      default -> unrounded(metric, bases);
    };
  }

  private Field<?> unrounded(Metric metric, Function<Metric, Field<?>> bases) {
    return switch (metric.definition()) {
      case Ratio(Metric dividend, Metric divisor) ->
          quotient(unrounded(dividend, bases), unrounded(divisor, bases));
      case Difference(Metric minuend, Metric subtrahend) ->
          DSL.field("{0} - {1}", unrounded(minuend, bases), unrounded(subtrahend, bases));
      case Metric.Aggregates _ -> bases.apply(metric);
    };
  }

  private Field<?> ratio(Field<?> dividend, Field<?> divisor) {
    Field<Double> quotient = quotient(dividend, divisor);
    return rounded
        ? DSL.field("round({0}, {1})", Double.class, quotient, DSL.inline(DIGITS))
        : quotient;
  }

  private static Field<Double> quotient(Field<?> dividend, Field<?> divisor) {
    return DSL.field("toFloat64({0}) / nullIf(toFloat64({1}), 0)", Double.class, dividend, divisor);
  }

  /** The fact with every table that this question or an aggregate needs to be told about a key. */
  private SelectJoinStep<Record> joined(
      Fact fact, Collection<Aggregate> aggregates, List<SelectField<?>> fields) {
    Map<Table<?>, Condition> joins = new LinkedHashMap<>();
    for (Dimension dimension : asked()) {
      dimension
          .lookup()
          .ifPresent(
              lookup ->
                  joins.put(
                      lookup.table(),
                      on(fact, dimension.among(fact.keys()).orElseThrow(), lookup)));
    }
    for (Aggregate aggregate : aggregates) {
      aggregate
          .lookups()
          .forEach(
              needed ->
                  joins.put(needed.lookup().table(), on(fact, needed.key(), needed.lookup())));
    }
    SelectJoinStep<Record> select = DSL.select(fields).from(fact.table());
    for (var join : joins.entrySet()) {
      select = select.leftJoin(join.getKey()).on(join.getValue());
    }
    return select;
  }

  private static Condition on(Fact fact, Key key, Dimension.Lookup lookup) {
    return DSL.condition("{0} = {1}", lookup.key(), fact.keys().get(key));
  }

  private Set<Dimension> asked() {
    Set<Dimension> asked = new LinkedHashSet<>(by);
    asked.addAll(filter.dimensions());
    return asked;
  }

  private static Field<?> value(Fact fact, Dimension dimension) {
    return dimension
        .lookup()
        .<Field<?>>map(Dimension.Lookup::value)
        .orElseGet(() -> fact.keys().get(dimension.among(fact.keys()).orElseThrow()));
  }

  private Condition rows(Fact fact) {
    Field<?> day =
        fact.keys().containsKey(Key.DAY) ? fact.keys().get(Key.DAY) : fact.keys().get(Key.MONTH);
    Condition rows = filter.condition(dimension -> value(fact, dimension));
    if (from.isPresent()) {
      rows = rows.and(DSL.condition("{0} >= {1}", day, DSL.inline(from.get().toString())));
    }
    if (to.isPresent()) {
      rows = rows.and(DSL.condition("{0} <= {1}", day, DSL.inline(to.get().toString())));
    }
    return rows;
  }

  private Aggregate chosen(Metric base) {
    return base.choices().stream()
        .filter(
            choice -> asked().stream().allMatch(choice.fact()::has) && coversDays(choice.fact()))
        .findFirst()
        .orElseThrow(() -> refused(base));
  }

  private boolean coversDays(Fact fact) {
    if ((from.isEmpty() && to.isEmpty()) || fact.keys().containsKey(Key.DAY)) {
      return true;
    }
    boolean wholeMonths =
        from.map(first -> first.getDayOfMonth() == 1).orElse(true)
            && to.map(last -> last.plusDays(1).getDayOfMonth() == 1).orElse(true);
    return fact.keys().containsKey(Key.MONTH) && wholeMonths;
  }

  private IllegalArgumentException refused(Metric base) {
    String dimensions = base.dimensions().stream().map(Dimension::name).collect(joining(", "));
    List<Dimension> lacking =
        asked().stream().filter(dimension -> !base.dimensions().contains(dimension)).toList();
    String reason;
    if (!base.hasDays() && (from.isPresent() || to.isPresent())) {
      reason = "is known as it stands now only and has no days: leave out from and to";
    } else if (!lacking.isEmpty()) {
      reason =
          "cannot be asked by %s: ask by %s"
              .formatted(lacking.stream().map(Dimension::name).collect(joining(", ")), dimensions);
    } else {
      reason = "is kept in no one place by all of " + asked() + ": ask by fewer dimensions";
    }
    boolean part = !metrics.contains(base);
    return new IllegalArgumentException(
        "metric " + base + (part ? ", a part of " + metrics + "," : "") + " " + reason);
  }
}
