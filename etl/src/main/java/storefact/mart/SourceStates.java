package storefact.mart;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;

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

  /** Table → partition → state. */
  private final Map<String, SortedMap<String, String>> partitions = new TreeMap<>();

  /** Table → column by whose months it is partitioned. */
  private final Map<String, String> months = new TreeMap<>();

  /** View → its select. */
  private final Map<String, String> views = new TreeMap<>();

  private SourceStates() {}

  static SourceStates read(DSLContext sql) {
    SourceStates states = new SourceStates();
    for (Record row :
        sql.fetch(
            """
            SELECT concat(database, '.', name), partition_key, as_select
            FROM system.tables WHERE database IN ('star', 'dw', 'ops')
            """)) {
      String table = row.get(0, String.class);
      Matcher byMonth = BY_MONTH.matcher(row.get(1, String.class));
      if (byMonth.matches()) {
        states.months.put(table, byMonth.group(1));
      }
      String select = row.get(2, String.class);
      if (!select.isEmpty()) {
        states.views.put(table, select);
      }
    }
    for (Record row :
        sql.fetch(
            """
            SELECT concat(database, '.', table), partition_id,
              concat(toString(max(max_block_number)), '.',
                toString(max(if(data_version > min_block_number, data_version, 0))))
            FROM system.parts WHERE active AND rows > 0 AND database IN ('star', 'ops')
            GROUP BY database, table, partition_id
            """)) {
      states
          .partitions
          .computeIfAbsent(row.get(0, String.class), t -> new TreeMap<>())
          .put(row.get(1, String.class), row.get(2, String.class));
    }
    return states;
  }

  /** The months of a source that is narrowed by that column, or nothing where it has none. */
  Optional<Set<String>> months(String source, String column) {
    Set<String> tables = tables(source);
    if (tables.size() != 1) {
      return Optional.empty();
    }
    String table = tables.iterator().next();
    return column.equals(months.get(table))
        ? Optional.of(partitions.getOrDefault(table, new TreeMap<>()).keySet())
        : Optional.empty();
  }

  /** State of one month of a source. */
  String state(String source, String month) {
    return tables(source).stream()
        .map(table -> partitions.getOrDefault(table, new TreeMap<>()).getOrDefault(month, "none"))
        .collect(Collectors.joining(",", source + "/" + month + ":", definitions(source)));
  }

  /** State of a source as a whole. */
  String state(String source) {
    return tables(source).stream()
        .map(table -> table + partitions.getOrDefault(table, new TreeMap<>()))
        .collect(Collectors.joining(",", source + ":", definitions(source)));
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
