package storefact.warehouse.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storefact.event.Contract;
import storefact.event.Streams;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.engine.EmbeddedWarehouse;

/** What readers see of the whole chain: history, balances, stock, and what does not fit. */
class ChainViewsTest {

  private static ClickHouseHttp http;

  @BeforeAll
  static void migratedWarehouse() throws InterruptedException {
    EmbeddedWarehouse warehouse = EmbeddedWarehouse.shared();
    http =
        new ClickHouseHttp(
            new WarehouseAddress(
                "127.0.0.1",
                warehouse.engine().httpPort(),
                warehouse.user(),
                warehouse.password()));
    new Migrations(http, Topology.SINGLE).run(_ -> {});
  }

  @BeforeEach
  void emptyTables() {
    for (Contract<?> contract : Streams.ALL) {
      http.query("TRUNCATE TABLE star." + contract.stream());
    }
  }

  /** Rows of one table: the columns' names, then a line a row, values parted by blanks, - empty. */
  private static void insert(String table, String columns, String rows) {
    for (String row : rows.lines().filter(line -> !line.isBlank()).toList()) {
      String values = "'" + row.strip().replaceAll("\\s+", "','").replace("'-'", "''") + "'";
      http.query(
          "INSERT INTO star.%s (%s) VALUES (%s)".formatted(table, columns, values),
          Map.of("insert_deduplicate", "0"));
    }
  }

  private static List<String> rows(String select) {
    return http.query(select).lines().map(row -> row.replace('\t', ' ')).toList();
  }

  @Test
  void everyViewAnswersWithAllOfItsColumns() {
    List<String> views = rows("SELECT name FROM system.tables WHERE database = 'dw'");

    assertThat(views).contains("sale", "card_ledger", "member_history");
    for (String view : views) {
      assertThat(rows("SELECT * FROM dw." + view + " ORDER BY ALL LIMIT 1")).hasSizeLessThan(2);
    }
  }

  @Test
  void aReplacedCardStaysTheSameMemberAndHistoryIsKept() {
    insert(
        "member",
        "member, card, community, valid_from, version",
        """
        M1 C1 Lakeside 2024-03-01 1
        M1 C2 Lakeside 2024-06-01 1
        M1 C2 Hillside 2024-09-01 1
        M1 C2 Riverside 2024-09-01 2
        M2 C3 Lakeside 2024-01-01 1
        """);

    assertThat(rows("SELECT card, member FROM dw.member_card ORDER BY card"))
        .containsExactly("C1 M1", "C2 M1", "C3 M2");
    assertThat(rows("SELECT member, card, community FROM dw.member ORDER BY member"))
        .containsExactly("M1 C2 Riverside", "M2 C3 Lakeside");
    assertThat(
            rows(
                "SELECT card, community, valid_from, valid_to FROM dw.member_history"
                    + " WHERE member = 'M1' ORDER BY valid_from"))
        .containsExactly(
            "C1 Lakeside 2024-03-01 2024-05-31",
            "C2 Lakeside 2024-06-01 2024-08-31",
            "C2 Riverside 2024-09-01 2149-06-06");
  }

  @Test
  void aSaleIsDescribedByWhatHeldOnItsDayAndHealsWhenRowsArrive() {
    String sales = "store, business_date, till, receipt, line, sold_at, card, goods, net_amount";
    insert(
        "sales_line",
        sales,
        """
        S1 2024-05-05 T1 R1 1 2024-05-05 C1 G1 1
        S1 2024-07-07 T1 R2 1 2024-07-07 C2 G1 2
        S1 2024-07-07 T1 R3 1 2024-07-07 - G1 4
        S1 2024-07-07 T1 R4 1 2024-07-07 PX7 G1 8
        """);
    insert("partner", "partner, card_prefix, starts_on", "cinema PX 2024-01-01");
    String described =
        "SELECT receipt, region, member, community, department FROM dw.sale ORDER BY receipt";

    assertThat(rows(described))
        .containsExactly(
            "R1 unknown unknown unknown unknown",
            "R2 unknown unknown unknown unknown",
            "R3 unknown   unknown",
            "R4 unknown partner  unknown");
    assertThat(rows("SELECT stream, kind, key, events FROM dw.unknown_key ORDER BY ALL"))
        .containsExactly(
            "sales_line goods G1 4", "sales_line member card C1 1", "sales_line member card C2 1");

    insert("store", "store, region", "S1 east");
    insert(
        "goods",
        "goods, department, valid_from",
        """
        G1 Food 2024-06-01
        G1 Drinks 2024-07-01
        """);
    insert(
        "member",
        "member, card, community, valid_from",
        """
        M1 C1 Lakeside 2024-01-01
        M1 C2 Hillside 2024-06-01
        """);

    assertThat(rows(described))
        .as("the first row of goods holds before its day, too")
        .containsExactly(
            "R1 east M1 Lakeside Food",
            "R2 east M1 Hillside Drinks",
            "R3 east   Drinks",
            "R4 east partner  Drinks");
    assertThat(rows("SELECT * FROM dw.unknown_key")).isEmpty();
  }

  @Test
  void aCardsBalanceFollowsFromItsEventsAndWhatShouldNotBePossibleIsFlagged() {
    insert(
        "card_event",
        "business_date, event, card, kind, at, amount, bonus, new_card, valid_until",
        """
        2024-01-01 E01 V1 issue      2024-01-01 0    0  - 2024-12-31
        2024-01-02 E02 V1 deposit    2024-01-02 100  10 - 2024-12-31
        2024-01-03 E03 V1 spend      2024-01-03 30   0  - 2024-12-31
        2024-01-04 E04 V1 freeze     2024-01-04 0    0  - 2024-12-31
        2024-01-05 E05 V1 spend      2024-01-05 5    0  - 2024-12-31
        2024-01-06 E06 V1 unfreeze   2024-01-06 0    0  - 2024-12-31
        2024-01-07 E07 V1 withdraw   2024-01-07 15   0  - 2024-12-31
        2024-01-08 E08 V1 replace    2024-01-08 60   0  V2 2024-12-31
        2024-01-09 E09 V2 spend      2024-01-09 61   0  - 2024-12-31
        2024-01-10 E10 V2 deposit    2024-01-10 2    0  - 2024-12-31
        2025-01-01 E11 V2 spend      2025-01-01 1    0  - 2024-12-31
        2024-01-01 E12 V3 spend      2024-01-01 1    0  - 2024-12-31
        """);

    assertThat(
            rows(
                "SELECT event, card, change, balance, state, fault FROM dw.card_ledger ORDER BY card, at"))
        .containsExactly(
            "E01 V1 0 0 not issued ",
            "E02 V1 110 110 active ",
            "E03 V1 -30 80 active ",
            "E04 V1 0 80 active ",
            "E05 V1 -5 75 frozen card not active",
            "E06 V1 0 75 frozen ",
            "E07 V1 -15 60 active ",
            "E08 V1 -60 0 active ",
            "E08 V2 60 60 not issued ",
            "E09 V2 -61 -1 active negative balance",
            "E10 V2 2 1 active ",
            "E11 V2 -1 0 active card expired",
            "E12 V3 -1 -1 not issued negative balance");
  }

  @Test
  void pointsAreDrawnOldestFirst() {
    insert(
        "points_event",
        "business_date, event, member, kind, at, points, expires_on",
        """
        2024-01-01 P1 M1 earn        2024-01-01 100 2024-06-30
        2024-02-01 P2 M1 earn        2024-02-01 50  2024-07-31
        2024-03-01 P3 M1 redeem_cash 2024-03-01 70  2149-06-06
        2024-07-01 P4 M1 expire      2024-07-01 30  2149-06-06
        2024-07-02 P5 M1 expire      2024-07-02 10  2149-06-06
        2024-07-03 P6 M1 adjust      2024-07-03 5   2149-06-06
        2024-07-04 P7 M1 redeem_gift 2024-07-04 99  2149-06-06
        """);

    assertThat(rows("SELECT event, change, balance, fault FROM dw.points_ledger ORDER BY event"))
        .containsExactly(
            "P1 100 100 ",
            "P2 50 150 ",
            "P3 -70 80 ",
            "P4 -30 50 ",
            "P5 -10 40 expired too early",
            "P6 5 45 ",
            "P7 -99 -54 beyond the balance");
  }

  @Test
  void whatIsLeftOfALotIsWhatTheOldestFirstRuleLeaves() {
    insert(
        "points_event",
        "business_date, event, member, kind, at, points",
        """
        2024-01-01 P1 M1 earn   2024-01-01 100
        2024-02-01 P2 M1 earn   2024-02-01 50
        2024-03-01 P3 M1 expire 2024-03-01 120
        2024-04-01 P4 M1 earn   2024-04-01 7
        """);

    assertThat(rows("SELECT event, points, remaining FROM dw.points_lot ORDER BY event"))
        .containsExactly("P1 100 0", "P2 50 30", "P4 7 7");
  }

  @Test
  void stockFollowsFromTheLastCountAndWhatMovedSince() {
    insert(
        "stock_movement",
        "store, business_date, movement, kind, at, goods, quantity",
        """
        S1 2024-01-01 A1 receipt      2024-01-01 G1 50
        S1 2024-01-02 A2 count        2024-01-02 G1 40
        S1 2024-01-03 A3 spoilage     2024-01-03 G1 3
        S1 2024-01-03 A4 transfer_out 2024-01-03 G1 2
        S1 2024-01-01 A5 receipt      2024-01-01 G2 9
        """);
    insert(
        "sales_line",
        "store, business_date, till, receipt, line, sold_at, goods, quantity",
        """
        S1 2024-01-01 T1 R1 1 2024-01-01 G1 8
        S1 2024-01-04 T1 R2 1 2024-01-04 G1 6
        S1 2024-01-04 T1 R2 2 2024-01-04 G9 6
        """);
    insert(
        "return_line",
        "store, business_date, till, receipt, line, returned_at, goods, quantity",
        "S1 2024-01-05 T1 B1 1 2024-01-05 G1 1");

    assertThat(rows("SELECT goods, quantity, counted_at FROM dw.stock_on_hand ORDER BY goods"))
        .containsExactly("G1 30 2024-01-02 00:00:00", "G2 9 \\N");
  }

  @Test
  void aReturnThatDoesNotFitItsSaleIsListed() {
    insert(
        "sales_line",
        "store, business_date, till, receipt, line, sold_at, goods, quantity",
        "S1 2024-01-01 T1 R1 1 2024-01-01 G1 2");
    insert(
        "return_line",
        "store, business_date, till, receipt, line, returned_at, goods, quantity, original_store,"
            + " original_business_date, original_till, original_receipt, original_line",
        """
        S1 2024-01-05 T1 B1 1 2024-01-05 G1 1 S1 2024-01-01 T1 R1 1
        S1 2024-01-05 T1 B2 1 2024-01-05 G1 1 S1 2024-01-01 T1 R9 1
        S1 2024-01-05 T1 B3 1 2024-01-05 G1 1 - 1970-01-01 - - 0
        """);
    String faults = "SELECT receipt, fault FROM dw.return_exception ORDER BY receipt";

    assertThat(rows(faults)).containsExactly("B2 unknown original", "B3 no original");

    insert(
        "return_line",
        "store, business_date, till, receipt, line, returned_at, goods, quantity, original_store,"
            + " original_business_date, original_till, original_receipt, original_line",
        "S1 2024-01-06 T1 B4 1 2024-01-06 G1 1.5 S1 2024-01-01 T1 R1 1");

    assertThat(rows(faults))
        .containsExactly(
            "B1 more than sold", "B2 unknown original", "B3 no original", "B4 more than sold");
  }

  @Test
  void consentIsWhatWasSaidLast() {
    insert(
        "consent",
        "member, channel, changed_at, given",
        """
        M1 sms  2024-01-03 false
        M1 sms  2024-01-01 true
        M1 mail 2024-01-01 true
        """);

    assertThat(rows("SELECT channel, given FROM dw.consent_now ORDER BY channel"))
        .containsExactly("mail true", "sms false");
  }

  @Test
  void placesBearTheNamesOfTheLanguageHoweverTheChainWritesThem() {
    String both =
        "SELECT regionInEnglish(x), regionInChinese(x), provinceInEnglish(x), provinceInChinese(x),"
            + " provinceCode(x), cityInEnglish(x), cityInChinese(x), formatInEnglish(x),"
            + " formatInChinese(x) FROM (SELECT toLowCardinality('%s') AS x)";
    assertThat(rows(both.formatted("East China")))
        .containsExactly(
            "East China 华东 East China East China  East China East China East China East China");
    assertThat(rows(both.formatted("浙江省")))
        .containsExactly("浙江省 浙江省 Zhejiang 浙江 CN-ZJ 浙江省 浙江省 浙江省 浙江省");
    assertThat(rows(both.formatted("北京")))
        .containsExactly("北京 北京 Beijing 北京 CN-BJ Beijing 北京 北京 北京");
    assertThat(rows(both.formatted("online")))
        .containsExactly("online online online online  online online online 线上");
    assertThat(rows(both.formatted("Bayern")))
        .containsExactly("Bayern Bayern Bayern Bayern  Bayern Bayern Bayern Bayern");
  }

  @Test
  void everyPlaceHasAllOfItsNamesAndNoNameTwice() {
    for (Map.Entry<String, Integer> places :
        Map.of("regionsOfChina", 3, "provincesOfChina", 4, "citiesOfChina", 3, "formatsOfStores", 3)
            .entrySet()) {
      String lines = "arrayJoin(splitByChar('\n', %s())) AS place".formatted(places.getKey());
      assertThat(
              rows("SELECT DISTINCT countSubstrings(place, ',') + 1 FROM (SELECT " + lines + ")"))
          .as(places.getKey())
          .containsExactly(String.valueOf(places.getValue()));
      String names =
          "SELECT arrayJoin(splitByChar(',', place)) AS name FROM (SELECT " + lines + ")";
      assertThat(
              rows(
                  "SELECT name FROM (" + names + ") GROUP BY name HAVING count() > 1 OR name = ''"))
          .as(places.getKey())
          .isEmpty();
    }
  }
}
