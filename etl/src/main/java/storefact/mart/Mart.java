package storefact.mart;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.SelectSelectStep;
import org.jooq.Table;
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
  static final String STAGING = "__staging";

  private final String name;
  private final String english;
  private final String chinese;
  private final List<MartColumn<?>> columns = new ArrayList<>();
  private List<MartColumn<?>> grain = List.of();
  private final List<List<MartColumn<?>>> summedBy = new ArrayList<>();
  private Optional<MartColumn<LocalDate>> month = Optional.empty();
  private String owner = "";
  private Optional<Duration> freshWithin = Optional.empty();
  private final Set<String> tags = new LinkedHashSet<>();
  private Optional<Areas> areas = Optional.empty();

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
    String room = getClass().getPackageName();
    tags.add(room.substring(room.lastIndexOf('.') + 1));
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

  /**
   * Keeps beside the rows what they sum to by some of the grain's columns, month by month. Nobody
   * has to know: ClickHouse reads these few rows where a question needs no other columns, a chart
   * of a large mart without a choice of days for example.
   */
  protected final void summedBy(MartColumn<?>... keys) {
    summedBy.add(List.of(keys));
  }

  /** Keeps the table by months of that date, so that a build recomputes only touched months. */
  protected final void partitionedByMonth(MartColumn<LocalDate> date) {
    month = Optional.of(date);
  }

  /** Says who answers for its figures, {@code sales} for example. */
  protected final void owner(String owner) {
    this.owner = owner;
  }

  /** Promises that the mart is built at most so long after its sources changed. */
  protected final void freshWithin(Duration promise) {
    freshWithin = Optional.of(promise);
  }

  /** Adds tags by which a build can select it; the last part of its package is one anyway. */
  protected final void tags(String... more) {
    tags.addAll(List.of(more));
  }

  /**
   * Says that rows are of areas, so that regional readers get those of their stores and regions.
   *
   * @param level {@code chain}, {@code region}, {@code format} or {@code store}
   * @param area region or store
   */
  protected final void ofAreas(MartColumn<String> level, MartColumn<String> area) {
    areas = Optional.of(new Areas(level, area));
  }

  /** The columns that say of which area a row is. */
  public record Areas(MartColumn<String> level, MartColumn<String> area) {}

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

  /** By which columns it keeps sums. */
  final List<List<MartColumn<?>>> summedBy() {
    return List.copyOf(summedBy);
  }

  /** The date whose months are the table's partitions. */
  public final Optional<MartColumn<LocalDate>> month() {
    return month;
  }

  /** Who answers for its figures. */
  public final String owner() {
    return owner;
  }

  /** How soon after a change of its sources it is promised to be built. */
  public final Optional<Duration> freshWithin() {
    return freshWithin;
  }

  /** By what builds can select it. */
  public final Set<String> tags() {
    return Set.copyOf(tags);
  }

  /** Of which areas its rows are, where they are of several levels. */
  public final Optional<Areas> readAreas() {
    return areas;
  }

  /**
   * Whether its rows are of stores or regions, so that regional readers can be given theirs. Others
   * are for readers of the whole chain only.
   */
  public final boolean isReadByRegion() {
    return areas.isPresent() || ReaderRows.has(this, "store");
  }

  /**
   * Whether its rows name members, so that customer managers can be given those of the members whom
   * they look after.
   */
  public final boolean isReadByMember() {
    return ReaderRows.has(this, ReaderRows.MEMBER);
  }

  /** Whether its rows are about single members, cards or passes. */
  public final boolean isAboutPersons() {
    return ReaderRows.areOfPersons(this);
  }

  /** The table, for marts and models that read this mart. */
  public final Table<?> table() {
    return new MartReference(DATABASE, name);
  }

  /** The view that readers see, with their rights. */
  public final Table<?> view() {
    return new MartReference(VIEWS, name);
  }

  /** The tables and views that the select reads, as {@code database.name}. */
  public final List<String> sources() {
    return Lineage.of(this).sources();
  }

  final Table<?> staging() {
    return new MartReference(DATABASE, name + STAGING);
  }

  final void requireComplete() {
    if (grain.isEmpty()) {
      throw new IllegalStateException(
          "mart " + name + " has no grain; call grain(…) in its constructor");
    }
    if (owner.isEmpty() || freshWithin.isEmpty()) {
      throw new IllegalStateException(
          "mart "
              + name
              + " lacks an owner or a promise of freshness; call owner(…) and freshWithin(…) in its constructor");
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

  /** Declares a column that other marts have, too; {@code about} narrows what it says here. */
  protected final <T> MartColumn<T> column(Term<T> term, Field<?> expression) {
    return column(term.name(), term.type(), expression)
        .unit(term.unit())
        .label(term.english(), term.chinese())
        .about(term.description());
  }
}
