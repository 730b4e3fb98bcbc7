package storefact.mart;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jooq.Table;
import storefact.mart.PartitionLedger.Entry;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseException;

/**
 * Computes a mart as planned and swaps it in. Every order of steps is chosen so that a crash
 * between any two leaves readers the old version and the ledger no claim that is not true. What was
 * computed for a table that is not yet swapped in stays, and the next build goes on from there.
 *
 * <p>Several builders run at once: nothing here uses the warehouse's connection but its HTTP.
 */
final class MartBuilder {
  private final Warehouse warehouse;
  private final BuildOrder order;
  private final Environment environment;
  private final PartitionLedger ledger;
  private final Fingerprints fingerprints;
  private final BuildLogBook log;
  private final Cancellation cancellation;
  private final BuildProgress progress;
  private final Map<String, String> statementSettings;

  MartBuilder(
      Warehouse warehouse,
      BuildOrder order,
      Environment environment,
      BuildLogBook log,
      Cancellation cancellation,
      BuildProgress progress) {
    this.warehouse = warehouse;
    this.order = order;
    this.environment = environment;
    this.ledger = new PartitionLedger(warehouse);
    this.fingerprints = new Fingerprints(warehouse.http(), environment, order);
    this.log = log;
    this.cancellation = cancellation;
    this.progress = progress;
    this.statementSettings = Statements.settings(warehouse.http());
  }

  /**
   * What a build made of a mart.
   *
   * @param result for the report
   * @param entries what every partition stands by now
   */
  record Built(BuildReport.MartResult result, SortedMap<String, Entry> entries) {}

  Built build(MartPlan plan, SortedMap<String, Entry> halfMade) {
    long start = System.nanoTime();
    Mart mart = plan.mart();
    progress.begins(mart, plan.due().size());
    MartTable table = new MartTable(mart, environment);
    SortedMap<String, Entry> entries =
        switch (plan.swap()) {
          case TABLE -> exchange(table, plan, halfMade);
          case PARTITION -> {
            if (!halfMade.isEmpty()) {
              ledger.forgetAll(environment.stagingName(mart));
            }
            yield replace(table, plan);
          }
        };
    ledger.remember(environment.ledgerName(mart), plan.entriesOf(plan.newlySeen()));
    BuildReport.MartResult result =
        new BuildReport.MartResult(
            mart.name(),
            plan.due().keySet().stream().toList(),
            plan.gone(),
            plan.kept(),
            Long.parseLong(run("SELECT count() FROM " + table.table())),
            seconds(start));
    progress.ends(result);
    return new Built(result, entries);
  }

  private SortedMap<String, Entry> exchange(
      MartTable table, MartPlan plan, SortedMap<String, Entry> halfMade) {
    Mart mart = plan.mart();
    String name = environment.ledgerName(mart);
    String staging = environment.stagingName(mart);
    SortedMap<String, Entry> prints = withPrints(plan);
    run(table.createStaging());
    Map<String, BuildLogBook.Run> runs = new TreeMap<>();
    List<String> due = new ArrayList<>();
    for (String partition : plan.due().keySet()) {
      Entry made = halfMade.get(partition);
      if (made != null && sameAs(made, prints.get(partition))) {
        progress.computed(mart, partition, 0);
      } else {
        due.add(partition);
      }
    }
    if (!halfMade.isEmpty()) {
      // A statement that was killed half way may have left rows, a build before the exchange kept
      // ones.
      Set<String> stale = new TreeSet<>(halfMade.keySet());
      stale.removeAll(plan.entries().keySet());
      stale.addAll(plan.gone());
      stale.addAll(due);
      stale.forEach(partition -> run(table.clearStaging(partition)));
    }
    // What is made by one step is swapped in right after it: nothing to go on from in between.
    boolean bySteps = due.size() > 1;
    compute(
        table,
        plan,
        due,
        (partition, run) -> {
          runs.put(partition, run);
          if (bySteps) {
            ledger.remember(staging, Map.of(partition, prints.get(partition)));
          }
        });
    SortedMap<String, Entry> entries = withContents(table, plan, prints);
    if (!environment.isProduction()) {
      new Rooms(warehouse).dropPassThrough(table);
    }
    run(table.create());
    for (String partition : plan.kept()) {
      if (!isEmpty(table, mart.table(), partition)) {
        run(table.keep(partition));
      }
    }
    // Forget first: a crash after the exchange then means one build too many, not one too few.
    ledger.forgetAllBut(name, plan.kept());
    run(table.exchange());
    if (environment.isProduction()) {
      run(table.createView());
    }
    ledger.remember(name, entries);
    if (bySteps || !halfMade.isEmpty()) {
      ledger.forgetAll(staging);
    }
    run(table.drop(mart.staging()));
    log.write(environment, plan, runs);
    return entries;
  }

  private static boolean sameAs(Entry made, Entry planned) {
    return made.definition().equals(planned.definition())
        && made.sources().equals(planned.sources());
  }

  private SortedMap<String, Entry> replace(MartTable table, MartPlan plan) {
    Mart mart = plan.mart();
    String name = environment.ledgerName(mart);
    if (plan.due().isEmpty()) {
      for (String partition : plan.gone()) {
        run(table.dropPartition(partition));
        ledger.forget(name, partition);
      }
      return plan.entries();
    }
    String partition = plan.due().firstKey();
    SortedMap<String, Entry> prints = withPrints(plan);
    run(table.drop(mart.staging()));
    run(table.createStaging());
    Map<String, BuildLogBook.Run> runs = new TreeMap<>();
    compute(table, plan, List.of(partition), runs::put);
    SortedMap<String, Entry> entries = withContents(table, plan, prints);
    run(
        isEmpty(table, mart.staging(), partition)
            ? table.dropPartition(partition)
            : table.replace(partition));
    ledger.remember(name, Map.of(partition, entries.get(partition)));
    run(table.drop(mart.staging()));
    log.write(environment, plan, runs);
    return entries;
  }

  /** Whether a partition has no row: REPLACE PARTITION from nothing is refused. */
  private boolean isEmpty(MartTable table, Table<?> where, String partition) {
    return run(table.count(where, table.in(partition))).equals("0");
  }

  /** With what came out in the partitions that were due, read where they were made. */
  private SortedMap<String, Entry> withContents(
      MartTable table, MartPlan plan, SortedMap<String, Entry> made) {
    SortedMap<String, Entry> entries = new TreeMap<>(made);
    Map<String, String> contents = new TreeMap<>();
    run(table.contents())
        .lines()
        .map(line -> line.split("\t", 2))
        .forEach(line -> contents.put(line[0], line[1]));
    for (String partition : plan.due().keySet()) {
      String rows = contents.getOrDefault(partition, PartitionLedger.NO_ROWS);
      entries.computeIfPresent(partition, (p, entry) -> entry.withVersion(rows));
    }
    return entries;
  }

  /**
   * What the partitions will have been built from, fingerprints of dimensions included. Taken
   * before the rows are computed, and after the marts that this one reads: what changes in between
   * is then built once too often, never not at all.
   */
  private SortedMap<String, Entry> withPrints(MartPlan plan) {
    SortedMap<String, Entry> entries = new TreeMap<>(plan.entries());
    Lineage lineage = order.lineage(plan.mart());
    for (String source : lineage.sources()) {
      prints(plan, lineage, source)
          .forEach((partition, print) -> entries.get(partition).print(source, print));
    }
    return entries;
  }

  private SortedMap<String, String> prints(MartPlan plan, Lineage lineage, String source) {
    Set<String> due = plan.due().keySet();
    if (lineage.isChosen(source)) {
      return fingerprints.ofChosen(lineage, source, due);
    }
    return plan.mart().month().isPresent()
        ? fingerprints.of(lineage, lineage.describedBy(source), due)
        : new TreeMap<>();
  }

  /** Computes partitions into the staging table, and tells of each that is there. */
  private void compute(
      MartTable table,
      MartPlan plan,
      List<String> partitions,
      BiConsumer<String, BuildLogBook.Run> computed) {
    Stride stride = new Stride(plan.mart());
    List<String> left = partitions;
    while (!left.isEmpty()) {
      List<String> some = stride.first(left);
      Optional<BuildLogBook.Run> run = compute(table, plan, some);
      if (run.isEmpty()) {
        some.forEach(partition -> run(table.clearStaging(partition)));
        stride.tooLarge();
        continue;
      }
      stride.took(run.get().seconds(), run.get().memory());
      BuildLogBook.Run each = run.get().sharedBy(some.size());
      for (String partition : some) {
        progress.computed(plan.mart(), partition, each.seconds());
        computed.accept(partition, each);
      }
      left = left.subList(some.size(), left.size());
    }
  }

  /** By one statement; empty if that took more memory than there is, which fewer may not. */
  private Optional<BuildLogBook.Run> compute(
      MartTable table, MartPlan plan, List<String> partitions) {
    cancellation.checkSign();
    LocalDateTime startedAt = LocalDateTime.now(ZoneOffset.UTC);
    long start = System.nanoTime();
    ClickHouseHttp.Cost cost;
    try {
      cost =
          plan.mart() instanceof ModelMart model
              ? new ModelRun(warehouse, model).run(table, partitions.getFirst(), settings())
              : warehouse.http().execute(table.insertStaging(partitions), settings());
    } catch (WarehouseException e) {
      if (e.isOutOfMemory() && partitions.size() > 1) {
        return Optional.empty();
      }
      BuildLogBook.Run run = new BuildLogBook.Run(startedAt, seconds(start), 0, 0);
      boolean cancelled = cancellation.caused(e);
      log.broken(environment, plan, partitions.getFirst(), run, cancelled ? "cancelled" : "failed");
      if (cancelled) {
        throw new BuildCancelledException();
      }
      throw e;
    }
    return Optional.of(
        new BuildLogBook.Run(startedAt, seconds(start), cost.memory(), cost.readRows()));
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(statementSettings);
    settings.put("query_id", cancellation.nextQuery());
    return settings;
  }

  private String run(String statement) {
    cancellation.check();
    try {
      return warehouse.http().query(statement, settings());
    } catch (WarehouseException e) {
      if (cancellation.caused(e)) {
        throw new BuildCancelledException();
      }
      throw e;
    }
  }

  static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
