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

  private static Field<LocalDate> day(LocalDate day) {
    return DSL.field("toDate({0})", LocalDate.class, DSL.inline(Date.valueOf(day).toString()));
  }

  private void note(Field<LocalDate> date) {
    if (date instanceof MartColumn<LocalDate> column) {
      narrowed.add(new Narrowed(Lineage.key(column.mart().table()), column.getName()));
    } else if (date instanceof TableField<?, LocalDate> field && field.getTable() != null) {
      Table<?> table = field.getTable();
      narrowed.add(new Narrowed(Lineage.key(table), field.getName()));
    } else {
      throw new IllegalArgumentException(
          "a slice covers a column of a table, not "
              + date
              + "; narrow the table that it comes from");
    }
  }

  List<Narrowed> narrowed() {
    return List.copyOf(narrowed);
  }

  /** A table that the select narrows to the month, and by which of its columns. */
  record Narrowed(String table, String column) {}
}
