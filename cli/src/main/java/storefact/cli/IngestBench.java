package storefact.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.Boundedness;
import storefact.event.Contract;
import storefact.event.LineFormat;
import storefact.event.SalesLine;
import storefact.importing.completejourney.Compression;
import storefact.ingest.IngestRun;
import storefact.ingest.IngestSettings;
import storefact.ingest.lake.Lake;
import storefact.warehouse.ClickHouseHttp;

/**
 * The ingest beside ClickHouse's own loading of the same lines. All ways fill the same table of the
 * same engine, one after the other, in rounds; before the rounds each runs once unmeasured. A run's
 * time is from its start to its last commit; the start of the JVM is not in it.
 */
final class IngestBench {

  private static final String OFFICIAL = "NDJSON official connector, at least once";
  private static final Duration CHECKPOINT = Duration.ofSeconds(5);

  private final Console console;
  private final Session session;
  private final ClickHouseHttp http;
  private final Path work;
  private final Optional<String> peer;
  private long lines;

  IngestBench(Console console, Session session, Path work, Optional<String> peer) {
    this.console = console;
    this.session = session;
    this.http = session.warehouse().http();
    this.work = work;
    this.peer = peer;
  }

  /** Seconds and processor seconds (this process and the engine) of one run. */
  private record Cost(double seconds, double cpuSeconds) {}

  @FunctionalInterface
  private interface Way {
    void run() throws Exception;
  }

  void run(int times, int rounds) throws Exception {
    Path drop = session.home().drop();
    ImportCommand.CompleteJourney.run(console, drop, LineFormat.NDJSON, Compression.NONE);
    BenchLines files = new BenchLines(drop, work);
    Path userFiles = session.home().engine().resolve("user_files");
    for (LineFormat format : LineFormat.values()) {
      console.say("writing %s lines, %d times the Complete Journey", format, times);
      files.write(format, times);
      files.oneFile(format, times, userFiles);
    }
    knowStores();
    Map<String, Way> ways = ways(files, times);
    Map<String, List<Cost>> costs = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (Map.Entry<String, Way> way : ways.entrySet()) {
        empty();
        console.progress("round " + round + " of " + rounds + ": " + way.getKey());
        Cost cost = measure(way.getValue());
        if (way.getKey().equals(OFFICIAL)) {
          // A process of its own: the start of its JVM is not counted, its compiler's warm-up is.
          cost = new Cost(OfficialConnector.lastMillis(work) / 1000.0, Double.NaN);
        } else {
          lines = Long.parseLong(http.query("SELECT count() FROM star.sales_line"));
        }
        if (round > 0) {
          costs.computeIfAbsent(way.getKey(), _ -> new ArrayList<>()).add(cost);
        }
      }
    }
    table(times, costs);
  }

  private Map<String, Way> ways(BenchLines files, int times) {
    Map<String, Way> ways = new LinkedHashMap<>();
    for (LineFormat format : LineFormat.values()) {
      String name = format.name();
      ways.put(name + " ClickHouse file()", () -> clickHouse(format, times, 1));
      ways.put(name + " ClickHouse file(), 2 insert threads", () -> clickHouse(format, times, 2));
      ways.put(name + " star, exactly once", () -> ingest(files.folder(format, times), false));
      ways.put(
          name + " lake + star, exactly once", () -> ingest(files.folder(format, times), true));
    }
    peer.ifPresent(
        classPath ->
            ways.put(
                OFFICIAL,
                () ->
                    OfficialConnector.run(
                        classPath, session, files.folder(LineFormat.NDJSON, times), work)));
    return ways;
  }

  private void clickHouse(LineFormat format, int times, int insertThreads) {
    String columns =
        Contract.of(SalesLine.class).fields().stream()
            .map(field -> field.name() + " " + field.columnType())
            .collect(Collectors.joining(", "));
    String input = format == LineFormat.CSV ? "CSVWithNames" : "JSONEachRow";
    http.query(
        "INSERT INTO star.sales_line SELECT %s FROM file('lines-%d%s', '%s', '%s')"
            .formatted(
                Contract.of(SalesLine.class).fields().stream()
                    .map(field -> field.name().equals("version") ? "1" : field.name())
                    .collect(Collectors.joining(", ")),
                times,
                format.extension(),
                input,
                columns.replace("'", "\\'")),
        Map.of(
            "max_insert_threads", String.valueOf(insertThreads),
            "date_time_input_format", "best_effort",
            "max_partitions_per_insert_block", "0"));
  }

  private void ingest(Path folder, boolean withLake) throws Exception {
    Path lake = work.resolve("bench-lake");
    Path checkpoints = work.resolve("bench-checkpoints");
    delete(lake);
    delete(checkpoints);
    Files.createDirectories(lake);
    IngestSettings settings =
        new IngestSettings(
            folder,
            Boundedness.BOUNDED,
            session.address(),
            withLake ? Optional.of(Lake.local(lake.toAbsolutePath())) : Optional.empty(),
            checkpoints,
            Runtime.getRuntime().availableProcessors(),
            CHECKPOINT,
            Duration.ofMillis(250));
    new IngestRun(settings).start().await();
  }

  private Cost measure(Way way) throws Exception {
    double cpu = cpuSeconds();
    long start = System.nanoTime();
    way.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Cost(seconds, cpuSeconds() - cpu);
  }

  private double cpuSeconds() {
    double own = seconds(ProcessHandle.current());
    return own
        + session
            .engine()
            .flatMap(engine -> ProcessHandle.of(engine.pid()))
            .map(IngestBench::seconds)
            .orElse(0.0);
  }

  private static double seconds(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
  }

  private void table(int times, Map<String, List<Cost>> costs) {
    console.say("");
    console.say(
        "ingest of %s lines; medians of the rounds; ratio = lines/s against ClickHouse file()",
        Console.number(lines));
    console.say("%-46s %12s %9s %9s %7s", "way", "lines/s", "seconds", "CPU s", "ratio");
    Map<String, Double> base = new LinkedHashMap<>();
    costs.forEach(
        (way, runs) -> {
          String format = way.substring(0, way.indexOf(' '));
          double seconds = median(runs.stream().map(Cost::seconds).toList());
          base.putIfAbsent(format, seconds);
          double cpu = median(runs.stream().map(Cost::cpuSeconds).toList());
          console.say(
              "%-46s %,12d %9.2f %9s %7.2f",
              way,
              Math.round(lines / seconds),
              seconds,
              Double.isNaN(cpu) ? "-" : String.format(Locale.ROOT, "%.1f", cpu),
              base.get(format) / seconds);
        });
    if (peer.isEmpty()) {
      console.say("%-46s not run: give its class path with --peer", "official connector");
    }
    console.say("%d Complete Journeys; CPU s: this process and ClickHouse together", times);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private void empty() {
    http.query("TRUNCATE TABLE star.sales_line SYNC");
    http.query("TRUNCATE TABLE ops.ingested_file SYNC");
    // The official connector writes no DateTime with a time zone: it gets a table without one.
    http.query("CREATE DATABASE IF NOT EXISTS bench");
    http.query("CREATE OR REPLACE TABLE bench.sales_line AS star.sales_line");
    http.query("ALTER TABLE bench.sales_line MODIFY COLUMN sold_at DateTime");
  }

  private void knowStores() throws Exception {
    if (!http.query("SELECT count() FROM star.store").equals("0")) {
      return;
    }
    // The stores come by the product's own way: an ingest of the master data.
    Path masters = work.resolve("masters");
    Files.createDirectories(masters);
    try (Stream<Path> files = Files.list(session.home().drop().resolve("headquarters"))) {
      for (Path file :
          files.filter(path -> String.valueOf(path.getFileName()).startsWith("store-")).toList()) {
        Path copy = masters.resolve(String.valueOf(file.getFileName()));
        if (!Files.exists(copy)) {
          Files.copy(file, copy);
        }
      }
    }
    ingest(masters, false);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
