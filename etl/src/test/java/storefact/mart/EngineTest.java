package storefact.mart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static storefact.mart.goods.GoodsDay.GOODS_DAY;
import static storefact.mart.goods.GoodsPair.GOODS_PAIR;
import static storefact.mart.member.MemberPurchases.MEMBER_PURCHASES;
import static storefact.mart.member.MemberRfm.MEMBER_RFM;
import static storefact.mart.returns.ReturnedSale.RETURNED_SALE;
import static storefact.mart.sales.DailySales.DAILY_SALES;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.mart.season.MarkdownEffect.MARKDOWN_EFFECT;
import static storefact.mart.stock.StockAvailability.STOCK_AVAILABILITY;
import static storefact.mart.stock.StockMonth.STOCK_MONTH;
import static storefact.mart.stock.StockMovedMonth.STOCK_MOVED_MONTH;
import static storefact.warehouse.jooq.dw.Tables.SALES_LINE;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import storefact.warehouse.Warehouse;

/**
 * What a build does beyond building: touch no more than it must, plan, select, go on, look back.
 */
@Timeout(120)
class EngineTest {
  private static final String THREE_MONTHS =
      """
      S1 2024-01-05 R1 1 C1 apple 1 2.00
      S1 2024-02-05 R1 1 C2 apple 1 4.00
      S1 2024-02-06 R2 1 C2 bread 1 5.00
      S1 2024-03-05 R1 1 -  bread 1 3.00
      """;

  private static TestWarehouse given() {
    return TestWarehouse.empty()
        .only(DAILY_SALES, MEMBER_RFM)
        .members(2)
        .goods("apple food fruit\nbread food bakery", 1)
        .sold(THREE_MONTHS);
  }

  @Test
  void aMovedArticleTouchesOnlyTheMonthsInWhichItSold() {
    try (TestWarehouse given = given()) {
      given.build();
      BuildReport report = given.goods("bread food cakes", 2).build();

      assertThat(report.of(DAILY_SALES).built()).containsExactly("202402", "202403");
      assertThat(
              given.lines(
                  "SELECT category, sum(net_sales) FROM dw.daily_sales GROUP BY 1 ORDER BY 1"))
          .containsExactly("cakes\t8", "fruit\t6");
      assertThat(given.build().changes()).isZero();
      assertThat(given.goods("bread food bakery", 3).build().of(DAILY_SALES).built())
          .as("fingerprints of months that were kept still hold")
          .containsExactly("202402", "202403");
    }
  }

  @Test
  void aChangedNameTouchesNoMartThatDoesNotReadNames() {
    try (TestWarehouse given = given()) {
      given.build();
      given.query(
          "INSERT INTO star.goods (goods, department, category, name, version) VALUES ('bread', 'food', 'bakery', 'Rye', 2)");

      BuildReport report = given.build();
      assertThat(report.of(DAILY_SALES).built()).isEmpty();
      assertThat(given.build(all(given, BuildOptions.Extent.FULL)).of(DAILY_SALES).built())
          .hasSize(3);
    }
  }

  @Test
  void newGoodsThatNobodyBoughtTouchNothing() {
    try (TestWarehouse given = given()) {
      given.build();

      given.goods("cheese food dairy", 1);
      assertThat(given.build().of(DAILY_SALES).built()).isEmpty();
    }
  }

  @Test
  void aPlanSaysWhatAndWhyAndDoesNothing() {
    try (TestWarehouse given = given()) {
      given.build();
      given.sold("S1 2024-02-07 R9 1 C1 apple 1 7.00");

      Map<String, MartPlan> plans = plans(given, BuildOptions.changed());
      assertThat(plans.get("daily_sales").due())
          .containsExactly(Map.entry("202402", "mart.goods_group_sales changed"));
      assertThat(plans.get("member_rfm").due())
          .containsExactly(Map.entry("all", "mart.member_purchases changed"));
      assertThat(given.query("SELECT sum(net_sales) FROM dw.daily_sales")).isEqualTo("14");
      assertThat(given.build().of(DAILY_SALES).built()).containsExactly("202402");
    }
  }

  private static BuildOptions all(TestWarehouse given, BuildOptions.Extent extent) {
    return new BuildOptions(given.marts(), extent);
  }

  private static Map<String, MartPlan> plans(TestWarehouse given, BuildOptions options) {
    return new MartBuild(given.warehouse())
        .plan(options).stream().collect(Collectors.toMap(p -> p.mart().name(), p -> p));
  }

  @Test
  void wordsSelectMarts() {
    try (TestWarehouse given = given()) {
      MartBuild build = new MartBuild(given.warehouse());

      assertThat(build.select(List.of("member_rfm"))).containsExactly(MEMBER_RFM);
      assertThat(build.select(List.of("+member_rfm"))).contains(MEMBER_PURCHASES, MEMBER_RFM);
      assertThat(build.select(List.of("member_purchases+")))
          .contains(MEMBER_PURCHASES, MEMBER_RFM)
          .doesNotContain(DAILY_SALES);
      assertThat(build.select(List.of("tag:sales")))
          .contains(DAILY_SALES, GOODS_SALES)
          .doesNotContain(MEMBER_RFM);
      assertThat(build.select(List.of("changed"))).hasSize(Marts.ALL.size());
      given.build();
      assertThat(build.select(List.of("changed"))).isNotEmpty().doesNotContain(DAILY_SALES);
      assertThatThrownBy(() -> build.select(List.of("tag:nothing")))
          .hasMessageContaining("tag:nothing")
          .hasMessageContaining("sales");
      assertThatThrownBy(() -> build.select(List.of("+no_such_mart")))
          .hasMessageContaining("no_such_mart")
          .hasMessageContaining("daily_sales");
    }
  }

  @Test
  void exactlySelectedMartsReadTheOthersAsTheyStand() {
    try (TestWarehouse given = given()) {
      given.build();
      given.sold("S1 2024-02-07 R9 1 C1 apple 1 7.00");
      BuildReport report = given.build(BuildOptions.changed().exactly(Set.of(MEMBER_RFM)));

      assertThat(report.marts())
          .extracting(BuildReport.MartResult::mart)
          .containsExactly("member_rfm");
      assertThat(report.changes()).as("its source was not built").isZero();
      assertThat(given.build().of(MEMBER_RFM).built()).containsExactly("all");
    }
  }

  @Test
  void aBrokenBuildGoesOnWhereItWas() throws Exception {
    try (TestWarehouse given = given();
        Warehouse rival = TestWarehouse.connect()) {
      given.build();
      given.query("TRUNCATE TABLE ops.build_log");
      MartBuild build = new MartBuild(rival);
      BuildOptions only = BuildOptions.full().exactly(Set.of(DAILY_SALES)).atATime(1);
      assertThatThrownBy(
              () ->
                  build.run(
                      only,
                      new BuildProgress() {
                        @Override
                        public void computed(Mart mart, String partition, double seconds) {
                          build.cancel();
                        }
                      }))
          .isInstanceOf(BuildCancelledException.class);

      String log =
          "SELECT count() FROM ops.build_log WHERE mart = 'daily_sales' AND outcome = 'built'";
      assertThat(given.query(log)).isEqualTo("0");
      BuildReport report = given.build(only);
      assertThat(report.of(DAILY_SALES).built()).hasSize(3);
      assertThat(given.query(log)).as("one of three was there already").isEqualTo("2");
      assertThat(given.query("SELECT sum(net_sales) FROM dw.daily_sales")).isEqualTo("14");
    }
  }

  @Test
  void whatAHalfMadeTableHeldIsForgottenWithIt() throws Exception {
    try (TestWarehouse given = given();
        Warehouse rival = TestWarehouse.connect()) {
      given.build();
      BuildOptions full = BuildOptions.full().exactly(Set.of(DAILY_SALES)).atATime(1);
      MartBuild build = new MartBuild(rival);
      assertThatThrownBy(
              () ->
                  build.run(
                      full,
                      new BuildProgress() {
                        @Override
                        public void computed(Mart mart, String partition, double seconds) {
                          build.cancel();
                        }
                      }))
          .isInstanceOf(BuildCancelledException.class);

      given.build(BuildOptions.changed().exactly(Set.of(DAILY_SALES)));
      assertThat(given.build(full).of(DAILY_SALES).rows()).isEqualTo(4);
    }
  }

  @Test
  void aMartThatComesOutAsItWasMakesNoWorkForItsReaders() {
    try (TestWarehouse given = given()) {
      given.build();
      given.build(BuildOptions.full().exactly(Set.of(MEMBER_PURCHASES)));
      assertThat(given.build().changes()).as("the same rows").isZero();

      // A line that is moved from bread to bread: the day's figures stay.
      given.sold("S1 2024-03-05 R1 1 - bread 1 3.00", 2, false);
      BuildReport report = given.build();
      assertThat(report.of(GOODS_SALES).built()).containsExactly("202403");
      assertThat(report.of(DAILY_SALES).built()).isEmpty();
      assertThat(report.of(MEMBER_RFM).built()).isEmpty();

      given.sold("S1 2024-03-05 R1 1 - bread 1 3.50", 3, false);
      assertThat(given.build().of(DAILY_SALES).built()).containsExactly("202403");
    }
  }

  @Test
  void aMonthThatAMartOpensInTheSameBuildIsSeen() {
    try (TestWarehouse given = given().only(STOCK_AVAILABILITY)) {
      String receipts =
          "INSERT INTO star.stock_movement (store, business_date, movement, kind, at, goods, quantity, version) VALUES ";
      given.query(
          receipts
              + "('S1', '2024-01-02', 'W1', 'receipt', '2024-01-02 06:00:00', 'bread', 9, 1),"
              + "('S1', '2024-03-02', 'W2', 'receipt', '2024-03-02 06:00:00', 'bread', 9, 1)");
      given.build();

      // Stock of apples lies there in March, too, though no movement of that month tells.
      given.query(
          receipts + "('S1', '2024-01-02', 'W3', 'receipt', '2024-01-02 06:00:00', 'apple', 9, 1)");
      given.build();
      assertThat(
              given.lines(
                  "SELECT goods, month FROM dw.stock_availability WHERE goods = 'apple' ORDER BY month"))
          .containsExactly("apple\t2024-01-01", "apple\t2024-02-01", "apple\t2024-03-01");
    }
  }

  @Test
  void whatIsCarriedFromMonthToMonthIsBuiltAnewFromTheMonthThatChanged() {
    try (TestWarehouse given = given().only(STOCK_MONTH)) {
      String movements =
          "INSERT INTO star.stock_movement (store, business_date, movement, kind, at, goods, quantity, version) VALUES ";
      given.query(
          movements
              + "('S1', '2024-01-02', 'W1', 'receipt', '2024-01-02 06:00:00', 'bread', 9, 1),"
              + "('S1', '2024-03-02', 'W2', 'spoilage', '2024-03-02 06:00:00', 'bread', 1, 1),"
              + "('S1', '2024-05-02', 'W3', 'spoilage', '2024-05-02 06:00:00', 'bread', 1, 1)");
      given.build();
      assertThat(given.build().of(STOCK_MONTH).built()).isEmpty();

      given.query(
          movements
              + "('S1', '2024-03-20', 'W4', 'receipt', '2024-03-20 06:00:00', 'bread', 5, 1)");
      assertThat(given.build().of(STOCK_MONTH).built())
          .containsExactly("202403", "202404", "202405");
      String months = "SELECT month, goods, opening, closing FROM dw.stock_month ORDER BY ALL";
      List<String> rows = given.lines(months);
      given.build(BuildOptions.full());
      assertThat(given.lines(months)).isEqualTo(rows).contains("2024-04-01\tbread\t11\t11");
    }
  }

  @Test
  void monthsThatAreOverAreNotBuiltAnewAsWeeksPass() {
    try (TestWarehouse given = given().only(GOODS_PAIR)) {
      given.sold("S1 2024-03-30 R8 1 - bread 1 3.00", 1, false);
      given.sold("S1 2024-04-08 R9 1 - bread 1 3.00", 1, false);
      given.build();

      given.sold("S1 2024-04-15 R9 1 - bread 1 3.00", 1, false);
      assertThat(given.build().of(GOODS_PAIR).built()).as("a month that runs").isEmpty();
      assertThat(given.lines("SELECT max(month) FROM dw.settled_month"))
          .containsExactly("2024-03-01");

      given.sold("S1 2024-05-06 R9 1 - bread 1 3.00", 1, false);
      assertThat(given.build().of(GOODS_PAIR).built()).containsExactly("202404", "202405");
    }
  }

  @Test
  void aMartThatIsToldByTheWeekIsNotBuiltForADayOfTheWeekThatRuns() {
    try (TestWarehouse given = given().only(MARKDOWN_EFFECT)) {
      given.build();

      given.sold("S1 2024-03-06 R1 1 - bread 1 3.00", 1, false);
      BuildReport report = given.build();
      assertThat(report.of(GOODS_DAY).built()).containsExactly("202403");
      assertThat(report.of(MARKDOWN_EFFECT).built()).isEmpty();
      assertThat(plans(given, BuildOptions.changed()).get("markdown_effect").due()).isEmpty();

      given.sold("S1 2024-03-03 R1 1 - bread 1 3.00", 1, false);
      assertThat(given.build().of(MARKDOWN_EFFECT).built()).as("a late line").hasSize(1);

      given.sold("S1 2024-03-10 R1 1 - bread 1 3.00", 1, false);
      assertThat(given.build().of(MARKDOWN_EFFECT).built()).as("the week is over").hasSize(1);
      assertThat(given.build().changes()).isZero();
    }
  }

  @Test
  void ofAYearOnlyTheMonthThatChangedIsBuiltUnlessTheYearIsMadeAnew() {
    try (TestWarehouse given = given().only(STOCK_MOVED_MONTH)) {
      String movements =
          "INSERT INTO star.stock_movement (store, business_date, movement, kind, at, goods, quantity, version) VALUES ";
      String march = "('S1', '2024-03-02', 'W%d', 'receipt', '2024-03-02 06:00:00', 'bread', 9, 1)";
      given.query(
          movements
              + "('S1', '2024-01-02', 'W1', 'receipt', '2024-01-02 06:00:00', 'bread', 9, 1),"
              + march.formatted(2));
      assertThat(given.build().of(STOCK_MOVED_MONTH).built()).containsExactly("202401", "202403");
      given.query(movements + march.formatted(3));
      assertThat(given.build().of(STOCK_MOVED_MONTH).built()).containsExactly("202403");
      assertThat(
              given.lines(
                  "SELECT month FROM ops.source_month FINAL WHERE source = 'star.stock_movement'"
                      + " AND startsWith(contents, '2.')"))
          .containsExactly("202403");

      given.query("ALTER TABLE star.stock_movement DROP PARTITION 2024");
      given.query(movements + march.formatted(4));
      assertThat(given.build().of(STOCK_MOVED_MONTH).dropped()).containsExactly("202401");
    }
  }

  @Test
  void aReturnThatComesToNameASaleOfAnotherMonthTouchesBoth() {
    try (TestWarehouse given = given().only(RETURNED_SALE)) {
      String returns =
          "INSERT INTO star.return_line (store, business_date, till, receipt, line, returned_at, original_store,"
              + " original_business_date, original_till, original_receipt, original_line, goods, quantity, net_amount, version)"
              + " SELECT store, '2024-03-09', till, 'B1', 1, '2024-03-09 10:00:00', store, business_date, till, receipt, line,"
              + " goods, 1, 1, %d FROM dw.sales_line WHERE business_date = '%s'";
      String named = "SELECT business_date FROM dw.returned_sale";
      given.query(returns.formatted(1, "2024-01-05"));
      given.build();
      assertThat(given.lines(named)).containsExactly("2024-01-05");

      given.query(returns.formatted(2, "2024-02-05"));
      BuildReport report = given.build();
      assertThat(given.lines(named)).containsExactly("2024-02-05");
      assertThat(report.of(RETURNED_SALE).skipped()).containsExactly("202403");
    }
  }

  @Test
  void aBuildOfAnotherProcessIsCancelled() throws Exception {
    try (TestWarehouse given = given();
        Warehouse rival = TestWarehouse.connect();
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Mart slow =
          BuildOrderTest.days(
              "slow",
              (select, slice) ->
                  select
                      .from(SALES_LINE)
                      .where(slice.covers(SALES_LINE.BUSINESS_DATE))
                      .and("sleepEachRow(1.5) = 0"));
      Future<BuildReport> build =
          thread.submit(
              () ->
                  new MartBuild(rival)
                      .run(
                          new BuildOptions(List.of(slow), BuildOptions.Extent.FULL),
                          BuildProgress.silent()));
      while (!build.isDone()
          && given
              .query(
                  "SELECT count() FROM system.processes WHERE startsWith(query_id, 'storefact-build-')"
                      + " AND query LIKE 'INSERT%sleepEachRow%'")
              .equals("0")) {
        // Asks again until the insert runs; a build that is over without one ends the wait.
        Thread.sleep(20);
      }
      new MartBuild(given.warehouse()).cancelOthers();

      assertThatThrownBy(build::get).hasCauseInstanceOf(BuildCancelledException.class);
      assertThat(given.query("SELECT outcome FROM ops.build_log WHERE mart = 'slow'"))
          .isEqualTo("cancelled");
      assertThat(given.build().of(DAILY_SALES).built()).hasSize(3);
    }
  }

  @Test
  void anEnvironmentStandsBesideProductionUntilItIsPromoted() throws Exception {
    try (TestWarehouse given = given()) {
      given.build();
      Environment trial = Environment.named("trial");
      // As if the definition were another one: production stands by older rows.
      given.query(
          "ALTER TABLE mart.daily_sales DELETE WHERE category = 'bakery' SETTINGS mutations_sync = 1");
      BuildReport report =
          given.build(BuildOptions.changed().exactly(Set.of(DAILY_SALES)).in(trial));
      assertThat(report.marts()).hasSize(1);
      assertThat(given.query("SELECT sum(net_sales) FROM dw.daily_sales")).isEqualTo("6");
      assertThat(given.query("SELECT count() FROM mart_trial.member_rfm"))
          .as("the rest is read from production")
          .isEqualTo("2");

      EnvironmentDiff.MartDiff diff =
          new EnvironmentDiff(given.warehouse(), trial).marts().getFirst();
      assertThat(diff.mart()).isEqualTo("daily_sales");
      assertThat(List.of(diff.added(), diff.removed(), diff.changed(), diff.same()))
          .containsExactly(2L, 0L, 0L, 2L);
      assertThat(diff.totals().get("net_sales")).isEqualTo(new EnvironmentDiff.Totals("6", "14"));

      Environments environments = new Environments(given.warehouse());
      assertThat(environments.promote(trial, BuildProgress.silent()))
          .containsExactly("daily_sales");
      assertThat(given.query("SELECT sum(net_sales) FROM dw.daily_sales")).isEqualTo("14");
      assertThat(plans(given, BuildOptions.changed()).get("daily_sales").due())
          .as("nothing is built again")
          .isEmpty();
      environments.promote(trial, BuildProgress.silent());
      assertThat(given.query("SELECT sum(net_sales) FROM dw.daily_sales"))
          .as("promoting again takes it back")
          .isEqualTo("6");
      environments.drop(trial, BuildProgress.silent());
      assertThat(environments.names()).doesNotContain("trial");
    }
  }

  @Test
  void allMartsOfAnEnvironmentArePromotedTogether() throws Exception {
    try (TestWarehouse given = given()) {
      given.build();
      for (String mart : List.of("daily_sales", "member_rfm")) {
        given.query("ALTER TABLE mart." + mart + " DELETE WHERE 1 SETTINGS mutations_sync = 1");
      }
      Environment trial = Environment.named("trial");
      given.build(BuildOptions.changed().exactly(Set.of(DAILY_SALES, MEMBER_RFM)).in(trial));

      Environments environments = new Environments(given.warehouse());
      assertThat(environments.promote(trial, BuildProgress.silent()))
          .containsExactlyInAnyOrder("daily_sales", "member_rfm");
      assertThat(given.query("SELECT sum(net_sales) FROM dw.daily_sales")).isEqualTo("14");
      assertThat(given.query("SELECT count() FROM dw.member_rfm")).isEqualTo("2");
      Map<String, MartPlan> plans = plans(given, BuildOptions.changed());
      assertThat(List.of(plans.get("daily_sales"), plans.get("member_rfm")))
          .as("nothing is built again")
          .allMatch(plan -> plan.due().isEmpty());
      environments.drop(trial, BuildProgress.silent());
    }
  }

  @Test
  void asOfADayNothingLaterIsSeen() {
    try (TestWarehouse given = given()) {
      given.build();
      Environment past = Environment.asOf(LocalDate.parse("2024-02-05"));
      given.build(all(given, BuildOptions.Extent.CHANGED).in(past));

      assertThat(given.query("SELECT sum(net_sales) FROM mart_as_of_20240205.daily_sales"))
          .isEqualTo("6");
      assertThat(
              given.lines(
                  "SELECT member, recency_days FROM mart_as_of_20240205.member_purchases ORDER BY member"))
          .containsExactly("M1\t31", "M2\t0");
      assertThat(given.query("SELECT sum(net_sales) FROM dw.daily_sales")).isEqualTo("14");
      assertThat(given.build(all(given, BuildOptions.Extent.CHANGED).in(past)).changes()).isZero();
      given.query("DROP DATABASE mart_as_of_20240205 SYNC");
    }
  }
}
