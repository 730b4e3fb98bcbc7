package storefact.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.source.Boundedness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.event.SalesLine;
import storefact.ingest.lake.Lake;
import storefact.ingest.reject.Reject;
import storefact.ingest.reject.RejectFilter;
import storefact.ingest.reject.Rejects;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.engine.EmbeddedWarehouse;
import storefact.warehouse.migration.Migrations;
import storefact.warehouse.migration.Topology;

/** A line that could not be taken can be mended and taken, once. */
class RejectsTest {

  private static final int LINES = 20;

  @TempDir private Path folder;
  private Warehouse warehouse;
  private WarehouseAddress address;
  private Rejects rejects;

  @BeforeEach
  void emptyWarehouse() throws Exception {
    EmbeddedWarehouse engine = EmbeddedWarehouse.shared();
    address =
        new WarehouseAddress(
            "127.0.0.1", engine.engine().httpPort(), engine.user(), engine.password());
    warehouse = Warehouse.connect(address);
    new Migrations(warehouse.http(), Topology.SINGLE).run(_ -> {});
    for (String table :
        List.of(
            "star.sales_line",
            "star.store",
            "ops.ingested_file",
            "ops.rejected_event",
            "ops.rejected_repair")) {
      warehouse.http().query("TRUNCATE TABLE " + table);
    }
    rejects = new Rejects(warehouse, drop());
    Files.createDirectories(drop());
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  private Path drop() {
    return folder.resolve("drop");
  }

  private Lake lake() throws Exception {
    return Lake.local(Files.createDirectories(folder.resolve("lake")));
  }

  private void ingest() throws Exception {
    new IngestRun(
            new IngestSettings(
                drop(),
                Boundedness.BOUNDED,
                address,
                Optional.of(lake()),
                folder.resolve("checkpoints"),
                2,
                Duration.ofMillis(200),
                Duration.ofMillis(50)))
        .start()
        .await();
  }

  private String one(String select) {
    return warehouse.http().query(select).strip();
  }

  private static List<SalesLine> lines(String store) {
    return SampleChain.lines(store, 3, LINES, 7);
  }

  private long inLake() throws Exception {
    return lake().events(SampleChain.SALES);
  }

  @Test
  void linesOfAnUnknownStoreEnterOnceWhenItsRowHasCome() throws Exception {
    // given: two stores' sales as JSON and CSV, only one of the stores is known
    SampleChain.drop(drop(), "store-1.ndjson", SampleChain.STORES, SampleChain.stores(1));
    SampleChain.drop(drop(), "a/sales_line-1.ndjson", SampleChain.SALES, lines("S000"));
    SampleChain.drop(drop(), "b/sales_line-1.ndjson", SampleChain.SALES, lines("S001"));
    SampleChain.drop(drop(), "c/sales_line-1.csv", SampleChain.SALES, lines("S002"));
    ingest();
    assertThat(one("SELECT count() FROM dw.sales_line")).isEqualTo("" + LINES);

    // when: nothing has changed
    assertThat(rejects.replay(RejectFilter.allOpen()))
        .returns(0L, Rejects.Offer::taken)
        .satisfies(offer -> assertThat(offer.refused()).hasSize(2 * LINES));

    // when: the stores' rows come
    SampleChain.drop(drop(), "store-2.ndjson", SampleChain.STORES, SampleChain.stores(3));
    ingest();
    Rejects.Offer offer = rejects.replay(RejectFilter.allOpen());
    assertThat(offer.refused()).isEmpty();
    assertThat(offer.taken()).isEqualTo(2 * LINES);
    ingest();

    // then
    assertThat(one("SELECT store, count() FROM dw.sales_line GROUP BY store ORDER BY store"))
        .isEqualTo("S000\t20\nS001\t20\nS002\t20");
    assertThat(one("SELECT count() FROM star.sales_line")).isEqualTo("" + 3 * LINES);
    assertThat(inLake()).isEqualTo(3 * LINES);

    // when: somebody does it all again
    assertThat(rejects.replay(RejectFilter.allOpen()).taken()).isZero();
    ingest();
    assertThat(one("SELECT count() FROM star.sales_line")).isEqualTo("" + 3 * LINES);
    assertThat(inLake()).isEqualTo(3 * LINES);
    assertThat(rejects.groups(RejectFilter.allOpen())).isEmpty();
  }

  @Test
  void aMendedLineEntersOnceAndAWrongMendIsRefusedWithItsReason() throws Exception {
    SampleChain.drop(drop(), "store-1.ndjson", SampleChain.STORES, SampleChain.stores(1));
    Path file = SampleChain.drop(drop(), "a/sales_line-1.ndjson", SampleChain.SALES, lines("S000"));
    List<String> texts = Files.readAllLines(file);
    String broken = texts.get(4).replace("\"line\":5", "\"line\":\"five\"");
    texts.set(4, broken);
    Files.write(file, texts);
    ingest();

    // then: it is listed
    Rejects.Group group = rejects.groups(RejectFilter.allOpen()).getFirst();
    assertThat(group)
        .returns("sales_line", Rejects.Group::stream)
        .returns("WRONG_TYPE", Rejects.Group::reason)
        .returns("a", Rejects.Group::source)
        .returns(1L, Rejects.Group::open);
    Reject reject = rejects.find(RejectFilter.allOpen(), 10).getFirst();
    assertThat(reject.line()).isEqualTo(5);
    assertThat(new String(reject.raw(), UTF_8)).isEqualTo(broken);

    // when: it is mended wrongly, then rightly
    assertThat(rejects.repair(reject.id(), broken.replace("five", "six").getBytes(UTF_8)).refused())
        .containsValue("WRONG_TYPE: line 'six' is not a JSON number");
    byte[] right = broken.replace("\"five\"", "5").getBytes(UTF_8);
    assertThat(rejects.repair(reject.id(), right).taken()).isEqualTo(1);
    ingest();

    // then
    assertThat(one("SELECT count(), uniqExact(receipt, line) FROM dw.sales_line"))
        .isEqualTo("20\t20");
    assertThat(inLake()).isEqualTo(LINES);
    assertThatThrownBy(() -> rejects.repair(reject.id(), right))
        .hasMessageContaining("offered again already");
    assertThatThrownBy(() -> rejects.repair("nobody", right))
        .hasMessageContaining("no rejected line 'nobody'");
  }

  @Test
  void whatAProcessLeftHalfDoneIsFinishedOrUndone() throws Exception {
    SampleChain.drop(drop(), "store-1.ndjson", SampleChain.STORES, SampleChain.stores(1));
    SampleChain.drop(drop(), "b/sales_line-1.ndjson", SampleChain.SALES, lines("S001"));
    ingest();
    SampleChain.drop(drop(), "store-2.ndjson", SampleChain.STORES, SampleChain.stores(2));
    ingest();
    Rejects.Offer offer = rejects.replay(RejectFilter.allOpen());
    Path offered = drop().resolve(offer.files().getFirst());

    // given: it died before the file got its name, and another one before it was recorded
    Path recorded = offered.resolveSibling("." + offered.getFileName());
    Files.move(offered, recorded);
    Path unrecorded = Files.writeString(offered.resolveSibling(".sales_line-0.ndjson"), "x");

    // when
    rejects.finish();
    ingest();

    // then
    assertThat(recorded).doesNotExist();
    assertThat(unrecorded).doesNotExist();
    assertThat(one("SELECT count() FROM star.sales_line")).isEqualTo("" + LINES);
    assertThat(inLake()).isEqualTo(LINES);
  }

  @Test
  void aFaultOfAWholeFileIsNotALineThatCouldBeReplayed() throws Exception {
    Files.writeString(drop().resolve("nonsense.ndjson"), "{}\n");
    ingest();

    assertThat(rejects.replay(RejectFilter.allOpen()).refused().values())
        .singleElement()
        .asString()
        .startsWith("a fault of the whole file");
  }
}
