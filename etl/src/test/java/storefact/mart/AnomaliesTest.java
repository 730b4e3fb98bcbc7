package storefact.mart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import storefact.mart.sales.ReceiptStatistics;

/** Warnings about what is unlike before. */
class AnomaliesTest {
  private static final LocalDate MONDAY = LocalDate.of(2024, 3, 4);

  @Test
  void aDayWithATenthOfTheUsualReceiptsIsAWarningNotAnError() {
    try (TestWarehouse given = TestWarehouse.empty()) {
      given.sold(weeks("S1", 9, 40) + "\n" + weeks("S2", 9, 4)).build(only());

      List<CheckResult> broken = broken(given);
      assertThat(broken)
          .singleElement()
          .satisfies(
              result -> {
                assertThat(result.severity()).isEqualTo(Severity.WARNING);
                assertThat(result.sample()).contains("S2").contains("2024-04-29");
              });
    }
  }

  @Test
  void aShortHistorySaysNothing() {
    try (TestWarehouse given = TestWarehouse.empty()) {
      given.sold(weeks("S2", 4, 4)).build(only());

      assertThat(broken(given)).isEmpty();
    }
  }

  @Test
  void anOpenStoreThatFellSilentIsAWarning() {
    try (TestWarehouse given = TestWarehouse.empty()) {
      String sold = weeks("S1", 12, 40) + "\n" + weeks("S2", 9, 40) + "\n" + weeks("S3", 9, 40);
      given.sold(sold);
      given.query(
          "INSERT INTO star.store (store, closed_on, version) VALUES ('S3', '2024-05-01', 2)");
      given.build(only());

      // Three weeks beside one; S3 has closed.
      assertThat(broken(given))
          .singleElement()
          .satisfies(
              result -> {
                assertThat(result.check()).isEqualTo("an open store sells as often as before");
                assertThat(result.failures()).isEqualTo(1);
                assertThat(result.sample()).contains("S2");
              });
    }
  }

  @Test
  void aStreamThatUsedToComeDailyAndStoppedIsLate() {
    try (TestWarehouse given = TestWarehouse.empty()) {
      given.query("TRUNCATE TABLE ops.ingested_file");
      given.query(
          "INSERT INTO ops.ingested_file (file, stream, finished_at) SELECT toString(number),"
              + " if(number % 2 = 0, 'sales_line', 'goods'),"
              + " now() - INTERVAL if(number % 2 = 0, number + 10, number) DAY FROM numbers(40)");
      given.build(only());

      assertThat(broken(given))
          .singleElement()
          .satisfies(result -> assertThat(result.sample()).contains("sales_line"));
      given.query("TRUNCATE TABLE ops.ingested_file");
    }
  }

  @Test
  void aDeliveryThatNoBuildLookedAtWithinThePromiseIsAWarning() {
    try (TestWarehouse given = TestWarehouse.empty()) {
      given.query("TRUNCATE TABLE ops.ingested_file");
      given.sold(weeks("S1", 2, 40)).build(only());
      assertThat(delivered(given, 1)).as("an hour is what the mart promises").isEmpty();

      given.query("TRUNCATE TABLE ops.build_log");
      given.query(
          "INSERT INTO ops.build_log (build, mart, started_at) VALUES ('b', 'receipt_statistics', now() - 200000)");
      given.query("TRUNCATE TABLE ops.mart_seen");
      assertThat(delivered(given, 50)).isEmpty();
      assertThat(delivered(given, 70))
          .singleElement()
          .satisfies(
              result -> {
                assertThat(result.severity()).isEqualTo(Severity.WARNING);
                assertThat(result.failures()).isEqualTo(1);
                assertThat(result.sample()).contains("receipt_statistics");
              });

      given.query(
          "INSERT INTO ops.mart_seen VALUES ('receipt_statistics', now() - INTERVAL 1 HOUR)");
      assertThat(broken(given)).as("a build has found it up to date since").isEmpty();
      given.query("TRUNCATE TABLE ops.ingested_file");
    }
  }

  private static List<CheckResult> delivered(TestWarehouse given, int minutesAgo) {
    given.query(
        "INSERT INTO ops.ingested_file (file, stream, accepted, finished_at) VALUES ('%1$d', 'sales_line', 1, now() - INTERVAL %1$d MINUTE)"
            .formatted(minutesAgo));
    return broken(given);
  }

  private static BuildOptions only() {
    return BuildOptions.changed().only(List.of(ReceiptStatistics.RECEIPT_STATISTICS.name()));
  }

  private static List<CheckResult> broken(TestWarehouse given) {
    return new CheckRun(given.warehouse())
        .run(List.of(ReceiptStatistics.RECEIPT_STATISTICS)).stream()
            .filter(result -> !result.holds())
            .toList();
  }

  /** Mondays with 40 receipts, a few more or less; the last one has another number. */
  private static String weeks(String store, int weeks, int last) {
    return IntStream.range(0, weeks)
        .boxed()
        .flatMap(
            week ->
                IntStream.range(0, week == weeks - 1 ? last : 38 + week % 5)
                    .mapToObj(
                        receipt ->
                            "%s %s R%d 1 - apple 1 2.00"
                                .formatted(store, MONDAY.plusWeeks(week), receipt)))
        .collect(Collectors.joining("\n"));
  }
}
