package storefact.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import storefact.mart.BuildOptions;
import storefact.mart.BuildProgress;
import storefact.mart.Mart;
import storefact.mart.MartBuild;
import storefact.mart.Marts;
import storefact.mart.ReaderViews;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.engine.Account;
import storefact.warehouse.engine.EmbeddedWarehouse;
import storefact.warehouse.engine.EngineOptions;
import storefact.warehouse.migration.Migrations;
import storefact.warehouse.migration.Topology;

/** What each reader gets of two regions, asked in the ways that a reader could think of. */
@Tag("slow")
class ReaderRowsTest {
  /** Anything about the south: its name, its stores, its figures. */
  private static final List<String> FOREIGN = List.of("South", "S2", "S3", "777", "888", "1665");

  private static final List<Reader> READERS =
      List.of(
          new Reader("boss", Role.EXECUTIVE, List.of()),
          new Reader("ann", Role.ANALYST, List.of()),
          new Reader("north", Role.REGIONAL_MANAGER, List.of("North")),
          new Reader("south", Role.REGIONAL_MANAGER, List.of("South")),
          new Reader("lost", Role.REGIONAL_MANAGER, List.of()),
          new Reader("keeper", Role.ENGINEER, List.of()));

  private static EmbeddedWarehouse engine;
  private static Warehouse warehouse;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void twoRegions() throws InterruptedException {
    List<Account> accounts = new ArrayList<>(List.of(Account.STOREFACT, Account.VIEW_OWNER));
    accounts.addAll(ReaderAccess.accounts(READERS));
    engine = EmbeddedWarehouse.start(EngineOptions.defaults().withAccounts(accounts));
    WarehouseAddress plain = WarehouseAddress.parse(engine.jdbcUrl());
    warehouse =
        Warehouse.connect(
            new WarehouseAddress(plain.host(), plain.httpPort(), engine.user(), engine.password()));
    new Migrations(warehouse.http(), Topology.SINGLE).run(message -> {});
    warehouse
        .http()
        .query(
            "INSERT INTO star.store (store, name, country, region, version) VALUES"
                + " ('S1', 'one', 'China', 'North', 1), ('S2', 'two', 'China', 'South', 1),"
                + " ('S3', 'three', 'China', 'South', 1)");
    warehouse
        .http()
        .query(
            "INSERT INTO star.goods (goods, department, category, version) VALUES ('G', 'D', 'C', 1)");
    warehouse
        .http()
        .query(
            "INSERT INTO star.sales_line (store, business_date, till, receipt, line, sold_at, card,"
                + " goods, quantity, net_amount, version) VALUES"
                + " ('S1', '2024-01-05', 'T', 'R1', 1, '2024-01-05 12:00:00', 'C1', 'G', 1, 111, 1),"
                + " ('S2', '2024-01-05', 'T', 'R2', 1, '2024-01-05 12:00:00', 'C2', 'G', 1, 777, 1),"
                + " ('S3', '2024-01-05', 'T', 'R3', 1, '2024-01-05 12:00:00', '', 'G', 1, 888, 1)");
    new MartBuild(warehouse).run(BuildOptions.changed(), BuildProgress.silent());
    ReaderAccess.map(warehouse.http(), READERS);
  }

  @AfterAll
  static void close() {
    warehouse.close();
  }

  @ParameterizedTest
  @CsvSource({
    "storefact,1776",
    "boss,1776",
    "ann,1776",
    "north,111",
    "south,1665",
    "lost,0",
  })
  void everyReaderGetsTheSumOfTheirStores(String reader, String sum) throws Exception {
    assertThat(ask(reader, "SELECT sum(net_sales) FROM dw.daily_sales")).isEqualTo(sum);
    assertThat(ask(reader, "SELECT sum(net_sales) FROM dw.receipt_statistics")).isEqualTo(sum);
  }

  @ParameterizedTest
  @CsvSource({
    "boss,North S1 S2 S3 South chain",
    "north,North S1",
    "south,S2 S3 South",
    "lost,''",
  })
  void areasAreThoseOfTheReader(String reader, String areas) throws Exception {
    assertThat(
            ask(
                reader,
                "SELECT arrayStringConcat(arraySort(groupUniqArray(if(level = 'chain', level, area))), ' ')"
                    + " FROM dw.sales_growth WHERE level != 'format'"))
        .isEqualTo(areas);
  }

  @Test
  void aMappingHoldsFromTheNextQuestionOn() throws Exception {
    List<Reader> moved = new ArrayList<>(READERS);
    moved.set(4, new Reader("lost", Role.REGIONAL_MANAGER, List.of("North")));
    moved.set(2, new Reader("north", Role.REGIONAL_MANAGER, List.of()));
    ReaderAccess.map(warehouse.http(), moved);
    try {
      String sum = "SELECT sum(net_sales) FROM dw.daily_sales";
      assertThat(ask("lost", sum)).isEqualTo("111");
      assertThat(ask("north", sum)).isEqualTo("0");
      assertThat(ask("storefact", sum)).isEqualTo("1776");
    } finally {
      ReaderAccess.map(warehouse.http(), READERS);
    }
    assertThat(ask("lost", "SELECT count() FROM dw.daily_sales")).isEqualTo("0");
  }

  @Test
  void viewsMadeAnewFilterAsBuildsMadeThem() throws Exception {
    warehouse
        .http()
        .query(
            "CREATE OR REPLACE VIEW dw.daily_sales DEFINER = view_owner SQL SECURITY DEFINER AS SELECT * FROM mart.daily_sales");
    assertThat(ask("north", "SELECT sum(net_sales) FROM dw.daily_sales")).isEqualTo("1776");
    assertThat(new ReaderViews(warehouse).refresh()).containsExactlyElementsOf(Marts.ALL);
    assertThat(ask("north", "SELECT sum(net_sales) FROM dw.daily_sales")).isEqualTo("111");
  }

  @Test
  void everyGrantedViewAnswersAndTellsNothingForeign() throws Exception {
    for (Mart mart : Role.REGIONAL_MANAGER.marts()) {
      String rows = ask("north", "SELECT * FROM dw." + mart.name());
      assertThat(rows).as(mart.name()).doesNotContain("Exception").doesNotContain(FOREIGN);
      assertThat(ask("lost", "SELECT * FROM dw." + mart.name())).as(mart.name()).isEmpty();
    }
    assertThat(ask("north", "SELECT * FROM dw.reader_store"))
        .contains("North")
        .doesNotContain("South");
    assertThat(ask("lost", "SELECT count() FROM dw.reader_store")).isEqualTo("0");
  }

  @Test
  void everyOtherViewIsRefused() throws Exception {
    for (Mart mart : Marts.ALL) {
      for (Reader reader : READERS) {
        if (!reader.role().marts().contains(mart)) {
          assertThat(ask(reader.name(), "SELECT * FROM dw." + mart.name()))
              .as(reader + " " + mart)
              .contains("ACCESS_DENIED");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"boss,true", "keeper,true", "ann,false", "north,false", "lost,false"})
  void howTheWarehouseIsKeptIsToldWithoutRowsOfPersons(String reader, boolean told)
      throws Exception {
    for (OperationsView view : OperationsView.ALL) {
      String columns =
          view.columns().stream()
              .map(column -> "`" + column.getName() + "`")
              .collect(Collectors.joining(", "));
      String answer = ask(reader, "SELECT " + columns + " FROM dw." + view.view().getName());
      assertThat(answer.contains("ACCESS_DENIED")).as(view.view().getName()).isEqualTo(!told);
    }
    assertThat(ask(reader, "SELECT sample FROM dw.check_result")).contains("ACCESS_DENIED");
    assertThat(ask(reader, "SELECT * FROM dw.check_result")).contains("ACCESS_DENIED");
  }

  static List<String> attempts() {
    return List.of(
        "SELECT * FROM mart.daily_sales",
        "SELECT * FROM star.sales_line",
        "SELECT * FROM star.store",
        "SELECT * FROM cfg.reader_region",
        "SELECT * FROM cfg.readable_store",
        "SELECT * FROM cfg.chain_reader",
        "SELECT * FROM ops.build_log",
        "SELECT * FROM dw.store",
        "SELECT * FROM dw.sales_line",
        "SELECT * FROM dw.receipt",
        "SELECT * FROM dw.member",
        "SELECT * FROM dw.member_rfm",
        "SELECT * FROM dw.daily_sales WHERE region = 'South'",
        "SELECT * FROM dw.daily_sales WHERE store != 'S1' OR 1 = 1",
        "SELECT * FROM (SELECT * FROM dw.daily_sales) WHERE store = 'S2'",
        "SELECT sum(net_sales) FROM dw.daily_sales WHERE store IN ('S2', 'S3')",
        "SELECT (SELECT max(net_sales) FROM dw.daily_sales)",
        "WITH t AS (SELECT * FROM dw.daily_sales) SELECT * FROM t",
        "SELECT a.* FROM dw.daily_sales AS a CROSS JOIN dw.daily_sales AS b",
        "SELECT * FROM dw.reader_store AS s LEFT JOIN dw.daily_sales AS d ON d.store != s.store",
        "SELECT * FROM dw.reader_store AS s RIGHT JOIN dw.daily_sales AS d ON d.store = s.store",
        "SELECT * FROM dw.daily_sales UNION ALL SELECT * FROM mart.daily_sales",
        "SELECT * FROM dw.daily_sales SETTINGS additional_table_filters = {}",
        "SELECT * FROM dw.daily_sales SETTINGS readonly = 0",
        "SET readonly = 0",
        "SELECT * FROM merge('mart', '.*')",
        "SELECT * FROM merge('dw', 'daily_sales|member')",
        "SELECT * FROM merge('dw', '^(daily|hourly)_sales$')",
        "SELECT * FROM remote('127.0.0.1', mart.daily_sales)",
        "SELECT * FROM cluster('default', mart.daily_sales)",
        "SELECT * FROM view(SELECT * FROM mart.daily_sales)",
        "SELECT * FROM view(SELECT * FROM dw.daily_sales)",
        "SELECT * FROM url('http://127.0.0.1:9/', 'LineAsString')",
        "SELECT * FROM file('/etc/passwd', 'LineAsString')",
        "SELECT * FROM executable('id', 'TSV', 'x String')",
        "SELECT * FROM mergeTreeIndex('mart', 'daily_sales')",
        "SELECT * FROM mergeTreeProjection('mart', 'daily_sales', 'p')",
        "SELECT * FROM mergeTreeParts('mart', 'daily_sales')",
        "SELECT * FROM system.query_log",
        "SELECT * FROM system.processes",
        "SELECT * FROM system.parts",
        "SELECT * FROM system.parts_columns",
        "SELECT * FROM system.users",
        "SELECT * FROM system.row_policies",
        "SELECT * FROM system.grants",
        "SELECT name, total_rows, total_bytes, create_table_query FROM system.tables",
        "SELECT * FROM system.columns",
        "SELECT * FROM system.databases",
        "SELECT * FROM system.query_condition_cache",
        "SELECT * FROM information_schema.tables",
        "SHOW TABLES FROM mart",
        "SHOW CREATE TABLE mart.daily_sales",
        "SHOW CREATE VIEW dw.daily_sales",
        "SHOW GRANTS FOR south",
        "SHOW PROCESSLIST",
        "DESCRIBE TABLE mart.daily_sales",
        "EXPLAIN PLAN indexes = 1 SELECT * FROM dw.daily_sales",
        "EXPLAIN PIPELINE SELECT * FROM dw.daily_sales",
        "EXPLAIN QUERY TREE SELECT * FROM dw.daily_sales",
        "EXPLAIN SYNTAX SELECT * FROM dw.daily_sales",
        "EXPLAIN ESTIMATE SELECT * FROM mart.daily_sales",
        "SELECT throwIf(net_sales > 500, toString(net_sales)) FROM dw.daily_sales",
        "SELECT toUInt8(store) FROM dw.daily_sales",
        "SELECT CAST(store, 'Enum(\\'S1\\' = 1)') FROM dw.daily_sales",
        "SELECT intDiv(1, net_sales - 777) FROM dw.daily_sales",
        "SELECT dictGet('mart.daily_sales', 'net_sales', 'S2')",
        "SELECT joinGet('mart.daily_sales', 'net_sales', 'S2')",
        "SELECT * FROM dw.daily_sales SAMPLE 1",
        "SELECT * FROM dw.daily_sales FINAL",
        "SELECT * FROM dw.daily_sales PREWHERE store = 'S2'",
        "SELECT groupArray(store) FROM dw.receipt_statistics",
        "SELECT uniq(store), count() FROM dw.hourly_sales HAVING uniq(store) > 1",
        "SELECT max(net_sales) OVER (PARTITION BY business_date) FROM dw.receipt_statistics",
        "SELECT any(net_sales) FROM dw.sales_growth WHERE level = 'chain'",
        "SELECT any(area) FROM dw.sales_growth WHERE level = 'format' AND area != ''",
        "SELECT hasColumnInTable('mart', 'daily_sales', 'net_sales') AND 777",
        "SELECT * FROM numbers((SELECT toUInt64(max(net_sales)) FROM dw.daily_sales))",
        "EXECUTE AS south SELECT sum(net_sales) FROM dw.daily_sales",
        "CREATE VIEW dw.mine AS SELECT * FROM mart.daily_sales",
        "CREATE TEMPORARY TABLE mine AS SELECT * FROM mart.daily_sales",
        "INSERT INTO cfg.reader_region VALUES ('north', 'South')",
        "ALTER TABLE cfg.reader_region UPDATE region = 'South' WHERE 1",
        "ALTER VIEW dw.daily_sales MODIFY SQL SECURITY NONE",
        "GRANT SELECT ON mart.* TO north",
        "BACKUP TABLE mart.daily_sales TO File('x')",
        "OPTIMIZE TABLE mart.daily_sales FINAL",
        "SYSTEM FLUSH LOGS",
        "KILL QUERY WHERE 1");
  }

  @ParameterizedTest
  @MethodSource("attempts")
  void noAttemptTellsTheNorthAboutTheSouth(String attempt) throws Exception {
    // Words of the attempt itself come back in error messages; what counts is what it did not know.
    String answer = ask("north", attempt).replace(attempt, "");
    List<String> unknown = FOREIGN.stream().filter(word -> !attempt.contains(word)).toList();
    assertThat(answer).doesNotContain(unknown);
    assertThat(ask("nobody", attempt)).doesNotContain(unknown);
    assertThat(ask("lost", attempt)).doesNotContain(unknown).doesNotContain("111");
  }

  private static String ask(String user, String sql) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(engine.engine().httpUrl() + "/"))
            .header("X-ClickHouse-User", user)
            .header("X-ClickHouse-Key", engine.home().secret(user))
            .POST(HttpRequest.BodyPublishers.ofString(sql))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body().strip();
  }
}
