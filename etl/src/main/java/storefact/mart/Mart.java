package storefact.mart;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.SelectSelectStep;
import org.jooq.Table;
import org.jooq.impl.DSL;
import storefact.warehouse.Warehouse;

/**
 * A mart: one table for readers, computed by one select. A subclass is its whole definition: name,
 * columns as fields, grain and partition in its constructor, select, tests. Table, comments,
 * readers' view, build order and lineage follow from it.
 *
 * <p>The shape of a subclass: {@code public final class DailySales extends Mart} with {@code public
 * static final DailySales DAILY_SALES} as the last of its constants (columns may use those before
 * it), and a line in {@link Marts#ALL}.
 */
public abstract class Mart {
  private static final String DATABASE = "mart";
  private static final String VIEWS = "dw";

  private final String name;
  private final String english;
  private final String chinese;
  private final List<MartColumn<?>> columns = new ArrayList<>();
  private List<MartColumn<?>> grain = List.of();
  private Optional<MartColumn<LocalDate>> month = Optional.empty();

  /**
   * Begins a mart.
   *
   * @param name of the table
   * @param english what a row is: "One row per …"
   * @param chinese the same in Chinese
   */
  protected Mart(String name, String english, String chinese) {
    this.name = name;
    this.english = english;
    this.chinese = chinese;
  }

  /** Declares a column; the order of declaration is the order in the table. */
  protected final <T> MartColumn<T> column(String name, ColumnType<T> type, Field<?> expression) {
    MartColumn<T> column = new MartColumn<>(this, name, type, expression);
    columns.add(column);
    return column;
  }

  /** Says which columns tell one row from another; the table is sorted by them. */
  protected final void grain(MartColumn<?>... keys) {
    grain = List.of(keys);
  }

  /** Keeps the table by months of that date, so that a build recomputes only touched months. */
  protected final void partitionedByMonth(MartColumn<LocalDate> date) {
    month = Optional.of(date);
  }

  /** Begins the select: every column computed under its own name. */
  protected final SelectSelectStep<Record> selectColumns() {
    List<SelectField<?>> fields = new ArrayList<>();
    for (MartColumn<?> column : columns) {
      fields.add(column.expression().as(column.getUnqualifiedName()));
    }
    return Warehouse.renderer().select(fields);
  }

  /**
   * Computes the rows of a slice. The slice belongs into the WHERE of every table that has days.
   */
  protected abstract Select<?> select(Slice slice);

  /** The mart's own tests; that its grain is unique is tested anyway. */
  protected List<Check> checks() {
    return List.of();
  }

  /** Every test of the mart. */
  public final List<Check> allChecks() {
    List<Check> all = new ArrayList<>();
    all.add(Check.unique(this));
    all.addAll(checks());
    return List.copyOf(all);
  }

  /** Name of its table and of its readers' view. */
  public final String name() {
    return name;
  }

  /** What a row is, in English. */
  public final String english() {
    return english;
  }

  /** What a row is, in Chinese. */
  public final String chinese() {
    return chinese;
  }

  /** Columns in the order of the table. */
  public final List<MartColumn<?>> columns() {
    return List.copyOf(columns);
  }

  /** The columns that tell one row from another. */
  public final List<MartColumn<?>> grain() {
    return grain;
  }

  /** The date whose months are the table's partitions. */
  public final Optional<MartColumn<LocalDate>> month() {
    return month;
  }

  /** The table, for marts and models that read this mart. */
  public final Table<?> table() {
    return DSL.table(DSL.name(DATABASE, name));
  }

  /** The view that readers see, with their rights. */
  public final Table<?> view() {
    return DSL.table(DSL.name(VIEWS, name));
  }

  /** The tables and views that the select reads, as {@code database.name}. */
  public final List<String> sources() {
    return Lineage.of(this).sources();
  }

  final Table<?> staging() {
    return DSL.table(DSL.name(DATABASE, name + "__staging"));
  }

  final void requireComplete() {
    if (grain.isEmpty()) {
      throw new IllegalStateException(
          "mart " + name + " has no grain; call grain(…) in its constructor");
    }
    for (MartColumn<?> column : columns) {
      if (Arrays.asList(column.english(), column.chinese(), column.description()).contains("")) {
        throw new IllegalStateException(
            "column "
                + name
                + "."
                + column.getName()
                + " lacks a label or description; call label(…) and about(…)");
      }
    }
  }

  @Override
  public final String toString() {
    return name;
  }
}
