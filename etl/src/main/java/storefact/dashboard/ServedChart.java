package storefact.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import storefact.dashboard.Chart.Grain;
import storefact.dashboard.Chart.Kind;

/**
 * A chart of Superset in the words of our files: {@link ChartAsset} the other way round. What those
 * words cannot say is told, and stays as it was.
 */
final class ServedChart {
  private static final String SORTED = "x_axis_sort";

  /** Keys that are told by words of ours, or that Superset keeps for itself. */
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "viz_type",
          "datasource",
          "adhoc_filters",
          "row_limit",
          "x_axis",
          "time_grain_sqla",
          "entity",
          "metric",
          "metrics",
          "groupby",
          "source",
          "target",
          "all_columns",
          "query_mode",
          "orientation",
          "timeseries_limit_metric",
          "order_desc",
          "order_by_cols",
          "stack");

  /**
   * Keys that our charts never have (marks: none but ours) and that change what is shown. Explore
   * writes each with an empty value when a chart is saved, so that only a filled one is an edit.
   */
  private static final Set<String> FOREIGN =
      Set.of(
          Marks.KEY,
          "area",
          "conditional_formatting",
          "contributionMode",
          "forecastEnabled",
          "logAxis",
          "percent_metrics",
          "resample_rule",
          "rolling_type",
          "show_totals",
          "subheader",
          "time_compare",
          "x_axis_title",
          "y_axis_title");

  private static final Set<Kind> LIMITED =
      Set.of(Kind.LINE, Kind.COLUMN, Kind.BAR, Kind.SANKEY, Kind.TABLE, Kind.ROWS);

  private final Map<?, ?> asset;
  private final Map<?, ?> params;
  private final Chart otherwise;
  private final Consumer<String> lost;
  private final Dataset dataset;
  private final Map<String, Dataset.Column> columns;

  /**
   * A chart to be read.
   *
   * @param asset as Superset has it
   * @param otherwise what it is where Superset says nothing, or nothing that our files could say
   * @param lost is told what our files cannot say
   */
  ServedChart(
      Map<?, ?> asset, Source source, Language language, Chart otherwise, Consumer<String> lost) {
    this.asset = asset;
    this.params = ServedAssets.map(asset, "params");
    this.otherwise = otherwise;
    this.lost = lost;
    this.dataset = new Dataset(source, language);
    this.columns = dataset.columns();
  }

  /** The chart; name, words and width are those that it had. */
  Chart chart() {
    Optional<Kind> known = kind();
    if (known.isEmpty()) {
      lost.accept("drawn as %s, which no kind of ours is".formatted(asset.get("viz_type")));
    }
    Kind kind = known.orElse(otherwise.kind());
    boolean drawn = known.isPresent();
    Optional<String> axis = drawn ? axis(kind) : otherwise.axis();
    List<String> figures = drawn ? figures(kind) : otherwise.figures();
    List<String> by = drawn ? by(kind) : otherwise.by();
    return new Chart(
        otherwise.name(),
        kind,
        otherwise.title(),
        otherwise.about(),
        dataset.source(),
        otherwise.width(),
        drawn ? axis.map(this::plain) : otherwise.x(),
        drawn ? grain(kind, axis) : otherwise.grain(),
        by,
        figures,
        where(),
        drawn ? order(kind) : otherwise.order(),
        drawn ? ascending(kind) : otherwise.ascending(),
        limit(kind),
        drawn ? stacked(kind) : otherwise.stacked());
  }

  private Optional<Kind> kind() {
    return switch (ServedAssets.text(asset, "viz_type")) {
      case "big_number" -> Optional.of(Kind.NUMBER);
      case "echarts_timeseries_line" -> Optional.of(Kind.LINE);
      case "echarts_timeseries_bar" ->
          Optional.of(
              ServedAssets.text(params, "orientation").equals("horizontal")
                  ? Kind.BAR
                  : Kind.COLUMN);
      case "sankey_v2" -> Optional.of(Kind.SANKEY);
      case "country_map" -> Optional.of(Kind.MAP);
      case "table" ->
          Optional.of(
              ServedAssets.text(params, "query_mode").equals("raw") ? Kind.ROWS : Kind.TABLE);
      default -> Optional.empty();
    };
  }

  private Optional<String> axis(Kind kind) {
    return switch (kind) {
      case NUMBER, LINE, COLUMN, BAR -> column("x_axis", otherwise.axis());
      case MAP -> column("entity", otherwise.axis());
      case SANKEY, TABLE, ROWS -> Optional.empty();
    };
  }

  private Optional<String> column(String key, Optional<String> before) {
    Object value = params.get(key);
    return value == null ? before : column(value).or(() -> before);
  }

  /** A column of the dataset by its name, or by an expression that is only its name. */
  private Optional<String> column(Object value) {
    Object name = value instanceof Map<?, ?> own ? own.get("sqlExpression") : value;
    if (name instanceof String text && columns.containsKey(text)) {
      return Optional.of(text);
    }
    lost.accept("a column of its own: " + name);
    return Optional.empty();
  }

  /** A date without its copy for axes. */
  private String plain(String axis) {
    String date = axis.replaceFirst(Dataset.AXIS + "$", "");
    return columns.containsKey(date) ? date : axis;
  }

  /** A day truncated to days is itself, so that Explore's own choice of days changes nothing. */
  private Optional<Grain> grain(Kind kind, Optional<String> axis) {
    boolean dated =
        Set.of(Kind.NUMBER, Kind.LINE, Kind.COLUMN, Kind.BAR).contains(kind)
            && axis.filter(name -> columns.get(name).isDate()).isPresent();
    Object value = dated ? params.get("time_grain_sqla") : null;
    if (value == null) {
      return Optional.empty();
    }
    Optional<Grain> grain =
        Stream.of(Grain.values()).filter(one -> one.superset().equals(value)).findFirst();
    String name = axis.orElseThrow();
    boolean copy = !plain(name).equals(name);
    if (!copy
        && grain.equals(Optional.of(Grain.DAY))
        && !columns.get(name).type().contains("DateTime")) {
      return Optional.empty();
    }
    if (grain.isEmpty() || !columns.containsKey(plain(name) + Dataset.AXIS)) {
      lost.accept("%s by %s".formatted(name, value));
      return otherwise.grain();
    }
    return grain;
  }

  private List<String> by(Kind kind) {
    return switch (kind) {
      case NUMBER, MAP -> List.of();
      case LINE, COLUMN, BAR, TABLE -> columns("groupby");
      case ROWS -> columns("all_columns");
      case SANKEY ->
          Stream.of("source", "target")
              .flatMap(key -> column(key, Optional.empty()).stream())
              .toList();
    };
  }

  private List<String> columns(String key) {
    return params.get(key) instanceof List<?> values
        ? all(values, this::column, otherwise.by())
        : otherwise.by();
  }

  /** Beside one that cannot be said, those stay that it may have replaced. */
  private static List<String> all(
      List<?> values, Function<Object, Optional<String>> read, List<String> before) {
    List<Optional<String>> names = values.stream().map(read).toList();
    Set<String> all = new LinkedHashSet<>();
    names.forEach(name -> name.ifPresent(all::add));
    if (names.contains(Optional.<String>empty())) {
      all.addAll(before);
    }
    return List.copyOf(all);
  }

  private List<String> figures(Kind kind) {
    return switch (kind) {
      case NUMBER, SANKEY, MAP ->
          params.get("metric") == null
              ? otherwise.figures()
              : figure(params.get("metric")).map(List::of).orElse(otherwise.figures());
      case LINE, COLUMN, BAR, TABLE ->
          params.get("metrics") instanceof List<?> metrics
              ? all(metrics, this::figure, otherwise.figures())
              : otherwise.figures();
      case ROWS -> List.of();
    };
  }

  /** A figure by its name in Superset, or by an expression that is one of ours. */
  private Optional<String> figure(Object metric) {
    Optional<String> name = known(metric);
    if (name.isEmpty()) {
      lost.accept("a figure of its own: " + expression(metric));
    }
    return name;
  }

  private Optional<String> known(Object metric) {
    String expression = expression(metric);
    return dataset.figures().entrySet().stream()
        .filter(
            entry ->
                metric instanceof Map<?, ?>
                    ? entry.getValue().expression().equalsIgnoreCase(expression)
                    : entry.getValue().name().equals(metric))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static String expression(Object metric) {
    if (!(metric instanceof Map<?, ?> own)) {
      return String.valueOf(metric);
    }
    return ServedAssets.text(own, "expressionType").equals("SIMPLE")
        ? ServedAssets.text(own, "aggregate").toLowerCase(Locale.ROOT)
            + "("
            + ServedAssets.text(ServedAssets.map(own, "column"), "column_name")
            + ")"
        : ServedAssets.text(own, "sqlExpression").strip();
  }

  private List<Chart.Where> where() {
    Map<String, List<String>> where = new LinkedHashMap<>();
    for (Object entry : ServedAssets.list(params, "adhoc_filters")) {
      Map<?, ?> filter = ServedAssets.map(entry);
      String subject = ServedAssets.text(filter, "subject");
      Object comparator = filter.get("comparator");
      boolean simple =
          ServedAssets.text(filter, "expressionType").equals("SIMPLE")
              && !ServedAssets.text(filter, "clause").equals("HAVING");
      String operator = ServedAssets.text(filter, "operator");
      if (simple && operator.equals("TEMPORAL_RANGE") && "No filter".equals(comparator)) {
        continue;
      }
      List<?> values = comparator instanceof List<?> list ? list : List.of();
      if (operator.equals("==") && comparator != null) {
        values = List.of(comparator);
      }
      if (!simple
          || !Set.of("IN", "==").contains(operator)
          || values.isEmpty()
          || where.containsKey(subject)
          || !sayable(subject, values)) {
        lost.accept(
            "rows where "
                + (simple
                    ? "%s %s %s".formatted(subject, operator, comparator)
                    : ServedAssets.text(filter, "sqlExpression")));
        otherwise.where().stream()
            .filter(before -> before.column().equals(subject))
            .forEach(before -> where.putIfAbsent(subject, before.values()));
      } else {
        where.put(subject, values.stream().map(String::valueOf).toList());
      }
    }
    return where.entrySet().stream()
        .map(entry -> new Chart.Where(entry.getKey(), entry.getValue()))
        .toList();
  }

  private boolean sayable(String subject, List<?> values) {
    Dataset.Column column = columns.get(subject);
    if (column == null || values.contains(null)) {
      return false;
    }
    List<String> texts = values.stream().map(String::valueOf).toList();
    if (column.isNumber() && !texts.stream().allMatch(text -> text.matches("-?\\d{1,9}"))) {
      return false;
    }
    Chart.Where condition = new Chart.Where(subject, texts);
    return otherwise.where().contains(condition) || !named(column);
  }

  /** Names differ between languages, and one file serves both. */
  private boolean named(Dataset.Column column) {
    Dataset other = new Dataset(dataset.source(), dataset.language().other());
    List<String> name = List.of(column.name());
    return !other.columns().get(column.name()).expression().equals(column.expression())
        || !other.lookups(name).equals(dataset.lookups(name));
  }

  private Optional<String> order(Kind kind) {
    return switch (kind) {
      case TABLE -> {
        Object order = params.get("timeseries_limit_metric");
        if (order == null || order.equals("") || order.equals(List.of())) {
          yield Optional.empty();
        }
        Object one = order instanceof List<?> list ? list.getFirst() : order;
        yield known(one).or(() -> column(one)).or(otherwise::order);
      }
      case ROWS -> rowOrder();
      case NUMBER, LINE, COLUMN, BAR, SANKEY, MAP -> otherwise.order();
    };
  }

  private boolean ascending(Kind kind) {
    return switch (kind) {
      case TABLE -> Boolean.FALSE.equals(params.get("order_desc"));
      case ROWS -> {
        List<?> orders = ServedAssets.list(params, "order_by_cols");
        yield orders.size() == 1
            && tree(orders.getFirst()) instanceof List<?> pair
            && Boolean.TRUE.equals(pair.getLast());
      }
      case NUMBER, LINE, COLUMN, BAR, SANKEY, MAP -> otherwise.ascending();
    };
  }

  private Optional<String> rowOrder() {
    List<?> orders = ServedAssets.list(params, "order_by_cols");
    if (orders.isEmpty()) {
      return Optional.empty();
    }
    Object first = tree(orders.getFirst());
    if (orders.size() == 1 && first instanceof List<?> pair && pair.size() == 2) {
      return column(pair.getFirst()).or(otherwise::order);
    }
    lost.accept("sorted by " + orders + ": only one column");
    return otherwise.order();
  }

  private static Object tree(Object text) {
    try {
      return text instanceof String json
          ? new Load(LoadSettings.builder().build()).loadFromString(json)
          : text;
    } catch (YamlEngineException e) {
      return text;
    }
  }

  private int limit(Kind kind) {
    String limit = ServedAssets.text(params, "row_limit");
    if (limit.matches("[1-9]\\d{0,8}")) {
      return Integer.parseInt(limit);
    }
    return LIMITED.contains(kind) ? Dashboards.MOST_ROWS : otherwise.limit();
  }

  /** A line has no control for it, so that Explore leaves it out. */
  private boolean stacked(Kind kind) {
    boolean told = kind != Kind.LINE || params.containsKey("stack");
    if (!told || !Set.of(Kind.LINE, Kind.COLUMN, Kind.BAR).contains(kind)) {
      return otherwise.stacked();
    }
    Object stack = params.get("stack");
    if (isEmpty(stack)) {
      return false;
    }
    if (!stack.equals("Stack") && !stack.equals(true)) {
      lost.accept("stacked as " + stack);
      return otherwise.stacked();
    }
    return true;
  }

  /**
   * Tells what was changed that has no word of ours: keys whose value is neither what was brought
   * nor what the edited file would make. What Explore leaves out is as it was.
   */
  void tellOtherKeys(Map<?, ?> brought, Chart edited, Consumer<String> told) {
    if (kind().isEmpty()) {
      return;
    }
    Map<?, ?> before = ServedAssets.map(brought, "params");
    Map<String, Object> made = new ChartAsset(edited, dataset.language()).params();
    // A copy has the marks that its file will give it.
    Object marks = before.containsKey(Marks.KEY) ? before.get(Marks.KEY) : params.get(Marks.KEY);
    List<Map<String, Object>> ours = Marks.ours(marks, dataset.language());
    if (edited.showsDays() && !ours.isEmpty()) {
      made.put(Marks.KEY, ours);
    }
    Set<String> keys = new TreeSet<>();
    before.keySet().forEach(key -> keys.add(String.valueOf(key)));
    keys.removeAll(UNDERSTOOD);
    if (!same(before.get(SORTED), made.get(SORTED))) {
      // Bars are sorted by the first figure: with another one Explore empties this.
      keys.remove(SORTED);
    }
    keys.retainAll(params.keySet().stream().map(String::valueOf).collect(Collectors.toSet()));
    for (String key : keys) {
      tell(key, params.get(key), before.get(key), made.get(key), told);
    }
    for (String key : new TreeSet<>(FOREIGN)) {
      if (!before.containsKey(key) && !isEmpty(params.get(key))) {
        tell(key, params.get(key), null, made.get(key), told);
      }
    }
  }

  private static void tell(
      String key, Object now, Object before, Object made, Consumer<String> told) {
    if (now instanceof Map<?, ?> map) {
      Set<Object> names = new LinkedHashSet<>(map.keySet());
      names.addAll(ServedAssets.map(before).keySet());
      names.forEach(
          name ->
              tell(
                  key + "." + name,
                  map.get(name),
                  ServedAssets.map(before).get(name),
                  ServedAssets.map(made).get(name),
                  told));
    } else if (!same(now, before) && !same(now, made)) {
      told.accept("%s is %s, was %s".formatted(key, now, before));
    }
  }

  private static boolean same(Object one, Object other) {
    if (one instanceof Number a && other instanceof Number b) {
      return Double.compare(a.doubleValue(), b.doubleValue()) == 0;
    }
    // Explore's boxes of text make "1" of 1.
    return (isEmpty(one) && isEmpty(other)) || String.valueOf(one).equals(String.valueOf(other));
  }

  private static boolean isEmpty(Object value) {
    return switch (value) {
      case null -> true;
      case String text -> text.isEmpty() || text.equals("None");
      case Boolean truth -> !truth;
      case List<?> list -> new ArrayList<>(list).stream().allMatch(Objects::isNull);
      case Map<?, ?> map -> map.isEmpty();
      default -> false;
    };
  }
}
