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
 * The part of a mart that a select computes: all of it, or a month, or several months in a row. It
 * notes which tables the select narrows to the months, or to what came until their end: those count
 * month by month, all others as wholes. A select says of each month the same, whichever slice it is
 * in.
 */
public final class Slice {
  static final String ALL = "all";
  private static final LocalDate BEFORE_ALL = LocalDate.EPOCH;
  static final DateTimeFormatter PARTITION = DateTimeFormatter.ofPattern("yyyyMM");

  private final Optional<Months> months;
  private final List<Narrowed> narrowed = new ArrayList<>();
  private final List<Described> described = new ArrayList<>();
  private final List<Chosen> chosen = new ArrayList<>();

  /** From the first to the last. */
  private record Months(YearMonth first, YearMonth last) {
    LocalDate begin() {
      return first.atDay(1);
    }

    LocalDate end() {
      return last.plusMonths(1).atDay(1);
    }
  }

  private Slice(Optional<Months> months) {
    this.months = months;
  }

  static Slice whole() {
    return new Slice(Optional.empty());
  }

  /** The slice of a partition by its name, {@code 201707} or {@code all}. */
  static Slice of(String partition) {
    return of(List.of(partition));
  }

  /** The slice of partitions that follow one another. */
  static Slice of(List<String> partitions) {
    return partitions.equals(List.of(ALL))
        ? whole()
        : new Slice(
            Optional.of(
                new Months(
                    YearMonth.parse(partitions.getFirst(), PARTITION),
                    YearMonth.parse(partitions.getLast(), PARTITION))));
  }

  /** True for the days of the slice: a range, so that ClickHouse skips the other partitions. */
  public Condition covers(Field<LocalDate> date) {
    note(date, false);
    return months
        .map(m -> date.ge(day(m.begin())).and(date.lt(day(m.end()))))
        .orElse(DSL.noCondition());
  }

  /**
   * True for the days of the slice and all before it, for what is carried from month to month: a
   * late fact then touches its month and those after it. Select what came before the slice as few
   * rows of {@link #carried}, for it is read with every month.
   */
  public Condition upTo(Field<LocalDate> date) {
    note(date, true);
    return ended(date);
  }

  /** True for days before the slice's end, of whatever they are days. It narrows nothing. */
  public Condition ended(Field<LocalDate> date) {
    return months.map(m -> date.lt(day(m.end()))).orElse(DSL.noCondition());
  }

  /**
   * The first day of the month before the slice, in whose name all that came before is carried; for
   * all of a mart a day before any fact.
   */
  public Field<LocalDate> carried() {
    return day(months.map(m -> m.begin().minusMonths(1)).orElse(BEFORE_ALL));
  }

  /** The first day of the slice; for all of a mart a day before any fact. */
  public Field<LocalDate> begin() {
    return day(months.map(Months::begin).orElse(BEFORE_ALL));
  }

  /** The first day of the slice's last month; for all of a mart a day before any fact. */
  public Field<LocalDate> lastMonth() {
    return day(months.map(m -> m.last().atDay(1)).orElse(BEFORE_ALL));
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

  /**
   * Says that the select reads no other rows of a table than those. A mart then has work only where
   * something in them changed, in a column that it reads; without it any change of the table is
   * one, or of its month. Every reading of the table has to say so.
   *
   * @param column any column of the table
   */
  public Condition only(Field<?> column, Condition rows) {
    return only(column, rows, rows);
  }

  /**
   * As {@link #only(Field, Condition)}, where the condition is narrowed to the slice itself.
   *
   * @param everywhere says the same of the rows of any month
   */
  public Condition only(Field<?> column, Condition rows, Condition everywhere) {
    chosen.add(new Chosen(column(column).table(), rows, everywhere));
    return rows;
  }

  private static Field<LocalDate> day(LocalDate day) {
    return DSL.field("toDate({0})", LocalDate.class, DSL.inline(Date.valueOf(day).toString()));
  }

  private void note(Field<LocalDate> date, boolean carried) {
    Column column = column(date);
    narrowed.add(new Narrowed(column.table(), column.name(), carried));
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

  List<Chosen> chosen() {
    return List.copyOf(chosen);
  }

  List<Narrowed> narrowed() {
    return List.copyOf(narrowed);
  }

  /**
   * A table that the select narrows to the month, by which of its columns, and whether the months
   * before are carried.
   */
  record Narrowed(String table, String column, boolean carried) {}

  /** A dimension that describes facts, and by which keys. */
  record Described(String dimension, String dimensionKey, String fact, String factKey) {}

  /** The rows of a table that the select reads, as it says so in its slice and of all months. */
  record Chosen(String table, Condition rows, Condition everywhere) {}
}
