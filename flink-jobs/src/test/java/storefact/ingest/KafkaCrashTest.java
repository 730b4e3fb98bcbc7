package storefact.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.event.EventWriter;
import storefact.event.LineFormat;
import storefact.event.SalesLine;
import storefact.event.Store;
import storefact.ingest.lake.Lake;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.engine.EmbeddedWarehouse;
import storefact.warehouse.engine.EngineOptions;
import storefact.warehouse.migration.Migrations;
import storefact.warehouse.migration.Topology;

/**
 * A continuous ingest from Kafka dies again and again, by SIGKILL, at any moment, while tills go on
 * sending. In the end star and lake hold what was sent, once.
 */
@Tag("slow")
class KafkaCrashTest {

  private static final long SEED = 20261122;
  private static final int KILLS = 3;
  private static final int PARTITIONS = 4;
  private static final int LINES_PER_BURST = 500;
  private static final Duration LONGEST = Duration.ofMinutes(3);

  @TempDir private Path folder;

  private final Random random = new Random(SEED);
  private final Set<String> sent = new HashSet<>();
  private final AtomicBoolean sending = new AtomicBoolean(true);
  private WarehouseAddress address;
  private int childNumber;

  @Test
  void killedThreeTimesNothingIsLostAndNothingIsDoubled() throws Exception {
    EmbeddedWarehouse warehouse = EmbeddedWarehouse.start(EngineOptions.defaults());
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      // given: a migrated warehouse and tills that send all the time
      address =
          new WarehouseAddress(
              "127.0.0.1", warehouse.engine().httpPort(), warehouse.user(), warehouse.password());
      new Migrations(new ClickHouseHttp(address), Topology.SINGLE).run(System.out::println);
      broker.topic("store", 1);
      broker.topic("sales_line", PARTITIONS);
      ByteArrayOutputStream store = new ByteArrayOutputStream();
      try (EventWriter<Store> writer =
          new EventWriter<>(SampleChain.STORES, LineFormat.NDJSON, store)) {
        writer.write(SampleChain.store("S000"));
      }
      broker.send("store", 0, store.toByteArray());
      broker.flush();
      Thread tills = Thread.ofPlatform().start(() -> send(broker));

      // when: it is killed, and started again, and killed …
      for (int kill = 1; kill <= KILLS; kill++) {
        Process child = start(broker, Boundedness.CONTINUOUS_UNBOUNDED);
        awaitWord(child, "READING");
        // A kill before the first commit would try nothing but the start.
        long before = inStar();
        Waiting.until("a commit", LONGEST, () -> inStar() > before);
        // The moment of the kill is what is random here.
        Thread.sleep(random.nextInt(1_500));
        child.destroyForcibly();
        assertThat(child.waitFor()).as("exit status of a killed process").isEqualTo(137);
        System.out.printf(
            "kill %d (pid %d): %s lines in the star%n",
            kill, child.pid(), query("SELECT count() FROM star.sales_line"));
      }
      sending.set(false);
      tills.join();
      Process last = start(broker, Boundedness.BOUNDED);
      awaitWord(last, "DONE");
      assertThat(last.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();

      // then: everything is there, once
      assertThat(
              query("SELECT count(), uniqExact(store, till, receipt, line) FROM star.sales_line"))
          .as("rows as they were inserted: exactly once, not made one by their key")
          .isEqualTo(sent.size() + "\t" + sent.size());
      assertThat(query("SELECT count() FROM ops.rejected_event")).isEqualTo("0");
      assertThat(starKeys()).isEqualTo(sent);
      assertLakeHoldsEachLineOnce();
      System.out.printf("identical in Kafka, star and lake: %,d lines%n", sent.size());

      // when: once more, without any checkpoint: the ledger alone knows
      Process again = start(broker, Boundedness.BOUNDED);
      awaitWord(again, "DONE 0");
      assertThat(query("SELECT count() FROM star.sales_line")).isEqualTo("" + sent.size());
    }
  }

  private void send(KafkaBroker broker) {
    Random values = new Random(SEED);
    for (int burst = 0; sending.get(); burst++) {
      for (int n = 0; n < LINES_PER_BURST; n++) {
        int number = burst * LINES_PER_BURST + n;
        SalesLine line = SampleChain.line("S000", 3, number, values);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventWriter<SalesLine> writer =
            new EventWriter<>(SampleChain.SALES, LineFormat.NDJSON, bytes)) {
          writer.write(line);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        sent.add(line.till() + " " + line.receipt() + " " + line.line());
        broker.send("sales_line", number % PARTITIONS, bytes.toByteArray());
      }
      broker.flush();
    }
  }

  private Process start(KafkaBroker broker, Boundedness boundedness) throws IOException {
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
            KafkaIngestChild.class.getName(),
            broker.address(),
            Files.createDirectories(folder.resolve("home")).toString(),
            address.jdbcUrl() + "?user=" + address.user(),
            boundedness.name());
    command.environment().put("STOREFACT_WAREHOUSE_PASSWORD", address.password());
    return command.redirectError(log(++childNumber).toFile()).start();
  }

  private Path log(int child) {
    return folder.resolve("child-" + child + ".log");
  }

  /** Waits until the process says the word; the process is killed if it does not. */
  private void awaitWord(Process child, String word) throws Exception {
    Thread guard =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    // Ends a child that hangs; interrupted once it has said the word.
                    Thread.sleep(LONGEST);
                    child.destroyForcibly();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    BufferedReader output = child.inputReader();
    String line = output.readLine();
    while (line != null && !line.startsWith(word)) {
      line = output.readLine();
    }
    guard.interrupt();
    assertThat(line)
        .as(
            "%s said by:%n%s",
            word, Files.readString(log(childNumber), StandardCharsets.ISO_8859_1))
        .isNotNull();
  }

  private String query(String sql) {
    try (ClickHouseHttp http = new ClickHouseHttp(address)) {
      return http.query(sql).strip();
    }
  }

  private long inStar() {
    return Long.parseLong(query("SELECT count() FROM star.sales_line"));
  }

  private Set<String> starKeys() {
    return query("SELECT concat(till, ' ', receipt, ' ', toString(line)) FROM star.sales_line")
        .lines()
        .collect(Collectors.toSet());
  }

  private void assertLakeHoldsEachLineOnce() throws IOException {
    Set<String> seen = new HashSet<>();
    Set<String> doubled = new TreeSet<>();
    Lake lake = Lake.local(folder.resolve("home").resolve("lake"));
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(lake.table(SampleChain.SALES))
            .select("till", "receipt", "line")
            .build()) {
      for (Record row : rows) {
        String key =
            row.getField("till") + " " + row.getField("receipt") + " " + row.getField("line");
        if (!seen.add(key)) {
          doubled.add(key);
        }
      }
    }
    assertThat(doubled).as("doubled in the lake").isEmpty();
    assertThat(seen).as("lake").isEqualTo(sent);
  }
}
