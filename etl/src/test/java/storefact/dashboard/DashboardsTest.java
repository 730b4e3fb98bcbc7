package storefact.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.dictionary.Exposure;
import storefact.mart.ColumnLineage;
import storefact.mart.TestWarehouse;
import storefact.report.Overview.Words;

/** What a dashboard's file names is there, for those who may see it. */
class DashboardsTest {
  private static final Path ASSETS = Path.of("..", "dashboards", "assets");
  private static final String FILE =
      """
      title: {en: One, zh: 一}
      about: {en: One, zh: 一}
      readers: [executive, regional_manager]
      filters: [{title: {en: Region, zh: 大区}, column: region}]
      rows:
        - charts:
          - {name: c, kind: bar, title: {en: C, zh: 丙}, about: {en: C, zh: 丙}, mart: daily_sales, x: department, figures: [net_sales]}
      """;

  @TempDir private Path folder;

  @Test
  void everyNameOfTheProductsDashboardsIsThere() {
    assertThat(Dashboards.in(ASSETS).names())
        .containsExactly(
            "baskets",
            "customers",
            "forecasts",
            "goods",
            "loyalty",
            "members",
            "overview",
            "promotions",
            "quality",
            "regions",
            "returns",
            "sales",
            "services",
            "stock");
  }

  @Test
  void everyChartIsAskedAndTellsTheDocsWhatItShows() {
    Dashboards dashboards = Dashboards.in(ASSETS);
    try (TestWarehouse warehouse = TestWarehouse.empty()) {
      warehouse.sold("S1 2024-01-05 R1 1 C1 G1 2 10").goods("G1 food bread", 1).members(1);
      warehouse.only(dashboards.marts().toArray(storefact.mart.Mart[]::new)).build();
      List<Exposure> exposures = dashboards.exposures(warehouse.warehouse());
      assertThat(exposures)
          .hasSameSizeAs(dashboards.all().stream().flatMap(d -> d.charts().stream()).toList());
      assertThat(exposures).allSatisfy(exposure -> assertThat(exposure.columns()).isNotEmpty());
      assertThat(exposures.getFirst().columns())
          .contains(new ColumnLineage.Column("dw.receipt_statistics", "net_sales"));
      assertThat(exposures)
          .filteredOn(exposure -> exposure.name().equals("chart_overview_weeks"))
          .singleElement()
          .satisfies(
              weeks ->
                  assertThat(weeks.columns())
                      .contains(new ColumnLineage.Column("dw.reader_store", "region")));
      for (Dashboard dashboard : dashboards.all()) {
        for (Chart chart : dashboard.charts()) {
          for (Language language : Language.values()) {
            warehouse.query(ChartQuery.sql(chart, language));
          }
        }
      }
    }
  }

  @Test
  void holidaysAreMarkedWhereTheChainIsInChinaAndPromotionsWhereDiscountsAre() throws IOException {
    try (TestWarehouse warehouse = TestWarehouse.empty()) {
      warehouse.sold("S1 2024-01-05 R1 1 C1 G1 2 10").only(RECEIPT_STATISTICS).build();
      warehouse.query(
          """
          INSERT INTO star.promotion (promotion, name, name_zh, kind, starts_on, ends_on, version) VALUES
              ('P1', 'Spring prices', '春季特价', 'price', '2024-01-03', '2024-01-09', 1),
              ('P2', 'More prices', '', 'price', '2024-01-05', '2024-01-09', 1),
              ('P3', 'A gift', '', 'gift', '2024-01-05', '2024-01-12', 1),
              ('P4', 'Too late to see', '', 'gift', '2024-01-06', '2024-01-12', 1)
          """);
      Marks marks = Marks.of(warehouse.warehouse());
      assertThat(marks.holidays())
          .contains(
              new Marks.Span(
                  LocalDate.parse("2024-02-10"),
                  LocalDate.parse("2024-02-17"),
                  new Words("Spring Festival", "春节")))
          .allMatch(holiday -> List.of(2024, 2025).contains(holiday.first().getYear()));
      assertThat(marks.promotions())
          .containsExactly(
              new Marks.Span(
                  LocalDate.parse("2024-01-03"),
                  LocalDate.parse("2024-01-09"),
                  new Words("Spring prices", "春季特价")),
              new Marks.Span(
                  LocalDate.parse("2024-01-05"),
                  LocalDate.parse("2024-01-12"),
                  new Words("2 promotions: gift, price", "2 项促销：赠品、特价")));

      new Bundle(Dashboards.in(ASSETS), marks).write(folder);
      assertThat(Files.readString(folder.resolve("layers.json")))
          .contains("\"start\":\"2024-02-10\"", "\"end\":\"2024-02-18\"", "春节");
      assertThat(Files.readString(folder.resolve("charts/sales_days_zh.yaml")))
          .contains("annotation_layers", "法定节假日")
          .doesNotContain("促销开始");
      assertThat(Files.readString(folder.resolve("charts/promotions_discounts_zh.yaml")))
          .contains("法定节假日", "促销开始");
      assertThat(Files.readString(folder.resolve("charts/sales_formats_zh.yaml")))
          .doesNotContain("annotation_layers");

      warehouse.query("TRUNCATE TABLE star.store");
      warehouse.query("INSERT INTO star.store (store, country, version) VALUES ('S1', 'USA', 1)");
      assertThat(Marks.of(warehouse.warehouse()).holidays()).isEmpty();
    }
  }

  @Test
  void aMapShowsOneFigure() throws IOException {
    String map =
        FILE.replace("kind: bar", "kind: map").replace("x: department", "x: province_code");
    assertThat(read(map).names()).containsExactly("one");
    assertThatThrownBy(() -> read(map.replace("[net_sales]", "[net_sales, quantity]")))
        .hasMessageContaining("chart c: needs one figure");
  }

  @Test
  void aChartWhoseColumnIsGoneIsRefusedByName() throws IOException {
    assertThat(read(FILE).names()).containsExactly("one");
    assertThatThrownBy(() -> read(FILE.replace("x: department", "x: departement")))
        .hasMessageContaining("one.yaml: chart c: mart daily_sales has no column \"departement\"");
    assertThatThrownBy(() -> read(FILE.replace("[net_sales]", "[netsales]")))
        .hasMessageContaining("mart daily_sales gives no figure \"netsales\"");
    assertThatThrownBy(() -> read(FILE.replace("mart: daily_sales", "mart: dailysales")))
        .hasMessageContaining("no mart \"dailysales\"");
    assertThatThrownBy(() -> read(FILE.replace("column: region", "column: regoin")))
        .hasMessageContaining("regoin");
    assertThatThrownBy(() -> read(FILE.replace("figures:", "figure:")))
        .hasMessageContaining("key \"figure\"");
  }

  @Test
  void aChartThatAReaderMayNotReadIsRefused() {
    String chain =
        FILE.replace("mart: daily_sales, x: department", "mart: card_dormancy, x: months_unused")
            .replace("[net_sales]", "[sum_cards]")
            .replace("filters: [{title: {en: Region, zh: 大区}, column: region}]", "");
    assertThatThrownBy(() -> read(chain))
        .hasMessageContaining("REGIONAL_MANAGER may not read mart card_dormancy");
  }

  /** As Superset's page tells them in the browser: otherwise it draws all charts again. */
  @Test
  void seriesOfSeveralChartsAreTold() throws IOException {
    new Bundle(Dashboards.in(ASSETS), Marks.NONE).write(folder);
    assertThat(Files.readString(folder.resolve("dashboards/overview_en.yaml")))
        .contains("\"shared_label_colors\":[\"sum_net_sales\"]");
  }

  @Test
  void assetsAreTheSameWheneverTheyAreMade() {
    Dashboards dashboards = Dashboards.in(ASSETS);
    assertThat(new Bundle(dashboards, Marks.NONE).fingerprint())
        .isEqualTo(new Bundle(Dashboards.in(ASSETS), Marks.NONE).fingerprint());
  }

  private Dashboards read(String text) throws IOException {
    Files.writeString(folder.resolve("one.yaml"), text);
    return Dashboards.in(folder);
  }
}
