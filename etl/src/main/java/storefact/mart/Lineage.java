package storefact.mart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.VisitContext;
import org.jooq.VisitListener;
import org.jooq.impl.DSL;
import storefact.warehouse.Warehouse;

/**
 * What a mart's select reads, taken from the select itself while it is rendered.
 *
 * @param reads every table as often as the select reads it, as {@code database.name}
 * @param narrowed those that the select narrows to its slice
 * @param described dimensions that it joins to facts of its slice
 * @param chosen tables of which it reads some rows only, as often as it reads them so
 * @param columns the columns that it reads, as {@code database.name.column}
 * @param sql the select of a fixed slice
 */
record Lineage(
    List<String> reads,
    List<Slice.Narrowed> narrowed,
    List<Slice.Described> described,
    List<Slice.Chosen> chosen,
    Set<String> columns,
    String sql) {
  private static final String SOME_MONTH = "200001";

  static Lineage of(Mart mart) {
    mart.requireComplete();
    Slice slice = Slice.of(mart.month().isPresent() ? SOME_MONTH : Slice.ALL);
    Select<?> select = mart.select(slice);
    Reads reads = new Reads();
    String sql = reads.renderer().render(select);
    return new Lineage(
        List.copyOf(reads.found),
        slice.narrowed(),
        slice.described(),
        slice.chosen().stream().flatMap(reads::asOften).toList(),
        reads.columns(),
        sql);
  }

  List<String> sources() {
    return List.copyOf(new LinkedHashSet<>(reads));
  }

  /**
   * The column by which a source is narrowed, where every reading of it is: a select that narrows
   * one reading and joins another in full depends on all months.
   */
  Optional<String> narrowedBy(String source) {
    List<String> columns =
        narrowed.stream()
            .filter(n -> n.table().equals(source))
            .map(Slice.Narrowed::column)
            .toList();
    long readings = reads.stream().filter(source::equals).count();
    return columns.size() == readings && columns.stream().distinct().count() == 1
        ? Optional.of(columns.getFirst())
        : Optional.empty();
  }

  /** Whether months of a source that is narrowed depend on those before them, too. */
  boolean carries(String source) {
    return narrowed.stream().anyMatch(n -> n.table().equals(source) && n.carried());
  }

  /**
   * How a dimension describes the facts of the slice, where the select reads it for nothing else:
   * then a change of it touches the months of those facts only. Empty for other sources.
   */
  List<Slice.Described> describedBy(String source) {
    List<Slice.Described> joins =
        described.stream().filter(join -> join.dimension().equals(source)).toList();
    long readings = reads.stream().filter(source::equals).count();
    return joins.size() == readings
            && joins.stream()
                .allMatch(join -> narrowedBy(join.fact()).isPresent() && !carries(join.fact()))
        ? joins
        : List.of();
  }

  /** Which rows of a source the select reads, of all months, where every reading of it says so. */
  List<Condition> chosenOf(String source) {
    List<Slice.Chosen> some = chosen.stream().filter(part -> part.table().equals(source)).toList();
    long readings = reads.stream().filter(source::equals).count();
    return some.size() == readings
        ? some.stream().map(Slice.Chosen::everywhere).distinct().toList()
        : List.of();
  }

  /**
   * Whether a source counts by the rows of it that the select reads. What is carried counts by all
   * months until then.
   */
  boolean isChosen(String source) {
    return !carries(source) && !chosenOf(source).isEmpty();
  }

  /** Columns of a source that the select reads, in order. */
  List<String> columnsOf(String source) {
    return columns.stream()
        .filter(column -> column.startsWith(source + "."))
        .map(column -> column.substring(source.length() + 1))
        .sorted()
        .toList();
  }

  /** {@code database.name} of a table, whatever its alias. */
  static String key(Table<?> table) {
    Reads reads = new Reads();
    reads.renderer().render(DSL.selectOne().from(table));
    if (reads.found.size() != 1) {
      throw new IllegalArgumentException(
          table + " is no table of the warehouse; give one of its tables");
    }
    return reads.found.getFirst();
  }

  private static final class Reads implements VisitListener {
    private final List<String> found = new ArrayList<>();
    private final Set<Field<?>> fields = new LinkedHashSet<>();
    private final IdentityHashMap<Condition, Integer> conditions = new IdentityHashMap<>();

    DSLContext renderer() {
      return DSL.using(Warehouse.renderer().configuration().derive(this));
    }

    Set<String> columns() {
      Set<String> columns = new LinkedHashSet<>();
      for (Field<?> field : fields) {
        if (field instanceof MartColumn<?> column) {
          columns.add(key(column.mart().table()) + "." + column.getName());
        } else if (field instanceof TableField<?, ?> column
            && column.getTable() != null
            && database(column.getTable()).isPresent()) {
          columns.add(key(column.getTable()) + "." + column.getName());
        }
      }
      return columns;
    }

    /** What stands twice in a select is one object, but two readings. */
    Stream<Slice.Chosen> asOften(Slice.Chosen chosen) {
      return Collections.nCopies(conditions.getOrDefault(chosen.rows(), 0), chosen).stream();
    }

    @Override
    public void visitStart(VisitContext context) {
      if (context.queryPart() instanceof Condition condition) {
        conditions.merge(condition, 1, Integer::sum);
      }
      if (context.queryPart() instanceof Field<?> field) {
        fields.add(field);
      }
      // Fields are rendered with their table's name too: only a table in a FROM declares itself.
      // An alias has no database; the table behind it comes by on its own.
      if (context.queryPart() instanceof Table<?> table
          && context.renderContext() != null
          && context.renderContext().declareTables()) {
        database(table).ifPresent(database -> found.add(database + "." + table.getName()));
      }
    }

    private static Optional<String> database(Table<?> table) {
      if (table.getSchema() != null) {
        return Optional.of(table.getSchema().getName());
      }
      String[] name = table.getQualifiedName().getName();
      return name.length == 2 ? Optional.of(name[0]) : Optional.empty();
    }
  }
}
