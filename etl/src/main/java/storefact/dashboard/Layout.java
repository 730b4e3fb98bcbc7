package storefact.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where the charts of a dashboard stand.
 *
 * @param rows from top to bottom
 */
record Layout(List<Row> rows) {
  /** Charts side by side, so many units of eight pixels high. */
  record Row(int height, List<Box> boxes) {
    List<String> charts() {
      return boxes.stream().map(Box::chart).toList();
    }

    int width() {
      return boxes.stream().mapToInt(Box::width).sum();
    }
  }

  /** A chart's place; in files all heights of a row are the row's. */
  record Box(String chart, int width, int height) {}

  static Layout of(Dashboard dashboard) {
    return new Layout(
        dashboard.rows().stream()
            .map(
                row ->
                    new Row(
                        row.height(),
                        row.charts().stream()
                            .map(chart -> new Box(chart.name(), chart.width(), row.height()))
                            .toList()))
            .toList());
  }

  /**
   * Reads Superset's {@code position}.
   *
   * @param name of the chart with a UUID; a chart without one is left out
   * @param lost is told what our files cannot say
   * @return empty if it is no list of rows at all
   */
  static Optional<Layout> read(
      Map<?, ?> position, Function<String, Optional<String>> name, Consumer<String> lost) {
    List<?> roots = ServedAssets.list(ServedAssets.map(position, "ROOT_ID"), "children");
    if (!roots.equals(List.of("GRID_ID"))) {
      lost.accept("tabs; where its charts stand was left as it is");
      return Optional.empty();
    }
    List<Row> rows = new ArrayList<>();
    for (Object id : ServedAssets.list(ServedAssets.map(position, "GRID_ID"), "children")) {
      Map<?, ?> node = ServedAssets.map(position, String.valueOf(id));
      boolean isRow = ServedAssets.text(node, "type").equals("ROW");
      List<Box> boxes = new ArrayList<>();
      for (Object child : isRow ? ServedAssets.list(node, "children") : List.of(id)) {
        Map<?, ?> box = ServedAssets.map(position, String.valueOf(child));
        Map<?, ?> meta = ServedAssets.map(box, "meta");
        String type = ServedAssets.text(box, "type");
        if (type.equals("CHART")) {
          name.apply(ServedAssets.text(meta, "uuid"))
              .ifPresent(
                  chart ->
                      boxes.add(new Box(chart, number(meta, "width"), number(meta, "height"))));
        } else if (type.equals("COLUMN")) {
          lost.accept("charts one above the other; where its charts stand was left as it is");
          return Optional.empty();
        } else if (!child.equals(Bundle.ABOUT)) {
          String words = ServedAssets.text(meta, "code") + ServedAssets.text(meta, "text");
          lost.accept("a box \"%s\" %s".formatted(type.toLowerCase(Locale.ROOT), words));
        }
      }
      if (!boxes.isEmpty()) {
        rows.add(new Row(boxes.stream().mapToInt(Box::height).max().orElseThrow(), boxes));
      }
    }
    return Optional.of(new Layout(rows));
  }

  private static int number(Map<?, ?> meta, String key) {
    return meta.get(key) instanceof Number number ? Math.max(1, number.intValue()) : 1;
  }

  /**
   * As our files can say it: one height for a row, widths that add up.
   *
   * @param before where charts stood; their heights and widths are kept in case of doubt
   * @param lost is told what is otherwise than the person made it
   */
  Layout sayable(Layout before, Consumer<String> lost) {
    List<Row> sayable = new ArrayList<>();
    List<Optional<Integer>> matches = matches(before.names(), names());
    for (Row row : rows) {
      Optional<Row> old = matches.get(sayable.size()).map(before.rows::get);
      int height = height(row, old, lost);
      List<Box> boxes = row.boxes;
      if (row.width() != Dashboards.GRID) {
        boxes = widened(row, old, lost);
      }
      sayable.add(
          new Row(
              height, boxes.stream().map(box -> new Box(box.chart, box.width, height)).toList()));
    }
    return new Layout(sayable);
  }

  /**
   * For each row, the one of before that it is: not yet taken, with most charts in common.
   *
   * @return indices, empty for a row that is new
   */
  static List<Optional<Integer>> matches(List<List<String>> before, List<List<String>> after) {
    Set<Integer> taken = new LinkedHashSet<>();
    List<Optional<Integer>> matches = new ArrayList<>();
    for (List<String> row : after) {
      Optional<Integer> best = Optional.empty();
      long most = 0;
      for (int i = 0; i < before.size(); i++) {
        long common = before.get(i).stream().filter(row::contains).count();
        if (common > most && !taken.contains(i)) {
          best = Optional.of(i);
          most = common;
        }
      }
      best.ifPresent(taken::add);
      matches.add(best);
    }
    return matches;
  }

  /** Names of charts, row by row. */
  List<List<String>> names() {
    return rows.stream().map(Row::charts).toList();
  }

  /** That of the charts that were there before: one that comes from elsewhere takes it on. */
  private static int height(Row row, Optional<Row> old, Consumer<String> lost) {
    List<String> stayed = old.map(Row::charts).orElse(List.of());
    Set<Integer> heights =
        row.boxes.stream()
            .filter(box -> stayed.contains(box.chart))
            .map(Box::height)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (heights.size() == 1) {
      return heights.iterator().next();
    }
    if (heights.isEmpty()) {
      return row.height;
    }
    lost.accept(
        "heights %s in the row of %s: a row has one"
            .formatted(heights, row.boxes.getFirst().chart));
    return old.orElseThrow().height;
  }

  /** The gap that a chart leaves goes to those beside it, in proportion to their widths. */
  private static List<Box> widened(Row row, Optional<Row> old, Consumer<String> lost) {
    boolean same =
        old.isPresent() && Set.copyOf(old.get().charts()).equals(Set.copyOf(row.charts()));
    List<Box> boxes = new ArrayList<>();
    if (same) {
      for (Box box : row.boxes) {
        int index = old.get().charts().indexOf(box.chart);
        boxes.add(new Box(box.chart, old.get().boxes.get(index).width, box.height));
      }
    } else {
      int left = Dashboards.GRID;
      int sum = row.width();
      for (Box box : row.boxes) {
        int width = Math.round((float) left * box.width / sum);
        boxes.add(new Box(box.chart, width, box.height));
        left -= width;
        sum -= box.width;
      }
    }
    lost.accept(
        "widths in the row of %s add up to %d, not to %d: it was given %s"
            .formatted(
                row.boxes.getFirst().chart,
                row.width(),
                Dashboards.GRID,
                boxes.stream().map(Box::width).toList()));
    return boxes;
  }
}
