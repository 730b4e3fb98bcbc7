package storefact.mart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever happened in whatever order, the marts built step by step are those built at once. */
@Tag("slow")
class IncrementalIsFullTest {
  private static final List<String> FACTS =
      List.of(
          "sales_line",
          "return_line",
          "stock_movement",
          "card_event",
          "points_event",
          "service_use");
  private static final String LATER = " WHERE business_date > '%s'";

  @ParameterizedTest
  @CsvSource({"1, 6", "1, 9", "2026, 9"})
  void incrementalEqualsFull(long seed, int steps) {
    Random random = new Random(seed);
    List<String> sold = new ArrayList<>();
    try (TestWarehouse given = TestWarehouse.empty().members(6)) {
      for (int step = 0; step < steps; step++) {
        happen(given, random, sold, step);
        if (random.nextInt(3) > 0) {
          given.build();
        }
      }
      given.build();
      Map<String, List<String>> incremental = given.contents();

      BuildReport full = given.build(BuildOptions.full());
      assertThat(full.marts()).allMatch(mart -> mart.skipped().isEmpty());
      assertThat(given.contents()).as("seed %d", seed).isEqualTo(incremental);
      assertThat(incremental.keySet().stream().filter(mart -> incremental.get(mart).isEmpty()))
          .as("marts that this history does not fill")
          .hasSizeLessThan(incremental.size() / 2);
      // Warnings are about strange data, and random histories are strange.
      assertThat(new CheckRun(given.warehouse()).run())
          .filteredOn(result -> result.severity() == Severity.ERROR)
          .allMatch(CheckResult::holds);
    }
  }

  @Test
  void asOfADayIsAFullBuildOfWhatHadHappenedByThen() {
    LocalDate day = LocalDate.parse("2024-03-10");
    Random random = new Random(3);
    try (TestWarehouse given = TestWarehouse.empty().members(6)) {
      List<String> sold = new ArrayList<>();
      for (int step = 0; step < 9; step++) {
        happen(given, random, sold, step);
      }
      given.build();
      Environment past = Environment.asOf(day);
      given.build(new BuildOptions(given.marts(), BuildOptions.Extent.CHANGED).in(past));
      Map<String, List<String>> then = given.contents(past.marts());

      for (String facts : FACTS) {
        assertThat(given.query("SELECT count() FROM star." + facts + LATER.formatted(day)))
            .as(facts + " after that day")
            .isNotEqualTo("0");
        given.query(
            "ALTER TABLE star.%s DELETE%s SETTINGS mutations_sync = 1"
                .formatted(facts, LATER.formatted(day)));
      }
      given.build(BuildOptions.full());
      Map<String, List<String>> today = given.contents();
      assertThat(onlyIn(today, then)).as("today").isEmpty();
      assertThat(onlyIn(then, today)).as("then").isEmpty();
      given.query("DROP DATABASE " + past.marts() + " SYNC");
    }
  }

  private static List<String> onlyIn(
      Map<String, List<String>> these, Map<String, List<String>> those) {
    return these.entrySet().stream()
        .flatMap(
            mart ->
                mart.getValue().stream()
                    .filter(row -> !those.get(mart.getKey()).contains(row))
                    .map(row -> mart.getKey() + ": " + row))
        .toList();
  }

  private static void happen(TestWarehouse given, Random random, List<String> sold, int step) {
    loyaltyAndRejects(given, random, step);
    stockAndPlacements(given, random, step);
    services(given, random, step);
    dimensions(given, random, step);
    List<String> some = new ArrayList<>();
    switch (sold.isEmpty() ? 0 : random.nextInt(6)) {
      case 0, 1 -> {
        for (int i = 0; i < 5; i++) {
          some.add(line(random, "R" + step + "-" + i));
        }
        sold.addAll(some);
        given.sold(String.join("\n", some));
      }
      // The till corrects a line: the same key, another amount.
      case 2 ->
          given.sold(
              sold.get(random.nextInt(sold.size())).replaceAll("\\S+$", "77.77"), step + 2, false);
      case 3 -> given.sold(sold.get(random.nextInt(sold.size())), step + 2, true);
      case 4 -> given.returned(line(random, "B" + step));
      default -> given.goods("G" + random.nextInt(3) + " D C" + step, step + 1);
    }
  }

  private static void services(TestWarehouse given, Random random, int step) {
    if (step == 0) {
      given.query(
          "INSERT INTO star.goods (goods, kind, uses, version) VALUES ('W', 'count', 3, 1)");
    }
    String day = "2024-%02d-%02d".formatted(1 + random.nextInt(4), 1 + random.nextInt(28));
    given.sold("S0 %s W%d 1 C%d W 1 9.00".formatted(day, step, 1 + random.nextInt(6)));
    given.query(
        ("INSERT INTO star.service_use (store, business_date, use, pass, goods, uses, version)"
                + " VALUES ('S0', '%s', 'U%d', 'S0-%1$s-W%2$d-1', 'W', %3$d, 1)")
            .formatted(day, step, 1 + random.nextInt(3)));
  }

  /** What is said of stores, goods, members and plans changes after the facts. */
  private static void dimensions(TestWarehouse given, Random random, int step) {
    int one = random.nextInt(4);
    given.query(
        switch (random.nextInt(6)) {
          case 0 ->
              "INSERT INTO star.store (store, country, region, format, version) VALUES ('S%d', 'China', '%s', 'small', %d)"
                  .formatted(one % 2, List.of("East", "West").get(random.nextInt(2)), step + 2);
          case 1 ->
              "INSERT INTO star.goods (goods, department, category, brand, unit_cost, version) VALUES ('G%d', 'E', 'F', 'B%1$d', %d, %d)"
                  .formatted(one, 1 + random.nextInt(9), step + 2);
          // A replaced card: what the new holder buys was the old one's until now.
          case 2 ->
              "INSERT INTO star.member (member, card, version) VALUES ('M%d', 'C%d', %d)"
                  .formatted(1 + one, 1 + random.nextInt(6), step + 2);
          case 3 ->
              "INSERT INTO star.sales_target (store, month, department, net_amount, version) VALUES ('S%d', '2024-%02d-01', 'all', %d, %d)"
                  .formatted(one % 2, 1 + random.nextInt(4), 1 + random.nextInt(99), step + 1);
          case 4 ->
              "INSERT INTO star.promotion (promotion, kind, starts_on, ends_on, version) VALUES ('P%d', 'price', '2024-02-%02d', '2024-03-10', %d)"
                  .formatted(one, 1 + random.nextInt(28), step + 1);
          // A newer version may name a sale of another month.
          default ->
              "INSERT INTO star.return_line (store, business_date, till, receipt, line, returned_at, original_store,"
                  + " original_business_date, original_till, original_receipt, original_line, goods, quantity, net_amount, version)"
                  + " SELECT store, %s AS day, 'T9', 'O%d', 1, day + INTERVAL 10 HOUR, store, business_date, till, receipt,"
                      .formatted(
                          random.nextBoolean()
                              ? "toDate('2024-04-20')"
                              : "addDays(business_date, " + random.nextInt(40) + ")",
                          random.nextInt(2))
                  + " line, goods, quantity, net_amount, %d FROM dw.sales_line ORDER BY cityHash64(receipt, %1$d) LIMIT 1"
                      .formatted(step + 1);
        });
  }

  private static void loyaltyAndRejects(TestWarehouse given, Random random, int step) {
    String day = "2024-03-%02d".formatted(1 + random.nextInt(28));
    given.query(
        ("INSERT INTO star.card_event (business_date, event, card, kind, at, amount, version)"
                + " VALUES ('%s', 'E%d', 'V%d', '%s', '%1$s 12:00:00', %d, %d)")
            .formatted(
                day,
                random.nextInt(9),
                random.nextInt(3),
                List.of("issue", "deposit", "spend", "freeze").get(random.nextInt(4)),
                random.nextInt(100),
                step + 1));
    given.query(
        ("INSERT INTO star.points_event (business_date, event, member, kind, at, points, version)"
                + " VALUES ('%s', 'E%d', 'M%d', '%s', '%1$s 12:00:00', %d, %d)")
            .formatted(
                day,
                random.nextInt(9),
                random.nextInt(3),
                List.of("earn", "redeem_cash", "adjust", "expire").get(random.nextInt(4)),
                random.nextInt(100),
                step + 1));
    given.query(
        ("INSERT INTO ops.rejected_event (rejected_at, stream, reason, raw, file, line_number)"
                + " VALUES ('%s 12:00:00', 'sales_line', 'BROKEN_JSON', '{', 'S1/a.ndjson', %d)")
            .formatted(day, step));
  }

  private static void stockAndPlacements(TestWarehouse given, Random random, int step) {
    String day = "2024-%02d-%02d".formatted(1 + random.nextInt(4), 1 + random.nextInt(28));
    given.query(
        ("INSERT INTO star.stock_movement (store, business_date, movement, kind, at, goods, quantity, version)"
                + " VALUES ('S%d', '%s', 'W%d', '%s', '%2$s %02d:00:00', 'G%d', %d, %d)")
            .formatted(
                random.nextInt(2),
                day,
                random.nextInt(30),
                List.of("receipt", "receipt", "count", "transfer_out", "spoilage")
                    .get(random.nextInt(5)),
                6 + random.nextInt(12),
                random.nextInt(4),
                random.nextInt(9),
                step + 1));
    given.query(
        ("INSERT INTO star.promotion_placement (store, goods, starts_on, ends_on, display, mailer, version)"
                + " VALUES ('S%d', 'G%d', '%s', addDays(toDate('%3$s'), %d), '%s', '%s', %d)")
            .formatted(
                random.nextInt(2),
                random.nextInt(4),
                day,
                random.nextInt(20),
                List.of("", "shelf").get(random.nextInt(2)),
                List.of("", "page").get(random.nextInt(2)),
                step + 1));
  }

  private static String line(Random random, String receipt) {
    return "S%d 2024-%02d-%02d %s 1 %s G%d %d.5 %d.25"
        .formatted(
            random.nextInt(2),
            1 + random.nextInt(4),
            1 + random.nextInt(28),
            receipt,
            random.nextInt(4) == 0 ? "-" : "C" + (1 + random.nextInt(6)),
            random.nextInt(4),
            random.nextInt(3),
            random.nextInt(100));
  }
}
