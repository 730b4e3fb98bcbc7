package storefact.mart;

import java.sql.Date;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The part of a mart that a select computes: all of it, or one month. It notes which tables the
 * select narrows to the month: those count month by month, all others as wholes.
 */
public final class Slice {
  static final String ALL = "all";
  private static final DateTimeFormatter PARTITION = DateTimeFormatter.ofPattern("yyyyMM");

  private final Optional<YearMonth> month;
  private final List<Narrowed> narrowed = new ArrayList<>();
  private final List<Described> described = new ArrayList<>();

  private Slice(Optional<YearMonth> month) {
    this.month = month;
  }

  static Slice whole() {
    return new Slice(Optional.empty());
  }

  /** The slice of a partition by its name, {@code 201707} or {@code all}. */
  static Slice of(String partition) {
    return partition.equals(ALL)
        ? whole()
        : new Slice(Optional.of(YearMonth.parse(partition, PARTITION)));
  }

  /** True for the days of the slice: a range, so that ClickHouse skips the other partitions. */
  public Condition covers(Field<LocalDate> date) {
    note(date);
    return month
        .map(m -> date.ge(day(m.atDay(1))).and(date.lt(day(m.plusMonths(1).atDay(1)))))
        .orElse(DSL.noCondition());
  }

  /**
   * The condition that joins facts with the dimension that describes them. A month is then built
   * anew only where a change of the dimension touches its facts, in a column that the mart reads.
   *
   * @param dimensionKey column of the dimension
   * @param factKey column of a table that this slice covers
   */
  public <T> Condition joins(Field<T> dimensionKey, Field<T> factKey) {
    describes(dimensionKey, factKey);
    return dimensionKey.eq(factKey);
  }

  /** As {@link #joins}, for a select that joins them by a condition of its own. */
  public <T> void describes(Field<T> dimensionKey, Field<T> factKey) {
    Column dimension = column(dimensionKey);
    Column fact = column(factKey);
    described.add(new Described(dimension.table(), dimension.name(), fact.table(), fact.name()));
  }

  private static Field<LocalDate> day(LocalDate day) {
    return DSL.field("toDate({0})", LocalDate.class, DSL.inline(Date.valueOf(day).toString()));
  }

  private void note(Field<LocalDate> date) {
    Column column = column(date);
    narrowed.add(new Narrowed(column.table(), column.name()));
  }

  private static Column column(Field<?> field) {
    if (field instanceof MartColumn<?> column) {
      return new Column(Lineage.key(column.mart().table()), column.getName());
    }
    if (field instanceof TableField<?, ?> column && column.getTable() != null) {
      Table<?> table = column.getTable();
      return new Column(Lineage.key(table), column.getName());
    }
    throw new IllegalArgumentException(
        "a slice covers and joins columns of tables, not "
            + field
            + "; narrow the table that it comes from");
  }

  private record Column(String table, String name) {}

  List<Described> described() {
    return List.copyOf(described);
  }

  List<Narrowed> narrowed() {
    return List.copyOf(narrowed);
  }

  /** A table that the select narrows to the month, and by which of its columns. */
  record Narrowed(String table, String column) {}

  /** A dimension that describes facts, and by which keys. */
  record Described(String dimension, String dimensionKey, String fact, String factKey) {}
}
