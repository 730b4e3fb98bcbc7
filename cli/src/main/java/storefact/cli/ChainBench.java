package storefact.cli;

import static storefact.warehouse.jooq.ops.Tables.INGESTED_FILE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import storefact.event.LineFormat;
import storefact.ingest.IngestSettings;
import storefact.simulator.SimulationSettings;

/**
 * Whole simulated chains of growing size, each into a warehouse of its own: whether the rate holds
 * and the memory stays. Sizes are sales lines; all other streams come along.
 */
final class ChainBench {

  /** Sales lines of a member and day, as the usual parameters give them. */
  private static final double LINES_A_MEMBER_DAY = 0.98;

  private static final int MEMBERS_A_STORE = 250;

  private final Console console;
  private final Storefact options;
  private final Path work;

  ChainBench(Console console, Storefact options) {
    this.console = console;
    this.options = options;
    this.work = options.home.resolve("bench").resolve("chain");
  }

  private record Row(
      long lines, long events, double linesPerSecond, double eventsPerSecond, String footprint) {}

  void run(List<Long> sizes) throws Exception {
    List<Row> rows = new ArrayList<>();
    for (long size : sizes) {
      rows.add(measure(size));
    }
    System.out.printf(
        "%n%14s %14s %14s %14s %7s   %s%n",
        "sales lines", "all events", "lines/s", "events/s", "ratio", "memory; bytes a sales line");
    for (Row row : rows) {
      System.out.printf(
          "%14s %14s %14s %14s %7.2f   %s%n",
          Console.number(row.lines()),
          Console.number(row.events()),
          Console.number(Math.round(row.linesPerSecond())),
          Console.number(Math.round(row.eventsPerSecond())),
          row.eventsPerSecond() / rows.getFirst().eventsPerSecond(),
          row.footprint());
    }
    System.out.println("lake + star, exactly once, CSV; ratio of events/s to the first row");
  }

  private Row measure(long size) throws Exception {
    SimulationSettings usual = SimulationSettings.small(work.resolve(size + "-lines"));
    int members = Math.toIntExact(Math.round(size / LINES_A_MEMBER_DAY / usual.days()));
    SimulationSettings settings =
        new SimulationSettings(
            usual.out(),
            Math.max(4, members / MEMBERS_A_STORE),
            members,
            usual.start(),
            usual.days(),
            usual.seed(),
            LineFormat.CSV,
            false,
            usual.faults(),
            usual.threads(),
            usual.parameters());
    SimulateCommand.run(console, settings);
    Path home = usual.out().resolve("home");
    remove(home);
    options.home = home;
    try (Session session = options.open(console)) {
      IngestSettings ingest = IngestCommand.settings(session, settings.drop());
      long start = System.nanoTime();
      IngestCommand.run(console, session, ingest);
      double seconds = (System.nanoTime() - start) / 1e9;
      long lines = taken(session, INGESTED_FILE.STREAM.eq("sales_line"));
      long events = taken(session, DSL.noCondition());
      return new Row(
          lines,
          events,
          lines / seconds,
          events / seconds,
          Footprint.of(session).orElse("").replace("\n", "; "));
    }
  }

  /** Events that the ledger of files says were taken. */
  private static long taken(Session session, Condition which) {
    return session
        .warehouse()
        .sql()
        .select(DSL.sum(INGESTED_FILE.ACCEPTED))
        .from(INGESTED_FILE)
        .where(which)
        .fetchSingle()
        .value1()
        .longValueExact();
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
