package storefact.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import storefact.mart.ColumnType;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.metric.Metric;
import storefact.metric.MetricExpression;
import storefact.metric.Metrics;
import storefact.report.Overview.Words;

/**
 * What charts see of a mart: its columns, what stores and categories are called, metrics.
 *
 * @param mart where the rows are from
 * @param language of labels and names
 */
record Dataset(Mart mart, Language language) {
  /** A date's copy for the axis: a truncated date must not bear the name that filters use. */
  static final String AXIS = "_axis";

  /**
   * Tells a figure from the column of its name: ClickHouse would take one for the other inside an
   * aggregate.
   */
  private static final String TOTAL = "_total";

  /** Whole weeks, so that a period has every weekday alike. */
  private static final int PERIOD_DAYS = 28;

  private static final int WEEK_DAYS = 7;

  /** Ratios, and amounts that a model computed: only the latter add up. */
  private static final Set<ColumnType<?>> MEASURED =
      Set.of(ColumnType.RATIO, ColumnType.RATIO_OR_NULL);

  private static final Set<ColumnType<?>> SUMMED =
      Set.of(
          ColumnType.MONEY,
          ColumnType.MONEY_OR_NULL,
          ColumnType.QUANTITY,
          ColumnType.COUNT,
          ColumnType.DIFFERENCE);

  /**
   * A column.
   *
   * @param expression over {@code m}, the mart, and what is joined to it
   */
  record Column(String name, String label, String about, String type, String expression) {
    boolean isDate() {
      return type.contains("Date");
    }

    boolean isNumber() {
      return type.matches("(Nullable\\()?(U?Int|Float|Decimal).*");
    }
  }

  /**
   * A figure, as an expression over the dataset's columns.
   *
   * @param name in Superset
   */
  record Figure(String name, String label, String about, String unit, String expression) {
    /** D3's format for it. */
    String format() {
      return switch (unit) {
        case "share" -> ".1%";
        case "currency per receipt", "items per receipt", "factor" -> ",.2f";
        default -> ",.0f";
      };
    }
  }

  /** Name in Superset, which knows one dataset of a name. */
  String name() {
    return language == Language.EN ? mart.name() : mart.name() + "_" + language.code();
  }

  /** Columns by name, the mart's own first. */
  Map<String, Column> columns() {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (MartColumn<?> column : mart.columns()) {
      add(columns, own(column));
    }
    if (places().isPresent()) {
      storeColumns().forEach(column -> add(columns, column));
    }
    if (has("department")) {
      add(columns, category("department", 1, new Words("department", "一级分类")));
    }
    if (has("category")) {
      add(columns, category("category", 2, new Words("category", "二级分类")));
    }
    if (hasGoods()) {
      add(columns, goodsName());
    }
    if (has("item_zh")) {
      add(
          columns,
          text(
              "item_name",
              new Words("item", "项目"),
              language == Language.EN ? "m.item" : "m.item_zh"));
    }
    dateColumns().forEach(column -> add(columns, column));
    return columns;
  }

  private static void add(Map<String, Column> columns, Column column) {
    columns.putIfAbsent(column.name(), column);
  }

  private Column own(MartColumn<?> column) {
    String unit = column.unit().isEmpty() ? "" : " [" + column.unit() + "]";
    return new Column(
        column.getName(),
        language.of(column),
        column.description() + unit,
        column.type().clickHouse(),
        "m." + column.getName());
  }

  private List<Column> storeColumns() {
    String name =
        language == Language.EN
            ? "if(s.name = '', " + places().orElseThrow() + ", s.name)"
            : "multiIf(s.name_zh != '', s.name_zh, s.name != '', s.name, "
                + places().orElseThrow()
                + ")";
    String region =
        mart.readAreas().isPresent() ? "if(m.level = 'region', m.area, s.region)" : "s.region";
    return List.of(
        text("store_name", new Words("store", "门店"), name),
        text("region", new Words("region", "大区"), region),
        text("province", new Words("province", "省份"), "s.province"),
        text("city", new Words("city", "城市"), "s.city"),
        text("format", new Words("format", "业态"), "s.format"));
  }

  private Column text(String name, Words label, String expression) {
    return new Column(name, language.of(label), label.en(), "String", expression);
  }

  private Column category(String column, int level, Words label) {
    String words = "c" + level + (language == Language.EN ? ".name_en" : ".name_zh");
    return text(
        column + "_name", label, "if(%s = '', toString(m.%s), %1$s)".formatted(words, column));
  }

  private Column goodsName() {
    String name =
        language == Language.EN
            ? "if(g.name = '', m.goods, g.name)"
            : "multiIf(g.name_zh != '', g.name_zh, g.name != '', g.name, m.goods)";
    return text("goods_name", new Words("goods", "商品"), name);
  }

  /** A copy of each date for axes, and periods counted back from the last one in the data. */
  private List<Column> dateColumns() {
    List<Column> columns = new ArrayList<>();
    for (MartColumn<?> column : mart.columns()) {
      if (column.type().equals(ColumnType.DATE)) {
        columns.add(
            new Column(
                column.getName() + AXIS,
                language.of(column),
                "For axes",
                "Date",
                "m." + column.getName()));
      }
    }
    if (has("business_date")) {
      columns.add(periods("seven_days_ending", new Words("seven days ending", "七天截止日"), WEEK_DAYS));
      columns.add(
          periods("four_weeks_ending", new Words("four weeks ending", "四周截止日"), PERIOD_DAYS));
    }
    if (has("month")) {
      columns.add(
          new Column(
              "months_back",
              language.of(new Words("months back", "距最近月数")),
              "0 for the last month in the data",
              "Int64",
              "dateDiff('month', m.month, " + last("month") + ")"));
    }
    return columns;
  }

  private Column periods(String name, Words label, int days) {
    return new Column(
        name,
        language.of(label),
        "Last day of the period, counted back from the last business day in the data",
        "Date",
        "%1$s - %2$d * intDiv(dateDiff('day', m.business_date, %1$s), %2$d)"
            .formatted(last("business_date"), days));
  }

  private String last(String date) {
    return "(SELECT max(%s) FROM dw.%s)".formatted(date, mart.name());
  }

  private boolean has(String name) {
    return mart.columns().stream().anyMatch(column -> column.getName().equals(name));
  }

  /** A mart may also count goods. */
  private boolean hasGoods() {
    return mart.columns().stream()
        .anyMatch(
            column -> column.getName().equals("goods") && !column.type().equals(ColumnType.COUNT));
  }

  /** What tells the store of a row. */
  private Optional<String> places() {
    if (mart.readAreas().isPresent()) {
      return Optional.of("m.area");
    }
    return has("store") ? Optional.of("m.store") : Optional.empty();
  }

  /**
   * Figures by name: metrics of the catalogue, sums of amounts as {@code sum_<column>}, means of
   * ratios as {@code mean_<column>}.
   */
  Map<String, Figure> figures() {
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (Metric metric : Metrics.ALL) {
      MetricExpression.over(metric, mart)
          .ifPresent(
              expression ->
                  figures.put(
                      metric.name(),
                      new Figure(
                          has(metric.name()) ? metric.name() + TOTAL : metric.name(),
                          language.of(metric),
                          metric.description(),
                          metric.unit(),
                          expression)));
    }
    for (MartColumn<?> column : mart.columns()) {
      if (MEASURED.contains(column.type())) {
        String name = "mean_" + column.getName();
        figures.put(
            name,
            new Figure(
                name,
                language.of(column),
                column.description(),
                column.unit(),
                "avg(" + column.getName() + ")"));
      }
      if (SUMMED.contains(column.type())
          || (MEASURED.contains(column.type()) && column.unit().equals("currency"))) {
        String name = "sum_" + column.getName();
        figures.put(
            name,
            new Figure(
                name,
                language.of(column),
                column.description(),
                column.unit(),
                "sum(" + column.getName() + ")"));
      }
    }
    return figures;
  }

  /** The date that a choice of days narrows. */
  Optional<String> date() {
    return mart.columns().stream()
        .filter(column -> column.type().equals(ColumnType.DATE))
        .map(MartColumn::getName)
        .filter(name -> name.equals("business_date") || name.equals("month") || name.equals("day"))
        .findFirst();
  }

  /** The select behind it, from views that the reader may read. */
  String sql() {
    String fields =
        columns().values().stream()
            .map(column -> column.expression() + " AS " + column.name())
            .collect(Collectors.joining(",\n  "));
    StringBuilder sql =
        new StringBuilder("SELECT\n  " + fields + "\nFROM dw." + mart.name() + " AS m");
    places()
        .ifPresent(
            store -> sql.append("\nLEFT JOIN dw.reader_store AS s ON s.store = ").append(store));
    if (hasGoods()) {
      sql.append("\nLEFT JOIN dw.goods AS g ON g.goods = m.goods");
    }
    if (has("department")) {
      sql.append(categories("department", 1));
    }
    if (has("category")) {
      sql.append(categories("category", 2));
    }
    return sql.toString();
  }

  private static String categories(String column, int level) {
    return "\nLEFT JOIN (SELECT category, any(name_en) AS name_en, any(name_zh) AS name_zh FROM dw.category WHERE level = %2$d GROUP BY category) AS c%2$d ON c%2$d.category = m.%1$s"
        .formatted(column, level);
  }
}
