package storefact.mart;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseException;
import storefact.warehouse.WarehouseLock;

/**
 * Brings marts up to date. What changed since the last build is computed, in the order in which
 * marts read each other, and swapped in whole: readers see the old rows or the new ones. Builds of
 * several processes follow one another; a build that dies leaves nothing that the next one does not
 * clean.
 */
public final class MartBuild {
  private final Warehouse warehouse;

  /** Builds in that warehouse. */
  public MartBuild(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Builds, waiting for another build to end first.
   *
   * @throws WarehouseException if a statement fails; marts built before it stay built
   * @throws IllegalStateException if marts read each other in a circle, or one is incomplete
   * @throws InterruptedException if interrupted while waiting
   */
  public BuildReport run(BuildOptions options, BuildProgress progress) throws InterruptedException {
    Set<Mart> known = new LinkedHashSet<>(Marts.ALL);
    known.addAll(options.marts());
    BuildOrder order = new BuildOrder(List.copyOf(known));
    List<Mart> marts = order.of(options.marts());
    try (WarehouseLock lock = WarehouseLock.acquire(warehouse.http(), "build", progress::waiting)) {
      long start = System.nanoTime();
      String build = UUID.randomUUID().toString();
      dropLeftovers();
      MartPlanner planner = new MartPlanner(order, warehouse, options.extent());
      BuildLogBook log = new BuildLogBook(warehouse, build);
      MartBuilder builder = new MartBuilder(warehouse, log, progress);
      List<BuildReport.MartResult> results = new ArrayList<>();
      try {
        for (Mart mart : marts) {
          results.add(builder.build(mart, planner.plan(mart)));
        }
      } finally {
        log.write();
      }
      return new BuildReport(build, List.copyOf(results), MartBuilder.seconds(start));
    }
  }

  private void dropLeftovers() {
    warehouse
        .sql()
        .fetch(
            "SELECT name FROM system.tables WHERE database = 'mart' AND endsWith(name, '__staging')")
        .forEach(
            row ->
                warehouse
                    .http()
                    .query("DROP TABLE IF EXISTS mart.`" + row.get(0, String.class) + "` SYNC"));
  }
}
