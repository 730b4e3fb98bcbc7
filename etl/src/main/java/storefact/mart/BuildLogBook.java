package storefact.mart;

import static storefact.warehouse.jooq.ops.Tables.BUILD_LOG;
import static storefact.warehouse.jooq.ops.Tables.MART_SEEN;

import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import storefact.warehouse.Warehouse;

/** Writes {@code ops.build_log}: one row per mart partition and build. Thread-safe. */
final class BuildLogBook {
  private static final String BUILT = "built";

  private final Warehouse warehouse;
  private final String build;

  BuildLogBook(Warehouse warehouse, String build) {
    this.warehouse = warehouse;
    this.build = build;
  }

  /**
   * A statement that computed a partition.
   *
   * @param startedAt UTC
   * @param seconds how long it took
   * @param memory bytes at its peak
   * @param readRows rows that it read
   */
  record Run(LocalDateTime startedAt, double seconds, long memory, long readRows) {
    /** The part of each of the partitions that one statement computed. */
    Run sharedBy(int partitions) {
      return new Run(startedAt, seconds / partitions, memory, readRows / partitions);
    }
  }

  private record Size(long rows, long bytes) {}

  /** A mart is swapped in: its partitions with their sizes. */
  void write(Environment environment, MartPlan plan, Map<String, Run> runs) {
    if (!runs.isEmpty()) {
      insert(environment, plan, runs, sizes(environment, plan.mart()), BUILT);
    }
  }

  /** All that had come when the build began is in those marts, be it built or found there. */
  void seen(Collection<Mart> marts, LocalDateTime begun) {
    if (marts.isEmpty()) {
      return;
    }
    var insert = Warehouse.renderer().insertInto(MART_SEEN, MART_SEEN.MART, MART_SEEN.SEEN_AT);
    for (Mart mart : marts) {
      insert = insert.values(List.of(mart.name(), Statements.moment(begun)));
    }
    warehouse.http().query(Warehouse.renderer().render(insert), Statements.SETTINGS);
  }

  /** A partition could not be computed. */
  void broken(Environment environment, MartPlan plan, String partition, Run run, String outcome) {
    insert(environment, plan, Map.of(partition, run), Map.of(), outcome);
  }

  private void insert(
      Environment environment,
      MartPlan plan,
      Map<String, Run> runs,
      Map<String, Size> sizes,
      String outcome) {
    var insert =
        Warehouse.renderer()
            .insertInto(
                BUILD_LOG,
                BUILD_LOG.BUILD,
                BUILD_LOG.ENVIRONMENT,
                BUILD_LOG.MART,
                BUILD_LOG.PARTITION,
                BUILD_LOG.WHY,
                BUILD_LOG.STARTED_AT,
                BUILD_LOG.SECONDS,
                BUILD_LOG.ROWS,
                BUILD_LOG.BYTES,
                BUILD_LOG.MEMORY,
                BUILD_LOG.READ_ROWS,
                BUILD_LOG.OUTCOME);
    for (var entry : runs.entrySet()) {
      Run run = entry.getValue();
      Size size = sizes.getOrDefault(entry.getKey(), new Size(0, 0));
      insert =
          insert.values(
              List.of(
                  build,
                  environment.name(),
                  plan.mart().name(),
                  entry.getKey(),
                  plan.due().get(entry.getKey()),
                  Statements.moment(run.startedAt()),
                  run.seconds(),
                  size.rows(),
                  size.bytes(),
                  run.memory(),
                  run.readRows(),
                  outcome));
    }
    warehouse.http().query(Warehouse.renderer().render(insert), Statements.SETTINGS);
  }

  /** By partition; ClickHouse calls the one partition of a table without any "all", too. */
  private Map<String, Size> sizes(Environment environment, Mart mart) {
    Map<String, Size> sizes = new HashMap<>();
    warehouse
        .http()
        .query(
            """
            SELECT partition_id, sum(rows), sum(bytes_on_disk) FROM system.parts
            WHERE active AND database = '%s' AND table = '%s' GROUP BY partition_id
            """
                .formatted(environment.marts(), mart.name()))
        .lines()
        .map(line -> line.split("\t", -1))
        .forEach(
            row -> sizes.put(row[0], new Size(Long.parseLong(row[1]), Long.parseLong(row[2]))));
    return sizes;
  }
}
