package storefact.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import storefact.reader.Role;
import storefact.report.Overview.Words;

/**
 * Superset's assets of the dashboards: a folder that it imports. Everything has a UUID made of its
 * name, so that importing again changes what is there.
 */
public final class Bundle {
  private static final String VERSION = "1.0.0";
  private static final String DATABASE = "warehouse";
  private static final int UNITS_OF_TEXT = 6;

  /** The box at the head of a dashboard. */
  static final String ABOUT = "MARKDOWN-about";

  /** The server sees to it: {@code superset_config.py}. */
  private static final Words MONTHS =
      new Words("Charts by month show each month that the days touch, whole", "按月的图表整月显示所选日期涉及的月份");

  private static final Words NOTHING = new Words("", "");

  /** Superset's own colours. */
  private static final String SCHEME = "supersetColors";

  /** All of them, in its order. */
  private static final List<String> SCHEME_COLORS =
      List.of(
          "#1FA8C9", "#454E7C", "#5AC189", "#FF7F44", "#666666", "#E04355", "#FCC700", "#A868B7",
          "#3CCCCB", "#A38F79", "#8FD3E4", "#A1A6BD", "#ACE1C4", "#FEC0A1", "#B2B2B2", "#EFA1AA",
          "#FDE380", "#D3B3DA", "#9EE5E5", "#D1C6BC");

  /** The first ones, which tell figures apart. */
  private static final List<String> COLORS = SCHEME_COLORS.subList(0, 6);

  private final Dashboards dashboards;
  private final Marks marks;
  private final Map<String, Object> files = new TreeMap<>();
  private final Set<String> uuids = new LinkedHashSet<>();

  /**
   * Makes the assets.
   *
   * @param marks where days are shown
   */
  public Bundle(Dashboards dashboards, Marks marks) {
    this.dashboards = dashboards;
    this.marks = marks;
    files.put(
        "metadata.yaml",
        map("version", VERSION, "type", "assets", "timestamp", "2026-01-01T00:00:00+00:00"));
    files.put("databases/" + DATABASE + ".yaml", database());
    for (Language language : Language.values()) {
      for (Source source : dashboards.sources()) {
        Dataset dataset = new Dataset(source, language);
        files.put("datasets/" + DATABASE + "/" + dataset.name() + ".yaml", asset(dataset));
      }
      for (Dashboard dashboard : dashboards.all()) {
        for (Chart chart : dashboard.charts()) {
          files.put(
              "charts/%s_%s_%s.yaml".formatted(dashboard.name(), chart.name(), language.code()),
              asset(dashboard, chart, language));
        }
        files.put(
            "dashboards/%s_%s.yaml".formatted(dashboard.name(), language.code()),
            asset(dashboard, language));
      }
    }
  }

  /**
   * Writes it anew.
   *
   * @throws IOException if the folder cannot be written
   */
  public void write(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> old = Files.walk(folder)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    for (Map.Entry<String, Object> file : texts().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue() + "\n");
    }
  }

  /** Changes whenever an asset or a right does. */
  public String fingerprint() {
    return UUID.nameUUIDFromBytes(texts().toString().getBytes(UTF_8)).toString();
  }

  private Map<String, Object> texts() {
    Map<String, Object> texts = new TreeMap<>();
    files.forEach((name, tree) -> texts.put(name, JsonText.of(tree)));
    texts.put("uuids.json", JsonText.of(List.copyOf(uuids)));
    texts.put("access.json", JsonText.of(access()));
    texts.put("layers.json", JsonText.of(marks.layers()));
    return texts;
  }

  /** Which datasets a role may ask, and which dashboards it may open. */
  private Map<String, Object> access() {
    Map<String, Object> roles = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      List<String> datasets = new ArrayList<>();
      for (Language language : Language.values()) {
        dashboards.sources().stream()
            .filter(source -> source.isReadBy(role))
            .forEach(source -> datasets.add(uuid("dataset", new Dataset(source, language).name())));
      }
      roles.put(role.title().en(), map("datasets", datasets, "sql", role != Role.EXECUTIVE));
    }
    Map<String, Object> opened = new LinkedHashMap<>();
    for (Dashboard dashboard : dashboards.all()) {
      for (Language language : Language.values()) {
        opened.put(
            uuid("dashboard", dashboard.name(), language.code()),
            dashboard.readers().stream().map(role -> role.title().en()).toList());
      }
    }
    return map("roles", roles, "dashboards", opened);
  }

  /** Address and account are those of the reader and the day: the server puts them in. */
  private static Map<String, Object> database() {
    return map(
        "database_name",
        DATABASE,
        "sqlalchemy_uri",
        "clickhousedb://nobody@127.0.0.1:8123/dw",
        "cache_timeout",
        null,
        "expose_in_sqllab",
        true,
        "allow_run_async",
        false,
        "allow_ctas",
        false,
        "allow_cvas",
        false,
        "allow_dml",
        false,
        "allow_csv_upload",
        false,
        "extra",
        map("allows_virtual_table_explore", true),
        "uuid",
        uuid("database", DATABASE),
        "version",
        VERSION);
  }

  private Map<String, Object> asset(Dataset dataset) {
    List<Object> columns = new ArrayList<>();
    for (Dataset.Column column : dataset.columns().values()) {
      columns.add(
          map(
              "column_name", column.name(),
              "verbose_name", column.label(),
              "description", column.description(dataset.language()),
              "type", column.type(),
              "is_dttm", column.isDate(),
              "is_active", true,
              "groupby", true,
              "filterable", true));
    }
    List<Object> metrics = new ArrayList<>();
    for (Dataset.Figure figure : dataset.figures().values()) {
      metrics.add(
          map(
              "metric_name", figure.name(),
              "verbose_name", figure.label(),
              "description", figure.about(),
              "expression", figure.expression(),
              "d3format", figure.format()));
    }
    String uuid = uuid("dataset", dataset.name());
    uuids.add(uuid);
    return map(
        "table_name",
        dataset.name(),
        "main_dttm_col",
        dataset.date().orElse(null),
        "description",
        dataset.language().of(dataset.source().about()),
        "offset",
        0,
        "cache_timeout",
        null,
        "schema",
        "dw",
        "sql",
        dataset.sql(),
        "filter_select_enabled",
        true,
        "normalize_columns",
        false,
        "always_filter_main_dttm",
        false,
        "uuid",
        uuid,
        "metrics",
        metrics,
        "columns",
        columns,
        "version",
        VERSION,
        "database_uuid",
        uuid("database", DATABASE));
  }

  private Map<String, Object> asset(Dashboard dashboard, Chart chart, Language language) {
    ChartAsset asset = new ChartAsset(chart, language);
    Map<String, Object> params = asset.params();
    List<Map<String, Object>> shown = marks.on(dashboard, chart, language);
    if (!shown.isEmpty()) {
      params.put(Marks.KEY, shown);
    }
    String uuid = chartUuid(dashboard, chart, language);
    uuids.add(uuid);
    return map(
        "slice_name", asset.title(),
        "description", asset.about(),
        "viz_type", asset.vizTypeName(),
        "params", params,
        "query_context", asset.queryContext(),
        "cache_timeout", null,
        "uuid", uuid,
        "version", VERSION,
        "dataset_uuid", uuid("dataset", asset.dataset().name()));
  }

  private Map<String, Object> asset(Dashboard dashboard, Language language) {
    String uuid = uuid("dashboard", dashboard.name(), language.code());
    uuids.add(uuid);
    return map(
        "dashboard_title",
        language.of(dashboard.title()),
        "description",
        language.of(dashboard.about()),
        "css",
        "",
        "slug",
        dashboard.name() + "-" + language.code(),
        "published",
        true,
        "uuid",
        uuid,
        "position",
        position(dashboard, language),
        "metadata",
        metadata(dashboard, language),
        "version",
        VERSION);
  }

  private static Map<String, Object> position(Dashboard dashboard, Language language) {
    Map<String, Object> position = new LinkedHashMap<>();
    List<String> rows = new ArrayList<>();
    position.put("DASHBOARD_VERSION_KEY", "v2");
    position.put("ROOT_ID", map("type", "ROOT", "id", "ROOT_ID", "children", List.of("GRID_ID")));
    position.put(
        "HEADER_ID",
        map(
            "type",
            "HEADER",
            "id",
            "HEADER_ID",
            "meta",
            map("text", language.of(dashboard.title()))));
    rows.add("ROW-about");
    position.put("ROW-about", row("ROW-about", List.of(ABOUT)));
    position.put(
        ABOUT,
        map(
            "type", "MARKDOWN",
            "id", ABOUT,
            "children", List.of(),
            "parents", List.of("ROOT_ID", "GRID_ID", "ROW-about"),
            "meta", map("width", 12, "height", UNITS_OF_TEXT, "code", words(dashboard, language))));
    int number = 0;
    int id = 0;
    for (Dashboard.Row row : dashboard.rows()) {
      String name = "ROW-" + ++number;
      List<String> charts = new ArrayList<>();
      for (Chart chart : row.charts()) {
        id++;
        String box = "CHART-" + chart.name();
        charts.add(box);
        position.put(
            box,
            map(
                "type", "CHART",
                "id", box,
                "children", List.of(),
                "parents", List.of("ROOT_ID", "GRID_ID", name),
                "meta",
                    map(
                        "chartId", id,
                        "uuid", chartUuid(dashboard, chart, language),
                        "sliceName", language.of(chart.title()),
                        "width", chart.width(),
                        "height", row.height())));
      }
      rows.add(name);
      position.put(name, row(name, charts));
    }
    position.put(
        "GRID_ID",
        map("type", "GRID", "id", "GRID_ID", "children", rows, "parents", List.of("ROOT_ID")));
    return position;
  }

  private static Map<String, Object> row(String name, List<String> children) {
    return map(
        "type",
        "ROW",
        "id",
        name,
        "children",
        children,
        "parents",
        List.of("ROOT_ID", "GRID_ID"),
        "meta",
        map("background", "BACKGROUND_TRANSPARENT"));
  }

  /** What it answers, and the way to the same in the other language. */
  private static String words(Dashboard dashboard, Language language) {
    return language.of(dashboard.about()) + link(dashboard, language);
  }

  /** What follows the words about it. */
  static String link(Dashboard dashboard, Language language) {
    String other = language == Language.EN ? "中文" : "English";
    return " · [%s](/language/%s/%s)".formatted(other, language.other().code(), dashboard.name());
  }

  /** A dashboard's colours would replace those of a map, so that one with a map has none. */
  private static Map<String, Object> metadata(Dashboard dashboard, Language language) {
    List<Chart> charts = dashboard.charts();
    List<Integer> ids = Stream.iterate(1, i -> i + 1).limit(charts.size()).toList();
    List<Object> filters = new ArrayList<>();
    for (Dashboard.Filter filter : dashboard.filters()) {
      filters.add(
          filter.column().isEmpty()
              ? days(dashboard, filter, language, ids)
              : values(dashboard, filter, language));
    }
    boolean hasMap = charts.stream().anyMatch(chart -> chart.kind() == Chart.Kind.MAP);
    return map(
        "timed_refresh_immune_slices",
        List.of(),
        "expanded_slices",
        map(),
        "refresh_frequency",
        0,
        "color_scheme",
        hasMap ? "" : SCHEME,
        "color_scheme_domain",
        hasMap ? List.of() : SCHEME_COLORS,
        "label_colors",
        colors(dashboard, language),
        "map_label_colors",
        map(),
        "shared_label_colors",
        sharedLabels(dashboard, language),
        "cross_filters_enabled",
        true,
        "filter_bar_orientation",
        "HORIZONTAL",
        "global_chart_configuration",
        map(
            "scope",
            map("rootPath", List.of("ROOT_ID"), "excluded", List.of()),
            "chartsInScope",
            ids),
        "chart_configuration",
        map(),
        "native_filter_configuration",
        filters);
  }

  /** Figures side by side and codes keep their colours, whoever looks and whichever is largest. */
  private static Map<String, Object> colors(Dashboard dashboard, Language language) {
    Map<String, Object> colors = new LinkedHashMap<>();
    for (Chart chart : dashboard.charts()) {
      if (chart.figures().size() > 1 && chart.isDrawn()) {
        Map<String, Dataset.Figure> figures = new Dataset(chart.source(), language).figures();
        for (String figure : chart.figures()) {
          colors.putIfAbsent(
              figures.get(figure).label(), COLORS.get(colors.size() % COLORS.size()));
        }
      }
      if (chart.isDrawn()) {
        for (String column : chart.by()) {
          int next = 0;
          for (Words name : CodeNames.of(column)) {
            colors.putIfAbsent(language.of(name), SCHEME_COLORS.get(next++ % SCHEME_COLORS.size()));
          }
        }
      }
    }
    return colors;
  }

  /**
   * Figures that more than one chart shows as a series. Superset's page would find them out by
   * itself, after each chart that it has drawn, and draw all of them anew each time to note that.
   * It still does so for series that are named by data, which nobody knows here.
   */
  private static List<String> sharedLabels(Dashboard dashboard, Language language) {
    Map<String, Integer> charts = new TreeMap<>();
    for (Chart chart : dashboard.charts()) {
      boolean series =
          switch (chart.kind()) {
            case LINE, COLUMN, BAR -> chart.by().isEmpty();
            case NUMBER, SANKEY, MAP, TABLE, ROWS -> false;
          };
      if (series) {
        Map<String, Dataset.Figure> figures = new Dataset(chart.source(), language).figures();
        for (String figure : chart.figures()) {
          charts.merge(nameOf(figures.get(figure).label(), figures), 1, Integer::sum);
        }
      }
    }
    return charts.entrySet().stream()
        .filter(label -> label.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A series is drawn under its label and told by the last name in the dataset that has it. */
  private static String nameOf(String label, Map<String, Dataset.Figure> figures) {
    return figures.values().stream()
        .filter(figure -> figure.label().equals(label))
        .reduce((first, next) -> next)
        .orElseThrow()
        .name();
  }

  private static Map<String, Object> days(
      Dashboard dashboard, Dashboard.Filter filter, Language language, List<Integer> ids) {
    boolean hasMonths =
        dashboard.charts().stream()
            .anyMatch(
                chart -> new Dataset(chart.source(), language).date().equals(Optional.of("month")));
    return filter(
        filter,
        language,
        "filter_time",
        "days",
        List.of(map()),
        ids,
        List.of(),
        hasMonths ? MONTHS : NOTHING);
  }

  /** The values are those of a mart that has the column; charts of other marts are left alone. */
  private static Map<String, Object> values(
      Dashboard dashboard, Dashboard.Filter filter, Language language) {
    String column = filter.column().orElseThrow();
    List<Integer> narrowed = new ArrayList<>();
    List<Integer> excluded = new ArrayList<>();
    String source = "";
    int id = 0;
    for (Chart chart : dashboard.charts()) {
      id++;
      Dataset dataset = new Dataset(chart.source(), language);
      if (dataset.columns().containsKey(column)) {
        narrowed.add(id);
        source = source.isEmpty() ? dataset.name() : source;
      } else {
        excluded.add(id);
      }
    }
    Object target = map("column", map("name", column), "datasetUuid", uuid("dataset", source));
    return filter(
        filter, language, "filter_select", column, List.of(target), narrowed, excluded, NOTHING);
  }

  private static Map<String, Object> filter(
      Dashboard.Filter filter,
      Language language,
      String type,
      String name,
      List<Object> targets,
      List<Integer> narrowed,
      List<Integer> excluded,
      Words about) {
    Map<String, Object> controls =
        type.equals("filter_select")
            ? map(
                "multiSelect", true,
                "enableEmptyFilter", false,
                "defaultToFirstItem", false,
                "inverseSelection", false,
                "searchAllOptions", false)
            : map("enableEmptyFilter", false);
    return map(
        "id",
        "NATIVE_FILTER-" + name,
        "type",
        "NATIVE_FILTER",
        "filterType",
        type,
        "name",
        language.of(filter.title()),
        "description",
        language.of(about),
        "cascadeParentIds",
        List.of(),
        "controlValues",
        controls,
        "defaultDataMask",
        map("extraFormData", map(), "filterState", map(), "ownState", map()),
        "scope",
        map("rootPath", List.of("ROOT_ID"), "excluded", excluded),
        "chartsInScope",
        narrowed,
        "tabsInScope",
        List.of(),
        "targets",
        targets);
  }

  static String chartUuid(Dashboard dashboard, Chart chart, Language language) {
    return uuid("chart", dashboard.name(), chart.name(), language.code());
  }

  static String uuid(String... names) {
    return UUID.nameUUIDFromBytes(("storefact/" + String.join("/", names)).getBytes(UTF_8))
        .toString();
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
