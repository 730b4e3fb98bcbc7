package storefact.metric;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.conf.ParseWithMetaLookups;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.ParserException;
import org.jooq.impl.QOM;
import storefact.warehouse.Warehouse;

/**
 * A condition on dimensions that somebody typed. Nothing of the text reaches the warehouse: it is
 * parsed, and a condition is built anew from the few forms that are known, the dimensions and
 * literal values. Everything else is refused.
 */
final class MetricFilter {
  private static final String FORMS =
      "compare a dimension with literals by =, <>, <, <=, >, >=, in, between or like, joined by and, or, not";

  private final Optional<Condition> parsed;

  private MetricFilter(Optional<Condition> parsed) {
    this.parsed = parsed;
  }

  /**
   * Parses a condition; empty text is none.
   *
   * @throws IllegalArgumentException if it is no condition, or not on dimensions and literals
   */
  static MetricFilter parse(String text) {
    if (text.isBlank()) {
      return new MetricFilter(Optional.empty());
    }
    // Names stay names: there is nothing that they could be looked up in.
    Settings settings = new Settings().withParseWithMetaLookups(ParseWithMetaLookups.OFF);
    DSLContext parser = DSL.using(Warehouse.renderer().dialect(), settings);
    try {
      MetricFilter filter = new MetricFilter(Optional.of(parser.parser().parseCondition(text)));
      filter.dimensions();
      return filter;
    } catch (ParserException e) {
      throw new IllegalArgumentException(
          "cannot read the condition \"" + text + "\" (" + e.getMessage() + "): " + FORMS, e);
    }
  }

  Set<Dimension> dimensions() {
    Set<Dimension> found = new LinkedHashSet<>();
    condition(
        dimension -> {
          found.add(dimension);
          return DSL.field(DSL.name(dimension.name()));
        });
    return found;
  }

  /** The condition over what a fact has for each dimension. */
  Condition condition(Function<Dimension, Field<?>> fields) {
    return parsed.map(part -> rebuilt(part, fields)).orElse(DSL.noCondition());
  }

  private Condition rebuilt(Condition part, Function<Dimension, Field<?>> fields) {
    return switch (part) {
      case QOM.And and -> rebuilt(and.$arg1(), fields).and(rebuilt(and.$arg2(), fields));
      case QOM.Or or -> rebuilt(or.$arg1(), fields).or(rebuilt(or.$arg2(), fields));
      case QOM.Not not -> DSL.not(rebuilt(not.$arg1(), fields));
      case QOM.Eq<?> eq -> compared(eq.$arg1(), eq.$arg2(), fields, Field::eq);
      case QOM.Ne<?> ne -> compared(ne.$arg1(), ne.$arg2(), fields, Field::ne);
      case QOM.Lt<?> lt -> compared(lt.$arg1(), lt.$arg2(), fields, Field::lt);
      case QOM.Le<?> le -> compared(le.$arg1(), le.$arg2(), fields, Field::le);
      case QOM.Gt<?> gt -> compared(gt.$arg1(), gt.$arg2(), fields, Field::gt);
      case QOM.Ge<?> ge -> compared(ge.$arg1(), ge.$arg2(), fields, Field::ge);
      case QOM.InList<?> in -> field(in.$field(), fields).in(values(in.$list()));
      case QOM.NotInList<?> in -> field(in.$field(), fields).notIn(values(in.$list()));
      case QOM.Between<?> between when !between.$symmetric() ->
          field(between.$arg1(), fields).between(value(between.$arg2()), value(between.$arg3()));
      case QOM.Like like when like.$escape() == null ->
          field(like.$arg1(), fields).like(value(like.$arg2()).cast(String.class));
      default -> throw refused(part);
    };
  }

  private static Condition compared(
      Field<?> left,
      Field<?> right,
      Function<Dimension, Field<?>> fields,
      BiFunction<Field<Object>, Field<Object>, Condition> how) {
    return how.apply(field(left, fields), value(right));
  }

  /** Of one type for all: ClickHouse compares a literal as what stands on the other side. */
  @SuppressWarnings("unchecked")
  private static Field<Object> field(Field<?> field, Function<Dimension, Field<?>> fields) {
    if (field instanceof Param<?> || field.getQualifiedName().getName().length != 1) {
      throw refused(field);
    }
    return (Field<Object>) fields.apply(Dimensions.named(field.getName()));
  }

  private static List<Field<Object>> values(List<? extends Field<?>> list) {
    return list.stream().map(MetricFilter::value).toList();
  }

  private static Field<Object> value(Field<?> literal) {
    if (literal instanceof Param<?> param && param.getValue() != null) {
      Object value = param.getValue();
      return DSL.inline(
          value instanceof Number || value instanceof Boolean ? value : (Object) value.toString());
    }
    throw refused(literal);
  }

  private static IllegalArgumentException refused(Object part) {
    return new IllegalArgumentException("a condition may not hold \"" + part + "\": " + FORMS);
  }
}
