package storefact.mart;

import static storefact.warehouse.jooq.ops.Tables.BUILD_LOG;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Record;
import org.jooq.impl.DSL;
import storefact.warehouse.Warehouse;

/** Writes {@code ops.build_log}: one row per mart partition and build. */
final class BuildLogBook {
  private final Warehouse warehouse;
  private final String build;
  private final boolean queriesAreLogged;
  private final List<Row> rows = new ArrayList<>();

  BuildLogBook(Warehouse warehouse, String build) {
    this.warehouse = warehouse;
    this.build = build;
    queriesAreLogged = warehouse.http().query("EXISTS TABLE system.query_log").equals("1");
  }

  /**
   * A statement that computed a partition.
   *
   * @param query its id
   * @param startedAt UTC
   * @param seconds how long it took
   */
  record Run(String query, LocalDateTime startedAt, double seconds) {}

  private record Row(Mart mart, String partition, String why, Run run) {}

  void note(Mart mart, MartPlan plan, Map<String, Run> runs) {
    runs.forEach(
        (partition, run) -> rows.add(new Row(mart, partition, plan.due().get(partition), run)));
  }

  /** Writes what was noted, all at once: the server's own log is flushed for it. */
  void write() {
    if (rows.isEmpty()) {
      return;
    }
    Map<String, Long> memory = memory();
    Map<String, Record> sizes = sizes();
    var insert =
        Warehouse.renderer()
            .insertInto(
                BUILD_LOG,
                BUILD_LOG.BUILD,
                BUILD_LOG.MART,
                BUILD_LOG.PARTITION,
                BUILD_LOG.WHY,
                BUILD_LOG.STARTED_AT,
                BUILD_LOG.SECONDS,
                BUILD_LOG.ROWS,
                BUILD_LOG.BYTES,
                BUILD_LOG.MEMORY);
    for (Row row : rows) {
      Record size = sizes.get(row.mart().name() + "/" + row.partition());
      insert =
          insert.values(
              List.of(
                  build,
                  row.mart().name(),
                  row.partition(),
                  row.why(),
                  Statements.moment(row.run().startedAt()),
                  row.run().seconds(),
                  size == null ? 0L : size.get(1, Long.class),
                  size == null ? 0L : size.get(2, Long.class),
                  memory.getOrDefault(row.run().query(), 0L)));
    }
    warehouse.http().query(Warehouse.renderer().render(insert), Statements.SETTINGS);
  }

  /**
   * By mart and partition; ClickHouse calls the one partition of a table without any "all", too.
   */
  private Map<String, Record> sizes() {
    Map<String, Record> sizes = new HashMap<>();
    warehouse
        .sql()
        .fetch(
            """
            SELECT concat(table, '/', partition_id), sum(rows), sum(bytes_on_disk) FROM system.parts
            WHERE active AND database = 'mart' GROUP BY table, partition_id
            """)
        .forEach(row -> sizes.put(row.get(0, String.class), row));
    return sizes;
  }

  private Map<String, Long> memory() {
    Map<String, Long> memory = new HashMap<>();
    if (!queriesAreLogged) {
      return memory;
    }
    warehouse.http().query("SYSTEM FLUSH LOGS query_log");
    warehouse
        .sql()
        .fetch(
            """
            SELECT query_id, max(memory_usage) FROM system.query_log
            WHERE event_date >= yesterday() AND type = 'QueryFinish' AND query_id IN ({0}) GROUP BY query_id
            """,
            DSL.list(rows.stream().map(row -> DSL.inline(row.run().query())).toList()))
        .forEach(row -> memory.put(row.get(0, String.class), row.get(1, Long.class)));
    return memory;
  }
}
