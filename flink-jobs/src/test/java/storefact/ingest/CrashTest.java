package storefact.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.event.EventWriter;
import storefact.event.SalesLine;
import storefact.ingest.lake.Lake;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.engine.EmbeddedWarehouse;
import storefact.warehouse.engine.Engine;
import storefact.warehouse.engine.EngineLauncher;
import storefact.warehouse.engine.EngineOptions;
import storefact.warehouse.engine.Mode;
import storefact.warehouse.migration.Migrations;
import storefact.warehouse.migration.Topology;

/**
 * The ingest and the warehouse die again and again, by SIGKILL, at any moment; the files of the
 * stores keep coming. In the end star and lake hold what the stores wrote, once.
 */
@Tag("slow")
class CrashTest {

  private static final long SEED = 20261122;
  private static final int INGEST_KILLS = 20;
  private static final int ENGINE_KILLS = 5;
  private static final int STORES = 10;
  private static final int DAYS = 40;
  private static final int LINES_PER_FILE = 2_000;
  private static final int ROUNDS_AT_MOST = 60;
  private static final Duration LONGEST_START = Duration.ofMinutes(1);
  private static final Duration LONGEST_END = Duration.ofMinutes(5);
  private static final List<String> ENDINGS = List.of(".ndjson", ".csv", ".ndjson.gz", ".csv.gz");
  private static final List<String> BAD_LINES =
      List.of("{\"store\":\"S000\"", "{\"till\":1}", "no line, no event", "\"", "\u0000");

  @TempDir private Path folder;

  private final Random random = new Random(SEED);
  private final List<String> badFiles = new ArrayList<>();
  private final Tally source = new Tally();
  private EmbeddedWarehouse warehouse;
  private WarehouseAddress address;
  private Engine engine;
  private int childNumber;
  private int failures;

  @Test
  void killedTwentyFiveTimesNothingIsLostAndNothingIsDoubled() throws Exception {
    // given: a migrated warehouse and a folder of files that stores deliver bit by bit
    warehouse = EmbeddedWarehouse.start(EngineOptions.defaults());
    engine = warehouse.engine();
    address =
        new WarehouseAddress(
            "127.0.0.1", engine.httpPort(), warehouse.user(), warehouse.password());
    new Migrations(new ClickHouseHttp(address), Topology.SINGLE).run(System.out::println);
    Deque<Path> undelivered = writeFiles();
    int files = undelivered.size();
    SampleChain.drop(drop(), "store.ndjson", SampleChain.STORES, SampleChain.stores(STORES));
    deliver(undelivered, files / 5);
    System.out.printf("wrote %,d lines in %d files%n", source.lines, files);

    // when: it is killed, and started again, and killed …
    int ingestKills = 0;
    int engineKills = 0;
    // A kill that came too late, on a slow machine, does not count and is made up for.
    for (int round = 1; ingestKills < INGEST_KILLS || engineKills < ENGINE_KILLS; round++) {
      assertThat(round)
          .as("rounds; the ingest ends before it is killed")
          .isLessThan(ROUNDS_AT_MOST);
      deliver(undelivered, Math.max(1, undelivered.size() / 25));
      Child child = start(round % 4 == 1 ? "STARTED" : "READING");
      if (engineKills < ENGINE_KILLS && round % 4 == 2) {
        engineKills += killEngine(child);
      }
      ingestKills += kill(child, ingestKills + 1);
    }
    deliver(undelivered, undelivered.size());
    Child last = start("STARTED");
    assertThat(last.await(LONGEST_END)).as("the last ingest ended well").isTrue();

    // then: everything is there, once
    assertThat(ingestKills).isGreaterThanOrEqualTo(INGEST_KILLS);
    assertThat(engineKills).isEqualTo(ENGINE_KILLS);
    assertThat(starOfReaders()).as("dw.sales_line").isEqualTo(source);
    assertThat(lake()).as("lake").isEqualTo(source);
    assertThat(query("SELECT count() FROM star.sales_line"))
        .as("rows as they were inserted: exactly once, not made one by their key")
        .isEqualTo(String.valueOf(source.lines));
    assertThat(query("SELECT file, line_number FROM ops.rejected_event ORDER BY file, line_number"))
        .isEqualTo(rejectionsPlanted());
    assertThat(
            query(
                "SELECT count(), uniqExact(file), sum(accepted), sum(rejected), sum(repeated)"
                    + " FROM ops.ingested_file WHERE stream = 'sales_line'"))
        .isEqualTo(
            "%d\t%1$d\t%d\t%d\t0"
                .formatted(files, source.lines, badFiles.size() * BAD_LINES.size()));
    assertThat(
            query(
                "SELECT countIf(accepted != %d) FROM ops.ingested_file WHERE stream = 'sales_line'"
                    .formatted(LINES_PER_FILE)))
        .as("files with a wrong count")
        .isEqualTo("0");
    System.out.printf("identical in source, star and lake: %s%n", source);
  }

  private Path drop() {
    return folder.resolve("drop");
  }

  private Deque<Path> writeFiles() throws IOException {
    Path outbox = Files.createDirectories(folder.resolve("outbox"));
    List<Path> files = new ArrayList<>();
    for (int store = 0; store < STORES; store++) {
      for (int day = 0; day < DAYS; day++) {
        String ending = ENDINGS.get(files.size() % ENDINGS.size());
        String name = SampleChain.storeName(store) + "/sales_line-" + SampleChain.day(day) + ending;
        Path file = outbox.resolve(name);
        Files.createDirectories(file.getParent());
        try (EventWriter<SalesLine> writer = EventWriter.to(SampleChain.SALES, file)) {
          for (int n = 0; n < LINES_PER_FILE; n++) {
            SalesLine line = SampleChain.line(SampleChain.storeName(store), day, n, random);
            writer.write(line);
            source.add(key(line), line.netAmount());
          }
        }
        if (ending.equals(".ndjson") && badFiles.size() < 7) {
          Files.writeString(
              file, String.join("\n", BAD_LINES) + "\n", java.nio.file.StandardOpenOption.APPEND);
          badFiles.add(name);
        }
        files.add(file);
      }
    }
    Collections.shuffle(files, random);
    return new ArrayDeque<>(files);
  }

  private String rejectionsPlanted() {
    List<String> rows = new ArrayList<>();
    for (String file : badFiles) {
      for (int i = 1; i <= BAD_LINES.size(); i++) {
        rows.add(file + "\t" + (LINES_PER_FILE + i));
      }
    }
    Collections.sort(rows);
    return String.join("\n", rows);
  }

  private void deliver(Deque<Path> undelivered, int count) throws IOException {
    for (int i = 0; i < count && !undelivered.isEmpty(); i++) {
      Path file = undelivered.poll();
      Path to = drop().resolve(folder.resolve("outbox").relativize(file));
      Files.createDirectories(to.getParent());
      Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** An ingest in its own process. */
  private record Child(
      Process process, CountDownLatch started, CompletableFuture<Boolean> done, Path log) {

    boolean isWell() {
      return done.getNow(false);
    }

    boolean await(Duration longest) throws Exception {
      try {
        return done.get(longest.toSeconds(), TimeUnit.SECONDS);
      } finally {
        process.destroyForcibly();
        System.out.println("last lines of " + log + "\n" + tail());
      }
    }

    String tail() throws IOException {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
  }

  /** Starts an ingest and waits until it says that word: it restores its state, or reads. */
  private Child start(String word) throws Exception {
    Path log = folder.resolve("child-" + ++childNumber + ".log");
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx640m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.jooq.no-logo=true",
            "-Dorg.jooq.no-tips=true",
            "-Duser.timezone=UTC",
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            IngestChild.class.getName(),
            drop().toString(),
            folder.resolve("home").toString(),
            address.jdbcUrl() + "?user=" + address.user());
    command.environment().put("STOREFACT_WAREHOUSE_PASSWORD", address.password());
    Process process = command.redirectError(log.toFile()).start();
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> listen(process, word, started, done));
    Child child = new Child(process, started, done, log);
    if (!started.await(LONGEST_START.toSeconds(), TimeUnit.SECONDS)
        || (!process.isAlive() && !child.isWell())) {
      process.destroyForcibly();
      fail("the ingest does not start:\n" + child.tail());
    }
    return child;
  }

  private static void listen(
      Process process, String word, CountDownLatch started, CompletableFuture<Boolean> done) {
    boolean ended = false;
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.equals(word)) {
          started.countDown();
        }
        ended |= line.startsWith("DONE");
        if (ended) {
          done.complete(true);
        }
      }
    } catch (IOException e) {
      // A killed process ends its output in the middle.
    }
    done.complete(ended);
    started.countDown();
  }

  /** Lets it run for 0.2 to 2.5 s; answers false if it came to its end in this time. */
  private boolean runsOn(Child child) throws InterruptedException {
    long millis = 200L + random.nextInt(2_300);
    try {
      boolean well = child.done().get(millis, TimeUnit.MILLISECONDS);
      if (!well) {
        // A user would start it again; what counts is that nothing is lost or doubled by then.
        failures++;
        System.out.println("       ingest failed by itself:\n" + child.tail());
        assertThat(failures).as("ingests that failed by themselves").isLessThanOrEqualTo(2);
      }
      return false;
    } catch (java.util.concurrent.TimeoutException e) {
      return true;
    } catch (java.util.concurrent.ExecutionException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private int kill(Child child, int number) throws InterruptedException {
    if (!runsOn(child)) {
      System.out.println("       ingest ended before its kill");
      return 0;
    }
    child.process().destroyForcibly();
    assertThat(child.process().waitFor()).as("exit status of a killed process").isEqualTo(137);
    System.out.printf(
        "kill %2d of ingest (pid %d): %s lines in the star%n",
        number, child.process().pid(), query("SELECT count() FROM star.sales_line"));
    return 1;
  }

  private int killEngine(Child child) throws InterruptedException {
    if (!runsOn(child)) {
      return 0;
    }
    ProcessHandle process = ProcessHandle.of(engine.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
    Engine next =
        EngineLauncher.start(
            warehouse.home(), EngineOptions.defaults(), Mode.ATTACHED, System.out::println);
    assertThat(next.httpPort()).as("same address").isEqualTo(engine.httpPort());
    System.out.printf("killed the engine (pid %d), now pid %d%n", engine.pid(), next.pid());
    engine = next;
    return 1;
  }

  private String query(String sql) {
    try (ClickHouseHttp http = new ClickHouseHttp(address)) {
      return http.query(sql);
    }
  }

  private static String key(SalesLine line) {
    return key(line.store(), line.businessDate(), line.till(), line.receipt(), line.line());
  }

  private static String key(Object... parts) {
    StringBuilder key = new StringBuilder(64);
    for (Object part : parts) {
      key.append(part).append('|');
    }
    return key.toString();
  }

  private Tally starOfReaders() throws IOException {
    Tally tally = new Tally();
    try (ClickHouseHttp http = new ClickHouseHttp(address);
        BufferedReader rows =
            new BufferedReader(
                new InputStreamReader(
                    http.stream(
                        "SELECT store, business_date, till, receipt, line, net_amount FROM dw.sales_line",
                        Map.of()),
                    StandardCharsets.UTF_8))) {
      for (String row = rows.readLine(); row != null; row = rows.readLine()) {
        String[] v = row.split("\t", -1);
        tally.add(key(v[0], v[1], v[2], v[3], v[4]), new BigDecimal(v[5]));
      }
    }
    return tally;
  }

  private Tally lake() throws IOException {
    Tally tally = new Tally();
    Lake lake = Lake.local(folder.resolve("home").resolve("lake"));
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(lake.table(SampleChain.SALES))
            .select("store", "business_date", "till", "receipt", "line", "net_amount")
            .build()) {
      for (Record row : rows) {
        tally.add(
            key(
                row.getField("store"),
                row.getField("business_date"),
                row.getField("till"),
                row.getField("receipt"),
                row.getField("line")),
            (BigDecimal) row.getField("net_amount"));
      }
    }
    return tally;
  }

  /** What a set of lines comes to, whatever their order. */
  private static final class Tally {
    private static final XXHash64 HASH = XXHashFactory.fastestJavaInstance().hash64();

    private long lines;
    private long cents;
    private long sum;
    private long xor;

    void add(String key, BigDecimal net) {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      long hash = HASH.hash(bytes, 0, bytes.length, SEED);
      lines++;
      cents += net.movePointRight(2).longValueExact();
      sum += hash;
      xor ^= hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Tally tally && toString().equals(tally.toString());
    }

    @Override
    public int hashCode() {
      return Long.hashCode(sum);
    }

    @Override
    public String toString() {
      return "%,d lines, net %s, sum of key hashes %016x, xor %016x"
          .formatted(lines, BigDecimal.valueOf(cents, 2), sum, xor);
    }
  }
}
