package storefact.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import storefact.dictionary.Exposure;
import storefact.mart.Mart;
import storefact.reader.Role;
import storefact.report.Overview.Words;
import storefact.warehouse.Warehouse;

/**
 * The dashboards of a folder of YAML files, every name in them checked: a chart cannot name a mart,
 * column or metric that is not there, nor be shown to a reader who may not read its mart.
 */
public final class Dashboards {
  private static final Set<String> KEYS = Set.of("title", "about", "readers", "filters", "rows");

  /** Keys of a row and of a chart, in the order in which files have them. */
  static final List<String> ROW_KEYS = List.of("height", "charts");

  static final List<String> CHART_KEYS =
      List.of(
          "name",
          "kind",
          "title",
          "about",
          "mart",
          "width",
          "x",
          "grain",
          "by",
          "figures",
          "where",
          "order",
          "ascending",
          "limit",
          "stacked");

  static final int GRID = 12;
  static final int HEIGHT = 50;
  static final int MOST_ROWS = 10_000;

  private final List<Dashboard> all;

  private Dashboards(List<Dashboard> all) {
    this.all = List.copyOf(all);
  }

  List<Dashboard> all() {
    return all;
  }

  /** Names, as in addresses. */
  public List<String> names() {
    return all.stream().map(Dashboard::name).toList();
  }

  /**
   * Reads a folder.
   *
   * @throws IllegalArgumentException if a file says something that cannot be; the message names
   *     file, chart and word
   * @throws UncheckedIOException if the folder or a file cannot be read
   */
  public static Dashboards in(Path folder) {
    List<Dashboard> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          Object tree = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
          String name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
          all.add(dashboard(name, map(tree, KEYS)));
        } catch (YamlEngineException | IllegalArgumentException e) {
          throw new IllegalArgumentException(file.getFileName() + ": " + e.getMessage(), e);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": check its permissions", e);
    }
    return new Dashboards(all);
  }

  private static Dashboard dashboard(String name, Map<?, ?> map) {
    List<Role> readers = list(map, "readers").stream().map(r -> word(Role.class, r)).toList();
    List<Dashboard.Filter> filters = new ArrayList<>();
    for (Object entry : list(map, "filters")) {
      Map<?, ?> filter = map(entry, Set.of("title", "column"));
      filters.add(new Dashboard.Filter(words(filter, "title"), text(filter, "column")));
    }
    List<Dashboard.Row> rows = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Object entry : list(map, "rows")) {
      Map<?, ?> row = map(entry, ROW_KEYS);
      List<Chart> charts = new ArrayList<>();
      for (Object chart : list(row, "charts")) {
        charts.add(chart(map(chart, CHART_KEYS), readers));
        if (!names.add(charts.getLast().name())) {
          throw new IllegalArgumentException(
              "chart " + charts.getLast().name() + " stands there twice");
        }
      }
      if (charts.stream().mapToInt(Chart::width).sum() != GRID) {
        throw new IllegalArgumentException(
            "widths of the row of " + charts.getFirst().name() + " do not add up to " + GRID);
      }
      rows.add(new Dashboard.Row(number(row, "height", HEIGHT), charts));
    }
    for (Dashboard.Filter filter : filters) {
      filter
          .column()
          .filter(column -> rows.stream().noneMatch(row -> anyHas(row, column)))
          .ifPresent(
              column -> {
                throw new IllegalArgumentException(
                    "filter by \"" + column + "\": no chart's mart has it");
              });
    }
    return new Dashboard(name, words(map, "title"), words(map, "about"), readers, filters, rows);
  }

  private static boolean anyHas(Dashboard.Row row, String column) {
    return row.charts().stream()
        .anyMatch(chart -> new Dataset(chart.source(), Language.EN).columns().containsKey(column));
  }

  private static Chart chart(Map<?, ?> map, List<Role> readers) {
    String name = text(map, "name").orElse("?");
    try {
      List<Chart.Where> where = new ArrayList<>();
      if (map.get("where") instanceof Map<?, ?> conditions) {
        conditions.forEach(
            (column, value) ->
                where.add(
                    new Chart.Where(
                        String.valueOf(column),
                        value instanceof List<?> values
                            ? values.stream().map(String::valueOf).toList()
                            : List.of(String.valueOf(value)))));
      }
      Chart chart =
          new Chart(
              name,
              word(Chart.Kind.class, map.get("kind")),
              words(map, "title"),
              words(map, "about"),
              Source.named(text(map, "mart").orElse("")),
              number(map, "width", GRID),
              text(map, "x"),
              text(map, "grain").map(grain -> word(Chart.Grain.class, grain)),
              list(map, "by").stream().map(String::valueOf).toList(),
              list(map, "figures").stream().map(String::valueOf).toList(),
              where,
              text(map, "order"),
              Boolean.TRUE.equals(map.get("ascending")),
              number(map, "limit", MOST_ROWS),
              Boolean.TRUE.equals(map.get("stacked")));
      check(chart, readers);
      return chart;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("chart " + name + ": " + e.getMessage(), e);
    }
  }

  /**
   * Sees whether a chart can be.
   *
   * @throws IllegalArgumentException if not; the message says why
   */
  static void check(Chart chart, List<Role> readers) {
    Dataset dataset = new Dataset(chart.source(), Language.EN);
    for (String column : chart.columns()) {
      if (!dataset.columns().containsKey(column)) {
        throw new IllegalArgumentException(
            "mart %s has no column \"%s\"; there are %s"
                .formatted(chart.source(), column, dataset.columns().keySet()));
      }
    }
    for (String figure : chart.figures()) {
      if (!dataset.figures().containsKey(figure)) {
        throw new IllegalArgumentException(
            "mart %s gives no figure \"%s\"; there are %s"
                .formatted(chart.source(), figure, dataset.figures().keySet()));
      }
    }
    chart
        .order()
        .filter(order -> !chart.figures().contains(order) && !chart.by().contains(order))
        .ifPresent(
            order -> {
              throw new IllegalArgumentException(
                  "is sorted by \"" + order + "\", which it does not show");
            });
    if (chart.kind() == Chart.Kind.SANKEY
        && (chart.by().size() != 2 || chart.figures().size() != 1)) {
      throw new IllegalArgumentException("needs two columns in by, and a figure");
    }
    if (chart.kind() == Chart.Kind.MAP && chart.figures().size() != 1) {
      throw new IllegalArgumentException("needs one figure");
    }
    boolean along =
        !Set.of(Chart.Kind.TABLE, Chart.Kind.ROWS, Chart.Kind.SANKEY).contains(chart.kind());
    if (along && (chart.x().isEmpty() || chart.figures().isEmpty())) {
      throw new IllegalArgumentException("needs x and figures");
    }
    for (Role reader : readers) {
      if (!chart.source().isReadBy(reader)) {
        throw new IllegalArgumentException(
            "%s may not read mart %s: leave out the chart or the reader"
                .formatted(reader, chart.source()));
      }
    }
  }

  private static Map<?, ?> map(Object tree, Collection<String> keys) {
    if (!(tree instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("\"%s\": give keys and values".formatted(tree));
    }
    for (Object key : map.keySet()) {
      if (!keys.contains(String.valueOf(key))) {
        throw new IllegalArgumentException(
            "key \"%s\": there are %s".formatted(key, keys.stream().sorted().toList()));
      }
    }
    return map;
  }

  private static List<?> list(Map<?, ?> map, String key) {
    return switch (map.get(key)) {
      case null -> List.of();
      case List<?> list -> list;
      case Object other ->
          throw new IllegalArgumentException("%s: \"%s\" is no list".formatted(key, other));
    };
  }

  private static Optional<String> text(Map<?, ?> map, String key) {
    return Optional.ofNullable(map.get(key)).map(String::valueOf);
  }

  private static int number(Map<?, ?> map, String key, int otherwise) {
    return switch (map.get(key)) {
      case null -> otherwise;
      case Integer number -> number;
      case Object other ->
          throw new IllegalArgumentException("%s: \"%s\" is no number".formatted(key, other));
    };
  }

  private static Words words(Map<?, ?> map, String key) {
    if (map.get(key) instanceof Map<?, ?> words
        && words.get("en") instanceof String english
        && words.get("zh") instanceof String chinese) {
      return new Words(english, chinese);
    }
    throw new IllegalArgumentException(key + ": give {en: …, zh: …}");
  }

  private static <E extends Enum<E>> E word(Class<E> type, Object value) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\": choose one of %s"
                        .formatted(
                            value,
                            Arrays.stream(type.getEnumConstants())
                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                .toList())));
  }

  /** Every chart as something that shows columns to people, for the docs site. */
  public List<Exposure> exposures(Warehouse warehouse) {
    List<Exposure> exposures = new ArrayList<>();
    for (Dashboard dashboard : all) {
      for (Chart chart : dashboard.charts()) {
        exposures.add(
            Exposure.of(
                warehouse,
                "chart_" + dashboard.name() + "_" + chart.name(),
                Exposure.Kind.CHART,
                new Words(
                    dashboard.title().en() + ": " + chart.title().en(),
                    dashboard.title().zh() + "：" + chart.title().zh()),
                ChartQuery.reads(chart, Language.EN)));
      }
    }
    return exposures;
  }

  /** Every mart that a chart shows. */
  public List<Mart> marts() {
    return sources().stream().flatMap(source -> source.mart().stream()).toList();
  }

  /** Every mart and view that a chart shows. */
  List<Source> sources() {
    return all.stream()
        .flatMap(dashboard -> dashboard.charts().stream())
        .map(Chart::source)
        .distinct()
        .toList();
  }
}
