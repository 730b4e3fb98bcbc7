package storefact.dashboard;

import static storefact.warehouse.jooq.dw.Tables.READER_MEMBER;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.TableField;
import storefact.dictionary.Translations;
import storefact.mart.ClickHouse;
import storefact.mart.Mart;
import storefact.metric.Metric;
import storefact.metric.MetricExpression;
import storefact.metric.Metrics;
import storefact.report.Overview.Words;

/**
 * What charts see of a mart or view: its columns, what stores, categories and members are called,
 * metrics.
 *
 * @param source where the rows are from
 * @param language of labels and names
 */
record Dataset(Source source, Language language) {
  /** The constant with the stores that the reader sees, a list for each column. */
  private static final String STORES = "names_of_stores";

  /** A code's name stands beside the code. */
  static final String NAME = "_name";

  /** A date's copy for the axis: a truncated date must not bear the name that filters use. */
  static final String AXIS = "_axis";

  /**
   * Tells a figure from the column of its name: ClickHouse would take one for the other inside an
   * aggregate.
   */
  private static final String TOTAL = "_total";

  private static final String MEAN = "mean_";

  /** D3's format of a part of a whole. */
  static final String SHARE = ".1%";

  /** D3's format of what became more or less, by its part. */
  static final String CHANGE = "+.1%";

  /** Whole weeks, so that a period has every weekday alike. */
  private static final int PERIOD_DAYS = 28;

  private static final int WEEK_DAYS = 7;

  /** Unit of a moment: no number, so that no format of numbers fits. */
  private static final String MOMENT = "moment";

  private static final List<String> DAYS = List.of("business_date", "month", "day");

  /** Columns of members that other tables have under the same name. */
  private static final Set<String> OF_MEMBER =
      Set.of("name", "kind", "province", "city", "district");

  private static final Set<String> NAMED_PLACES = Set.of("province", "city");

  private static final Set<String> LANGUAGES_OF_COMMUNITY =
      Set.of("community_name", "community_name_zh");

  /**
   * A column.
   *
   * @param about what it says
   * @param unit in English, empty for those without
   * @param expression over {@code m}, the mart or view, and what is joined to it
   */
  record Column(
      String name, String label, String about, String unit, String type, String expression) {
    /** What it says, and in what. */
    String description(Language language) {
      return unit.isEmpty()
          ? about
          : "%s [%s]".formatted(about, language.of(Translations.of(unit)));
    }

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
        case MOMENT -> "";
        case "currency per receipt", "items per receipt", "factor" -> ",.2f";
        default -> formatOf(unit, name.startsWith(MEAN) ? ",.2f" : ",.0f");
      };
    }
  }

  /** D3's format for numbers of that unit; the other one where the unit asks for none. */
  static String formatOf(String unit, String other) {
    return switch (unit) {
      case "share" -> SHARE;
      case "change" -> CHANGE;
      default -> other;
    };
  }

  /** Name in Superset, which knows one dataset of a name. */
  String name() {
    return language == Language.EN ? source.name() : source.name() + "_" + language.code();
  }

  /** Columns by name, the mart's own first. */
  Map<String, Column> columns() {
    Map<String, Column> columns = new LinkedHashMap<>();
    source.fields().forEach(field -> add(columns, own(field)));
    if (places().isPresent()) {
      storeColumns().forEach(column -> add(columns, column));
    }
    if (has("department")) {
      add(columns, category("department", new Words("department", "一级分类")));
      add(columns, total());
    }
    if (has("category")) {
      add(columns, category("category", new Words("category", "二级分类")));
    }
    if (hasGoods()) {
      add(columns, goodsName());
    }
    if (source.tellsMembers()) {
      memberColumns().forEach(column -> add(columns, column));
    }
    if (has("recency_days") && has("days_between_purchases")) {
      add(columns, due());
    }
    if (has("item_zh")) {
      add(
          columns,
          text(
              "item_name",
              new Words("item", "项目"),
              language == Language.EN ? "m.item" : "m.item_zh"));
    }
    CodeNames.ALL.forEach(
        (column, names) -> {
          if (columns.containsKey(column)) {
            add(columns, named(columns.get(column), names));
          }
        });
    dateColumns().forEach(column -> add(columns, column));
    return columns;
  }

  private Column named(Column code, Map<String, Words> names) {
    return text(
        code.name() + NAME,
        code.label(),
        "transform(toString(%1$s), [%2$s], [%3$s], toString(%1$s))"
            .formatted(
                code.expression(),
                quoted(names.keySet().stream()),
                quoted(names.values().stream().map(language::of))));
  }

  /** Texts as a list of ClickHouse. */
  private static String quoted(Stream<String> texts) {
    return texts.map(ClickHouse::text).collect(Collectors.joining(", "));
  }

  private static void add(Map<String, Column> columns, Column column) {
    columns.putIfAbsent(column.name(), column);
  }

  private Column own(Source.Field field) {
    return new Column(
        field.name(),
        language.of(field.label()),
        about(field),
        field.unit(),
        field.type(),
        "m." + field.name());
  }

  private String about(Source.Field field) {
    return language.of(Translations.of(field.about()));
  }

  /**
   * What stores are called and where they are: expressions over the stores that the reader sees.
   */
  private Map<String, String> ofStores() {
    String code = "toString(store)";
    String name =
        language == Language.EN
            ? "if(name = '', %1$s, name)".formatted(code)
            : "multiIf(name_zh != '', name_zh, name != '', name, %s)".formatted(code);
    Map<String, String> expressions = new LinkedHashMap<>();
    expressions.put("store", code);
    expressions.put("store_name", name);
    expressions.put("region", place("region", "region"));
    expressions.put("province", place("province", "province"));
    expressions.put("province_code", "provinceCode(province)");
    expressions.put("city", place("city", "city"));
    expressions.put("format", place("format", "format"));
    return expressions;
  }

  private List<Column> storeColumns() {
    String region = ofStore("region");
    return List.of(
        text(
            "store_name",
            new Words("store", "门店"),
            "transform(%s, %s, %s)"
                .formatted(places().orElseThrow(), list("store"), list("store_name"))),
        text(
            "region",
            new Words("region", "大区"),
            hasAreas()
                ? "if(m.level = 'region', %s, %s)".formatted(place("region", "m.area"), region)
                : region),
        text("province", new Words("province", "省份"), ofStore("province")),
        text(
            "province_code",
            new Words("ISO 3166-2 code of the province", "省份 ISO 3166-2 代码"),
            ofStore("province_code")),
        text("city", new Words("city", "城市"), ofStore("city")),
        text("format", new Words("format", "业态"), ofStore("format")));
  }

  private String ofStore(String column) {
    return "transform(%s, %s, %s, '')"
        .formatted(places().orElseThrow(), list("store"), list(column));
  }

  /** The values of a column of all stores. */
  private String list(String column) {
    return "tupleElement(%s, %d)"
        .formatted(STORES, 1 + List.copyOf(ofStores().keySet()).indexOf(column));
  }

  /** What a region, province, city or format is called, whichever language the chain writes. */
  private String place(String kind, String name) {
    return "%sIn%s(%s)".formatted(kind, language == Language.EN ? "English" : "Chinese", name);
  }

  /**
   * What the reader may know of the member. What stores have, too, is named as the member's: a mart
   * may have both.
   */
  private List<Column> memberColumns() {
    List<Column> columns = new ArrayList<>();
    for (Field<?> column : READER_MEMBER.fields()) {
      Source.Field field = Source.field((TableField<?, ?>) column);
      String name = field.name();
      if (!LANGUAGES_OF_COMMUNITY.contains(name) && !has(name)) {
        columns.add(
            new Column(
                OF_MEMBER.contains(name) ? "member_" + name : name,
                language.of(field.label()),
                about(field),
                field.unit(),
                field.type(),
                NAMED_PLACES.contains(name) ? place(name, "p." + name) : "p." + name));
      }
    }
    String community = language == Language.EN ? "p.community_name" : "p.community_name_zh";
    columns.add(
        text(
            "community_name",
            new Words("community", "小区"),
            "if(%1$s = '', toString(p.community), %1$s)".formatted(community)));
    return columns;
  }

  private Column due() {
    return new Column(
        "is_due",
        language.of(new Words("due", "该来未来")),
        language.of(
            new Words(
                "1 where the last purchase is longer ago than the member's usual gap, 0 where not or unknown",
                "距最近购买已超过该会员的平常间隔为 1，未超过或未知为 0")),
        "",
        "UInt8",
        "ifNull(m.recency_days > m.days_between_purchases, 0)");
  }

  private Column text(String name, Words label, String expression) {
    return text(name, language.of(label), expression);
  }

  private static Column text(String name, String label, String expression) {
    return new Column(name, label, label, "", "String", expression);
  }

  private Column category(String column, Words label) {
    return text(
        column + "_name",
        label,
        "transform(m.%1$s, tupleElement(%2$s, 1), tupleElement(%2$s, 2))"
            .formatted(column, namesOf(column)));
  }

  /** What the constant with the names of departments or categories is called. */
  private static String namesOf(String column) {
    return "names_of_" + column;
  }

  /** Some marts have departments and the sum of all: bars of both would tell everything twice. */
  private Column total() {
    return new Column(
        "is_total",
        language.of(new Words("total", "合计")),
        language.of(
            new Words("1 for the row of all departments, 0 for one", "所有一级分类的合计行为 1，单个为 0")),
        "",
        "UInt8",
        "m.department = 'all'");
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
    for (Source.Field field : source.fields()) {
      if (field.isDay() || field.isMoment()) {
        String day = field.isDay() ? "m." + field.name() : "toDate(m." + field.name() + ")";
        columns.add(
            new Column(
                field.name() + AXIS, language.of(field.label()), about(field), "", "Date", day));
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
              language.of(new Words("0 for the last month in the data", "数据中最后一个月为 0")),
              "months",
              "Int64",
              "dateDiff('month', m.month, " + last("month") + ")"));
    }
    return columns;
  }

  private Column periods(String name, Words label, int days) {
    return new Column(
        name,
        language.of(label),
        language.of(
            new Words(
                "Last day of the period, counted back from the last business day in the data",
                "周期的最后一天，从数据中最后营业日往前推算")),
        "",
        "Date",
        "%1$s - %2$d * intDiv(dateDiff('day', m.business_date, %1$s), %2$d)"
            .formatted(last("business_date"), days));
  }

  private String last(String date) {
    return "(SELECT max(%s) FROM dw.%s)".formatted(date, source.name());
  }

  private boolean has(String name) {
    return source.has(name);
  }

  /** A mart may also count goods. */
  private boolean hasGoods() {
    return source.fields().stream()
        .anyMatch(field -> field.name().equals("goods") && !field.isCount());
  }

  private boolean hasAreas() {
    return source.mart().flatMap(Mart::readAreas).isPresent();
  }

  /** What tells the store of a row. */
  private Optional<String> places() {
    if (hasAreas()) {
      return Optional.of("m.area");
    }
    return has("store") ? Optional.of("m.store") : Optional.empty();
  }

  /**
   * Figures by name: metrics of the catalogue, sums of amounts as {@code sum_<column>}, means of
   * ratios as {@code mean_<column>}, the last of moments as {@code last_<column>}.
   */
  Map<String, Figure> figures() {
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (Metric metric : Metrics.ALL) {
      source
          .mart()
          .flatMap(mart -> MetricExpression.over(metric, mart))
          .ifPresent(
              expression ->
                  figures.put(
                      metric.name(),
                      new Figure(
                          has(metric.name()) ? metric.name() + TOTAL : metric.name(),
                          language.of(metric),
                          language.of(Translations.of(metric.description())),
                          metric.unit(),
                          expression)));
    }
    if (source.tellsMembers()) {
      figures.put(
          "members",
          new Figure(
              "members",
              language.of(new Words("members", "会员数")),
              language.of(new Words("Members, each counted once", "会员数，每人只计一次")),
              "members",
              "uniqExactIf(member, member != '')"));
    }
    for (Source.Field field : source.fields()) {
      if (field.averaged()) {
        add(figures, field, MEAN, "avg");
      }
      if (field.addsUp()) {
        add(figures, field, "sum_", "sum");
      }
      if (field.isMoment()) {
        add(figures, field, "last_", "max");
      }
    }
    return figures;
  }

  private void add(
      Map<String, Figure> figures, Source.Field field, String prefix, String aggregate) {
    String name = prefix + field.name();
    figures.put(
        name,
        new Figure(
            name,
            language.of(field.label()),
            about(field),
            field.isMoment() ? MOMENT : field.unit(),
            aggregate + "(" + field.name() + ")"));
  }

  /** The date that a choice of days narrows. */
  Optional<String> date() {
    return source.fields().stream()
        .filter(
            field ->
                source.view().isPresent()
                    ? field.isMoment()
                    : field.isDay() && DAYS.contains(field.name()))
        .map(Source.Field::name)
        .findFirst();
  }

  /**
   * The select behind it, from views that the reader may read. Stores, departments and categories
   * are few: their names come as constants, looked up once for each code of a block of rows and not
   * at all where a chart shows none of them. A join would be made for every row of every chart.
   */
  String sql() {
    String fields =
        columns().values().stream()
            .map(column -> column.expression() + " AS " + column.name())
            .collect(Collectors.joining(",\n  "));
    StringBuilder sql =
        new StringBuilder(
            constants() + "SELECT\n  " + fields + "\nFROM dw." + source.name() + " AS m");
    if (source.tellsMembers()) {
      sql.append("\nLEFT JOIN dw.reader_member AS p ON p.member = m.member");
    }
    if (hasGoods()) {
      sql.append("\nLEFT JOIN dw.goods AS g ON g.goods = m.goods");
    }
    return sql.toString();
  }

  /**
   * What the constants behind these columns are read from, a select each: analysis folds constants,
   * so that the select with them does not tell.
   */
  List<String> lookups(Collection<String> columns) {
    List<String> selects = new ArrayList<>();
    for (String column : columns) {
      if (!has(column) && places().isPresent() && ofStores().containsKey(column)) {
        selects.add("SELECT %s FROM dw.reader_store".formatted(ofStores().get(column)));
      }
      if (List.of("department_name", "category_name").contains(column)) {
        selects.add("SELECT name_%s FROM dw.category".formatted(language.code()));
      }
    }
    return selects;
  }

  private String constants() {
    List<String> constants = new ArrayList<>();
    if (places().isPresent()) {
      constants.add(
          "(SELECT (%s) FROM dw.reader_store) AS %s"
              .formatted(
                  ofStores().values().stream()
                      .map("groupArray(%s)"::formatted)
                      .collect(Collectors.joining(", ")),
                  STORES));
    }
    if (has("department")) {
      constants.add(categories("department", 1));
    }
    if (has("category")) {
      constants.add(categories("category", 2));
    }
    return constants.isEmpty() ? "" : "WITH\n  " + String.join(",\n  ", constants) + "\n";
  }

  /** Codes and names of a level; some marts have rows of all departments. */
  private String categories(String column, int level) {
    return "(SELECT (arrayPushBack(groupArray(code), 'all'), arrayPushBack(groupArray(name), '%s')) FROM (SELECT toString(category) AS code, any(name_%s) AS name FROM dw.category WHERE level = %d GROUP BY code HAVING name != '')) AS %s"
        .formatted(language.of(new Words("all", "全部")), language.code(), level, namesOf(column));
  }
}
