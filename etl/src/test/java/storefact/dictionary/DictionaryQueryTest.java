package storefact.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import storefact.dictionary.Dictionary.CheckRunEntry;
import storefact.dictionary.Dictionary.ColumnEntry;
import storefact.dictionary.Dictionary.Freshness;
import storefact.dictionary.Dictionary.MetricEntry;
import storefact.dictionary.Dictionary.Sample;
import storefact.dictionary.Dictionary.TableEntry;
import storefact.mart.CheckRun;
import storefact.mart.Marts;
import storefact.mart.TestWarehouse;
import storefact.metric.Metrics;
import storefact.report.Overview;
import storefact.report.Overview.Words;
import storefact.report.OverviewQuery;

/** What the dictionary says of a warehouse that was built, of one that was not, of a late one. */
class DictionaryQueryTest {
  private static TestWarehouse given;
  private static Dictionary dictionary;

  @BeforeAll
  static void built() {
    given =
        TestWarehouse.empty()
            .members(2)
            .goods("apple food fruit", 1)
            .sold(
                """
                S1 2024-01-05 R1 1 C1 apple 1 2.00
                S1 2024-02-05 R1 1 C2 apple 1 4.00
                """);
    given.build();
    new CheckRun(given.warehouse()).run();
    new CheckRun(given.warehouse()).run();
    dictionary = read();
  }

  @AfterAll
  static void close() {
    given.close();
  }

  private static Dictionary read() {
    OverviewQuery page =
        new OverviewQuery(
            given.warehouse(),
            new Overview.Chain(
                Overview.Words.same("Shop"), Currency.getInstance("EUR"), ZoneId.of("UTC")));
    page.overview();
    Exposure overview =
        Exposure.of(
            given.warehouse(),
            "overview",
            Exposure.Kind.PAGE,
            new Overview.Words("Overview page", "经营总览"),
            page.asked());
    return new DictionaryQuery(
            given.warehouse(), List.of(overview), Map.of("sales_line", 2L), text -> {})
        .read();
  }

  @Test
  void everyStreamViewAndMartIsThere() {
    assertThat(ids())
        .contains("event.sales_line", "raw.sales_line", "star.sales_line", "dw.sales_line")
        .containsAll(Marts.ALL.stream().map(mart -> "mart." + mart.name()).toList())
        .containsAll(
            given.lines("SELECT concat('star.', name) FROM system.tables WHERE database = 'star'"));
    assertThat(table("raw.sales_line").rows()).contains(2L);
    assertThat(dictionary.metrics()).hasSameSizeAs(Metrics.ALL);
  }

  @Test
  void everySentenceIsThereInChineseAndNoneForNobody() {
    Set<String> sentences = new TreeSet<>();
    for (TableEntry table : dictionary.tables()) {
      sentences.add(table.about().en());
      table
          .columns()
          .forEach(column -> sentences.addAll(List.of(column.about().en(), column.unit().en())));
      table.checks().forEach(check -> sentences.add(check.title().en()));
    }
    for (MetricEntry metric : dictionary.metrics()) {
      sentences.addAll(List.of(metric.about().en(), metric.unit().en()));
    }

    // Dashboards show rules that belong to no table here, too.
    sentences.addAll(CheckRun.names());

    // Streams and marts say themselves what a row is in Chinese.
    Set<String> ownWords =
        dictionary.tables().stream()
            .map(TableEntry::about)
            .filter(about -> !about.zh().equals(about.en()))
            .map(Words::en)
            .collect(Collectors.toSet());
    assertThat(sentences)
        .filteredOn(english -> Translations.chinese(english).isEmpty())
        .as("to be added to chinese.tsv")
        .isSubsetOf(ownWords);
    assertThat(Translations.sentences()).as("sentences of chinese.tsv").isSubsetOf(sentences);
  }

  @Test
  void noLineOfTheLineageLeadsNowhere() {
    Set<String> columns =
        dictionary.tables().stream()
            .flatMap(t -> t.columns().stream().map(column -> t.id() + "." + column.name()))
            .collect(Collectors.toSet());
    for (TableEntry table : dictionary.tables()) {
      assertThat(ids()).as(table.id()).containsAll(table.reads());
      for (ColumnEntry column : table.columns()) {
        assertThat(columns).as(table.id() + "." + column.name()).containsAll(column.from());
      }
      table.decides().forEach(by -> assertThat(columns).as(table.id()).contains(by.column()));
    }
    for (MetricEntry metric : dictionary.metrics()) {
      assertThat(columns).as(metric.name()).containsAll(metric.columns());
    }
    dictionary.exposures().forEach(shown -> assertThat(columns).containsAll(shown.columns()));
  }

  @Test
  void columnsAreFollowedFromTheTillToTheMetric() {
    assertThat(column("star.sales_line", "net_amount").from())
        .containsExactly("event.sales_line.net_amount");
    assertThat(column("dw.turnover_line", "net_amount").from())
        .containsExactly("star.return_line.net_amount", "star.sales_line.net_amount");
    assertThat(column("mart.goods_sales", "net_sales").from())
        .containsExactly("dw.turnover_line.net_amount");
    assertThat(metric("net_sales").columns())
        .containsExactly(
            "mart.daily_sales.net_sales",
            "mart.goods_sales.net_sales",
            "mart.hourly_sales.net_sales",
            "mart.receipt_statistics.net_sales",
            "mart.store_day.net_sales");
    assertThat(metric("receipts").columns())
        .contains("mart.receipt_statistics.receipts", "dw.sales_line.receipt");
  }

  @Test
  void aPageShowsTheColumnsThatItsStatementsRead() {
    assertThat(dictionary.exposures()).hasSize(1);
    assertThat(dictionary.exposures().getFirst().columns())
        .contains("mart.receipt_statistics.net_sales", "mart.member_rfm.segment")
        .doesNotContain("mart.goods_sales.cost");
  }

  @Test
  void personsAreFoundWhereTheirDataWereCopied() {
    assertThat(column("event.member", "phone").personal()).isTrue();
    assertThat(column("dw.member", "phone").personal()).isTrue();
    assertThat(column("mart.member_purchases", "card").personal()).isTrue();
    assertThat(column("mart.member_purchases", "stores").personal()).isFalse();
    assertThat(column("mart.member_share", "active_members").personal()).isFalse();
  }

  @Test
  void everySampleQueryWorks() {
    List<Sample> samples =
        Stream.concat(
                dictionary.tables().stream().flatMap(table -> table.samples().stream()),
                dictionary.metrics().stream().map(MetricEntry::sample))
            .toList();
    assertThat(samples).hasSizeGreaterThan(100);
    for (Sample sample : samples) {
      assertThat(given.lines(sample.sql())).as(sample.sql()).hasSize((int) sample.rows());
    }
    assertThat(table("mart.goods_sales").samples())
        .extracting(sample -> sample.title().en())
        .containsExactly("Ten rows", "By month", "Rows by store");
    assertThat(table("mart.goods_sales").samples().get(1).rows()).isEqualTo(2);
  }

  @Test
  void checksAreShownWithTheirHistory() {
    TableEntry mart = table("mart.daily_sales");
    assertThat(mart.checks()).hasSizeGreaterThan(1);
    assertThat(mart.checks())
        .allSatisfy(
            check ->
                assertThat(check.runs())
                    .hasSize(2)
                    .extracting(CheckRunEntry::failures)
                    .containsOnly(0L));
    assertThat(table("dw.receipt").checks()).hasSize(1);
  }

  @Test
  void wordsStandInBothLanguagesWithTheirUnits() {
    ColumnEntry net = column("dw.sales_line", "net_amount");
    assertThat(net.label()).isEqualTo(new Overview.Words("net amount", "净额"));
    assertThat(net.unit()).isEqualTo(new Words("currency", "货币"));
    assertThat(net.about().en()).isEqualTo("What the chain receives for the line");
    assertThat(table("mart.goods_sales").about().zh()).contains("商品");
    assertThat(table("mart.goods_sales").grain())
        .containsExactly("store", "business_date", "goods");
  }

  @Test
  void aMartIsLateWhoseSourcesChangedLongerAgoThanPromised() {
    Freshness fresh = table("mart.goods_sales").fresh().orElseThrow();
    assertThat(fresh.kept()).isTrue();
    assertThat(fresh.promisedSeconds()).isEqualTo(3600);
    given.query("CREATE TABLE ops.kept AS ops.build_log");
    try {
      given.query("INSERT INTO ops.kept SELECT * FROM ops.build_log");
      given.query("TRUNCATE TABLE ops.build_log");
      given.query(
          "INSERT INTO ops.build_log SELECT * REPLACE (now64(3) - INTERVAL 9 DAY AS started_at) FROM ops.kept");
      given.query(
          "INSERT INTO ops.ingested_file (file, stream, accepted, finished_at) VALUES"
              + " ('S1/a', 'return_line', 1, now() - INTERVAL 2 DAY), ('S1/b', 'message', 1, now() - INTERVAL 2 DAY)");

      assertThat(read().tables())
          .as("a build saw to them since, and found nothing to do")
          .allMatch(table -> table.fresh().isEmpty() || table.fresh().get().kept());

      given.query("CREATE TABLE ops.seen AS ops.mart_seen");
      given.query("INSERT INTO ops.seen SELECT * FROM ops.mart_seen");
      given.query("TRUNCATE TABLE ops.mart_seen");
      Dictionary late = read();
      assertThat(
              late.tables().stream().filter(t -> t.fresh().isPresent() && !t.fresh().get().kept()))
          .extracting(TableEntry::id)
          .contains("mart.goods_sales", "mart.member_rfm")
          .doesNotContain("mart.card_balances", "mart.rejected_lines");
    } finally {
      given.query("TRUNCATE TABLE ops.build_log");
      given.query("INSERT INTO ops.build_log SELECT * FROM ops.kept");
      given.query("DROP TABLE ops.kept SYNC");
      given.query("INSERT INTO ops.mart_seen SELECT * FROM ops.seen");
      given.query("DROP TABLE ops.seen SYNC");
      given.query("TRUNCATE TABLE ops.ingested_file");
    }
  }

  private static Set<String> ids() {
    return dictionary.tables().stream().map(TableEntry::id).collect(Collectors.toSet());
  }

  private static TableEntry table(String id) {
    return dictionary.tables().stream()
        .filter(table -> table.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static ColumnEntry column(String table, String name) {
    return table(table).columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static MetricEntry metric(String name) {
    return dictionary.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
