package storefact.mart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static storefact.mart.member.MemberPurchases.MEMBER_PURCHASES;
import static storefact.mart.member.MemberRfm.MEMBER_RFM;
import static storefact.mart.sales.DailySales.DAILY_SALES;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.warehouse.jooq.dw.Tables.SALES_LINE;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import storefact.warehouse.WarehouseException;

/** A build computes what changed, and only that. */
class MartBuildTest {
  private static final String TWO_MONTHS =
      """
      S1 2024-01-05 R1 1 C1 apple 1 2.00
      S1 2024-01-05 R2 1 -  bread 1 3.00
      S1 2024-02-05 R1 1 C2 apple 1 4.00
      """;

  private static TestWarehouse given() {
    return TestWarehouse.empty()
        .only(DAILY_SALES, RECEIPT_STATISTICS, MEMBER_RFM)
        .members(2)
        .goods("apple food fruit", 1)
        .sold(TWO_MONTHS);
  }

  @Test
  void aSecondBuildDoesNothing() {
    try (TestWarehouse given = given()) {
      given.build();
      Map<String, List<String>> before = given.contents();
      String parts =
          "SELECT name, modification_time FROM system.parts WHERE database = 'mart' AND active ORDER BY ALL";
      List<String> partsBefore = given.lines(parts);

      assertThat(given.build().changes()).isZero();
      assertThat(given.contents()).isEqualTo(before);
      assertThat(given.lines(parts)).isEqualTo(partsBefore);
    }
  }

  @Test
  void lateLineForClosedDayRebuildsOnlyThatMonth() {
    try (TestWarehouse given = given()) {
      given.build();
      BuildReport report = given.sold("S1 2024-01-05 R9 1 C1 apple 1 7.00").build();

      assertThat(report.of(DAILY_SALES).built()).containsExactly("202401");
      assertThat(report.of(DAILY_SALES).skipped()).containsExactly("202402");
      assertThat(report.of(MEMBER_PURCHASES).built()).containsExactly("all");
      assertThat(given.query("SELECT sum(net_sales) FROM dw.daily_sales")).isEqualTo("16");
      assertThat(
              given.query(
                  "SELECT why FROM ops.build_log WHERE mart = 'daily_sales' ORDER BY started_at DESC LIMIT 1"))
          .isEqualTo("mart.goods_group_sales changed");
    }
  }

  @Test
  void aMergeOfTheFactsRebuildsNothing() {
    try (TestWarehouse given = given()) {
      given.sold("S1 2024-01-05 R9 1 C1 apple 1 7.00").build();
      given.query("OPTIMIZE TABLE star.sales_line FINAL");

      assertThat(given.build().changes()).isZero();
    }
  }

  @Test
  void changedGoodsRebuildTheMartsThatReadThemOnly() {
    try (TestWarehouse given = given()) {
      given.build();
      BuildReport report = given.goods("apple food pome", 2).build();

      assertThat(report.of(DAILY_SALES).built()).containsExactly("202401", "202402");
      assertThat(report.of(RECEIPT_STATISTICS).built()).isEmpty();
      assertThat(report.of(MEMBER_RFM).built()).isEmpty();
      assertThat(
              given.query("SELECT DISTINCT category FROM dw.daily_sales WHERE department = 'food'"))
          .isEqualTo("pome");
    }
  }

  @Test
  void aMonthThatIsGoneOrVoidedIsGoneFromTheMarts() {
    try (TestWarehouse given = given()) {
      given.build();
      given.query("ALTER TABLE star.sales_line DROP PARTITION 202402");
      assertThat(given.build().of(DAILY_SALES).dropped()).containsExactly("202402");
      assertThat(
              given.query("SELECT count() FROM dw.daily_sales WHERE business_date >= '2024-02-01'"))
          .isEqualTo("0");

      given.sold(TWO_MONTHS.lines().limit(2).reduce("", (a, b) -> a + "\n" + b), 2, true);
      assertThat(given.build().of(DAILY_SALES).dropped()).containsExactly("202401");
      assertThat(given.contents().values()).allMatch(List::isEmpty);
      assertThat(given.build().changes()).isZero();
    }
  }

  @Test
  void leftoversOfACrashAreCleanedAndTheBuildIsRight() {
    try (TestWarehouse given = given()) {
      given.build();
      Map<String, List<String>> before = given.contents();
      // A build died after it had forgotten what the mart was built from, with its table half full.
      given.query("CREATE TABLE mart.daily_sales__staging AS mart.daily_sales");
      given.query("INSERT INTO mart.daily_sales__staging SELECT * FROM mart.daily_sales LIMIT 1");
      given.query("DELETE FROM ops.mart_partition WHERE mart = 'daily_sales'");

      assertThat(given.build().of(DAILY_SALES).built()).containsExactly("202401", "202402");
      assertThat(given.contents()).isEqualTo(before);
      assertThat(given.query("SELECT count() FROM system.tables WHERE name LIKE '%\\_\\_staging'"))
          .isEqualTo("0");
    }
  }

  @Test
  void aChangedDefinitionMakesTheTableAnew() {
    try (TestWarehouse given = given()) {
      Mart before =
          BuildOrderTest.days(
              "days",
              (s, slice) -> s.from(SALES_LINE).where(slice.covers(SALES_LINE.BUSINESS_DATE)));
      Mart after =
          BuildOrderTest.days(
              "days",
              (s, slice) ->
                  s.from(SALES_LINE)
                      .where(slice.covers(SALES_LINE.BUSINESS_DATE))
                      .groupBy(SALES_LINE.BUSINESS_DATE));
      given.build(new BuildOptions(List.of(before), BuildOptions.Extent.CHANGED));
      assertThat(given.query("SELECT count() FROM dw.days")).isEqualTo("3");

      BuildReport report =
          given.build(new BuildOptions(List.of(after), BuildOptions.Extent.CHANGED));
      assertThat(report.of(after).built()).containsExactly("202401", "202402");
      assertThat(given.query("SELECT count() FROM dw.days")).isEqualTo("2");
      assertThat(
              given.query(
                  "SELECT DISTINCT why FROM ops.build_log WHERE mart = 'days' ORDER BY why"))
          .isEqualTo("definition changed\nnew");
    }
  }

  @Test
  void aFailingMartLeavesTheOldRowsAndFreesTheLock() {
    try (TestWarehouse given = given()) {
      given.build();
      Map<String, List<String>> before = given.contents();
      Mart wrong =
          BuildOrderTest.days(
              "wrong",
              (s, slice) ->
                  s.from(SALES_LINE)
                      .where("no_such_column = 1")
                      .and(slice.covers(SALES_LINE.BUSINESS_DATE)));

      assertThatThrownBy(
              () -> given.build(new BuildOptions(List.of(wrong), BuildOptions.Extent.CHANGED)))
          .isInstanceOf(WarehouseException.class)
          .hasMessageContaining("no_such_column");
      assertThat(given.build().changes()).isZero();
      assertThat(given.contents()).isEqualTo(before);
    }
  }

  @Test
  void commentsOfTheMartReachItsReaders() {
    try (TestWarehouse given = given()) {
      given.build();

      assertThat(
              given.query(
                  "SELECT comment FROM system.columns WHERE database = 'dw' AND table = 'daily_sales' AND name = 'net_sales'"))
          .isEqualTo(
              "What the chain receives: list sales less its discounts and returns [currency] | net sales | 净销售额");
    }
  }

  @Test
  void anEmptyWarehouseHasEmptyMarts() {
    try (TestWarehouse given = TestWarehouse.empty()) {
      given.build();

      assertThat(given.contents().values()).allMatch(List::isEmpty);
      assertThat(new CheckRun(given.warehouse()).run(given.marts())).allMatch(CheckResult::holds);
    }
  }

  @Test
  void checksHoldAfterABuildAndShowARowThatBreaksThem() {
    try (TestWarehouse given = given()) {
      given.build();
      assertThat(new CheckRun(given.warehouse()).run(given.marts())).allMatch(CheckResult::holds);

      given.query(
          "INSERT INTO mart.member_rfm (member, segment) VALUES ('M9', 'friend''s \\\\ \"best\"')");
      List<CheckResult> broken =
          new CheckRun(given.warehouse())
              .run(given.marts()).stream().filter(r -> !r.holds()).toList();
      assertThat(broken)
          .extracting(CheckResult::check)
          .contains("segment is known", "recency_score from 1 to 5");
      assertThat(broken)
          .filteredOn(r -> r.check().equals("segment is known"))
          .allMatch(r -> r.sample().contains("M9"));
      assertThat(given.query("SELECT sum(failures) > 0 FROM ops.check_result")).isEqualTo("1");

      given.query(
          "INSERT INTO ops.check_result (checked_at, mart, check, failures) VALUES (now() - 60, 'member_rfm', 'a rule of old', 1)");
      assertThat(
              given.lines(
                  "SELECT countIf(check = 'a rule of old'), countIf(check = 'unique grain') FROM dw.check_result"
                      + " WHERE latest AND mart = 'member_rfm'"))
          .as("a rule that is no more has no latest result")
          .containsExactly("0\t1");
    }
  }
}
