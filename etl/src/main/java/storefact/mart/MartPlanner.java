package storefact.mart;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import storefact.warehouse.Warehouse;

/** Decides what a build has to compute, by comparing how the sources stand with how they stood. */
final class MartPlanner {
  private final BuildOrder order;
  private final SourceStates sources;
  private final PartitionLedger ledger;
  private final Set<String> tables;
  private final BuildOptions.Extent extent;

  /** Marts of this build, as they will stand after it. */
  private final Map<Mart, SortedMap<String, PartitionLedger.Entry>> planned = new HashMap<>();

  MartPlanner(BuildOrder order, Warehouse warehouse, BuildOptions.Extent extent) {
    this.order = order;
    this.extent = extent;
    ledger = new PartitionLedger(warehouse);
    sources = SourceStates.read(warehouse.sql());
    tables =
        warehouse
            .sql()
            .fetch(
                "SELECT concat(database, '.', name) FROM system.tables WHERE database IN ('mart', 'dw')")
            .stream()
            .map(row -> row.get(0, String.class))
            .collect(Collectors.toSet());
  }

  /** Plans a mart whose sources among the marts have been planned. */
  MartPlan plan(Mart mart) {
    String definition = new MartTable(mart).definition();
    SortedMap<String, PartitionLedger.Entry> now = new TreeMap<>();
    for (String partition : partitions(mart)) {
      now.put(partition, new PartitionLedger.Entry(state(mart, partition), definition));
    }
    planned.put(mart, now);
    SortedMap<String, PartitionLedger.Entry> before = ledger.entries(mart);
    return MartPlan.of(new MartPlan.Known(now, before, whole(mart, before, definition)));
  }

  /** Why the mart's table must be made anew, if it must. */
  private Optional<String> whole(
      Mart mart, SortedMap<String, PartitionLedger.Entry> before, String definition) {
    if (!tables.contains(Lineage.key(mart.table())) || !tables.contains(Lineage.key(mart.view()))) {
      return Optional.of("new");
    }
    if (before.isEmpty()) {
      return Optional.of("new");
    }
    if (before.values().stream().anyMatch(entry -> !entry.definition().equals(definition))) {
      return Optional.of("definition changed");
    }
    return extent == BuildOptions.Extent.FULL ? Optional.of("full") : Optional.empty();
  }

  private Set<String> partitions(Mart mart) {
    if (mart.month().isEmpty()) {
      return Set.of(Slice.ALL);
    }
    Set<String> all = new TreeSet<>();
    Lineage lineage = order.lineage(mart);
    lineage.sources().forEach(source -> months(lineage, source).ifPresent(all::addAll));
    if (lineage.sources().stream().noneMatch(source -> months(lineage, source).isPresent())) {
      throw new IllegalStateException(
          "mart "
              + mart
              + " is partitioned by month, but its select narrows no source that is; call slice.covers(…) on the date of its facts");
    }
    return all;
  }

  private String state(Mart mart, String partition) {
    Lineage lineage = order.lineage(mart);
    return MartTable.hash(
        lineage.sources().stream()
            .map(source -> state(lineage, source, partition))
            .collect(Collectors.joining(";")));
  }

  private String state(Lineage lineage, String source, String partition) {
    boolean byMonth = !partition.equals(Slice.ALL) && months(lineage, source).isPresent();
    Optional<Mart> maker = order.maker(source);
    if (maker.isPresent()) {
      SortedMap<String, PartitionLedger.Entry> built = planned.get(maker.get());
      return source + ":" + (byMonth ? String.valueOf(built.get(partition)) : built);
    }
    String state =
        byMonth
            ? sources.state(source, lineage.narrowedBy(source).orElseThrow(), partition)
            : sources.state(source);
    return source + ":" + state;
  }

  /** The months of a source that the mart reads month by month. */
  private Optional<Set<String>> months(Lineage lineage, String source) {
    return lineage
        .narrowedBy(source)
        .flatMap(
            column ->
                order
                    .maker(source)
                    .map(maker -> monthsOfMart(maker, column))
                    .orElseGet(() -> sources.months(source, column)));
  }

  private Optional<Set<String>> monthsOfMart(Mart maker, String column) {
    return maker
        .month()
        .filter(date -> date.getName().equals(column))
        .map(date -> planned.get(maker).keySet());
  }
}
