package storefact.mart;

import static storefact.warehouse.jooq.ops.Tables.MART_PARTITION;

import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.Record3;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.warehouse.Warehouse;

/** What every partition of every mart was built from, in {@code ops.mart_partition}. */
final class PartitionLedger {
  private static final Condition STANDS = MART_PARTITION.DEFINITION.ne("");

  /** Version of a partition without rows. */
  static final String NO_ROWS = "0";

  private final Warehouse warehouse;

  PartitionLedger(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * What a partition was built from.
   *
   * @param sources by name
   * @param definition hash of the mart's definition
   * @param version what the rows are, as a hash; the build while it makes them
   */
  record Entry(SortedMap<String, State> sources, String definition, String version) {

    Entry withVersion(String rows) {
      return new Entry(sources, definition, rows);
    }

    /** Whether it came out without any row. */
    boolean isEmpty() {
      return version.equals(NO_ROWS);
    }

    /** Takes a print of a source. */
    void print(String source, String print) {
      sources.computeIfPresent(source, (s, state) -> new State(state.rows(), print));
    }

    private String text() {
      StringBuilder text = new StringBuilder();
      sources.forEach(
          (source, state) ->
              text.append(source)
                  .append('=')
                  .append(state.rows())
                  .append('|')
                  .append(state.print())
                  .append(';'));
      return text.toString();
    }

    private static SortedMap<String, State> parse(String text) {
      SortedMap<String, State> sources = new TreeMap<>();
      for (String part : text.split(";", -1)) {
        String[] pieces = part.split("[=|]", -1);
        if (pieces.length == 3) {
          sources.put(pieces[0], new State(pieces[1], pieces[2]));
        }
      }
      return sources;
    }
  }

  /**
   * How a source stood.
   *
   * @param rows changes with any of its rows
   * @param print of a dimension that describes facts: changes with what it says of those of the
   *     partition, in the columns that the mart reads; of a source of which the mart reads some
   *     rows only: changes with those; empty where not taken
   */
  record State(String rows, String print) {
    boolean sameAs(State other) {
      return rows.equals(other.rows) || (!print.isEmpty() && print.equals(other.print));
    }
  }

  SortedMap<String, Entry> entries(String mart) {
    SortedMap<String, Entry> entries = new TreeMap<>();
    warehouse
        .sql()
        .select(
            MART_PARTITION.PARTITION,
            MART_PARTITION.SOURCE_STATE,
            MART_PARTITION.DEFINITION,
            MART_PARTITION.VERSION)
        .from("{0} FINAL", MART_PARTITION)
        .where(MART_PARTITION.MART.eq(mart))
        .and(STANDS)
        .forEach(
            row ->
                entries.put(
                    row.value1(),
                    new Entry(Entry.parse(row.value2()), row.value3(), row.value4())));
    return entries;
  }

  void remember(String mart, Map<String, Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    var insert =
        Warehouse.renderer()
            .insertInto(
                MART_PARTITION,
                MART_PARTITION.MART,
                MART_PARTITION.PARTITION,
                MART_PARTITION.SOURCE_STATE,
                MART_PARTITION.DEFINITION,
                MART_PARTITION.VERSION,
                MART_PARTITION.BUILT_AT);
    for (var entry : entries.entrySet()) {
      insert =
          insert.values(
              DSL.val(mart),
              DSL.val(entry.getKey()),
              DSL.val(entry.getValue().text()),
              DSL.val(entry.getValue().definition()),
              DSL.val(entry.getValue().version()),
              DSL.field("now64(3)", MART_PARTITION.BUILT_AT.getDataType()));
    }
    warehouse.http().query(Warehouse.renderer().render(insert), Statements.SETTINGS);
  }

  void forget(String mart, String partition) {
    strike(mart, MART_PARTITION.PARTITION.eq(partition));
  }

  void forgetAllBut(String mart, Collection<String> kept) {
    strike(mart, MART_PARTITION.PARTITION.notIn(kept));
  }

  void forgetAll(String mart) {
    strike(mart, DSL.noCondition());
  }

  /**
   * A newer row without a definition strikes an entry out. Deleting it would be a mutation, for
   * which a build of a few rows waits longer than for all its other statements.
   */
  private void strike(String mart, Condition which) {
    Select<Record3<String, String, LocalDateTime>> struck =
        DSL.select(
                MART_PARTITION.MART,
                MART_PARTITION.PARTITION,
                DSL.field("now64(3)", MART_PARTITION.BUILT_AT.getDataType()))
            .from("{0} FINAL", MART_PARTITION)
            .where(MART_PARTITION.MART.eq(mart))
            .and(STANDS)
            .and(which);
    warehouse
        .http()
        .query(
            Warehouse.renderer()
                .render(
                    DSL.insertInto(
                            MART_PARTITION,
                            MART_PARTITION.MART,
                            MART_PARTITION.PARTITION,
                            MART_PARTITION.BUILT_AT)
                        .select(struck)),
            Statements.SETTINGS);
  }
}
