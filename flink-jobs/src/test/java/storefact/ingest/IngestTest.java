package storefact.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.event.SalesLine;
import storefact.ingest.lake.Lake;
import storefact.ingest.source.IngestProgress;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.engine.EmbeddedWarehouse;
import storefact.warehouse.migration.Migrations;
import storefact.warehouse.migration.Topology;

/** What is dropped is in star and lake afterwards, or listed with a reason. */
class IngestTest {

  private static final int LINES = 300;

  private static WarehouseAddress address;
  private static ClickHouseHttp http;

  @TempDir private Path folder;

  @BeforeAll
  static void migratedWarehouse() throws InterruptedException {
    EmbeddedWarehouse warehouse = EmbeddedWarehouse.shared();
    address =
        new WarehouseAddress(
            "127.0.0.1", warehouse.engine().httpPort(), warehouse.user(), warehouse.password());
    http = new ClickHouseHttp(address);
    new Migrations(http, Topology.SINGLE).run(_ -> {});
  }

  @BeforeEach
  void emptyTables() throws IOException {
    for (String table :
        List.of("star.sales_line", "star.store", "ops.ingested_file", "ops.rejected_event")) {
      http.query("TRUNCATE TABLE " + table);
    }
    Files.createDirectories(drop());
  }

  private Path drop() {
    return folder.resolve("drop");
  }

  private Lake lake() throws IOException {
    return Lake.local(Files.createDirectories(folder.resolve("lake")));
  }

  private IngestProgress ingest() throws IOException, InterruptedException {
    IngestRun run =
        new IngestRun(
            new IngestSettings(
                drop(),
                Boundedness.BOUNDED,
                address,
                Optional.of(lake()),
                folder.resolve("checkpoints"),
                2,
                Duration.ofMillis(200),
                Duration.ofMillis(50)));
    run.start().await();
    return run.progress();
  }

  private void dropStores(int count) throws IOException {
    SampleChain.drop(drop(), "store.ndjson", SampleChain.STORES, SampleChain.stores(count));
  }

  private void dropSales(String path, List<SalesLine> lines) throws IOException {
    SampleChain.drop(drop(), path, SampleChain.SALES, lines);
  }

  private static List<SalesLine> lines(int store) {
    return SampleChain.lines(SampleChain.storeName(store), 3, LINES, 41);
  }

  private static SalesLine version(SalesLine line, long version, String net, boolean voided) {
    return new SalesLine(
        line.store(),
        line.businessDate(),
        line.till(),
        line.receipt(),
        line.line(),
        line.soldAt(),
        line.cashier(),
        line.card(),
        line.goods(),
        line.quantity(),
        line.unitPrice(),
        line.listPrice(),
        new BigDecimal(net),
        line.retailDiscount(),
        line.couponDiscount(),
        line.couponMatchDiscount(),
        line.promotion(),
        line.payment(),
        version,
        voided);
  }

  private static long sales() {
    return Long.parseLong(http.query("SELECT count() FROM dw.sales_line"));
  }

  private static List<String> rejections() {
    return http.query("SELECT reason, file, line_number FROM ops.rejected_event ORDER BY ALL")
        .lines()
        .map(row -> row.replace('\t', ' '))
        .toList();
  }

  private static String file(String path) {
    return http.query(
        "SELECT lines, accepted, repeated, rejected FROM ops.ingested_file FINAL WHERE file = '%s'"
            .formatted(path));
  }

  @Test
  void everyKindOfFileGivesTheSameRowsInStarAndLake() throws Exception {
    // given: four stores that sold the same, each writing in its own way; store and sales at once
    dropStores(4);
    List<String> endings = List.of(".ndjson", ".csv", ".ndjson.gz", ".csv.gz");
    List<SalesLine> expected = new ArrayList<>();
    for (int store = 0; store < endings.size(); store++) {
      dropSales(store + "/sales_line-3" + endings.get(store), lines(store));
      expected.addAll(lines(store));
    }

    // when
    IngestProgress progress = ingest();

    // then
    assertThat(rejections()).as("store and its sales dropped together").isEmpty();
    assertThat(progress.accepted()).isEqualTo(4L * LINES + 4);
    assertThat(progress.filesRead()).isEqualTo(5);
    assertThat(
            http.query(
                "SELECT count() FROM (SELECT DISTINCT till, receipt, line, sold_at, card, goods, quantity, unit_price,"
                    + " list_price, net_amount, retail_discount, payment FROM dw.sales_line)"))
        .as("rows, the store aside")
        .isEqualTo(String.valueOf(LINES));
    List<String> source = expected.stream().map(IngestTest::row).sorted().toList();
    assertThat(star()).isEqualTo(source);
    assertThat(lakeRows()).isEqualTo(source);
    assertThat(lake().events(SampleChain.STORES)).isEqualTo(4);
    assertThat(http.query("SELECT name, city, version FROM star.store WHERE store = 'S001'"))
        .isEqualTo("门店 S001\t上海\t1");

    // when: it runs again
    IngestProgress again = ingest();

    // then
    assertThat(again.filesFound()).isZero();
    assertThat(again.accepted()).isZero();
    assertThat(http.query("SELECT count() FROM star.sales_line")).isEqualTo("1200");
    assertThat(lake().events(SampleChain.SALES)).isEqualTo(4L * LINES);
  }

  private static String row(SalesLine line) {
    return String.join(
        "|",
        line.store(),
        line.businessDate().toString(),
        line.till(),
        line.receipt(),
        String.valueOf(line.line()),
        String.valueOf(line.soldAt().getEpochSecond()),
        line.card().orElse(""),
        line.goods(),
        line.quantity().setScale(3).toPlainString(),
        line.unitPrice().map(price -> price.setScale(4).toPlainString()).orElse("-"),
        line.netAmount().setScale(2).toPlainString(),
        line.payment().orElse(""));
  }

  private static List<String> star() {
    return Arrays.stream(
            http.query(
                    """
                    SELECT concatWithSeparator('|', store, business_date, till, receipt, line,
                        toUnixTimestamp(sold_at), card, goods, toDecimalString(quantity, 3),
                        ifNull(toDecimalString(unit_price, 4), '-'), toDecimalString(net_amount, 2),
                        payment)
                    FROM dw.sales_line FORMAT TSVRaw
                    """)
                .split("\n", -1))
        .sorted()
        .toList();
  }

  private List<String> lakeRows() throws IOException {
    List<String> rows = new ArrayList<>();
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(lake().table(SampleChain.SALES)).build()) {
      for (Record r : records) {
        Object unitPrice = r.getField("unit_price");
        rows.add(
            Stream.of(
                    r.getField("store"),
                    r.getField("business_date"),
                    r.getField("till"),
                    r.getField("receipt"),
                    r.getField("line"),
                    ((java.time.OffsetDateTime) r.getField("sold_at")).toEpochSecond(),
                    r.getField("card"),
                    r.getField("goods"),
                    r.getField("quantity"),
                    unitPrice == null ? "-" : unitPrice,
                    r.getField("net_amount"),
                    r.getField("payment"))
                .map(String::valueOf)
                .collect(java.util.stream.Collectors.joining("|")));
      }
    }
    return rows.stream().sorted().toList();
  }

  @Test
  void theSameContentUnderAnotherNameIsTakenOnce() throws Exception {
    dropStores(1);
    dropSales("a/sales_line-1.ndjson", lines(0));
    dropSales("b/sales_line-2.ndjson", lines(0));
    ingest();
    assertThat(http.query("SELECT count() FROM star.sales_line")).isEqualTo("" + LINES);

    dropSales("c/sales_line-3.ndjson", lines(0));
    IngestProgress again = ingest();

    assertThat(again.accepted() + again.repeated()).isZero();
    assertThat(lake().events(SampleChain.SALES)).isEqualTo(LINES);
    assertThat(http.query("SELECT count() FROM ops.ingested_file WHERE stream = 'sales_line'"))
        .isEqualTo("1");
  }

  @Test
  void theSameLineTwiceInAFileCountsOnce() throws Exception {
    dropStores(1);
    List<SalesLine> twice = new ArrayList<>(lines(0));
    twice.addAll(lines(0).subList(0, 7));
    dropSales("sales_line-1.ndjson", twice);

    IngestProgress progress = ingest();

    assertThat(sales()).isEqualTo(LINES);
    assertThat(progress.repeated()).isEqualTo(7);
    assertThat(file("sales_line-1.ndjson")).isEqualTo("307\t300\t7\t0");
    assertThat(lake().events(SampleChain.SALES)).isEqualTo(LINES);
  }

  @Test
  void aNewerVersionReplacesAnOlderOneAndAVoidRemovesIt() throws Exception {
    dropStores(1);
    SalesLine line = lines(0).getFirst();
    SalesLine other = lines(0).get(1);
    dropSales(
        "sales_line-1.ndjson",
        List.of(version(line, 2, "20.00", false), version(other, 1, "5.00", false)));
    ingest();

    // an older version comes late
    dropSales("sales_line-2.csv", List.of(version(line, 1, "10.00", false)));
    ingest();
    assertThat(http.query("SELECT net_amount FROM dw.sales_line ORDER BY net_amount"))
        .isEqualTo("5\n20");

    // a newer one corrects one line, and takes back the other
    dropSales(
        "sales_line-3.ndjson",
        List.of(version(line, 3, "30.00", false), version(other, 2, "5.00", true)));
    ingest();
    assertThat(http.query("SELECT net_amount FROM dw.sales_line")).isEqualTo("30");
    assertThat(lake().events(SampleChain.SALES)).as("the lake keeps every version").isEqualTo(5);
  }

  @Test
  void aSaleOfAnUnknownStoreIsTakenOnceItsStoreHasCome() throws Exception {
    dropStores(1);
    dropSales("sales_line-1.ndjson", lines(1).subList(0, 2));
    ingest();
    assertThat(sales()).isZero();
    assertThat(rejections())
        .containsExactly(
            "UNKNOWN_STORE sales_line-1.ndjson 1", "UNKNOWN_STORE sales_line-1.ndjson 2");

    // the same store file, now longer, and the lines again, dropped together
    Files.delete(drop().resolve("store.ndjson"));
    dropStores(2);
    dropSales("sales_line-1-again.csv", lines(1).subList(0, 2));
    ingest();

    assertThat(rejections()).hasSize(2);
    assertThat(sales()).isEqualTo(2);
  }

  @Test
  void whatIsNoDropFileIsListedOrLeftAlone() throws Exception {
    dropStores(1);
    dropSales("sales_line-1.ndjson", lines(0));
    Files.writeString(drop().resolve("weather-1.ndjson"), "{}\n");
    Files.writeString(drop().resolve("sales_line-1.xlsx"), "PK");
    Files.writeString(drop().resolve(".sales_line-2.ndjson"), "{}\n");
    Files.writeString(drop().resolve("sales_line-2.ndjson.part"), "{}\n");
    Files.createDirectories(drop().resolve(".git"));
    Files.writeString(drop().resolve(".git/sales_line-3.ndjson"), "{}\n");

    ingest();

    assertThat(rejections())
        .containsExactly("UNKNOWN_STREAM sales_line-1.xlsx 0", "UNKNOWN_STREAM weather-1.ndjson 0");
    assertThat(
            http.query(
                "SELECT groupArray(file) FROM (SELECT file FROM ops.ingested_file ORDER BY file)"))
        .isEqualTo("['sales_line-1.ndjson','sales_line-1.xlsx','store.ndjson','weather-1.ndjson']");
    assertThat(sales()).isEqualTo(LINES);
  }

  @Test
  void aDamagedGzipFileIsListedAndTheRestOfTheDropGoesOn() throws Exception {
    dropStores(2);
    dropSales("0/sales_line-1.ndjson.gz", lines(0));
    dropSales("1/sales_line-1.ndjson", lines(1));
    byte[] whole = Files.readAllBytes(drop().resolve("0/sales_line-1.ndjson.gz"));
    Files.delete(drop().resolve("0/sales_line-1.ndjson.gz"));
    Files.write(drop().resolve("sales_line-cut.ndjson.gz"), Arrays.copyOf(whole, whole.length / 2));
    byte[] flipped = whole.clone();
    for (int i = whole.length / 2; i < whole.length / 2 + 50; i++) {
      flipped[i] ^= 0x5A;
    }
    Files.write(drop().resolve("sales_line-flipped.csv.gz"), flipped);
    Files.write(drop().resolve("sales_line-empty.csv.gz"), new byte[0]);
    Files.writeString(drop().resolve("sales_line-plain.csv.gz"), "store,till\n");

    ingest();

    assertThat(http.query("SELECT count() FROM dw.sales_line WHERE store = 'S001'"))
        .isEqualTo("" + LINES);
    assertThat(
            http.query(
                "SELECT groupArray(file) FROM (SELECT file FROM ops.rejected_event WHERE reason = 'BROKEN_GZIP' ORDER BY file)"))
        .isEqualTo(
            "['sales_line-cut.ndjson.gz','sales_line-empty.csv.gz','sales_line-flipped.csv.gz','sales_line-plain.csv.gz']");
    assertThat(http.query("SELECT count() FROM ops.ingested_file")).isEqualTo("6");
    assertThat(http.query("SELECT count() FROM dw.sales_line WHERE store = 'S000'"))
        .as("lines before the damage")
        .isNotEqualTo("0");
  }

  @Test
  void aBlankFirstLineDoesNotHideAHeader() throws Exception {
    dropStores(1);
    dropSales("sales_line-1.csv", lines(0));
    Path file = drop().resolve("sales_line-1.csv");
    Files.writeString(
        file, "\r\n\r\n" + Files.readString(file, StandardCharsets.UTF_8).replace("\n", "\r\n"));

    ingest();

    assertThat(rejections()).isEmpty();
    assertThat(sales()).isEqualTo(LINES);
  }

  @Test
  void aRunAfterOneThatWentOnFromACheckpointTakesNothingTwice() throws Exception {
    // given: a continuous run that is stopped where it is and leaves a checkpoint
    dropStores(1);
    IngestRun continuous =
        new IngestRun(
            new IngestSettings(
                drop(),
                Boundedness.CONTINUOUS_UNBOUNDED,
                address,
                Optional.of(lake()),
                folder.resolve("checkpoints"),
                2,
                Duration.ofMillis(100),
                Duration.ofMillis(50)));
    IngestRun.Running running = continuous.start();
    dropSales("sales_line-1.ndjson", lines(0));
    Waiting.until(
        "the first file", Duration.ofSeconds(20), () -> !file("sales_line-1.ndjson").isEmpty());
    running.cancel();
    assertThat(continuous.goesOn()).isTrue();

    // when: two bounded runs follow, the first of which takes one more file
    dropSales("sales_line-2.ndjson", SampleChain.lines("S000", 4, LINES, 43));
    ingest();
    ingest();

    // then
    assertThat(http.query("SELECT count() FROM star.sales_line")).isEqualTo("" + 2 * LINES);
    assertThat(lake().events(SampleChain.SALES)).isEqualTo(2L * LINES);
  }
}
