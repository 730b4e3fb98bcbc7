package storefact.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.report.Overview.Words;

/** What was edited in the browser comes back as the lines that say it, and no others. */
class EditsTest {
  private static final Path ASSETS = Path.of("..", "dashboards", "assets");
  private static final String FILE =
      """
      # A comment.
      title: {en: One, zh: 一}
      about:
        en: What sells, and where
        zh: "卖什么：在哪里"
      readers: [executive]
      filters:
        - {title: {en: Region, zh: 大区}, column: region}
      rows:
        - height: 40
          charts:
            # The first.
            - name: bars
              kind: bar
              title: {en: Bars, zh: 条}  # kept
              about: {en: "Which: one?", zh: 哪个？}
              mart: daily_sales
              width: 8
              x: department_name
              figures: [net_sales]
              where: {lines: [1, 2], department: "7"}
              limit: 20
            - name: lines
              kind: line
              title: {en: Lines, zh: 线}
              about: {en: Up?, zh: 升？}
              mart: daily_sales
              width: 4
              x: business_date
              grain: week
              by: [region]
              figures: [net_sales, sum_returns]

        # The table.
        - height: 60
          charts:
            - name: figures
              kind: table
              title: {en: Table, zh: 表}
              about: {en: All, zh: 全}
              mart: daily_sales
              by: [region, format]
              figures: [net_sales, margin_rate]
              order: net_sales
      """;

  @TempDir private Path folder;
  private Map<String, Object> served;

  @BeforeEach
  void bring() throws IOException {
    Files.createDirectory(folder.resolve("files"));
    Files.writeString(file(), FILE);
    served = brought(folder.resolve("files"));
  }

  private Path file() {
    return folder.resolve("files").resolve("one.yaml");
  }

  /** Superset's state right after it was brought up. */
  private Map<String, Object> brought(Path files, Marks.Span... holidays) throws IOException {
    Path bundle = folder.resolve("bundle");
    new Bundle(Dashboards.in(files), new Marks(List.of(holidays), List.of())).write(bundle);
    ServedAssets assets = ServedAssets.in(bundle);
    return tree(
        Map.of(
            "charts", List.copyOf(assets.charts().values()),
            "dashboards", List.copyOf(assets.dashboards().values())));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> tree(Object tree) {
    return (Map<String, Object>) open(tree);
  }

  /** A copy that can be changed. */
  private static Object open(Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), open(value)));
        yield copy;
      }
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        list.forEach(value -> copy.add(open(value)));
        yield copy;
      }
      case null, default -> tree;
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> in(Map<String, Object> tree, String... keys) {
    Map<String, Object> map = tree;
    for (String key : keys) {
      map = (Map<String, Object>) map.get(key);
    }
    return map;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Map<String, Object> tree, String key) {
    return (List<Object>) tree.get(key);
  }

  private Map<String, Object> asset(String kind, String... names) {
    String uuid = Bundle.uuid(names);
    return list(served, kind).stream()
        .map(EditsTest::same)
        .filter(asset -> asset.get("uuid").equals(uuid))
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> same(Object tree) {
    return (Map<String, Object>) tree;
  }

  private Map<String, Object> chart(String name, String language) {
    return asset("charts", "chart", "one", name, language);
  }

  private Map<String, Object> params(String name) {
    return in(chart(name, "en"), "params");
  }

  private Map<String, Object> dashboard(String language) {
    return asset("dashboards", "dashboard", "one", language);
  }

  private Map<String, Object> position() {
    return in(dashboard("en"), "position");
  }

  private Edits edits() {
    return edits(folder.resolve("files"));
  }

  private Edits edits(Path files) {
    return new Edits(
        Dashboards.in(files),
        ServedAssets.in(folder.resolve("bundle")),
        ServedAssets.of(JsonText.of(served)));
  }

  /** Lines that went and came, as in {@code git diff}. */
  private List<String> diff() throws IOException {
    Edits edits = edits();
    assertThat(edits.lost()).isEmpty();
    return written(edits);
  }

  private List<String> written(Edits edits) throws IOException {
    edits.write(folder.resolve("files"));
    try (Stream<Path> left = Files.list(folder.resolve("files"))) {
      assertThat(left).containsExactly(file());
    }
    List<String> old = FILE.lines().toList();
    List<String> now = Files.readString(file()).lines().toList();
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> diff = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        i++;
        j++;
      } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
        diff.add("-" + old.get(i++).strip());
      } else {
        diff.add("+" + now.get(j++).strip());
      }
    }
    return diff;
  }

  @Test
  void withoutEditsTheProductsFilesStayByteForByte() throws IOException {
    Path files = folder.resolve("all");
    Files.createDirectory(files);
    Map<String, String> before = new TreeMap<>();
    try (Stream<Path> assets = Files.list(ASSETS)) {
      for (Path asset : assets.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        Files.copy(asset, files.resolve(asset.getFileName()));
        before.put(asset.getFileName().toString(), Files.readString(asset));
      }
    }
    served = brought(files);
    Edits edits = edits(files);
    assertThat(edits.made()).isEmpty();
    assertThat(edits.lost()).isEmpty();
    assertThat(edits.write(files)).isEmpty();
    for (Map.Entry<String, String> file : before.entrySet()) {
      assertThat(Files.readString(files.resolve(file.getKey()))).isEqualTo(file.getValue());
    }
  }

  /** Whatever a chart's lines look like: {@link Edits#write} reads what it wrote. */
  @Test
  void everyChartOfTheProductCanBeEditedAndMoved() throws IOException {
    Path files = folder.resolve("all");
    Files.createDirectory(files);
    try (Stream<Path> assets = Files.list(ASSETS)) {
      for (Path asset : assets.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        Files.copy(asset, files.resolve(asset.getFileName()));
      }
    }
    served = brought(files);
    for (Object chart : list(served, "charts")) {
      same(chart).merge("slice_name", ": anew", (name, more) -> name + String.valueOf(more));
      if (!same(chart).get("viz_type").equals("big_number")) {
        in(same(chart), "params").put("row_limit", 77);
      }
    }
    for (Object dashboard : list(served, "dashboards")) {
      Map<String, Object> grid = in(same(dashboard), "position", "GRID_ID");
      grid.put("children", list(grid, "children").reversed());
    }
    Edits edits = edits(files);
    assertThat(edits.lost()).isEmpty();
    assertThat(edits.write(files)).hasSameSizeAs(edits.after());
    assertThat(Files.readString(files.resolve("overview.yaml")))
        .contains("title: {en: \"Net sales: anew\", zh: \"净销售额: anew\"}")
        .contains("ascending: true\n        limit: 77\n  - height: 42\n")
        .contains("figures: [net_sales]\n        limit: 77\n  - height: 22\n");
    served = brought(files);
    assertThat(edits(files).made()).isEmpty();
  }

  @Test
  void aSecondRunAfterBringingUpTheResultFindsNothing() throws IOException {
    chart("bars", "en").put("slice_name", "Bars: all");
    params("figures").put("row_limit", 7);
    assertThat(diff())
        .containsExactly(
            "-title: {en: Bars, zh: 条}  # kept",
            "+title: {en: \"Bars: all\", zh: 条}  # kept",
            "+limit: 7");
    served = brought(folder.resolve("files"));
    assertThat(edits().made()).isEmpty();
  }

  /** Explore writes all of its controls, and leaves out keys that are none. */
  @Test
  void whatExploreAddsWhenAChartIsSavedIsNoEdit() throws IOException {
    Map<String, Object> params = params("lines");
    params.remove("stack");
    params.remove("tooltipTimeFormat");
    params.put("datasource", "3__table");
    params.put("annotation_layers", List.of());
    params.put("rolling_type", null);
    params.put("forecastEnabled", false);
    params.put("y_axis_bounds", Stream.of(null, null).toList());
    params.put("x_axis_title", "");
    params.put("truncate_metric", true);
    params.put("seriesType", "line");
    list(params, "adhoc_filters").clear();
    assertThat(diff()).isEmpty();
  }

  @Test
  void wordsOfAChartInEachLanguage() throws IOException {
    chart("bars", "en").put("description", "Which one?");
    chart("bars", "zh").put("slice_name", "条形图");
    assertThat(diff())
        .containsExactly(
            "-title: {en: Bars, zh: 条}  # kept",
            "-about: {en: \"Which: one?\", zh: 哪个？}",
            "+title: {en: Bars, zh: 条形图}  # kept",
            "+about: {en: Which one?, zh: 哪个？}");
  }

  @Test
  void aNameThatADashboardGivesItsChartIsTheTitle() throws IOException {
    in(position(), "CHART-bars", "meta").put("sliceNameOverride", "Departments");
    assertThat(diff())
        .containsExactly(
            "-title: {en: Bars, zh: 条}  # kept", "+title: {en: Departments, zh: 条}  # kept");
  }

  @Test
  void kinds() throws IOException {
    params("bars").put("orientation", "vertical");
    chart("lines", "en").put("viz_type", "echarts_timeseries_bar");
    params("lines").put("viz_type", "echarts_timeseries_bar");
    params("lines").put("stack", "Stack");
    assertThat(diff())
        .containsExactly(
            "-kind: bar", "+kind: column", "-kind: line", "+kind: column", "+stacked: true");
  }

  @Test
  void aTableOfRows() throws IOException {
    Map<String, Object> params = params("figures");
    params.put("query_mode", "raw");
    params.put("all_columns", List.of("region", "net_sales"));
    params.put("order_by_cols", List.of("[\"net_sales\", false]"));
    assertThat(diff())
        .containsExactly(
            "-kind: table",
            "+kind: rows",
            "-by: [region, format]",
            "-figures: [net_sales, margin_rate]",
            "+by: [region, net_sales]");
  }

  @Test
  void axisGrainAndSplit() throws IOException {
    params("bars").put("x_axis", "category_name");
    params("bars").put("groupby", List.of("format"));
    params("lines").put("time_grain_sqla", "P1M");
    assertThat(diff())
        .containsExactly(
            "-x: department_name",
            "+x: category_name",
            "+by: [format]",
            "-grain: week",
            "+grain: month");
  }

  @Test
  void noGrainAndNoSplit() throws IOException {
    params("lines").put("time_grain_sqla", null);
    params("lines").put("groupby", List.of());
    assertThat(diff()).containsExactly("-grain: week", "-by: [region]");
  }

  @Test
  void figuresByNameOrByAnExpressionThatIsOne() throws IOException {
    params("lines")
        .put(
            "metrics",
            List.of(
                "quantity_total",
                Map.of(
                    "expressionType",
                    "SIMPLE",
                    "aggregate",
                    "SUM",
                    "column",
                    Map.of("column_name", "retail_discount"))));
    params("lines").put("y_axis_format", ",.0f");
    assertThat(diff())
        .containsExactly(
            "-figures: [net_sales, sum_returns]", "+figures: [quantity, sum_retail_discount]");
  }

  @Test
  void rowsOrderAndLimit() throws IOException {
    filter(params("bars"), 1).put("comparator", List.of(3));
    params("bars").remove("row_limit");
    params("figures").put("timeseries_limit_metric", "margin_rate");
    assertThat(diff())
        .containsExactly(
            "-where: {lines: [1, 2], department: \"7\"}",
            "-limit: 20",
            "+where: {lines: 3, department: \"7\"}",
            "-order: net_sales",
            "+order: margin_rate");
  }

  @Test
  void lowestFirst() throws IOException {
    params("figures").put("order_desc", false);
    assertThat(diff()).containsExactly("+ascending: true");
  }

  private static Map<String, Object> filter(Map<String, Object> params, int index) {
    return same(list(params, "adhoc_filters").get(index));
  }

  @Test
  void wordsOfTheDashboard() throws IOException {
    dashboard("en").put("dashboard_title", "First");
    Map<String, Object> box = in(dashboard("zh"), "position", "MARKDOWN-about", "meta");
    box.put("code", box.get("code").toString().replace("卖什么：在哪里", "卖什么"));
    assertThat(diff())
        .containsExactly(
            "-title: {en: One, zh: 一}",
            "+title: {en: First, zh: 一}",
            "-zh: \"卖什么：在哪里\"",
            "+zh: 卖什么");
  }

  @Test
  void widthsAndHeights() throws IOException {
    in(position(), "CHART-bars", "meta").put("width", 6);
    in(position(), "CHART-lines", "meta").put("width", 6);
    in(position(), "CHART-figures", "meta").put("height", 70);
    assertThat(diff())
        .containsExactly(
            "-width: 8", "+width: 6", "-width: 4", "+width: 6", "-- height: 60", "+- height: 70");
  }

  @Test
  void swappedChartsAreMovedLines() throws IOException {
    in(position(), "ROW-1").put("children", List.of("CHART-lines", "CHART-bars"));
    assertThat(edits().made())
        .containsExactly("one: rows [[bars, lines], [figures]] → [[lines, bars], [figures]]");
    diff();
    String text = Files.readString(file());
    assertThat(text.lines().sorted()).containsExactlyElementsOf(FILE.lines().sorted().toList());
    assertThat(text).contains("    charts:\n      - name: lines\n");
    assertThat(text).contains("sum_returns]\n      # The first.\n      - name: bars\n");
  }

  @Test
  void aChartThatMovesTakesTheHeightOfItsRow() throws IOException {
    in(position(), "ROW-1").put("children", List.of("CHART-bars"));
    in(position(), "CHART-bars", "meta").put("width", 12);
    in(position(), "ROW-2").put("children", List.of("CHART-lines", "CHART-figures"));
    in(position(), "CHART-figures", "meta").put("width", 8);
    assertThat(diff())
        .contains("-width: 8", "+width: 12", "+width: 8")
        .doesNotContain("-- height: 40");
    assertThat(Dashboards.in(folder.resolve("files")).all().getFirst().rows())
        .extracting(Dashboard.Row::height)
        .containsExactly(40, 60);
  }

  @Test
  void aRowOfItsOwnAndRowsInAnotherOrder() throws IOException {
    in(position(), "ROW-1").put("children", List.of("CHART-bars"));
    in(position(), "CHART-bars", "meta").put("width", 12);
    in(position(), "CHART-lines", "meta").put("width", 12);
    position().put("ROW-new", open(in(position(), "ROW-1")));
    in(position(), "ROW-new").put("children", List.of("CHART-lines"));
    in(position(), "GRID_ID").put("children", List.of("ROW-about", "ROW-2", "ROW-1", "ROW-new"));
    diff();
    assertThat(Files.readString(file()))
        .contains("rows:\n\n  # The table.\n  - height: 60\n    charts:\n      - name: figures\n")
        .contains("limit: 20\n  - height: 40\n    charts:\n      - name: lines\n");
  }

  @Test
  void aChartThatWasRemovedLeavesItsWidthToThoseBesideIt() throws IOException {
    in(position(), "ROW-1").put("children", List.of("CHART-lines"));
    position().remove("CHART-bars");
    Edits edits = edits();
    assertThat(edits.made()).contains("one/bars: removed");
    assertThat(edits.lost())
        .containsExactly(
            "one (en): widths in the row of lines add up to 4, not to 12: it was given [12]; edit dashboards/assets/one.yaml");
    assertThat(written(edits))
        .contains("-- name: bars", "-width: 4", "+width: 12")
        .doesNotContain("-- name: lines");
  }

  @Test
  void aRowWhoseChartsWereRemovedGoes() throws IOException {
    in(position(), "GRID_ID").put("children", List.of("ROW-about", "ROW-1"));
    assertThat(diff()).hasSize(12).contains("-# The table.", "-- height: 60", "-- name: figures");
  }

  @Test
  void bothLanguagesMaySayTheSame() throws IOException {
    params("bars").put("row_limit", 5);
    in(chart("bars", "zh"), "params").put("row_limit", 5);
    assertThat(diff()).containsExactly("-limit: 20", "+limit: 5");
  }

  @Test
  void differentEditsOfTheLanguagesAreAConflict() throws IOException {
    params("bars").put("row_limit", 5);
    in(chart("bars", "zh"), "params").put("row_limit", 6);
    chart("bars", "zh").put("slice_name", "条形图");
    Edits edits = edits();
    assertThat(edits.lost())
        .singleElement()
        .asString()
        .startsWith("one/bars: conflict: limit was edited to each of [")
        .endsWith("; edit dashboards/assets/one.yaml");
    assertThat(written(edits))
        .containsExactly(
            "-title: {en: Bars, zh: 条}  # kept", "+title: {en: Bars, zh: 条形图}  # kept");
  }

  @Test
  void aFileThatWasEditedSinceKeepsItsOwnEdits() throws IOException {
    Files.writeString(
        file(), FILE.replace("limit: 20", "limit: 30").replace("en: Lines", "en: Ways"));
    assertThat(edits().made()).isEmpty();
    params("bars").put("row_limit", 5);
    params("lines").put("time_grain_sqla", "P1M");
    Edits edits = edits();
    assertThat(edits.made()).containsExactly("one/lines: grain week → month");
    assertThat(edits.lost())
        .containsExactly(
            "one/bars: conflict: limit was edited to 5, and its file since to 30; edit dashboards/assets/one.yaml");
  }

  @Test
  void whatFilesCannotSayIsToldAndTheRestIsKept() throws IOException {
    Map<String, Object> sql =
        Map.of("expressionType", "SQL", "sqlExpression", "sum(net_sales) / 7");
    params("lines").put("metrics", List.of("net_sales_total", sql));
    params("lines").put("color_scheme", "d3Category10");
    params("lines").put("time_grain_sqla", "P1M");
    params("lines").put("rolling_type", "mean");
    chart("bars", "en").put("viz_type", "pie");
    chart("bars", "en").put("slice_name", "Pie");
    list(params("figures"), "adhoc_filters")
        .add(
            Map.of(
                "clause", "WHERE",
                "expressionType", "SIMPLE",
                "subject", "net_sales",
                "operator", ">",
                "comparator", 5));
    dashboard("en").put("css", ".x {}");
    Edits edits = edits();
    assertThat(edits.lost())
        .allMatch(line -> line.endsWith("; edit dashboards/assets/one.yaml"))
        .extracting(line -> line.replaceFirst("; edit .*", ""))
        .containsExactly(
            "one (en): CSS of its own",
            "one/bars (en): drawn as pie, which no kind of ours is",
            "one/lines (en): a figure of its own: sum(net_sales) / 7",
            "one/lines (en): color_scheme is d3Category10, was supersetColors",
            "one/lines (en): rolling_type is mean, was null",
            "one/figures (en): rows where net_sales > 5");
    assertThat(written(edits))
        .containsExactly(
            "-title: {en: Bars, zh: 条}  # kept",
            "+title: {en: Pie, zh: 条}  # kept",
            "-grain: week",
            "+grain: month");
  }

  @Test
  void namesThatDifferBetweenLanguagesAreNoConditionForBoth() {
    list(params("figures"), "adhoc_filters")
        .add(
            Map.of(
                "clause", "WHERE",
                "expressionType", "SIMPLE",
                "subject", "region",
                "operator", "IN",
                "comparator", List.of("East China")));
    assertThat(edits().lost()).singleElement().asString().contains("region IN [East China]");
  }

  @Test
  void boxesTabsAndColumnsAreTold() {
    position()
        .put("BOX", Map.of("type", "HEADER", "id", "BOX", "meta", Map.of("text", "Part two")));
    list(in(position(), "GRID_ID"), "children").add("BOX");
    in(dashboard("zh"), "position", "ROOT_ID").put("children", List.of("TABS-1"));
    assertThat(edits().made()).isEmpty();
    assertThat(edits().lost())
        .anyMatch(line -> line.startsWith("one (en): a box \"header\" Part two"))
        .anyMatch(line -> line.startsWith("one (zh): tabs"))
        .hasSize(2);
  }

  @Test
  void marksOfHolidaysAreOursAndOtherOrTakenAwayOnesAreTold() throws IOException {
    LocalDate day = LocalDate.of(2024, 5, 1);
    served =
        brought(folder.resolve("files"), new Marks.Span(day, day, new Words("Labour Day", "劳动节")));
    Map<String, Object> copy = tree(chart("lines", "en"));
    copy.put("uuid", "11111111-1111-1111-1111-111111111111");
    list(served, "charts").add(copy);
    position()
        .put(
            "CHART-x",
            tree(
                Map.of(
                    "type", "CHART",
                    "id", "CHART-x",
                    "meta",
                        Map.of(
                            "uuid", copy.get("uuid"), "chartId", 99, "width", 4, "height", 60))));
    in(position(), "CHART-figures", "meta").put("width", 8);
    in(position(), "ROW-2").put("children", List.of("CHART-figures", "CHART-x"));
    assertThat(edits().made()).anyMatch(line -> line.contains("new"));
    assertThat(edits().lost()).as("a copy has the marks that its file will give it").isEmpty();

    params("lines").put("annotation_layers", List.of());
    assertThat(edits().lost())
        .singleElement()
        .asString()
        .startsWith("one/lines (en): annotation_layers is []");

    params("lines").put("annotation_layers", List.of(Map.of("name", "own", "value", 7)));
    assertThat(edits().lost())
        .singleElement()
        .asString()
        .startsWith("one/lines (en): annotation_layers is [{");
  }

  @Test
  void aNewChartOnADatasetOfOursIsAdded() throws IOException {
    Map<String, Object> made = tree(chart("lines", "en"));
    made.put("uuid", "11111111-1111-1111-1111-111111111111");
    made.put("slice_name", "Returns by week");
    made.put("description", null);
    in(made, "params").put("metrics", List.of("sum_returns"));
    list(served, "charts").add(made);
    position()
        .put(
            "CHART-x",
            tree(
                Map.of(
                    "type", "CHART",
                    "id", "CHART-x",
                    "meta",
                        Map.of(
                            "uuid", made.get("uuid"), "chartId", 99, "width", 4, "height", 60))));
    in(position(), "CHART-figures", "meta").put("width", 8);
    in(position(), "ROW-2").put("children", List.of("CHART-figures", "CHART-x"));
    assertThat(diff())
        .containsExactly(
            "+width: 8",
            "+- name: returns_by_week",
            "+kind: line",
            "+title: {en: Returns by week, zh: Returns by week}",
            "+about: {en: \"\", zh: \"\"}",
            "+mart: daily_sales",
            "+width: 4",
            "+x: business_date",
            "+grain: week",
            "+by: [region]",
            "+figures: [sum_returns]");
    assertThat(edits().made()).isEmpty();
    assertThat(edits().lost()).isEmpty();
  }

  @Test
  void newChartsOfBothLanguagesThatSayTheSameAreOne() throws IOException {
    for (Language language : Language.values()) {
      Map<String, Object> made = tree(chart("lines", language.code()));
      made.put("uuid", "new-" + language.code());
      made.put("slice_name", language == Language.EN ? "Third" : "三");
      in(made, "params").put("groupby", List.of());
      list(served, "charts").add(made);
      Map<String, Object> positions = in(dashboard(language.code()), "position");
      Map<String, Object> box = tree(in(positions, "CHART-lines"));
      in(box, "meta").put("uuid", made.get("uuid"));
      positions.put("CHART-x", box);
      in(positions, "CHART-bars", "meta").put("width", 4);
      list(in(positions, "ROW-1"), "children").add("CHART-x");
    }
    assertThat(diff())
        .contains("+- name: third", "+title: {en: Third, zh: 三}", "+about: {en: Up?, zh: 升？}")
        .doesNotContain("+- name: chart");
    assertThat(edits().made()).isEmpty();
  }

  @Test
  void anInvalidResultIsRefusedAndTheFilesStay() throws IOException {
    // Without charts no mart has the column of the filter.
    in(position(), "GRID_ID").put("children", List.of("ROW-about"));
    Edits edits = edits();
    assertThatThrownBy(() -> edits.write(folder.resolve("files")))
        .hasMessageContaining("the files stay as they were")
        .hasMessageContaining("filter by \"region\"");
    assertThat(Files.readString(file())).isEqualTo(FILE);
  }

  /** Flow mappings, lists in lines, no newline at the end. */
  @Test
  void otherWaysToWriteTheSame() throws IOException {
    String flow =
        """
        title: {en: One, zh: 一}
        about: {en: One, zh: 一}
        readers: [executive]
        rows:
        - charts:
          - {name: a, kind: bar, title: {en: A, zh: 甲}, about: {en: A, zh: 甲}, mart: daily_sales, width: 6, x: department, figures: [net_sales], limit: 5}
          - name: b
            kind: table
            title: {en: B, zh: 乙}
            about: {en: B, zh: 乙}
            mart: daily_sales
            width: 6
            by:
              - region
              - format
            figures: [net_sales]""";
    Files.writeString(file(), flow);
    served = brought(folder.resolve("files"));
    params("a").put("stack", "Stack");
    params("a").put("groupby", List.of("region"));
    params("a").remove("row_limit");
    params("b").put("groupby", List.of("region"));
    params("b").put("row_limit", 9);
    in(position(), "CHART-a", "meta").put("height", 30);
    in(position(), "CHART-b", "meta").put("height", 30);
    assertThat(edits().lost()).isEmpty();
    edits().write(folder.resolve("files"));
    assertThat(Files.readString(file()))
        .isEqualTo(
            flow.replace(
                        "x: department, figures: [net_sales], limit: 5}",
                        "x: department, by: [region], figures: [net_sales], stacked: true}")
                    .replace("by:\n      - region\n      - format", "by: [region]")
                    .replace("- charts:", "- height: 30\n  charts:")
                + "\n    limit: 9");
  }
}
