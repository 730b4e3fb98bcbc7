package storefact.mart;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseException;

/**
 * Where the columns of a select come from, as ClickHouse itself resolves them: aliases, derived
 * tables, unions, joins, windows and subqueries are resolved by the analysis that also runs the
 * select ({@code EXPLAIN QUERY TREE}), so it cannot disagree with what is computed. Nothing is read
 * but the definitions, save the scalar subqueries that the analysis folds.
 *
 * @param columns by name, in the order of the select
 * @param rows what decides which rows there are and what falls into one: filters, joins, groups
 */
public record ColumnLineage(Map<String, Origin> columns, SortedSet<Influence> rows) {

  /** A select to whose rows a condition, a join or a grouping leads. */
  private static final Map<String, How> SECTIONS =
      Map.of(
          "WHERE", How.FILTER,
          "PREWHERE", How.FILTER,
          "HAVING", How.FILTER,
          "QUALIFY", How.FILTER,
          "JOIN EXPRESSION", How.JOIN,
          "GROUP BY", How.GROUP);

  /** After these no single value of their arguments can be seen. */
  private static final Pattern HIDES =
      Pattern.compile(
          "count.*|uniq.*|sum.*|avg.*|quantile.*|stddev.*|var.*|corr.*|row_number|rank|dense_rank"
              + "|equals|notEquals|less|greater|lessOrEquals|greaterOrEquals|in|notIn|globalIn|empty|notEmpty"
              + "|startsWith|endsWith|like|isNull|isNotNull|dateDiff|cityHash64|plus|minus|multiply|divide|intDiv");

  private static final Pattern FUNCTION = Pattern.compile("FUNCTION id: .*?function_name: (\\w+),");
  private static final Pattern COLUMN =
      Pattern.compile("COLUMN id: .*?column_name: (.+), result_type: .*, source_id: (\\d+)");
  private static final Pattern TABLE = Pattern.compile("TABLE id: .*?table_name: ([^,]+).*");
  private static final Pattern ID = Pattern.compile("[A-Z_]+ id: (\\d+).*");

  /** A column of a table or view. */
  public record Column(String table, String name) implements Comparable<Column> {
    @Override
    public int compareTo(Column other) {
      int byTable = table.compareTo(other.table);
      return byTable != 0 ? byTable : name.compareTo(other.name);
    }

    @Override
    public String toString() {
      return table + "." + name;
    }
  }

  /** How a column decides over rows. */
  public enum How {
    /** A condition on it keeps rows or not. */
    FILTER,
    /** Rows are found by it. */
    JOIN,
    /** Rows with the same value become one. */
    GROUP
  }

  /** A column that decides over rows without being in them. */
  public record Influence(How how, Column column) implements Comparable<Influence> {
    @Override
    public int compareTo(Influence other) {
      int byHow = how.compareTo(other.how);
      return byHow != 0 ? byHow : column.compareTo(other.column);
    }
  }

  /**
   * Where a column comes from.
   *
   * @param computedFrom every column that its value is computed from
   * @param shows those of them whose values can be seen in it, not only counted, summed or compared
   */
  public record Origin(SortedSet<Column> computedFrom, SortedSet<Column> shows) {}

  /** Keeps its own copies. */
  public ColumnLineage {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    rows = Collections.unmodifiableSortedSet(new TreeSet<>(rows));
  }

  /**
   * That of a mart.
   *
   * @throws WarehouseException if a mart that it reads has not been built
   */
  public static ColumnLineage of(Warehouse warehouse, Mart mart) {
    ColumnLineage read = of(warehouse, Lineage.of(mart).sql());
    return mart instanceof ModelMart model
        ? new ColumnLineage(of(warehouse, columnsOf(model)).columns, read.rows)
        : read;
  }

  /** A model's input has other columns than its rows; where those are from its columns say. */
  private static String columnsOf(ModelMart model) {
    return Warehouse.renderer().render(model.selectColumns().from(model.described()));
  }

  /** The select of a mart over all its days, to be read by people. */
  public static String definition(Mart mart) {
    Settings readable =
        ((Settings) Warehouse.renderer().settings().clone()).withRenderFormatted(true);
    return DSL.using(Warehouse.renderer().configuration().derive(readable))
        .render(mart.select(Slice.whole()));
  }

  /**
   * That of a select.
   *
   * @throws WarehouseException if ClickHouse refuses the select
   */
  public static ColumnLineage of(Warehouse warehouse, String select) {
    String tree = warehouse.http().query("EXPLAIN QUERY TREE passes = 1 " + select);
    return new Tree(tree).lineage();
  }

  /**
   * That of a view, or nothing for a table.
   *
   * @param view {@code database.name}
   */
  public static Optional<ColumnLineage> ofView(Warehouse warehouse, String view) {
    String select =
        warehouse
            .http()
            .query(
                "SELECT as_select FROM system.tables WHERE concat(database, '.', name) = "
                    + ClickHouse.text(view)
                    + " FORMAT TSVRaw");
    return select.isEmpty() ? Optional.empty() : Optional.of(of(warehouse, select));
  }

  /** Every column that the select needs, for whatever. */
  public SortedSet<Column> all() {
    SortedSet<Column> all = new TreeSet<>();
    columns.values().forEach(origin -> all.addAll(origin.computedFrom()));
    rows.forEach(influence -> all.add(influence.column()));
    return all;
  }

  /** One line of the answer with the lines below it. */
  private record Node(String text, List<Node> below) {
    Optional<Node> section(String name) {
      return below.stream().filter(node -> node.text.equals(name)).findFirst();
    }

    boolean is(String kind) {
      return text.startsWith(kind + " id:");
    }
  }

  /** ClickHouse's answer, read once. */
  private static final class Tree {
    private final Node root;
    private final Map<String, Node> byId = new HashMap<>();
    private final SortedSet<Influence> rows = new TreeSet<>();

    Tree(String answer) {
      Deque<Node> path = new ArrayDeque<>();
      Node top = new Node("", new ArrayList<>());
      for (String line : answer.lines().toList()) {
        int depth = (line.length() - line.stripLeading().length()) / 2;
        while (path.size() > depth) {
          path.pop();
        }
        Node node = new Node(line.strip().replace("\\'", "'"), new ArrayList<>());
        (path.isEmpty() ? top : path.peek()).below.add(node);
        path.push(node);
        Matcher id = ID.matcher(node.text);
        if (id.matches() && !node.is("COLUMN")) {
          byId.putIfAbsent(id.group(1), node);
        }
      }
      root = top.below.getFirst();
    }

    ColumnLineage lineage() {
      Map<String, Origin> columns = new LinkedHashMap<>();
      List<String> names = names(root);
      for (int at = 0; at < names.size(); at++) {
        columns.put(names.get(at), new Origin(output(root, at, false), output(root, at, true)));
      }
      influences(root);
      return new ColumnLineage(columns, rows);
    }

    /** Filters, joins and groups of every query in the tree, wherever it stands. */
    private void influences(Node node) {
      How how = SECTIONS.get(node.text);
      if (how != null) {
        node.below.forEach(
            part -> from(part, false).forEach(column -> rows.add(new Influence(how, column))));
      }
      node.below.forEach(this::influences);
    }

    private static List<String> names(Node query) {
      Node first = query.is("UNION") ? queries(query).getFirst() : query;
      if (first.is("UNION")) {
        return names(first);
      }
      return first.section("PROJECTION COLUMNS").orElseThrow().below.stream()
          .map(column -> column.text.substring(0, endOfName(column.text)))
          .toList();
    }

    /** A type may hold blanks within its parentheses; the blank before it is the last outside. */
    private static int endOfName(String column) {
      int open = 0;
      for (int at = column.length() - 1; at > 0; at--) {
        switch (column.charAt(at)) {
          case ')' -> open++;
          case '(' -> open--;
          case ' ' -> {
            if (open == 0) {
              return at;
            }
          }
          default -> {}
        }
      }
      return column.length();
    }

    private static List<Node> queries(Node union) {
      return union.section("QUERIES").orElseThrow().below.getFirst().below;
    }

    /** What a query's column is made of. */
    private SortedSet<Column> output(Node query, int at, boolean shown) {
      SortedSet<Column> found = new TreeSet<>();
      if (query.is("UNION")) {
        queries(query).forEach(part -> found.addAll(output(part, at, shown)));
        return found;
      }
      Node expressions = query.section("PROJECTION").orElseThrow().below.getFirst();
      return from(expressions.below.get(at), shown);
    }

    private SortedSet<Column> from(Node expression, boolean shown) {
      SortedSet<Column> found = new TreeSet<>();
      Matcher column = COLUMN.matcher(expression.text);
      if (column.matches()) {
        return expression.below.isEmpty()
            ? from(column.group(1), byId.get(column.group(2)), shown)
            : below(expression, shown);
      }
      if (expression.is("QUERY") || expression.is("UNION")) {
        for (int at = 0; at < names(expression).size(); at++) {
          found.addAll(output(expression, at, shown));
        }
        return found;
      }
      if (shown) {
        Matcher function = FUNCTION.matcher(expression.text);
        if (function.lookingAt()) {
          return HIDES.matcher(function.group(1)).matches()
              ? found
              : shownBy(function.group(1), expression);
        }
      }
      return below(expression, shown);
    }

    /**
     * Of a choice the conditions are not seen, of the newest value not by what it is the newest.
     */
    private SortedSet<Column> shownBy(String function, Node call) {
      List<Node> arguments =
          call.section("ARGUMENTS").map(list -> list.below.getFirst().below).orElse(List.of());
      SortedSet<Column> found = new TreeSet<>();
      for (int at = 0; at < arguments.size(); at++) {
        boolean last = at == arguments.size() - 1;
        boolean seen =
            switch (function) {
              case "if" -> at > 0;
              case "multiIf" -> at % 2 == 1 || last;
              case "argMax", "argMin", "argMaxIf", "argMinIf", "anyIf", "maxIf", "minIf" -> at == 0;
              default -> true;
            };
        if (seen) {
          found.addAll(from(arguments.get(at), true));
        }
      }
      return found;
    }

    private SortedSet<Column> below(Node node, boolean shown) {
      SortedSet<Column> found = new TreeSet<>();
      node.below.forEach(part -> found.addAll(from(part, shown)));
      return found;
    }

    private SortedSet<Column> from(String name, Node source, boolean shown) {
      Matcher table = TABLE.matcher(source.text);
      if (table.matches()) {
        return new TreeSet<>(Set.of(new Column(table.group(1), name)));
      }
      if (source.is("QUERY") || source.is("UNION")) {
        int at = names(source).indexOf(name);
        if (at < 0) {
          throw new IllegalStateException(
              "ClickHouse's analysis names a column \""
                  + name
                  + "\" that its source lacks: "
                  + source.text);
        }
        return output(source, at, shown);
      }
      // Arguments of lambdas and columns of table functions come from no table.
      return new TreeSet<>();
    }
  }
}
