package storefact.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.dictionary.Exposure;
import storefact.mart.ColumnLineage;
import storefact.mart.TestWarehouse;

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
  void placesBearTheNamesOfTheLanguageHoweverTheChainWritesThem() {
    try (TestWarehouse warehouse = TestWarehouse.empty()) {
      for (Language language : Language.values()) {
        String shown =
            language == Language.EN
                ? "East China\tZhejiang\tCN-ZJ\thypermarket"
                : "华东\t浙江\tCN-ZJ\t大卖场";
        assertThat(places(warehouse, language, "East China", "Zhejiang", "hypermarket"))
            .containsExactly(shown);
        assertThat(places(warehouse, language, "华东", "浙江省", "大卖场")).containsExactly(shown);
        assertThat(places(warehouse, language, "Nordwest", "Bayern", "kiosk"))
            .containsExactly("Nordwest\tBayern\t\tkiosk");
      }
    }
  }

  private static List<String> places(
      TestWarehouse warehouse, Language language, String region, String province, String format) {
    return warehouse.lines(
        "SELECT %s, %s, %s, %s"
            .formatted(
                PlaceName.REGIONS.in(language, Dataset.quoted(List.of(region))),
                PlaceName.PROVINCES.in(language, Dataset.quoted(List.of(province))),
                Province.code(Dataset.quoted(List.of(province))),
                PlaceName.FORMATS.in(language, Dataset.quoted(List.of(format)))));
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

  @Test
  void assetsAreTheSameWheneverTheyAreMade() {
    Dashboards dashboards = Dashboards.in(ASSETS);
    assertThat(new Bundle(dashboards).fingerprint())
        .isEqualTo(new Bundle(Dashboards.in(ASSETS)).fingerprint());
  }

  private Dashboards read(String text) throws IOException {
    Files.writeString(folder.resolve("one.yaml"), text);
    return Dashboards.in(folder);
  }
}
