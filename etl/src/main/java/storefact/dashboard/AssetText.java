package storefact.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import storefact.report.Overview.Words;

/**
 * The text of a dashboard's file, changed where the dashboard was: comments, order and quotes of
 * all else stay. A YAML library that writes trees would write all of it anew, so the library is
 * asked only where in the text each value stands.
 */
final class AssetText {
  private static final LoadSettings YAML = LoadSettings.builder().build();
  private static final List<String> WORDS = List.of("en", "zh");

  private String text;

  private AssetText(String text) {
    this.text = text;
  }

  /**
   * The text that says the new dashboard.
   *
   * @param before what the text says now
   * @throws IllegalArgumentException if charts have to move whose file has them in brackets
   */
  static String edited(String text, Dashboard before, Dashboard after) {
    AssetText edited = new AssetText(text);
    edited.words(Optional.empty(), "title", before.title(), after.title());
    edited.words(Optional.empty(), "about", before.about(), after.about());
    for (Chart chart : after.charts()) {
      before.chart(chart.name()).ifPresent(old -> edited.chart(old, chart));
    }
    if (!Layout.of(before).names().equals(Layout.of(after).names())) {
      edited.move(after);
    }
    edited.heights(after);
    return edited.text;
  }

  private void chart(Chart before, Chart after) {
    Optional<String> name = Optional.of(before.name());
    words(name, "title", before.title(), after.title());
    words(name, "about", before.about(), after.about());
    if (before.width() != after.width()) {
      set(chart(before.name()), "width", Integer.toString(after.width()), Dashboards.CHART_KEYS);
    }
    for (ChartPart part : ChartPart.values()) {
      if (part.differs(before, after)) {
        Optional<String> value =
            part == ChartPart.WHERE ? where(before, after) : rendered(after).get(part);
        value.ifPresentOrElse(
            one -> set(chart(before.name()), part.key(), one, Dashboards.CHART_KEYS),
            () -> remove(chart(before.name()), part.key()));
      }
    }
  }

  /** Values of keys, empty for those that are left out. */
  private static Map<ChartPart, Optional<String>> rendered(Chart chart) {
    Map<ChartPart, Optional<String>> values = new EnumMap<>(ChartPart.class);
    values.put(ChartPart.KIND, Optional.of(word(chart.kind())));
    values.put(ChartPart.MART, Optional.of(chart.source().name()));
    values.put(ChartPart.X, chart.x().map(x -> scalar(x, true)));
    values.put(ChartPart.GRAIN, chart.grain().map(AssetText::word));
    values.put(ChartPart.BY, list(chart.by()));
    values.put(ChartPart.FIGURES, list(chart.figures()));
    values.put(ChartPart.WHERE, where(chart, Map.of()));
    values.put(ChartPart.ORDER, chart.order().map(order -> scalar(order, true)));
    values.put(ChartPart.ASCENDING, yes(chart.ascending()));
    values.put(
        ChartPart.LIMIT,
        Optional.of(chart.limit())
            .filter(limit -> limit != Dashboards.MOST_ROWS)
            .map(String::valueOf));
    values.put(ChartPart.STACKED, yes(chart.stacked()));
    return values;
  }

  /** False is what a key that is left out says. */
  private static Optional<String> yes(boolean value) {
    return Optional.of("true").filter(_ -> value);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<String> list(List<String> values) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            values.stream()
                .map(value -> scalar(value, true))
                .collect(Collectors.joining(", ", "[", "]")));
  }

  /** Conditions that stay keep their quotes. */
  private Optional<String> where(Chart before, Chart after) {
    Map<String, String> kept =
        value(chart(before.name()), "where")
            .map(MappingNode.class::cast)
            .map(
                node ->
                    node.getValue().stream()
                        .filter(entry -> inFlow(entry.getValueNode()))
                        .collect(
                            Collectors.toMap(
                                entry -> name(entry.getKeyNode()),
                                entry ->
                                    text.substring(
                                        start(entry.getKeyNode()), end(entry.getValueNode())))))
            .orElse(Map.of());
    Map<String, String> same =
        after.where().stream()
            .filter(before.where()::contains)
            .map(Chart.Where::column)
            .filter(kept::containsKey)
            .collect(Collectors.toMap(column -> column, kept::get));
    return where(after, same);
  }

  private static Optional<String> where(Chart chart, Map<String, String> kept) {
    if (chart.where().isEmpty()) {
      return Optional.empty();
    }
    Map<String, Dataset.Column> columns = new Dataset(chart.source(), Language.EN).columns();
    return Optional.of(
        chart.where().stream()
            .map(
                where ->
                    kept.containsKey(where.column())
                        ? kept.get(where.column())
                        : where.column() + ": " + values(where, columns.get(where.column())))
            .collect(Collectors.joining(", ", "{", "}")));
  }

  private static String values(Chart.Where where, Dataset.Column column) {
    List<String> values =
        where.values().stream()
            .map(value -> column.isNumber() ? value : scalar(value, true))
            .toList();
    return values.size() == 1 ? values.getFirst() : "[" + String.join(", ", values) + "]";
  }

  private void words(Optional<String> chart, String key, Words before, Words after) {
    for (Language language : Language.values()) {
      String wanted = language.of(after);
      if (!wanted.equals(language.of(before))) {
        MappingNode words =
            (MappingNode) value(chart.map(this::chart).orElseGet(this::root), key).orElseThrow();
        boolean flow = words.getFlowStyle() == FlowStyle.FLOW;
        set(words, language.code(), scalar(wanted, flow), WORDS);
      }
    }
  }

  private static String words(Words words) {
    return "{en: %s, zh: %s}".formatted(scalar(words.en(), true), scalar(words.zh(), true));
  }

  /** Without quotes wherever YAML reads it as the same text. */
  private static String scalar(String value, boolean flow) {
    String file = flow ? "{k: " + value + "}" : "k: " + value;
    try {
      if (new Load(YAML).loadFromString(file) instanceof Map<?, ?> map
          && map.equals(Map.of("k", value))) {
        return value;
      }
    } catch (YamlEngineException e) {
      return JsonText.of(value);
    }
    return JsonText.of(value);
  }

  // Where things stand.

  private MappingNode root() {
    return (MappingNode) new Compose(YAML).composeString(text).orElseThrow();
  }

  private static String name(Node node) {
    return ((ScalarNode) node).getValue();
  }

  private static Optional<NodeTuple> entry(MappingNode map, String key) {
    return map.getValue().stream().filter(one -> name(one.getKeyNode()).equals(key)).findFirst();
  }

  private static Optional<Node> value(MappingNode map, String key) {
    return entry(map, key).map(NodeTuple::getValueNode);
  }

  private static List<MappingNode> items(MappingNode map, String key) {
    return value(map, key)
        .filter(SequenceNode.class::isInstance)
        .map(
            node -> ((SequenceNode) node).getValue().stream().map(MappingNode.class::cast).toList())
        .orElse(List.of());
  }

  private MappingNode chart(String name) {
    return items(root(), "rows").stream()
        .flatMap(row -> items(row, "charts").stream())
        .filter(chart -> value(chart, "name").map(AssetText::name).equals(Optional.of(name)))
        .findFirst()
        .orElseThrow();
  }

  /** Marks count code points. */
  private int offset(Optional<Mark> mark) {
    return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
  }

  private int start(Node node) {
    return offset(node.getStartMark());
  }

  private static boolean inFlow(Node node) {
    return !(node instanceof CollectionNode<?> collection)
        || collection.getFlowStyle() == FlowStyle.FLOW;
  }

  /** End of what is written: a block ends for the library only where the next one begins. */
  private int end(Node node) {
    if (!inFlow(node)) {
      List<Node> last =
          switch (node) {
            case MappingNode map -> map.getValue().stream().map(NodeTuple::getValueNode).toList();
            case SequenceNode sequence -> sequence.getValue();
            default -> List.of();
          };
      return last.isEmpty() ? start(node) : end(last.getLast());
    }
    int start = start(node);
    return start + text.substring(start, offset(node.getEndMark())).stripTrailing().length();
  }

  private int lineStart(int offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }

  private int lineEnd(int offset) {
    int end = text.indexOf('\n', offset);
    return end < 0 ? text.length() : end;
  }

  private void replace(int start, int end, String with) {
    text = text.substring(0, start) + with + text.substring(end);
  }

  private void set(MappingNode map, String key, String value, List<String> order) {
    Optional<NodeTuple> present = entry(map, key);
    if (present.isPresent()) {
      Node old = present.get().getValueNode();
      if (inFlow(old) && end(old) > start(old)) {
        replace(start(old), end(old), value);
      } else {
        int colon = text.indexOf(':', end(present.get().getKeyNode())) + 1;
        replace(colon, Math.max(colon, end(old)), " " + value);
      }
      return;
    }
    boolean flow = map.getFlowStyle() == FlowStyle.FLOW;
    String indent = "\n" + " ".repeat(column(map));
    Optional<Node> before =
        map.getValue().stream()
            .filter(one -> order.indexOf(name(one.getKeyNode())) < order.indexOf(key))
            .map(NodeTuple::getValueNode)
            .reduce((one, next) -> next);
    if (before.isPresent() && flow) {
      int end = end(before.get());
      replace(end, end, ", " + key + ": " + value);
    } else if (before.isPresent()) {
      int end = lineEnd(end(before.get()));
      replace(end, end, indent + key + ": " + value);
    } else {
      int first = start(map.getValue().getFirst().getKeyNode());
      replace(first, first, key + ": " + value + (flow ? ", " : indent));
    }
  }

  private static int column(MappingNode block) {
    return block.getValue().getFirst().getKeyNode().getStartMark().orElseThrow().getColumn();
  }

  private void remove(MappingNode map, String key) {
    List<NodeTuple> entries = map.getValue();
    Optional<NodeTuple> present = entry(map, key);
    if (present.isEmpty()) {
      return;
    }
    int index = entries.indexOf(present.get());
    int start = start(present.get().getKeyNode());
    int end = end(present.get().getValueNode());
    if (index == 0) {
      replace(start, entries.size() > 1 ? start(entries.get(1).getKeyNode()) : end, "");
    } else if (map.getFlowStyle() == FlowStyle.FLOW) {
      replace(end(entries.get(index - 1).getValueNode()), end, "");
    } else {
      replace(lineStart(start) - 1, lineEnd(end), "");
    }
  }

  private void heights(Dashboard after) {
    for (int i = 0; i < after.rows().size(); i++) {
      MappingNode row = items(root(), "rows").get(i);
      int wanted = after.rows().get(i).height();
      String written =
          value(row, "height").map(AssetText::name).orElse(Integer.toString(Dashboards.HEIGHT));
      if (!written.equals(Integer.toString(wanted))) {
        set(row, "height", Integer.toString(wanted), Dashboards.ROW_KEYS);
      }
    }
  }

  // Whole charts and rows as blocks of lines.

  /** A row's lines before, of and behind its charts. */
  private record Block(List<String> charts, String head, String tail) {}

  private void move(Dashboard after) {
    MappingNode root = root();
    List<MappingNode> rows = items(root, "rows");
    requireBlocks(root, "rows");
    List<Block> blocks = new ArrayList<>();
    Map<String, String> charts = new LinkedHashMap<>();
    int end = after(root, "rows", text.length());
    int begin = rows.isEmpty() ? end : blockStart(rows.getFirst());
    String rowIndent = "  ";
    String chartIndent = "      ";
    for (int i = 0; i < rows.size(); i++) {
      MappingNode row = rows.get(i);
      requireBlocks(row, "charts");
      int start = blockStart(row);
      int stop = i + 1 < rows.size() ? blockStart(rows.get(i + 1)) : end;
      List<MappingNode> own = items(row, "charts");
      int last = Math.min(stop, after(row, "charts", stop));
      List<String> names = new ArrayList<>();
      for (int j = 0; j < own.size(); j++) {
        String name = value(own.get(j), "name").map(AssetText::name).orElseThrow();
        int next = j + 1 < own.size() ? blockStart(own.get(j + 1)) : last;
        charts.put(name, line(text.substring(blockStart(own.get(j)), next)));
        names.add(name);
        chartIndent = indent(own.get(j));
      }
      rowIndent = indent(row);
      int head = own.isEmpty() ? last : blockStart(own.getFirst());
      blocks.add(new Block(names, line(text.substring(start, head)), text.substring(last, stop)));
    }
    StringBuilder moved = new StringBuilder();
    List<Optional<Integer>> matches =
        Layout.matches(blocks.stream().map(Block::charts).toList(), Layout.of(after).names());
    for (int i = 0; i < after.rows().size(); i++) {
      Dashboard.Row row = after.rows().get(i);
      String head = "%1$s- height: %2$d\n%1$s  charts:\n".formatted(rowIndent, row.height());
      Block block = matches.get(i).map(blocks::get).orElse(new Block(List.of(), head, ""));
      moved.append(block.head());
      for (Chart chart : row.charts()) {
        String known = charts.get(chart.name());
        moved.append(known == null ? lines(chart, chartIndent) : known);
      }
      moved.append(block.tail());
    }
    boolean open = !text.endsWith("\n") && end == text.length();
    replace(begin, end, open ? moved.toString().stripTrailing() : moved.toString());
  }

  private static void requireBlocks(MappingNode map, String key) {
    Optional<Node> list = value(map, key);
    if (list.isPresent() && inFlow(list.get())) {
      throw new IllegalArgumentException(
          key + " stand in brackets: charts cannot be moved there by lines; write each on its own");
    }
  }

  /** Where the key behind this one begins. */
  private int after(MappingNode map, String key, int otherwise) {
    List<String> keys = map.getValue().stream().map(one -> name(one.getKeyNode())).toList();
    int next = keys.indexOf(key) + 1;
    return next < keys.size()
        ? withComments(lineStart(start(map.getValue().get(next).getKeyNode())))
        : otherwise;
  }

  private int blockStart(MappingNode item) {
    return withComments(lineStart(start(item)));
  }

  /** Comments belong to what follows them. */
  private int withComments(int line) {
    int start = line;
    while (start > 0) {
      int before = lineStart(start - 1);
      String above = text.substring(before, start).strip();
      if (!above.isEmpty() && !above.startsWith("#")) {
        return start;
      }
      start = before;
    }
    return start;
  }

  /** What stands before the dash of an item. */
  private String indent(MappingNode item) {
    int start = lineStart(start(item));
    return text.substring(start, text.indexOf('-', start));
  }

  private static String line(String block) {
    return block.isEmpty() || block.endsWith("\n") ? block : block + "\n";
  }

  private static String lines(Chart chart, String indent) {
    Map<ChartPart, Optional<String>> values = rendered(chart);
    String keys =
        Dashboards.CHART_KEYS.stream()
            .map(
                key ->
                    switch (key) {
                      case "name" -> key + ": " + scalar(chart.name(), true);
                      case "title" -> key + ": " + words(chart.title());
                      case "about" -> key + ": " + words(chart.about());
                      case "width" -> key + ": " + chart.width();
                      default ->
                          Arrays.stream(ChartPart.values())
                              .filter(part -> part.key().equals(key))
                              .flatMap(part -> values.get(part).stream())
                              .findFirst()
                              .map(value -> key + ": " + value)
                              .orElse(null);
                    })
            .filter(Objects::nonNull)
            .collect(Collectors.joining("\n" + indent + "  "));
    return indent + "- " + keys + "\n";
  }
}
