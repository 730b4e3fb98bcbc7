package storefact.mart;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import storefact.mart.PartitionLedger.Entry;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseException;
import storefact.warehouse.WarehouseLock;

/**
 * Builds marts: only the partitions whose sources or definition changed, each mart after those that
 * it reads, several at once where none reads the other, and swapped in whole: readers see the old
 * rows or the new ones. Builds of several processes follow one another; a build that dies or is
 * cancelled leaves what it had finished, and the next one goes on from there.
 */
public final class MartBuild {
  private static final String LOCK = "build";

  private final Warehouse warehouse;
  private final AtomicReference<Cancellation> running = new AtomicReference<>();

  /** Builds in that warehouse. */
  public MartBuild(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Builds, waiting for another build to end first.
   *
   * @throws WarehouseException if a statement fails; marts built before it stay built
   * @throws BuildCancelledException if the build was cancelled
   * @throws IllegalStateException if marts read each other in a circle, or one is incomplete
   * @throws InterruptedException if interrupted while waiting
   */
  public BuildReport run(BuildOptions options, BuildProgress progress) throws InterruptedException {
    BuildOrder order = orderWith(options.marts());
    try (WarehouseLock lock = WarehouseLock.acquire(warehouse.http(), LOCK, progress::waiting)) {
      long start = System.nanoTime();
      LocalDateTime begun = LocalDateTime.now(ZoneOffset.UTC);
      String build = UUID.randomUUID().toString();
      Cancellation cancellation = new Cancellation(warehouse.http(), build);
      running.set(cancellation);
      new Rooms(warehouse).prepare(options.environment(), order.marts());
      List<Mart> marts = marts(order, options);
      MartPlanner planner = new MartPlanner(order, warehouse, options, build);
      Map<Mart, SortedMap<String, Entry>> halfMade = halfMade(options.environment(), marts);
      BuildLogBook log = new BuildLogBook(warehouse, build);
      MartBuilder builder =
          new MartBuilder(warehouse, order, options.environment(), log, cancellation, progress);
      List<BuildReport.MartResult> results =
          new Run(order, planner, builder, options.parallel()).all(marts, halfMade);
      if (options.environment().isProduction()
          && options.reach() == BuildOptions.Reach.WITH_SOURCES) {
        log.seen(marts, begun);
      }
      return new BuildReport(build, results, MartBuilder.seconds(start));
    } finally {
      running.set(null);
    }
  }

  /**
   * The most that a build would do, without doing it: a mart that comes to say of a month what it
   * said before makes no work for those that it describes facts to, which only the build can tell.
   *
   * @throws IllegalStateException as {@link #run}
   */
  public List<MartPlan> plan(BuildOptions options) {
    BuildOrder order = orderWith(options.marts());
    MartPlanner planner = new MartPlanner(order, warehouse, options, "plan");
    List<MartPlan> plans = new ArrayList<>();
    for (Mart mart : marts(order, options)) {
      plans.add(planner.foresee(mart));
    }
    return plans;
  }

  /** The marts to build, each after those that it reads. */
  private static List<Mart> marts(BuildOrder order, BuildOptions options) {
    return switch (options.reach()) {
      case WITH_SOURCES -> order.of(options.marts());
      case EXACTLY -> order.of(order.marts()).stream().filter(options.marts()::contains).toList();
    };
  }

  /**
   * Marts chosen by words as {@link MartSelection} knows them.
   *
   * @throws IllegalArgumentException if a word names nothing
   */
  public Set<Mart> select(Collection<String> words) {
    BuildOrder order = new BuildOrder(Marts.ALL);
    PartitionLedger ledger = new PartitionLedger(warehouse);
    return new MartSelection(order, mart -> isChanged(ledger, mart)).of(words);
  }

  private static boolean isChanged(PartitionLedger ledger, Mart mart) {
    String definition = new MartTable(mart, Environment.PRODUCTION).definition();
    SortedMap<String, Entry> built = ledger.entries(mart.name());
    return built.isEmpty()
        || built.values().stream().anyMatch(entry -> !entry.definition().equals(definition));
  }

  /** Ends the build that this object runs; it throws {@link BuildCancelledException}. */
  public void cancel() {
    Optional.ofNullable(running.get()).ifPresent(Cancellation::cancel);
  }

  /** Asks the build of any process on that warehouse to end, and waits until none runs. */
  public void cancelOthers() throws InterruptedException {
    ClickHouseHttp http = warehouse.http();
    Cancellation.ask(http);
    try (WarehouseLock lock = WarehouseLock.acquire(http, LOCK, holder -> {})) {
      new Cancellation(http, "none");
    }
  }

  private static BuildOrder orderWith(Collection<Mart> marts) {
    Set<Mart> known = new LinkedHashSet<>(Marts.ALL);
    known.addAll(marts);
    return new BuildOrder(List.copyOf(known));
  }

  /**
   * What builds before this one computed and did not swap in, where this one may use it; the rest
   * is dropped.
   */
  private Map<Mart, SortedMap<String, Entry>> halfMade(Environment environment, List<Mart> marts) {
    PartitionLedger ledger = new PartitionLedger(warehouse);
    Map<Mart, SortedMap<String, Entry>> halfMade = new HashMap<>();
    for (String table : stagingTables(environment)) {
      Optional<Mart> mart =
          marts.stream().filter(m -> table.equals(m.name() + Mart.STAGING)).findFirst();
      SortedMap<String, Entry> entries = ledger.entries(environment.ledgerName(table));
      entries.values().removeIf(entry -> !mart.map(m -> isOf(m, environment, entry)).orElse(false));
      if (entries.isEmpty()) {
        // Without its rows, the ledger forgets a half-made table first.
        ledger.forgetAll(environment.ledgerName(table));
        warehouse
            .http()
            .query("DROP TABLE IF EXISTS %s.`%s` SYNC".formatted(environment.marts(), table));
      } else {
        halfMade.put(mart.orElseThrow(), entries);
      }
    }
    return halfMade;
  }

  private static boolean isOf(Mart mart, Environment environment, Entry entry) {
    return entry.definition().equals(new MartTable(mart, environment).definition());
  }

  private List<String> stagingTables(Environment environment) {
    return warehouse
        .http()
        .query(
            "SELECT name FROM system.tables WHERE database = '%s' AND endsWith(name, '%s')"
                .formatted(environment.marts(), Mart.STAGING))
        .lines()
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /**
   * Plans and builds each mart when those that it reads are done; of several that could be built
   * next, the one that the longest chain of others waits for, so that no chain is left to run alone
   * at the end.
   */
  private record Run(BuildOrder order, MartPlanner planner, MartBuilder builder, int parallel) {

    /** A mart that can be built. */
    private record Ready(int chain, int position, Runnable build)
        implements Runnable, Comparable<Ready> {
      @Override
      public void run() {
        build.run();
      }

      @Override
      public int compareTo(Ready other) {
        return chain == other.chain
            ? Integer.compare(position, other.position)
            : Integer.compare(other.chain, chain);
      }
    }

    List<BuildReport.MartResult> all(
        List<Mart> marts, Map<Mart, SortedMap<String, Entry>> halfMade) {
      Map<Mart, Integer> chains = chains(marts);
      Map<Mart, CompletableFuture<BuildReport.MartResult>> results = new HashMap<>();
      AtomicBoolean failed = new AtomicBoolean();
      try (ExecutorService workers =
          new ThreadPoolExecutor(
              parallel, parallel, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>())) {
        for (Mart mart : marts) {
          CompletableFuture<?>[] read =
              order.readBy(mart).stream()
                  .map(results::get)
                  .filter(java.util.Objects::nonNull)
                  .toArray(CompletableFuture<?>[]::new);
          int position = results.size();
          results.put(
              mart,
              CompletableFuture.allOf(read)
                  .thenApplyAsync(
                      done -> {
                        if (failed.get()) {
                          throw new BuildCancelledException();
                        }
                        return build(mart, halfMade.getOrDefault(mart, new TreeMap<>()), failed);
                      },
                      step -> workers.execute(new Ready(chains.get(mart), position, step))));
        }
        CompletableFuture.allOf(results.values().toArray(CompletableFuture<?>[]::new))
            .exceptionally(failure -> null)
            .join();
      }
      List<RuntimeException> failures = new ArrayList<>();
      List<BuildReport.MartResult> done = new ArrayList<>();
      for (Mart mart : marts) {
        try {
          done.add(results.get(mart).join());
        } catch (CompletionException e) {
          failures.add(e.getCause() instanceof RuntimeException cause ? cause : e);
        }
      }
      // What failed first tells more than what was given up for it.
      for (RuntimeException failure : failures) {
        if (!(failure instanceof BuildCancelledException)) {
          throw failure;
        }
      }
      if (!failures.isEmpty()) {
        throw failures.getFirst();
      }
      return List.copyOf(done);
    }

    /** How many marts wait for each, one after the other; those come after it in the list. */
    private Map<Mart, Integer> chains(List<Mart> marts) {
      Map<Mart, Integer> chains = new HashMap<>();
      for (Mart mart : marts.reversed()) {
        int chain = chains.merge(mart, 0, Math::max);
        order.readBy(mart).forEach(read -> chains.merge(read, chain + 1, Math::max));
      }
      return chains;
    }

    private BuildReport.MartResult build(
        Mart mart, SortedMap<String, Entry> halfMade, AtomicBoolean failed) {
      try {
        MartBuilder.Built built = builder.build(planner.plan(mart), halfMade);
        planner.built(mart, built.entries());
        return built.result();
      } catch (RuntimeException e) {
        failed.set(true);
        throw e;
      }
    }
  }
}
