package storefact.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import storefact.dashboard.Chart.Kind;
import storefact.dashboard.Dataset.Column;
import storefact.dashboard.Dataset.Figure;
import storefact.report.Overview.Words;

/**
 * A chart in Superset's words: what is drawn ({@code params}) and asked ({@code query_context}).
 */
final class ChartAsset {
  private static final Words BEFORE = new Words("on the period before", "较上期");
  private static final String COLORS = "supersetColors";

  private final Chart chart;
  private final Language language;
  private final Dataset dataset;
  private final Map<String, Column> columns;
  private final Map<String, Figure> figures;

  ChartAsset(Chart chart, Language language) {
    this.chart = chart;
    this.language = language;
    this.dataset = new Dataset(chart.source(), language);
    this.columns = dataset.columns();
    this.figures = dataset.figures();
  }

  Dataset dataset() {
    return dataset;
  }

  private String vizType() {
    return switch (chart.kind()) {
      case NUMBER -> "big_number";
      case LINE -> "echarts_timeseries_line";
      case COLUMN, BAR -> "echarts_timeseries_bar";
      case SANKEY -> "sankey_v2";
      case MAP -> "country_map";
      case TABLE, ROWS -> "table";
    };
  }

  /** The figures by their names in Superset. */
  private List<String> shown() {
    return chart.figures().stream().map(this::shown).toList();
  }

  private String shown(String name) {
    return chart.figures().contains(name) ? figures.get(name).name() : name;
  }

  private String format() {
    return chart.figures().isEmpty() ? ",.0f" : figures.get(chart.figures().getFirst()).format();
  }

  Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("viz_type", vizType());
    params.put("adhoc_filters", filters());
    params.put("row_limit", chart.limit());
    params.put("color_scheme", COLORS);
    switch (chart.kind()) {
      case NUMBER -> number(params);
      case LINE, COLUMN, BAR -> series(params);
      case SANKEY -> flows(params);
      case MAP -> map(params);
      case TABLE -> table(params);
      case ROWS -> rows(params);
    }
    return params;
  }

  private void axis(Map<String, Object> params) {
    params.put("x_axis", chart.axis().orElseThrow());
    params.put("time_grain_sqla", chart.grain().map(Chart.Grain::superset).orElse(null));
  }

  private void number(Map<String, Object> params) {
    axis(params);
    params.put("metric", shown().getFirst());
    params.put("y_axis_format", format());
    params.put("compare_lag", 1);
    params.put("compare_suffix", language.of(BEFORE));
    params.put("show_trend_line", true);
    params.put("start_y_axis_at_zero", false);
    params.put("time_format", "%Y-%m-%d");
    params.put("header_font_size", 0.4);
    params.put("subheader_font_size", 0.15);
    params.put("show_timestamp", true);
  }

  private void series(Map<String, Object> params) {
    axis(params);
    boolean bar = chart.kind() == Kind.BAR;
    boolean several = chart.figures().size() > 1 || !chart.by().isEmpty();
    params.put("metrics", shown());
    params.put("groupby", chart.by());
    params.put("y_axis_format", format());
    params.put(
        "x_axis_time_format",
        chart.grain().filter(Chart.Grain.MONTH::equals).isPresent() ? "%y-%m" : "%m-%d");
    params.put("rich_tooltip", true);
    params.put("tooltipTimeFormat", "%Y-%m-%d");
    params.put("show_legend", several);
    params.put("legendType", "scroll");
    params.put("legendOrientation", "top");
    params.put("orientation", bar ? "horizontal" : "vertical");
    params.put("only_total", true);
    params.put("stack", chart.stacked() ? "Stack" : null);
    params.put("show_value", bar && !chart.stacked());
    params.put("truncateYAxis", chart.kind() == Kind.LINE);
    params.put("y_axis_bounds", List.of());
    params.put("markerEnabled", false);
    params.put("zoomable", false);
    if (chart.x().isPresent() && !columns.get(chart.axis().orElseThrow()).isDate()) {
      params.put("xAxisForceCategorical", true);
      if (bar) {
        params.put("xAxisLabelInterval", "0");
        params.put("x_axis_sort", shown().getFirst());
        params.put("x_axis_sort_asc", true);
      }
    }
  }

  private void flows(Map<String, Object> params) {
    params.put("source", chart.by().getFirst());
    params.put("target", chart.by().getLast());
    params.put("metric", shown().getFirst());
    params.put("sort_by_metric", true);
  }

  private void map(Map<String, Object> params) {
    params.put("select_country", "china");
    params.put("entity", chart.axis().orElseThrow());
    params.put("metric", shown().getFirst());
    params.put("number_format", format());
    params.put("linear_color_scheme", "schemeBlues");
    // With colours of names it would colour provinces by their codes, not by the figure.
    params.put("color_scheme", null);
  }

  private void table(Map<String, Object> params) {
    params.put("query_mode", "aggregate");
    params.put("groupby", chart.by());
    params.put("metrics", shown());
    params.put("all_columns", List.of());
    chart.order().ifPresent(order -> params.put("timeseries_limit_metric", shown(order)));
    params.put("order_desc", !chart.ascending());
    page(params, chart.figures());
  }

  private void rows(Map<String, Object> params) {
    params.put("query_mode", "raw");
    params.put("all_columns", chart.by());
    params.put("groupby", List.of());
    params.put("metrics", List.of());
    params.put(
        "order_by_cols",
        chart
            .order()
            .map(order -> List.of(JsonText.of(List.of(order, chart.ascending()))))
            .orElse(List.of()));
    page(params, chart.by());
  }

  private void page(Map<String, Object> params, List<String> shown) {
    params.put("page_length", 20);
    params.put("include_search", false);
    params.put("show_cell_bars", true);
    // Green and red are for changes alone.
    params.put("color_pn", false);
    params.put("table_timestamp_format", "%Y-%m-%d");
    Map<String, Object> formats = new LinkedHashMap<>();
    for (String name : shown) {
      String format = formatOf(name);
      if (!format.isEmpty()) {
        boolean change = format.equals(Dataset.CHANGE);
        formats.put(
            shown(name),
            Map.of(
                "d3NumberFormat",
                format,
                "showCellBars",
                change || format.equals(Dataset.SHARE),
                "colorPositiveNegative",
                change));
      }
    }
    params.put("column_config", formats);
  }

  private String formatOf(String name) {
    if (figures.containsKey(name) && chart.figures().contains(name)) {
      return figures.get(name).format();
    }
    Column column = columns.get(name);
    if (!column.isNumber()) {
      return "";
    }
    boolean ratio = column.type().contains("Float") && !column.unit().equals("currency");
    return Dataset.formatOf(column.unit(), ratio ? ",.2f" : ",.0f");
  }

  private List<Object> filters() {
    List<Object> filters = new ArrayList<>();
    dataset.date().ifPresent(date -> filters.add(filter(date, "TEMPORAL_RANGE", "No filter")));
    for (Chart.Where where : chart.where()) {
      filters.add(filter(where.column(), "IN", values(where)));
    }
    return filters;
  }

  private static Map<String, Object> filter(String column, String operator, Object value) {
    Map<String, Object> filter = new LinkedHashMap<>();
    filter.put("clause", "WHERE");
    filter.put("expressionType", "SIMPLE");
    filter.put("subject", column);
    filter.put("operator", operator);
    filter.put("comparator", value);
    return filter;
  }

  private List<Object> values(Chart.Where where) {
    boolean number = columns.get(where.column()).isNumber();
    return where.values().stream()
        .<Object>map(value -> number ? (Object) Integer.valueOf(value) : value)
        .toList();
  }

  /** What the browser would ask, so that a chart can be asked without one. */
  String queryContext() {
    Map<String, Object> query = new LinkedHashMap<>();
    List<Object> filters = new ArrayList<>();
    for (Chart.Where where : chart.where()) {
      filters.add(Map.of("col", where.column(), "op", "IN", "val", values(where)));
    }
    query.put("filters", filters);
    query.put("extras", Map.of("having", "", "where", ""));
    List<Object> asked = new ArrayList<>();
    chart
        .axis()
        .ifPresent(
            axis -> {
              Map<String, Object> column = new LinkedHashMap<>();
              chart.grain().ifPresent(grain -> column.put("timeGrain", grain.superset()));
              column.put("columnType", "BASE_AXIS");
              column.put("sqlExpression", axis);
              column.put("label", axis);
              column.put("expressionType", "SQL");
              asked.add(column);
            });
    asked.addAll(chart.by());
    query.put("columns", asked);
    boolean rows = chart.kind() == Kind.ROWS;
    query.put("metrics", rows ? null : shown());
    String order =
        chart.order().map(this::shown).orElseGet(() -> shown().stream().findFirst().orElse(""));
    query.put("orderby", order.isEmpty() ? List.of() : List.of(List.of(order, chart.ascending())));
    query.put("row_limit", chart.limit());
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("datasource", Map.of("id", 0, "type", "table"));
    context.put("force", false);
    context.put("queries", List.of(query));
    context.put("form_data", params());
    context.put("result_format", "json");
    context.put("result_type", "full");
    return JsonText.of(context);
  }

  String title() {
    return language.of(chart.title());
  }

  String about() {
    return language.of(chart.about());
  }

  String vizTypeName() {
    return vizType();
  }
}
