package storefact.warehouse.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storefact.event.Contract;
import storefact.event.Streams;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.engine.EmbeddedWarehouse;
import storefact.warehouse.engine.EngineOptions;

/** From nothing to the newest schema, whatever happens on the way. */
class MigrationsTest {

  private static final String OURS = "database IN ('star', 'ops', 'cfg', 'dw')";

  private static ClickHouseHttp http;

  @BeforeAll
  static void startEngine() {
    EmbeddedWarehouse warehouse = EmbeddedWarehouse.start(EngineOptions.defaults());
    http =
        new ClickHouseHttp(
            new WarehouseAddress(
                "127.0.0.1",
                warehouse.engine().httpPort(),
                warehouse.user(),
                warehouse.password()));
  }

  @BeforeEach
  void emptyWarehouse() {
    for (String database : List.of("dw", "mart", "star", "cfg", "ops", "half")) {
      http.query("DROP DATABASE IF EXISTS " + database + " SYNC");
    }
  }

  private static List<String> run() throws InterruptedException {
    return new Migrations(http, Topology.SINGLE).run(_ -> {});
  }

  private static List<String> run(Migration... files) throws InterruptedException {
    return new Migrations(http, Topology.SINGLE, List.of(files)).run(_ -> {});
  }

  @Test
  void aSecondRunDoesNothing() throws Exception {
    Migrations migrations = new Migrations(http, Topology.SINGLE);
    assertThat(migrations.pending()).isEqualTo(Migration.FILES);

    assertThat(run()).isEqualTo(Migration.FILES);
    String tables = tables();

    assertThat(migrations.pending()).isEmpty();
    assertThat(run()).isEmpty();
    assertThat(tables()).isEqualTo(tables);
    assertThat(http.query("SELECT count() FROM ops.schema_history"))
        .isEqualTo(String.valueOf(Migration.FILES.size()));
  }

  @Test
  void aFileThatWasEditedAfterItRanIsRefusedByName() throws Exception {
    run(new Migration("V001__first.sql", "CREATE DATABASE half;"));

    assertThatThrownBy(
            () ->
                run(
                    new Migration("V001__first.sql", "CREATE DATABASE half; -- but better"),
                    new Migration("V002__second.sql", "CREATE DATABASE mart;")))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("V001__first.sql")
        .hasMessageContaining("edited")
        .hasMessageContaining("write a new file");
    assertThat(http.query("EXISTS DATABASE mart")).as("nothing else ran").isEqualTo("0");
  }

  @Test
  void aWarehouseThatIsNewerThanTheProgramIsRefused() throws Exception {
    Migration first = new Migration("V001__first.sql", "CREATE DATABASE half;");
    run(first, new Migration("V002__second.sql", "CREATE DATABASE mart;"));

    assertThatThrownBy(() -> run(first))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("V002__second.sql")
        .hasMessageContaining("newer version");
  }

  @Test
  void ofTwoRunnersAtOnceOneDoesTheWork() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    Callable<List<String>> runner =
        () -> {
          together.await();
          return run();
        };
    try (ExecutorService runners = Executors.newFixedThreadPool(2)) {
      Future<List<String>> one = runners.submit(runner);
      Future<List<String>> other = runners.submit(runner);

      assertThat(List.of(one.get(), other.get()))
          .containsExactlyInAnyOrder(Migration.FILES, List.of());
    }
    assertThat(http.query("SELECT count() FROM ops.schema_history"))
        .isEqualTo(String.valueOf(Migration.FILES.size()));
  }

  @Test
  void aRunnerThatDiedHalfWayIsFollowedUp() throws Exception {
    // given: the first file ran, the second one's statements all but the last; the lock is left
    Migration first = Migration.all().getFirst();
    Migration second = Migration.all().get(1);
    run(first);
    List<String> statements = second.statements();
    for (String statement : statements.subList(0, statements.size() - 1)) {
      http.query(Topology.SINGLE.render(statement).getFirst());
    }
    String calendar = "INSERT INTO star.calendar";
    assertThat(statements.getLast()).contains(calendar);
    http.query(statements.getLast());
    long gone = new ProcessBuilder("true").start().onExit().get().pid();
    http.query(
        "CREATE TABLE ops.lock_migration (held UInt8) ENGINE = Memory COMMENT '%s %d %s'"
            .formatted(
                java.net.InetAddress.getLocalHost().getHostName(), gone, "2026-01-01T00:00:00Z"));

    // when
    List<String> ran = run();

    // then
    assertThat(ran).isEqualTo(Migration.FILES.subList(1, Migration.FILES.size()));
    assertThat(http.query("EXISTS TABLE ops.lock_migration")).isEqualTo("0");
    assertThat(http.query("SELECT count(), uniqExact(day) FROM dw.calendar"))
        .as("days, though the calendar was filled twice")
        .isEqualTo("73414\t73414");
  }

  @Test
  void aFailedStatementNamesItsFileAndTheMendedFileGoesOn() throws Exception {
    Migration broken =
        new Migration(
            "V001__first.sql",
            "CREATE DATABASE IF NOT EXISTS half;\nSELECT throwIf(1, 'broken');\n");

    assertThatThrownBy(() -> run(broken))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("V001__first.sql")
        .hasMessageContaining("broken")
        .hasMessageContaining("throwIf");

    assertThat(
            run(new Migration("V001__first.sql", "CREATE DATABASE IF NOT EXISTS half;\nSELECT 1;")))
        .containsExactly("V001__first.sql");
  }

  @Test
  void everyTableAndColumnSaysWhatItIs() throws Exception {
    run();

    assertThat(
            http.query(
                "SELECT database || '.' || name FROM system.tables WHERE comment = '' AND " + OURS))
        .as("tables without a comment")
        .isEmpty();
    assertThat(
            http.query(
                "SELECT database || '.' || table || '.' || name FROM system.columns WHERE comment = '' AND "
                    + OURS))
        .as("columns without a comment")
        .isEmpty();
  }

  @Test
  void starTablesAreWhatTheirContractsSay() throws Exception {
    run();

    for (Contract<?> contract : Streams.ALL) {
      List<String> expected = new ArrayList<>();
      contract
          .fields()
          .forEach(
              field ->
                  expected.add(field.name() + "|" + field.columnType() + "|" + field.comment()));
      String columns =
          http.query(
              "SELECT name || '|' || type || '|' || comment FROM system.columns WHERE database = 'star' AND table = '%s' ORDER BY position FORMAT TSVRaw"
                  .formatted(contract.stream()));
      assertThat(columns.lines()).as(contract.stream()).containsExactlyElementsOf(expected);
      assertThat(
              http.query(
                  "SELECT comment FROM system.tables WHERE database = 'star' AND name = '%s'"
                      .formatted(contract.stream())))
          .contains("One row per " + contract.grain())
          .contains("dw." + contract.stream());
    }
    assertThat(Streams.ALL).hasSizeGreaterThan(1);
  }

  @Test
  void aStarTablesSortingKeyIsItsContractsKey() throws Exception {
    run();

    for (Contract<?> contract : Streams.ALL) {
      String keys =
          String.join(
              ", ",
              contract.fields().stream()
                  .filter(storefact.event.Field::key)
                  .map(storefact.event.Field::name)
                  .toList());
      assertThat(
              http.query(
                  "SELECT trim(BOTH '()' FROM sorting_key) FROM system.tables WHERE database = 'star' AND name = '%s'"
                      .formatted(contract.stream())))
          .isEqualTo(keys);
    }
  }

  @ParameterizedTest
  @EnumSource(Topology.class)
  void theEngineUnderstandsEveryStatementOfEveryTopology(Topology topology) {
    for (Migration file : Migration.all()) {
      for (String statement : file.statements()) {
        for (String rendered : topology.render(statement)) {
          assertThat(rendered).doesNotContain("{{");
          String literal = rendered.replace("\\", "\\\\").replace("'", "\\'");
          assertThat(http.query("SELECT formatQuery('" + literal + "')")).isNotBlank();
        }
      }
    }
  }

  @Test
  void aReplicatedWarehouseReplicatesEveryTable() {
    List<String> tables = tables(Topology.REPLICATED);

    assertThat(tables)
        .hasSizeGreaterThan(Streams.ALL.size())
        .allSatisfy(
            table ->
                assertThat(table)
                    .contains("ON CLUSTER '{cluster}'")
                    .containsPattern("ENGINE = Replicated\\w*MergeTree\\('/clickhouse/tables/"));
    assertThat(tables)
        .anySatisfy(
            table ->
                assertThat(table)
                    .contains("star.sales_line ")
                    .contains("ReplicatedReplacingMergeTree(")
                    .contains("'{replica}', version, voided)"));
  }

  @Test
  void aShardedWarehouseSpreadsFactsAndKeepsDimensionsOnEveryNode() {
    List<String> tables = tables(Topology.SHARDED);

    assertThat(tables)
        .anySatisfy(
            table ->
                assertThat(table)
                    .contains("star.sales_line_shard ")
                    .contains("/clickhouse/tables/{shard}/"))
        .anySatisfy(
            table ->
                assertThat(table)
                    .startsWith("CREATE TABLE IF NOT EXISTS star.sales_line ON CLUSTER")
                    .contains(
                        "Distributed('{cluster}', star, sales_line_shard, cityHash64(store))"))
        .anySatisfy(
            table ->
                assertThat(table)
                    .contains("star.store ")
                    .as("one set of replicas over all shards")
                    .contains("'/clickhouse/tables/all/{database}/{table}', '{shard}-{replica}'"));
    assertThat(tables(Topology.SINGLE)).noneMatch(table -> table.contains("Replicated"));
  }

  private static List<String> tables(Topology topology) {
    return Migration.all().stream()
        .flatMap(file -> file.statements().stream())
        .flatMap(statement -> topology.render(statement).stream())
        .filter(statement -> statement.contains("CREATE TABLE"))
        .toList();
  }

  private static String tables() {
    return http.query(
        "SELECT database, name, uuid, metadata_modification_time FROM system.tables WHERE "
            + OURS
            + " ORDER BY database, name");
  }
}
