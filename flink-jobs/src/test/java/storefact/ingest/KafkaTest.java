package storefact.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.event.Contract;
import storefact.event.Event;
import storefact.event.EventWriter;
import storefact.event.LineFormat;
import storefact.event.SalesLine;
import storefact.ingest.kafka.KafkaTopics;
import storefact.ingest.lake.Lake;
import storefact.ingest.source.IngestProgress;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.engine.EmbeddedWarehouse;
import storefact.warehouse.migration.Migrations;
import storefact.warehouse.migration.Topology;

/** What Kafka topics hold is in star and lake afterwards, once, or listed with its offset. */
@Tag("slow")
class KafkaTest {

  private static final int LINES = 300;
  private static final int PARTITIONS = 3;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  @TempDir private static Path brokerFolder;
  private static KafkaBroker broker;
  private static WarehouseAddress address;
  private static ClickHouseHttp http;

  @TempDir private Path folder;

  @BeforeAll
  static void brokerAndWarehouse() throws Exception {
    EmbeddedWarehouse warehouse = EmbeddedWarehouse.shared();
    address =
        new WarehouseAddress(
            "127.0.0.1", warehouse.engine().httpPort(), warehouse.user(), warehouse.password());
    http = new ClickHouseHttp(address);
    new Migrations(http, Topology.SINGLE).run(_ -> {});
    broker = KafkaBroker.start(brokerFolder);
  }

  @AfterAll
  static void stopBroker() throws InterruptedException {
    broker.close();
  }

  @BeforeEach
  void emptyTablesAndTopics() throws Exception {
    for (String table :
        List.of(
            "star.sales_line",
            "star.store",
            "ops.ingested_file",
            "ops.rejected_event",
            "ops.kafka_offset")) {
      http.query("TRUNCATE TABLE " + table);
    }
    broker.topic("pos.sales_line", PARTITIONS);
    broker.topic("pos.store", 1);
    broker.topic("pos.weather", 1);
  }

  @AfterEach
  void deleteTopics() throws Exception {
    for (String topic : List.of("pos.sales_line", "pos.store", "pos.weather")) {
      broker.deleteTopic(topic);
    }
  }

  private static KafkaTopics topics(boolean skipDeleted) {
    return new KafkaTopics(broker.address(), List.of(), "pos.", "till", skipDeleted, Map.of());
  }

  private IngestRun run(KafkaTopics topics, Boundedness boundedness) throws IOException {
    return new IngestRun(
        new IngestSettings(
                folder.resolve("drop"),
                boundedness,
                address,
                Optional.of(lake()),
                folder.resolve("kafka-checkpoints"),
                2,
                Duration.ofMillis(200),
                Duration.ofMillis(50))
            .from(topics));
  }

  private IngestProgress ingest() throws Exception {
    IngestRun run = run(topics(false), Boundedness.BOUNDED);
    run.start().await();
    return run.progress();
  }

  private Lake lake() throws IOException {
    return Lake.local(Files.createDirectories(folder.resolve("lake")));
  }

  private static <E extends java.lang.Record & Event> List<byte[]> values(
      Contract<E> contract, List<E> events) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (EventWriter<E> writer = new EventWriter<>(contract, LineFormat.NDJSON, bytes)) {
      for (E event : events) {
        writer.write(event);
      }
    }
    return bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  private static void sendStores(int count) throws IOException {
    values(SampleChain.STORES, SampleChain.stores(count))
        .forEach(value -> broker.send("pos.store", 0, value));
    broker.flush();
  }

  private static List<SalesLine> sendSales(int store) throws IOException {
    List<SalesLine> lines = SampleChain.lines(SampleChain.storeName(store), 3, LINES, 41);
    int n = 0;
    for (byte[] value : values(SampleChain.SALES, lines)) {
      broker.send("pos.sales_line", n++ % PARTITIONS, value);
    }
    broker.flush();
    return lines;
  }

  private static String one(String select) {
    return http.query(select).strip();
  }

  private static List<String> keys(List<SalesLine> lines) {
    return lines.stream()
        .map(
            line ->
                String.join(
                    " ",
                    line.store(),
                    line.till(),
                    line.receipt(),
                    "" + line.line(),
                    line.netAmount().setScale(4).toPlainString()))
        .sorted()
        .toList();
  }

  private static List<String> star() {
    return http.query(
            "SELECT store, till, receipt, line, toDecimalString(net_amount, 4) FROM star.sales_line")
        .lines()
        .map(row -> row.replace('\t', ' '))
        .sorted()
        .toList();
  }

  private List<String> lakeKeys() throws IOException {
    List<String> keys = new ArrayList<>();
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(lake().table(SampleChain.SALES)).build()) {
      for (Record row : rows) {
        keys.add(
            String.join(
                " ",
                (String) row.getField("store"),
                (String) row.getField("till"),
                (String) row.getField("receipt"),
                "" + row.getField("line"),
                ((BigDecimal) row.getField("net_amount")).setScale(4).toPlainString()));
      }
    }
    return keys.stream().sorted().toList();
  }

  @Test
  void aBoundedRunTakesWhatIsThereAndTheNextOneOnlyWhatIsNew() throws Exception {
    // given: stores and their sales at once; a topic that is no stream
    sendStores(2);
    List<SalesLine> sent = new ArrayList<>(sendSales(0));
    broker.send("pos.weather", 0, "{}".getBytes(StandardCharsets.UTF_8));
    broker.flush();

    // when, then
    IngestProgress first = ingest();
    assertThat(first.accepted()).isEqualTo(LINES + 2);
    assertThat(first.filesRead()).as("partitions").isEqualTo(PARTITIONS + 1);
    assertThat(star()).isEqualTo(keys(sent));
    assertThat(lakeKeys()).isEqualTo(keys(sent));
    assertThat(one("SELECT count() FROM ops.rejected_event")).isEqualTo("0");

    // when: nothing has come; then something
    assertThat(ingest().accepted()).isZero();
    sent.addAll(sendSales(1));
    assertThat(ingest().accepted()).isEqualTo(LINES);

    // then
    assertThat(star()).isEqualTo(keys(sent));
    assertThat(lakeKeys()).isEqualTo(keys(sent));
    assertThat(
            one(
                "SELECT topic, partition, max(next_offset) FROM ops.kafka_offset"
                    + " WHERE consumer_group = 'till' GROUP BY ALL ORDER BY ALL"))
        .isEqualTo(
            "pos.sales_line\t0\t200\npos.sales_line\t1\t200\npos.sales_line\t2\t200\npos.store\t0\t2");
  }

  @Test
  void badRecordsAreRejectedWithTopicPartitionAndOffset() throws Exception {
    sendStores(1);
    List<byte[]> good = values(SampleChain.SALES, SampleChain.lines("S000", 3, 4, 41));
    List<byte[]> unknown = values(SampleChain.SALES, SampleChain.lines("S777", 3, 1, 41));
    broker.send("pos.sales_line", 1, good.get(0));
    broker.send("pos.sales_line", 1, "{\"till\":1".getBytes(StandardCharsets.UTF_8));
    broker.send("pos.sales_line", 1, null);
    broker.send("pos.sales_line", 1, unknown.get(0));
    broker.send(
        "pos.sales_line",
        1,
        (new String(good.get(1), StandardCharsets.UTF_8)
                + "\r\n\n{}\n"
                + new String(good.get(2), StandardCharsets.UTF_8)
                + "\n")
            .getBytes(StandardCharsets.UTF_8));
    broker.send("pos.sales_line", 2, new byte[] {(byte) 0xff, '{'});
    broker.send("pos.sales_line", 2, good.get(3));
    broker.send("pos.sales_line", 2, good.get(3));
    broker.flush();

    IngestProgress progress = ingest();

    assertThat(progress.repeated()).isEqualTo(1);
    assertThat(star()).hasSize(4);
    assertThat(
            http.query(
                    "SELECT reason, file, line_number, stream FROM ops.rejected_event"
                        + " ORDER BY file, line_number")
                .lines()
                .map(row -> row.replace('\t', ' ')))
        .containsExactly(
            "BROKEN_JSON kafka:pos.sales_line/1 1 sales_line",
            "UNKNOWN_STORE kafka:pos.sales_line/1 3 sales_line",
            "MISSING_FIELD kafka:pos.sales_line/1 4 sales_line",
            "NOT_UTF8 kafka:pos.sales_line/2 0 sales_line");
  }

  @Test
  void aBoundedRunAfterAStoppedContinuousOneGoesOnAndEnds() throws Exception {
    // given: a continuous run that is stopped where it is and leaves a checkpoint
    sendStores(3);
    List<SalesLine> sent = new ArrayList<>(sendSales(0));
    IngestRun.Running running = run(topics(false), Boundedness.CONTINUOUS_UNBOUNDED).start();
    awaitInStar(LINES);
    sent.addAll(sendSales(1));
    awaitInStar(2 * LINES);
    running.cancel();

    // when
    sent.addAll(sendSales(2));
    ingest();

    // then
    assertThat(star()).isEqualTo(keys(sent));
    assertThat(lakeKeys()).isEqualTo(keys(sent));
    assertThat(ingest().accepted()).isZero();
  }

  private static void awaitInStar(long lines) throws Exception {
    Waiting.until(
        lines + " lines",
        LONGEST_WAIT,
        () -> one("SELECT count() FROM star.sales_line").equals("" + lines));
  }

  @Test
  void whatKafkaDeletedBeforeItWasTakenIsSaid() throws Exception {
    sendStores(2);
    sendSales(0);
    ingest();
    sendSales(1);
    broker.deleteBefore("pos.sales_line", 1, 150);

    assertThatThrownBy(() -> ingestOnce(false))
        .hasMessageContaining("topic pos.sales_line, partition 1")
        .hasMessageContaining("100")
        .hasMessageContaining("150")
        .hasMessageContaining("--skip-deleted");
    ingestOnce(true);
    assertThat(one("SELECT count() FROM star.sales_line")).isEqualTo("" + (2 * LINES - 50));
  }

  private void ingestOnce(boolean skipDeleted) throws Exception {
    run(topics(skipDeleted), Boundedness.BOUNDED).start().await();
  }

  @Test
  void aTopicThatIsMadeAnewBeginsAnew() throws Exception {
    sendStores(2);
    sendSales(0);
    ingest();
    broker.deleteTopic("pos.sales_line");
    broker.topic("pos.sales_line", PARTITIONS);
    sendSales(1);

    assertThat(ingest().accepted()).isEqualTo(LINES);
    assertThat(one("SELECT count() FROM star.sales_line")).isEqualTo("" + 2 * LINES);
  }

  @Test
  void theSameLineInAFileAndInATopicCountsOnceForReaders() throws Exception {
    Path drop = folder.resolve("drop");
    SampleChain.drop(drop, "store.ndjson", SampleChain.STORES, SampleChain.stores(1));
    SampleChain.drop(
        drop, "sales_line-1.csv", SampleChain.SALES, SampleChain.lines("S000", 3, LINES, 41));
    new IngestRun(
            new IngestSettings(
                drop,
                Boundedness.BOUNDED,
                address,
                Optional.of(lake()),
                folder.resolve("checkpoints"),
                2,
                Duration.ofMillis(200),
                Duration.ofMillis(50)))
        .start()
        .await();
    sendSales(0);
    assertThat(ingest().accepted()).isEqualTo(LINES);

    assertThat(one("SELECT count() FROM dw.sales_line")).isEqualTo("" + LINES);
    assertThat(lakeKeys()).hasSize(2 * LINES);
  }

  @Test
  void whatCannotBeReadIsSaidAtOnce() throws Exception {
    assertThatThrownBy(() -> new KafkaTopics("nowhere", List.of(), "", "till", false, Map.of()))
        .hasMessageContaining("'nowhere' is not HOST:PORT");
    assertThatThrownBy(
            () ->
                new KafkaTopics(
                    broker.address(), List.of("pos.weather"), "pos.", "till", false, Map.of()))
        .hasMessageContaining("'pos.weather' is not named 'pos.' and after a stream");
    KafkaTopics missing =
        new KafkaTopics(broker.address(), List.of("goods"), "", "till", false, Map.of());
    assertThatThrownBy(() -> run(missing, Boundedness.BOUNDED).start())
        .hasMessageContaining("has no topic 'goods'");
    KafkaTopics nobody =
        new KafkaTopics(
            "127.0.0.1:1",
            List.of(),
            "",
            "till",
            false,
            Map.of("default.api.timeout.ms", "500", "request.timeout.ms", "400"));
    assertThatThrownBy(() -> run(nobody, Boundedness.BOUNDED).start())
        .hasMessageContaining("Kafka at 127.0.0.1:1 does not answer");
  }
}
