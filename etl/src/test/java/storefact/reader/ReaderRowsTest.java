package storefact.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import storefact.dashboard.Bundle;
import storefact.dashboard.Dashboards;
import storefact.dashboard.Marks;
import storefact.mart.BuildOptions;
import storefact.mart.BuildProgress;
import storefact.mart.Mart;
import storefact.mart.MartBuild;
import storefact.mart.Marts;
import storefact.mart.ReaderViews;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.calendar.LunarBirthday;
import storefact.warehouse.engine.Account;
import storefact.warehouse.engine.EmbeddedWarehouse;
import storefact.warehouse.engine.EngineOptions;
import storefact.warehouse.migration.Migrations;
import storefact.warehouse.migration.Topology;

/**
 * What each reader gets of two regions and of the members of two customer managers, asked in the
 * ways that a reader could think of.
 */
@Tag("slow")
class ReaderRowsTest {
  /** Anything about the south: its name, its stores, its figures. */
  private static final List<String> FOREIGN = List.of("South", "S2", "S3", "777", "888", "1665");

  /** Anything about the member of the other customer manager, masked or not. */
  private static final List<String> FOREIGN_MEMBER =
      List.of(
          "M82",
          "李",
          "13987654321",
          "139****4321",
          "sihai",
          "post.example",
          "2004-04",
          "Zhongshan",
          "Ningbo",
          "CM-Z",
          "V82");

  /** What of a member only those see who look after them. */
  private static final List<String> PERSONAL =
      List.of(
          "王明",
          "李四海",
          "13812345678",
          "13987654321",
          "xiaoming",
          "sihai",
          "02-29",
          "04-01",
          "Jiefang",
          "Zhongshan");

  private static final List<Reader> READERS =
      List.of(
          new Reader("boss", Role.EXECUTIVE, List.of()),
          new Reader("ann", Role.ANALYST, List.of()),
          new Reader("north", Role.REGIONAL_MANAGER, List.of("North")),
          new Reader("south", Role.REGIONAL_MANAGER, List.of("South")),
          new Reader("lost", Role.REGIONAL_MANAGER, List.of()),
          new Reader("keeper", Role.ENGINEER, List.of()),
          new Reader("wang", Role.CUSTOMER_MANAGER, List.of(), List.of("CM-W")),
          new Reader("zhao", Role.CUSTOMER_MANAGER, List.of(), List.of("CM-Z", "CM-Y")),
          new Reader("idle", Role.CUSTOMER_MANAGER, List.of()));

  private static EmbeddedWarehouse engine;
  private static Warehouse warehouse;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void threeRegions() throws InterruptedException {
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
                + " ('S3', 'three', 'China', 'South', 1), ('S4', 'four', 'China', 'West', 1)");
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
                + " ('S3', '2024-01-05', 'T', 'R3', 1, '2024-01-05 12:00:00', '', 'G', 1, 888, 1),"
                + " ('S4', '2024-01-05', 'T', 'R4', 1, '2024-01-05 12:00:00', '', 'G', 1, 0, 1)");
    members();
    new MartBuild(warehouse).run(BuildOptions.changed(), BuildProgress.silent());
    ReaderAccess.map(warehouse.http(), READERS);
  }

  /** One of wang's, one who was wang's and is zhao's now, and one whom nobody looks after. */
  private static void members() {
    warehouse
        .http()
        .query(
            "INSERT INTO star.member (member, card, name, valid_from, birthday, lunar_birthday, phone,"
                + " email, city, address, manager, version) VALUES"
                + " ('M71', 'C1', '王明', '2023-01-01', '1980-02-29', false, '13812345678',"
                + " 'xiaoming@mail.example', 'Hangzhou', 'Jiefang Road 1', 'CM-W', 1),"
                + " ('M82', 'C2', '李四海', '2023-01-01', '2004-04-01', true, '13987654321',"
                + " 'sihai@post.example', 'Ningbo', 'Zhongshan Road 2', 'CM-W', 1),"
                + " ('M82', 'C2', '李四海', '2023-06-01', '2004-04-01', true, '13987654321',"
                + " 'sihai@post.example', 'Ningbo', 'Zhongshan Road 2', 'CM-Z', 1),"
                + " ('M93', 'C3', 'O', '2023-01-01', NULL, false, '1234', '@', '', '', '', 1)");
    warehouse
        .http()
        .query(
            "INSERT INTO star.points_event (business_date, event, member, kind, at, points, version) VALUES"
                + " ('2024-01-05', 'P1', 'M71', 'earn', '2024-01-05 12:00:00', 11, 1),"
                + " ('2024-01-05', 'P2', 'M82', 'earn', '2024-01-05 12:00:00', 8282, 1)");
    warehouse
        .http()
        .query(
            "INSERT INTO star.card_event (business_date, event, card, kind, at, member, amount, version) VALUES"
                + " ('2024-01-05', 'E1', 'V71', 'issue', '2024-01-05 12:00:00', 'M71', 50, 1),"
                + " ('2024-01-05', 'E2', 'V82', 'issue', '2024-01-05 12:00:00', 'M82', 8282, 1),"
                + " ('2024-01-05', 'E3', 'V93', 'issue', '2024-01-05 12:00:00', '', 8282, 1)");
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
    "boss,North S1 S2 S3 S4 South West chain",
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
  void aRegionIsComparedWithTheChainWithoutItsOtherRows() throws Exception {
    String average = "SELECT DISTINCT chain_average_receipt FROM dw.region_benchmark";
    assertThat(ask("north", "SELECT DISTINCT area FROM dw.region_benchmark")).isEqualTo("North");
    assertThat(ask("north", average)).isEqualTo(ask("boss", average)).matches("[0-9.]+");
    assertThat(ask("lost", average)).isEmpty();
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

  @ParameterizedTest
  @CsvSource({
    "storefact,M71 M82 M93",
    "ann,M71 M82 M93",
    "wang,M71",
    "zhao,M82",
    "idle,''",
  })
  void everyReaderOfMembersSeesTheirs(String reader, String members) throws Exception {
    assertThat(
            ask(
                reader,
                "SELECT arrayStringConcat(groupArray(member), ' ') FROM (SELECT member FROM dw.reader_member ORDER BY member)"))
        .isEqualTo(members);
  }

  @ParameterizedTest
  @CsvSource({"boss", "north", "lost", "keeper", "nobody"})
  void nobodyElseAsksForMembers(String reader) throws Exception {
    assertThat(ask(reader, "SELECT count() FROM dw.reader_member")).contains("ACCESS_DENIED");
  }

  @Test
  void membersAreMaskedForThoseWhoDoNotLookAfterThem() throws Exception {
    String sql =
        "SELECT name, phone, email, address, birthday, birth_year FROM dw.reader_member WHERE member = ";
    assertThat(ask("wang", sql + "'M71'"))
        .isEqualTo("王明\t13812345678\txiaoming@mail.example\tJiefang Road 1\t1980-02-29\t1980");
    assertThat(ask("ann", sql + "'M71'"))
        .isEqualTo("王*\t138****5678\tx***@mail.example\t\t\\N\t1980");
    assertThat(ask("storefact", sql + "'M82'"))
        .isEqualTo("李*\t139****4321\ts***@post.example\t\t\\N\t2004");
    // Too short to hide some and show some: all is hidden.
    assertThat(ask("ann", sql + "'M93'")).isEqualTo("O*\t****\t***\t\t\\N\t\\N");
    assertThat(ask("ann", "SELECT * FROM dw.reader_member")).doesNotContain(PERSONAL);
  }

  @Test
  void birthdaysComeAsTheCalendarSays() throws Exception {
    String sql = "SELECT toDate(next_birthday), today() FROM dw.reader_member WHERE member = ";
    for (String question : List.of("wang 'M71' 1980-02-29 false", "zhao 'M82' 2004-04-01 true")) {
      List<String> words = List.of(question.split(" "));
      List<String> days = List.of(ask(words.get(0), sql + words.get(1)).split("\t"));
      assertThat(LocalDate.parse(days.get(0)))
          .isEqualTo(
              LunarBirthday.next(
                  LocalDate.parse(words.get(2)),
                  Boolean.parseBoolean(words.get(3)),
                  LocalDate.parse(days.get(1))));
    }
    assertThat(ask("ann", "SELECT count(next_birthday) FROM dw.reader_member")).isEqualTo("0");
  }

  @Test
  void everyGrantedViewGivesACustomerManagerTheirMembersAlone() throws Exception {
    List<String> told = new ArrayList<>();
    for (Mart mart : Role.CUSTOMER_MANAGER.marts()) {
      String view = " FROM dw." + mart.name();
      String own = ask("storefact", "SELECT count()" + view + " WHERE member = 'M71'");
      assertThat(ask("wang", "SELECT count(), countIf(member = 'M71')" + view))
          .as(mart.name())
          .isEqualTo(own + "\t" + own);
      assertThat(ask("wang", "SELECT *" + view))
          .as(mart.name())
          .doesNotContain(FOREIGN_MEMBER)
          .doesNotContain("777", "8282");
      assertThat(ask("idle", "SELECT *" + view)).as(mart.name()).isEmpty();
      if (!own.equals("0")) {
        told.add(mart.name());
      }
    }
    assertThat(told)
        .contains(
            "member_purchases",
            "member_rfm",
            "member_value_class",
            "points_balances",
            "card_balances");
  }

  @Test
  void whoLooksAfterAMemberHoldsFromTheNextQuestionOn() throws Exception {
    List<Reader> handedOver = new ArrayList<>(READERS);
    handedOver.set(6, new Reader("wang", Role.CUSTOMER_MANAGER, List.of(), List.of("CM-Z")));
    handedOver.set(7, new Reader("zhao", Role.CUSTOMER_MANAGER, List.of()));
    String phones = "SELECT groupArray(phone) FROM dw.reader_member";
    String sales = "SELECT sum(net_sales) FROM dw.member_purchases";
    ReaderAccess.map(warehouse.http(), handedOver);
    try {
      assertThat(ask("wang", phones)).isEqualTo("['13987654321']");
      assertThat(ask("wang", sales)).isEqualTo("777");
      assertThat(ask("zhao", phones)).isEqualTo("[]");
      assertThat(ask("ann", phones)).doesNotContain("13987654321");
    } finally {
      ReaderAccess.map(warehouse.http(), READERS);
    }
    assertThat(ask("wang", phones)).isEqualTo("['13812345678']");
    assertThat(ask("wang", sales)).isEqualTo("111");
    assertThat(ask("zhao", phones)).isEqualTo("['13987654321']");
  }

  /** Guesses about zhao's member that are right. */
  static List<String> guesses() {
    return List.of(
        "phone = '13987654321'",
        "phone LIKE '%8765%'",
        "name = '李四海'",
        "lengthUTF8(name) = 3",
        "email LIKE 'sihai%'",
        "birthday = '2004-04-01'",
        "toMonth(birthday) = 4",
        "next_birthday > today() - 1 AND lunar_birthday",
        "address LIKE 'Zhongshan%'",
        "sipHash64(phone) = sipHash64('13987654321')",
        "(name, phone) IN (('李四海', '13987654321'))",
        "match(phone, '^139[0-9]+$')",
        "phone > '1398' AND phone < '1399'");
  }

  @ParameterizedTest
  @MethodSource("guesses")
  void noGuessAboutAMemberIsConfirmed(String guess) throws Exception {
    String view = " FROM dw.reader_member";
    assertThat(ask("zhao", "SELECT count()" + view + " WHERE " + guess)).isEqualTo("1");
    for (String reader : List.of("wang", "ann", "idle", "storefact")) {
      String all = ask(reader, "SELECT count()" + view);
      assertThat(ask(reader, "SELECT count()" + view + " WHERE " + guess))
          .as(reader)
          .isEqualTo("0");
      assertThat(ask(reader, "SELECT countIf(" + guess + ")" + view)).as(reader).isEqualTo("0");
      // A condition that fails the question where it is met, were it asked before rows are chosen.
      assertThat(
              ask(
                  reader,
                  "SELECT count()"
                      + view
                      + " WHERE throwIf(ifNull(toUInt8(%s), 0)) = 0".formatted(guess)))
          .as(reader)
          .isEqualTo(all);
    }
  }

  /** What Superset asks for a role, with the rights of a reader of that role. */
  @ParameterizedTest
  @CsvSource({"boss,Executive", "ann,Analyst", "north,Regional manager", "wang,Customer manager"})
  void everyDatasetOfARoleIsAnsweredToIt(String reader, String role, @TempDir Path folder)
      throws Exception {
    new Bundle(Dashboards.in(Path.of("..", "dashboards", "assets")), Marks.NONE).write(folder);
    Map<?, ?> roles = (Map<?, ?>) tree(folder.resolve("access.json")).get("roles");
    List<?> granted = (List<?>) ((Map<?, ?>) roles.get(role)).get("datasets");
    int asked = 0;
    try (Stream<Path> files = Files.list(folder.resolve("datasets/warehouse"))) {
      for (Path file : files.toList()) {
        Map<?, ?> dataset = tree(file);
        if (granted.contains(dataset.get("uuid"))) {
          asked++;
          String rows = ask(reader, String.valueOf(dataset.get("sql")));
          assertThat(rows).as(file.getFileName().toString()).doesNotContain("Exception");
          if (reader.equals("wang")) {
            assertThat(rows).doesNotContain(FOREIGN_MEMBER);
            assertThat(rows.lines()).allMatch(row -> row.contains("13812345678"));
          } else {
            assertThat(rows).doesNotContain(PERSONAL);
          }
        }
      }
    }
    assertThat(asked).isEqualTo(granted.size()).isPositive();
  }

  private static Map<?, ?> tree(Path file) throws IOException {
    return (Map<?, ?>)
        new Load(LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build())
            .loadFromString(Files.readString(file));
  }

  /** A condition that fails the question where it is met must not meet rows of others. */
  @Test
  void conditionsMeetOwnRowsOnly() throws Exception {
    List<String> views = new ArrayList<>(List.of("reader_member"));
    Role.CUSTOMER_MANAGER.marts().forEach(mart -> views.add(mart.name()));
    for (String view : views) {
      for (String reader : List.of("wang", "idle")) {
        String count = "SELECT count() FROM dw." + view;
        String rows = ask(reader, count);
        assertThat(ask(reader, count + " WHERE throwIf(member = 'M82') = 0"))
            .as(reader + " " + view)
            .isEqualTo(rows);
        assertThat(ask(reader, count + " WHERE throwIf(member != 'M71') = 0"))
            .as(reader + " " + view)
            .isEqualTo(rows);
      }
    }
    for (String view : List.of("receipt_statistics", "daily_sales")) {
      for (String fact : List.of("store = 'S2'", "store != 'S1'", "net_sales > 500", "lines > 1")) {
        String count = "SELECT count() FROM dw." + view;
        for (String reader : List.of("north", "lost")) {
          assertThat(ask(reader, count + " WHERE throwIf(" + fact + ") = 0"))
              .as(reader + " " + view + " " + fact)
              .isEqualTo(ask(reader, count));
        }
      }
    }
    String sums = "SELECT store, sum(net_sales) FROM dw.daily_sales WHERE %s GROUP BY store";
    for (String reader : List.of("north", "lost")) {
      assertThat(ask(reader, "EXPLAIN " + sums.formatted("1"))).contains("by_store");
      assertThat(ask(reader, sums.formatted("throwIf(store != 'S1') = 0")))
          .isEqualTo(ask(reader, sums.formatted("1")))
          .doesNotContain("S2", "Exception");
    }
  }

  static List<String> attemptsAtMembers() {
    return List.of(
        "SELECT * FROM star.member",
        "SELECT * FROM dw.member",
        "SELECT * FROM dw.member_history",
        "SELECT * FROM dw.member_card",
        "SELECT * FROM dw.consent",
        "SELECT * FROM dw.points_event",
        "SELECT * FROM mart.member_purchases",
        "SELECT * FROM cfg.readable_member",
        "SELECT * FROM cfg.reader_manager",
        "SELECT * FROM cfg.reader_region",
        "SELECT * FROM merge('dw', '^(reader_)?member.*')",
        "SELECT * FROM merge('dw', '^reader_member$')",
        "SELECT * FROM merge('star', '^member$')",
        "SELECT * FROM merge('cfg', '.*')",
        "SELECT * FROM mergeTreeIndex('star', 'member')",
        "SELECT * FROM mergeTreeAnalyzeIndexes('star', 'member')",
        "SELECT * FROM mergeTreeProjection('star', 'member', 'p')",
        "SELECT * FROM view(SELECT * FROM dw.reader_member)",
        "SELECT * FROM remote('127.0.0.1', star.member)",
        "SELECT * FROM dw.reader_member ORDER BY phone",
        "SELECT * FROM dw.reader_member ORDER BY name DESC LIMIT 1",
        "SELECT * FROM dw.reader_member WHERE phone != '' OR 1 = 1",
        "SELECT * FROM dw.reader_member LIMIT 1 BY phone",
        "SELECT * FROM dw.reader_member FINAL",
        "SELECT * FROM dw.reader_member SAMPLE 1",
        "SELECT * FROM dw.reader_member PREWHERE phone != ''",
        "SELECT groupArray((member, name, phone, email, address, birthday)) FROM dw.reader_member",
        "SELECT max(phone), argMax(name, phone), any(email), topK(3)(phone) FROM dw.reader_member",
        "SELECT phone, count() FROM dw.reader_member GROUP BY phone WITH ROLLUP",
        "SELECT max(phone) OVER (PARTITION BY city) FROM dw.reader_member",
        "SELECT a.phone, b.phone FROM dw.reader_member AS a CROSS JOIN dw.reader_member AS b",
        "SELECT p.* FROM dw.member_purchases AS m RIGHT JOIN dw.reader_member AS p ON p.member = m.member",
        "SELECT p.* FROM dw.member_purchases AS m FULL JOIN dw.reader_member AS p ON p.member != m.member AND p.phone > ''",
        "SELECT m.* FROM dw.reader_member AS p ANTI RIGHT JOIN dw.member_purchases AS m ON p.member = m.member",
        "SELECT * FROM dw.member_rfm WHERE member IN (SELECT member FROM dw.reader_member)",
        "SELECT (SELECT groupArray(phone) FROM dw.reader_member)",
        "SELECT dictGet('star.member', 'phone', 'M1')",
        "SELECT joinGet('star.member', 'phone', 'M1')",
        "SELECT m.phone, followed FROM dw.reader_member",
        "SELECT throwIf(phone != '', name) FROM dw.reader_member",
        "SELECT throwIf(1, toString(groupArray(phone))) FROM dw.reader_member",
        "SELECT toUInt8(name), toUInt64(phone) FROM dw.reader_member",
        "SELECT count() FROM dw.reader_member WHERE toUInt64(phone) = 1",
        "SELECT count() FROM dw.reader_member WHERE toUInt64(name) = 1",
        "SELECT count() FROM dw.member_purchases WHERE toUInt64(member) = 1",
        "SELECT count() FROM dw.reader_member WHERE CAST(name, 'Enum8(\'x\' = 1)') = 'x'",
        "SELECT CAST(name, 'Enum8(\'x\' = 1)') FROM dw.reader_member",
        "SELECT parseDateTime(email, '%Y') FROM dw.reader_member",
        "SELECT JSONExtract(address, 'x', 'Array(UInt8)'), addressToLine(0), toIPv4(phone) FROM dw.reader_member",
        "EXPLAIN actions = 1, indexes = 1 SELECT * FROM dw.reader_member",
        "EXPLAIN header = 1, actions = 1 SELECT * FROM dw.member_purchases",
        "EXPLAIN PIPELINE SELECT * FROM dw.reader_member",
        "EXPLAIN QUERY TREE run_passes = 1 SELECT * FROM dw.reader_member",
        "EXPLAIN SYNTAX SELECT * FROM dw.reader_member",
        "EXPLAIN ESTIMATE SELECT * FROM dw.reader_member",
        "SHOW CREATE VIEW dw.reader_member",
        "SELECT name, total_rows, create_table_query FROM system.tables",
        "SELECT * FROM system.columns WHERE table LIKE '%member%'",
        "SELECT * FROM dw.reader_member SETTINGS join_use_nulls = 1, query_plan_filter_push_down = 0",
        "EXECUTE AS view_owner SELECT * FROM star.member",
        "CREATE VIEW dw.mine AS SELECT * FROM star.member",
        "INSERT INTO cfg.reader_manager VALUES ('wang', 'CM')",
        "ALTER TABLE cfg.reader_manager UPDATE manager = 'CM' WHERE 1",
        "ALTER VIEW dw.reader_member MODIFY SQL SECURITY NONE",
        "BACKUP TABLE star.member TO File('x')");
  }

  @ParameterizedTest
  @MethodSource("attemptsAtMembers")
  void noAttemptTellsOfForeignMembersOrUnmasks(String attempt) throws Exception {
    assertThat(ask("wang", attempt).replace(attempt, "")).doesNotContain(FOREIGN_MEMBER);
    assertThat(ask("ann", attempt).replace(attempt, "")).doesNotContain(PERSONAL);
    for (String reader : List.of("idle", "nobody", "boss", "north", "keeper")) {
      assertThat(ask(reader, attempt).replace(attempt, "")).as(reader).doesNotContain(PERSONAL);
    }
    assertThat(ask("idle", attempt).replace(attempt, ""))
        .doesNotContain(FOREIGN_MEMBER)
        .doesNotContain("M71");
  }

  /** Numbers of the folder and of objects are left out: they hold any three digits by chance. */
  private static String ask(String user, String sql) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(engine.engine().httpUrl() + "/"))
            .header("X-ClickHouse-User", user)
            .header("X-ClickHouse-Key", engine.home().secret(user))
            .POST(HttpRequest.BodyPublishers.ofString(sql))
            .build();
    return CLIENT
        .send(request, HttpResponse.BodyHandlers.ofString())
        .body()
        .strip()
        .replaceAll("storefact-test-\\d+", "")
        .replaceAll("([0-9a-f]{3}/)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "");
  }
}
