package storefact.mart;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import storefact.warehouse.Warehouse;

/**
 * Computes a mart as planned and swaps it in. Every order of steps is chosen so that a crash
 * between any two leaves readers the old version and the ledger no claim that is not true.
 */
final class MartBuilder {
  private final Warehouse warehouse;
  private final PartitionLedger ledger;
  private final BuildLogBook log;
  private final BuildProgress progress;

  MartBuilder(Warehouse warehouse, BuildLogBook log, BuildProgress progress) {
    this.warehouse = warehouse;
    this.ledger = new PartitionLedger(warehouse);
    this.log = log;
    this.progress = progress;
  }

  BuildReport.MartResult build(Mart mart, MartPlan plan) {
    long start = System.nanoTime();
    progress.begins(mart, plan.due().size());
    MartTable table = new MartTable(mart);
    log.note(
        mart,
        plan,
        switch (plan.swap()) {
          case TABLE -> exchange(mart, table, plan);
          case PARTITIONS -> replace(mart, table, plan);
        });
    BuildReport.MartResult result =
        new BuildReport.MartResult(
            mart.name(),
            plan.due().keySet().stream().toList(),
            plan.gone(),
            plan.kept(),
            warehouse.sql().fetchCount(mart.table()),
            seconds(start));
    progress.ends(result);
    return result;
  }

  private Map<String, BuildLogBook.Run> exchange(Mart mart, MartTable table, MartPlan plan) {
    run(table.createStaging());
    Map<String, BuildLogBook.Run> runs = new HashMap<>();
    for (String partition : plan.due().keySet()) {
      runs.put(partition, compute(mart, table, partition));
    }
    run(table.create());
    // Forget first: a crash after the exchange then means one build too many, not one too few.
    ledger.forgetAll(mart);
    run(table.exchange());
    run(table.createView());
    ledger.remember(mart, plan.states());
    run(table.drop(mart.staging()));
    return runs;
  }

  private Map<String, BuildLogBook.Run> replace(Mart mart, MartTable table, MartPlan plan) {
    Map<String, BuildLogBook.Run> runs = new HashMap<>();
    if (!plan.due().isEmpty()) {
      run(table.createStaging());
      for (String partition : plan.due().keySet()) {
        runs.put(partition, compute(mart, table, partition));
        boolean empty = warehouse.sql().fetchCount(mart.staging(), table.in(partition)) == 0;
        // REPLACE PARTITION from nothing is refused.
        run(empty ? table.dropPartition(partition) : table.replace(partition));
      }
      ledger.remember(mart, due(plan));
      run(table.drop(mart.staging()));
    }
    for (String partition : plan.gone()) {
      run(table.dropPartition(partition));
      ledger.forget(mart, partition);
    }
    return runs;
  }

  private static SortedMap<String, PartitionLedger.Entry> due(MartPlan plan) {
    SortedMap<String, PartitionLedger.Entry> due = new TreeMap<>(plan.states());
    due.keySet().retainAll(plan.due().keySet());
    return due;
  }

  private BuildLogBook.Run compute(Mart mart, MartTable table, String partition) {
    LocalDateTime startedAt = LocalDateTime.now(ZoneOffset.UTC);
    long start = System.nanoTime();
    String id = UUID.randomUUID().toString();
    Map<String, String> settings = new HashMap<>(Statements.SETTINGS);
    settings.put("query_id", id);
    if (mart instanceof ModelMart model) {
      new ModelRun(warehouse, model).run(table, partition, settings);
    } else {
      warehouse.http().query(table.insertStaging(partition), settings);
    }
    double seconds = seconds(start);
    progress.computed(mart, partition, seconds);
    return new BuildLogBook.Run(id, startedAt, seconds);
  }

  private void run(String statement) {
    warehouse.http().query(statement, Statements.SETTINGS);
  }

  static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
