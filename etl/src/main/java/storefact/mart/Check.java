package storefact.mart;

import static org.jooq.impl.DSL.count;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import storefact.warehouse.Warehouse;

/**
 * A test of data: a select of the rows that break a rule. It holds where the select is empty.
 *
 * @param subject mart or view that is tested
 * @param name stable name of the rule
 * @param failing selects the rows that break it
 * @param severity what a broken rule means
 */
public record Check(String subject, String name, Select<?> failing, Severity severity) {

  /** A rule without which figures are wrong. */
  public Check(String subject, String name, Select<?> failing) {
    this(subject, name, failing, Severity.ERROR);
  }

  /** The same rule as one that is worth a look only. */
  public Check asWarning() {
    return new Check(subject, name, failing, Severity.WARNING);
  }

  /** No two rows share their grain. */
  static Check unique(Mart mart) {
    Select<?> failing =
        Warehouse.renderer()
            .select(mart.grain())
            .select(count().as(DSL.name("rows")))
            .from(mart.table())
            .groupBy(mart.grain())
            .having(count().gt(1));
    return new Check(mart.name(), "unique grain", failing);
  }

  /** A column holds nothing but these values. */
  public static Check accepted(MartColumn<String> column, List<String> values) {
    return none(
        column.mart(), column.getName() + " is known", failing(column, column.notIn(values)));
  }

  /** A column is never empty. */
  public static Check filled(MartColumn<String> column) {
    return none(column.mart(), column.getName() + " is filled", failing(column, column.eq("")));
  }

  /** A column lies between two values, both allowed. */
  public static <T> Check between(MartColumn<T> column, T least, T most) {
    return none(
        column.mart(),
        column.getName() + " from " + least + " to " + most,
        failing(column, column.notBetween(least, most)));
  }

  /** Every value of a column is one of a table's: a foreign key. Empty values are left out. */
  public static Check refersTo(MartColumn<String> column, Field<String> key, Table<?> table) {
    return none(
        column.mart(),
        column.getName() + " refers to " + Lineage.key(table),
        failing(
            column, column.ne("").and(column.notIn(Warehouse.renderer().select(key).from(table)))));
  }

  /** A select of rows that must not be. */
  public static Check none(Mart mart, String name, Select<?> failing) {
    return new Check(mart.name(), name, failing);
  }

  /**
   * Two selects with the same columns give the same rows: an identity. Each side has a row only
   * once; a row of one side only is a failure.
   */
  public static Check same(String subject, String name, Select<?> left, Select<?> right) {
    Select<?> failing =
        Warehouse.renderer()
            .select(DSL.asterisk())
            .from(DSL.table("({0} UNION ALL {1})", left, right))
            .groupBy(DSL.field("ALL"))
            .having(count().ne(2));
    return new Check(subject, name, failing);
  }

  private static Select<?> failing(MartColumn<?> column, Condition broken) {
    Mart mart = column.mart();
    List<SelectField<?>> shown = new ArrayList<>(mart.grain());
    if (!mart.grain().contains(column)) {
      shown.add(column);
    }
    return Warehouse.renderer().select(shown).from(mart.table()).where(broken);
  }

  /** Number of failing rows, and one of them as JSON. */
  Select<Record2<Long, String>> verdict() {
    Field<Long> failures = DSL.field("count()", Long.class);
    Field<String> sample = DSL.field("any(formatRow('JSONEachRow', *))", String.class);
    return Warehouse.renderer().select(failures, sample).from(failing.asTable("failing"));
  }
}
