package storefact.mart;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.Warehouse;

/**
 * How the facts and dimensions stood at one moment, partition by partition. A state is the highest
 * block number, which grows with every insert and outlives merges, and the highest mutation (a part
 * that none has touched shows its lowest block there, which a merge lowers: that one does not
 * count). It is read before any select runs: a row that comes in between is read early and counted
 * late, so the next build reads it again, never not at all.
 */
final class SourceStates {
  private static final Pattern READS = Pattern.compile("\\b(?:FROM|JOIN) `?(\\w+)`?\\.`?(\\w+)`?");
  private static final Pattern BY_MONTH = Pattern.compile("toYYYYMM\\(`?(\\w+)`?\\)");

  /** A view of more than one table is cut by months where it only stacks them. */
  private static final Pattern RELATES = Pattern.compile("\\bJOIN\\b|\\bOVER\\b|\\bIN \\(");

  /** Table → partition → state. */
  private final Map<String, SortedMap<String, String>> partitions = new TreeMap<>();

  /** Table → partition → its lowest block number, which only a partition made anew changes. */
  private final Map<String, Map<String, String>> begins = new TreeMap<>();

  /** Table → column by whose months it is partitioned. */
  private final Map<String, String> months = new TreeMap<>();

  /** Table → columns by which a newer version finds the row that it replaces. */
  private final Map<String, Set<String>> keys = new TreeMap<>();

  /** Table → its columns that are dates. */
  private final Map<String, Set<String>> dates = new TreeMap<>();

  /** Table and column that it is not partitioned by → month → what its rows of that month are. */
  private final Map<String, SortedMap<String, String>> contents = new TreeMap<>();

  /** View → its select. */
  private final Map<String, String> views = new TreeMap<>();

  private final DSLContext sql;
  private final ClickHouseHttp http;

  private SourceStates(Warehouse warehouse) {
    sql = warehouse.sql();
    http = warehouse.http();
  }

  static SourceStates read(Warehouse warehouse) {
    SourceStates states = new SourceStates(warehouse);
    DSLContext sql = states.sql;
    for (Record row :
        sql.fetch(
            """
            SELECT concat(database, '.', name), partition_key, as_select, sorting_key
            FROM system.tables WHERE database IN ('star', 'dw', 'ops')
            """)) {
      String table = row.get(0, String.class);
      Matcher byMonth = BY_MONTH.matcher(row.get(1, String.class));
      if (byMonth.matches()) {
        states.months.put(table, byMonth.group(1));
      }
      states.keys.put(table, Set.of(row.get(3, String.class).split(", ")));
      String select = row.get(2, String.class);
      if (!select.isEmpty()) {
        states.views.put(table, select);
      }
    }
    for (Record row :
        sql.fetch(
            """
            SELECT concat(database, '.', table), name
            FROM system.columns WHERE database IN ('star', 'ops') AND type IN ('Date', 'Nullable(Date)')
            """)) {
      states
          .dates
          .computeIfAbsent(row.get(0, String.class), t -> new TreeSet<>())
          .add(row.get(1, String.class));
    }
    for (Record row :
        sql.fetch(
            """
            SELECT concat(database, '.', table), partition_id,
              concat(toString(max(max_block_number)), '.',
                toString(max(if(data_version > min_block_number, data_version, 0)))),
              toString(min(min_block_number))
            FROM system.parts WHERE active AND rows > 0 AND database IN ('star', 'ops')
            GROUP BY database, table, partition_id
            """)) {
      String table = row.get(0, String.class);
      String partition = row.get(1, String.class);
      states
          .partitions
          .computeIfAbsent(table, t -> new TreeMap<>())
          .put(partition, row.get(2, String.class));
      states
          .begins
          .computeIfAbsent(table, t -> new TreeMap<>())
          .put(partition, row.get(3, String.class));
    }
    return states;
  }

  /** The months of a source that is narrowed by that column, or nothing where it has none. */
  Optional<Set<String>> months(String source, String column) {
    Set<String> tables = tables(source);
    if (tables.size() != 1 && RELATES.matcher(views.get(source)).find()) {
      return Optional.empty();
    }
    Set<String> all = new TreeSet<>();
    boolean some = false;
    for (String table : tables) {
      Optional<SortedMap<String, String>> months = byMonth(table, column);
      some |= months.isPresent();
      months.ifPresent(m -> all.addAll(m.keySet()));
    }
    return some ? Optional.of(all) : Optional.empty();
  }

  /** State of one month of a source that is narrowed by that column. */
  String state(String source, String column, String month) {
    return tables(source).stream()
        .map(
            table ->
                byMonth(table, column)
                    .map(months -> months.getOrDefault(month, "none"))
                    .orElseGet(() -> whole(table)))
        .collect(Collectors.joining(",", month + ":", definitions(source)));
  }

  /** States by month of a date of the table. */
  private Optional<SortedMap<String, String>> byMonth(String table, String column) {
    if (column.equals(months.get(table))) {
      return Optional.of(partitionsOf(table));
    }
    return dates.getOrDefault(table, Set.of()).contains(column)
        ? Optional.of(contents.computeIfAbsent(table + "." + column, _ -> contents(table, column)))
        : Optional.empty();
  }

  /**
   * Months that are no partitions are told apart by their rows: a year is too much to build anew
   * for one late row, and a return may name a sale of any month. Where a partition changed since
   * they were read, those of the months are read that its new parts have rows of; all of them by a
   * date that a newer version may change, for the month that it leaves has no new row.
   */
  private SortedMap<String, String> contents(String table, String column) {
    SortedMap<String, Known> known = new TreeMap<>();
    for (Record row :
        sql.fetch(
            "SELECT partition, state, month, contents FROM ops.source_month FINAL WHERE source = {0} AND column = {1}"
                + " QUALIFY state = argMax(state, read_at) OVER (PARTITION BY partition)",
            DSL.val(table), DSL.val(column))) {
      known
          .computeIfAbsent(
              row.get(0, String.class), p -> new Known(row.get(1, String.class), new TreeMap<>()))
          .months()
          .put(row.get(2, String.class), row.get(3, String.class));
    }
    SortedMap<String, String> months = new TreeMap<>();
    partitionsOf(table)
        .forEach(
            (partition, state) ->
                now(
                        table,
                        column,
                        partition,
                        state + "." + begins.get(table).get(partition),
                        Optional.ofNullable(known.get(partition)))
                    .forEach(
                        (month, rows) ->
                            months.merge(month, rows, (one, other) -> one + "+" + other)));
    return months;
  }

  /** What the months of a partition were in a state. */
  private record Known(String state, SortedMap<String, String> months) {
    private static final Pattern STATE = Pattern.compile("(\\d+)\\.(\\d+\\.\\d+)");

    /**
     * The block after which rows are new in another state; empty where rows may have changed that
     * were there before, by a mutation or as the partition was made anew.
     */
    Optional<String> newAfter(String other) {
      Matcher then = STATE.matcher(state);
      Matcher now = STATE.matcher(other);
      return then.matches() && now.matches() && then.group(2).equals(now.group(2))
          ? Optional.of(then.group(1))
          : Optional.empty();
    }
  }

  private SortedMap<String, String> now(
      String table, String column, String partition, String state, Optional<Known> known) {
    if (known.isPresent() && known.get().state().equals(state)) {
      return known.get().months();
    }
    SortedMap<String, String> months = new TreeMap<>();
    Condition changed = DSL.noCondition();
    Optional<String> block =
        known
            .filter(before -> keys.getOrDefault(table, Set.of()).contains(column))
            .flatMap(before -> before.newAfter(state));
    if (block.isPresent()) {
      List<Integer> anew = monthsAfter(table, column, partition, block.get());
      months.putAll(known.get().months());
      anew.forEach(month -> months.remove(month.toString()));
      changed = month(column).in(anew);
    }
    months.putAll(read(table, column, partition, changed));
    keep(table, column, partition, state, months);
    return months;
  }

  /** Months of the rows in parts that have blocks after that one; a merge may add older rows. */
  private List<Integer> monthsAfter(String table, String column, String partition, String block) {
    return sql
        .fetch(
            "SELECT DISTINCT {0} FROM {1} WHERE _partition_id = {2} AND {3} IS NOT NULL"
                + " AND toUInt64(splitByChar('_', _part)[3]) > toUInt64({4})",
            month(column),
            DSL.name(table.split("\\.", 2)),
            DSL.val(partition),
            DSL.name(column),
            DSL.val(block))
        .stream()
        .map(row -> row.get(0, Integer.class))
        .toList();
  }

  /** What the rows of months are. No row stands in two partitions. */
  private SortedMap<String, String> read(
      String table, String column, String partition, Condition which) {
    SortedMap<String, String> months = new TreeMap<>();
    for (Record row :
        sql.fetch(
            "SELECT toString({0}), concat(toString(count()), '.', hex(groupBitXor(cityHash64(tuple(*)))))"
                + " FROM {1} FINAL WHERE _partition_id = {2} AND {3} IS NOT NULL AND {4} GROUP BY 1",
            month(column),
            DSL.name(table.split("\\.", 2)),
            DSL.val(partition),
            DSL.name(column),
            which)) {
      months.put(row.get(0, String.class), row.get(1, String.class));
    }
    return months;
  }

  private static Field<Integer> month(String column) {
    return DSL.field("toYYYYMM({0})", Integer.class, DSL.name(column));
  }

  private void keep(
      String table,
      String column,
      String partition,
      String state,
      SortedMap<String, String> months) {
    if (!months.isEmpty()) {
      http.query(
          months.entrySet().stream()
              .map(
                  month ->
                      "('%s', '%s', '%s', '%s', '%s', '%s', now64(3))"
                          .formatted(
                              table, column, partition, month.getKey(), state, month.getValue()))
              .collect(
                  Collectors.joining(
                      ", ",
                      "INSERT INTO ops.source_month (source, column, partition, month, state, contents, read_at) VALUES ",
                      "")),
          Statements.SETTINGS);
    }
  }

  private SortedMap<String, String> partitionsOf(String table) {
    return partitions.getOrDefault(table, new TreeMap<>());
  }

  /** State of a source as a whole. */
  String state(String source) {
    return tables(source).stream()
        .map(this::whole)
        .collect(Collectors.joining(",", "", definitions(source)));
  }

  private String whole(String table) {
    return table + partitionsOf(table);
  }

  /** A view that a migration changed gives other rows without any insert. */
  private String definitions(String source) {
    return views.containsKey(source) ? "=" + MartTable.hash(views.get(source)) : "";
  }

  /** The tables with rows behind a view, or the table itself. */
  private Set<String> tables(String source) {
    String select = views.get(source);
    if (select == null) {
      return Set.of(source);
    }
    Set<String> tables = new LinkedHashSet<>();
    Matcher reads = READS.matcher(select);
    while (reads.find()) {
      tables.addAll(tables(reads.group(1) + "." + reads.group(2)));
    }
    if (tables.isEmpty()) {
      throw new IllegalStateException(
          "cannot tell what view "
              + source
              + " reads; name its tables as database.table: "
              + select);
    }
    return tables;
  }
}
