package storefact.mart;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import storefact.mart.PartitionLedger.Entry;
import storefact.mart.PartitionLedger.State;
import storefact.warehouse.Warehouse;

/** Decides what a build has to compute, by comparing how the sources stand with how they stood. */
final class MartPlanner {
  private final BuildOrder order;
  private final BuildOptions options;
  private final Environment environment;
  private final String build;
  private final SourceStates sources;
  private final PartitionLedger ledger;
  private final Fingerprints fingerprints;
  private final Set<String> tables;

  /** Marts of this build, as they will stand after it. */
  private final Map<Mart, SortedMap<String, Entry>> planned = new HashMap<>();

  /** Tables of marts that are to change, where nothing is built. */
  private final Set<String> unbuilt = new HashSet<>();

  /** Marts that this build reads as they stand. */
  private final Map<Mart, SortedMap<String, Entry>> standing = new HashMap<>();

  MartPlanner(BuildOrder order, Warehouse warehouse, BuildOptions options, String build) {
    this.order = order;
    this.options = options;
    this.environment = options.environment();
    this.build = build;
    ledger = new PartitionLedger(warehouse);
    fingerprints = new Fingerprints(warehouse.http(), environment, order);
    sources = SourceStates.read(warehouse);
    tables =
        warehouse
            .sql()
            .fetch("SELECT concat(database, '.', name) FROM system.tables WHERE engine != 'View'")
            .stream()
            .map(row -> row.get(0, String.class))
            .collect(Collectors.toSet());
  }

  /**
   * Plans a mart whose sources among the marts of the build have been planned and built: what they
   * say of a month's facts is only then to be read.
   */
  synchronized MartPlan plan(Mart mart) {
    return plan(mart, Set.of());
  }

  /**
   * Plans a mart whose sources have been planned only: the most that a build may do. Where one of
   * them describes facts, the build may find that it says of a month what it said before.
   */
  synchronized MartPlan foresee(Mart mart) {
    MartPlan plan = plan(mart, unbuilt);
    if (plan.changes()) {
      unbuilt.add(Lineage.key(mart.table()));
    }
    return plan;
  }

  /** Learns what came out of a mart's build: where the rows are as before, nobody builds on. */
  synchronized void built(Mart mart, SortedMap<String, Entry> entries) {
    planned.put(mart, entries);
  }

  private MartPlan plan(Mart mart, Set<String> unread) {
    SortedMap<String, Entry> before = ledger.entries(environment.ledgerName(mart));
    String definition = new MartTable(mart, environment).definition();
    SortedMap<String, Entry> now = new TreeMap<>();
    for (String partition : partitions(mart)) {
      now.put(partition, new Entry(states(mart, partition), definition, build));
    }
    Optional<String> whole = whole(mart, before, definition);
    if (whole.isEmpty()) {
      takePrints(mart, now, before, unread);
    }
    SortedMap<String, String> due = new TreeMap<>();
    List<String> kept = new ArrayList<>();
    List<String> newlySeen = new ArrayList<>();
    now.forEach(
        (partition, entry) -> {
          String why = whole.orElseGet(() -> why(entry, before.get(partition)));
          if (!why.isEmpty()) {
            due.put(partition, why);
            return;
          }
          kept.add(partition);
          if (!entry.sources().equals(before.get(partition).sources())) {
            newlySeen.add(partition);
          }
        });
    for (String partition : kept) {
      now.computeIfPresent(partition, (p, entry) -> entry.withVersion(before.get(p).version()));
    }
    planned.put(mart, now);
    List<String> gone =
        before.keySet().stream().filter(partition -> !now.containsKey(partition)).toList();
    MartPlan.Swap swap =
        whole.isPresent() || due.containsKey(Slice.ALL) || due.size() + gone.size() > 1
            ? MartPlan.Swap.TABLE
            : MartPlan.Swap.PARTITION;
    return new MartPlan(mart, swap, due, gone, kept, now, newlySeen);
  }

  /** Why a partition must be built, empty where it need not. */
  private static String why(Entry now, Entry before) {
    if (before == null) {
      return "new";
    }
    List<String> changed =
        now.sources().entrySet().stream()
            .filter(
                source -> {
                  State old = before.sources().get(source.getKey());
                  return old == null || !source.getValue().sameAs(old);
                })
            .map(Map.Entry::getKey)
            .toList();
    return changed.isEmpty() ? "" : String.join(", ", changed) + " changed";
  }

  /** Why the mart's table must be made anew, if it must. */
  private Optional<String> whole(Mart mart, SortedMap<String, Entry> before, String definition) {
    if (!tables.contains(environment.locate(Lineage.key(mart.table()))) || before.isEmpty()) {
      return Optional.of("new");
    }
    if (before.values().stream().anyMatch(entry -> !entry.definition().equals(definition))) {
      return Optional.of("definition changed");
    }
    return options.extent() == BuildOptions.Extent.FULL ? Optional.of("full") : Optional.empty();
  }

  /**
   * Where a source changed of which a mart reads some rows only, what these say decides; where a
   * dimension changed and nothing else did, what it says of a month's facts.
   */
  private void takePrints(
      Mart mart,
      SortedMap<String, Entry> now,
      SortedMap<String, Entry> before,
      Set<String> unread) {
    Lineage lineage = order.lineage(mart);
    // Those of facts first: a dimension is asked of where its facts are as they were.
    for (String source : lineage.sources()) {
      if (lineage.isChosen(source)) {
        Set<String> asked = asked(source, now, before, unread, partition -> true);
        remember(now, source, fingerprints.ofChosen(lineage, source, asked));
      }
    }
    for (String source : lineage.sources()) {
      List<Slice.Described> joins = lineage.describedBy(source);
      if (mart.month().isPresent() && !joins.isEmpty()) {
        Set<String> asked =
            asked(
                source,
                now,
                before,
                unread,
                partition ->
                    joins.stream()
                        .allMatch(
                            join ->
                                sameOf(now.get(partition), before.get(partition), join.fact())));
        remember(now, source, fingerprints.of(lineage, joins, asked));
      }
    }
  }

  /**
   * Partitions of which a source has changed and a print was taken. Where it has not, what was
   * taken holds.
   */
  private static Set<String> asked(
      String source,
      SortedMap<String, Entry> now,
      SortedMap<String, Entry> before,
      Set<String> unread,
      Predicate<String> where) {
    Set<String> asked = new TreeSet<>();
    now.forEach(
        (partition, entry) -> {
          Entry old = before.get(partition);
          State stood = old == null ? null : old.sources().get(source);
          if (stood == null || !where.test(partition)) {
            return;
          }
          if (entry.sources().get(source).rows().equals(stood.rows())) {
            entry.sources().put(source, stood);
          } else if (!stood.print().isEmpty() && !unread.contains(source)) {
            asked.add(partition);
          }
        });
    return asked;
  }

  private static void remember(
      SortedMap<String, Entry> entries, String source, SortedMap<String, String> prints) {
    prints.forEach((partition, print) -> entries.get(partition).print(source, print));
  }

  private static boolean sameOf(Entry now, Entry before, String source) {
    State old = before.sources().get(source);
    return old != null && now.sources().get(source).sameAs(old);
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
    if (lineage.sources().stream().anyMatch(lineage::carries)) {
      all.addAll(monthsBetween(all));
    }
    environment.asOf().ifPresent(day -> all.removeIf(month -> month.compareTo(month(day)) > 0));
    return all;
  }

  /** What is carried is there in months without any fact, too. */
  private static Set<String> monthsBetween(Set<String> months) {
    Set<String> between = new TreeSet<>();
    if (!months.isEmpty()) {
      YearMonth last = YearMonth.parse(Collections.max(months), Slice.PARTITION);
      for (YearMonth month = YearMonth.parse(Collections.min(months), Slice.PARTITION);
          month.isBefore(last);
          month = month.plusMonths(1)) {
        between.add(month.format(Slice.PARTITION));
      }
    }
    return between;
  }

  private static String month(java.time.LocalDate day) {
    return "%04d%02d".formatted(day.getYear(), day.getMonthValue());
  }

  private SortedMap<String, State> states(Mart mart, String partition) {
    Lineage lineage = order.lineage(mart);
    SortedMap<String, State> states = new TreeMap<>();
    for (String source : lineage.sources()) {
      states.put(source, new State(MartTable.hash(soFar(lineage, source, partition)), ""));
    }
    return states;
  }

  /** State of a month, with those before it where they are carried. */
  private String soFar(Lineage lineage, String source, String partition) {
    Optional<Set<String>> months = months(lineage, source);
    if (partition.equals(Slice.ALL) || !lineage.carries(source) || months.isEmpty()) {
      return state(lineage, source, partition);
    }
    return months.get().stream()
        .filter(month -> month.compareTo(partition) <= 0)
        .sorted()
        .map(month -> month + "/" + state(lineage, source, month))
        .collect(Collectors.joining(",", partition + ":", ""));
  }

  private String state(Lineage lineage, String source, String partition) {
    boolean byMonth = !partition.equals(Slice.ALL) && months(lineage, source).isPresent();
    Optional<Mart> maker = order.maker(source);
    if (maker.isPresent()) {
      SortedMap<String, Entry> built = built(maker.get());
      return byMonth
          ? built.containsKey(partition) ? built.get(partition).version() : "none"
          : built.entrySet().stream()
              .map(entry -> entry.getKey() + "/" + entry.getValue().version())
              .collect(Collectors.joining(","));
    }
    return byMonth
        ? sources.state(source, lineage.narrowedBy(source).orElseThrow(), partition)
        : sources.state(source);
  }

  /** Partitions of a mart that this build reads: as it will make them, or as they stand. */
  private SortedMap<String, Entry> built(Mart mart) {
    if (planned.containsKey(mart)) {
      return planned.get(mart);
    }
    return standing.computeIfAbsent(
        mart,
        m -> {
          SortedMap<String, Entry> here = ledger.entries(environment.ledgerName(m));
          return here.isEmpty() ? ledger.entries(m.name()) : here;
        });
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

  /** Those with rows: as of a day in a month, what came later in it has left it empty. */
  private Optional<Set<String>> monthsOfMart(Mart maker, String column) {
    return maker
        .month()
        .filter(date -> date.getName().equals(column))
        .map(
            date ->
                built(maker).entrySet().stream()
                    .filter(month -> !month.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet()));
  }
}
