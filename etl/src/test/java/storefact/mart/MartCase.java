package storefact.mart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jooq.Table;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import storefact.warehouse.Warehouse;

/**
 * A unit test of a mart: given rows of what it reads, the rows that its select gives. No build, no
 * facts: the select runs as it is over tables in memory that look like the views that it reads,
 * which takes some milliseconds.
 *
 * <pre>{@code
 * try (MartCase given = new MartCase()) {
 *   given.rows(TURNOVER_LINE, "store business_date kind goods quantity net_amount",
 *       "S1 2024-03-01 sale apple 2 5.00");
 *   assertThat(given.when(GOODS_SALES, "store goods quantity net_sales")).containsExactly("S1 apple 2 5");
 * }
 * }</pre>
 */
public final class MartCase implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Map<String, Map<String, String>> VIEWS = new TreeMap<>();

  private final Warehouse warehouse = TestWarehouse.connect();
  private final String database = "given_" + NUMBER.incrementAndGet();
  private final List<String> made = new ArrayList<>();

  /** Nothing given yet: what is not given is empty. */
  public MartCase() {
    warehouse.http().query("CREATE DATABASE " + database + " ENGINE = Memory");
  }

  /**
   * Gives rows of a view or mart.
   *
   * @param columns their names, blank between them; the others have their default
   * @param rows values, blank between them; {@code -} for an empty text, {@code null} for none,
   *     {@code _} for a blank within a text
   */
  public MartCase rows(Table<?> table, String columns, String... rows) {
    make(Lineage.key(table));
    String values =
        java.util.Arrays.stream(rows)
            .map(row -> row.strip().split("\\s+"))
            .map(
                row ->
                    java.util.Arrays.stream(row)
                        .map(MartCase::value)
                        .collect(Collectors.joining(", ", "(", ")")))
            .collect(Collectors.joining(", "));
    warehouse
        .http()
        .query(
            "INSERT INTO %s.`%s` (%s) VALUES %s"
                .formatted(
                    database, table.getName(), columns.strip().replaceAll("\\s+", ", "), values));
    return this;
  }

  /**
   * Gives rows as SQL has them, for values with blanks, underscores or brackets.
   *
   * @param columns their names, comma between them
   * @param values tuples as of INSERT
   */
  public MartCase values(Table<?> table, String columns, String values) {
    make(Lineage.key(table));
    warehouse
        .http()
        .query(
            "INSERT INTO %s.`%s` (%s) VALUES %s"
                .formatted(database, table.getName(), columns, values));
    return this;
  }

  /** Rows of the mart over all days, in order, the values of these columns with a blank between. */
  public List<String> when(Mart mart, String columns) {
    return when(mart, Slice.ALL, columns);
  }

  /** As {@link #when(Mart, String)}, of one month, {@code 202403} for example. */
  public List<String> when(Mart mart, String month, String columns) {
    mart.sources().forEach(this::make);
    Settings settings =
        Warehouse.renderer()
            .settings()
            .withRenderMapping(
                new RenderMapping()
                    .withSchemata(
                        new MappedSchema().withInput("dw").withOutput(database),
                        new MappedSchema().withInput("mart").withOutput(database)));
    String select =
        DSL.using(Warehouse.renderer().configuration().derive(settings))
            .render(mart.select(Slice.of(month)));
    return warehouse
        .http()
        .query(
            "SELECT %s FROM (%s) ORDER BY ALL"
                .formatted(columns.strip().replaceAll("\\s+", ", "), select),
            Statements.SETTINGS)
        .lines()
        .map(line -> line.replace('\t', ' '))
        .toList();
  }

  /** An empty table with the columns of a view or mart, once. */
  private void make(String source) {
    if (made.contains(source)) {
      return;
    }
    made.add(source);
    Map<String, String> columns =
        Marts.ALL.stream()
            .filter(mart -> ("mart." + mart.name()).equals(source))
            .findFirst()
            .map(MartCase::columns)
            .orElseGet(() -> VIEWS.computeIfAbsent(source, this::described));
    warehouse
        .http()
        .query(
            "CREATE TABLE %s.`%s` (%s) ENGINE = Memory"
                .formatted(
                    database,
                    source.substring(source.indexOf('.') + 1),
                    columns.entrySet().stream()
                        .map(c -> "`" + c.getKey() + "` " + c.getValue())
                        .collect(Collectors.joining(", "))));
  }

  private static Map<String, String> columns(Mart mart) {
    Map<String, String> columns = new LinkedHashMap<>();
    mart.columns().forEach(c -> columns.put(c.getName(), c.type().clickHouse()));
    return columns;
  }

  private Map<String, String> described(String source) {
    Map<String, String> columns = new LinkedHashMap<>();
    warehouse
        .http()
        .query("DESCRIBE TABLE " + source)
        .lines()
        .map(line -> line.split("\t", -1))
        .forEach(column -> columns.put(column[0], column[1].replace("\\'", "'")));
    return columns;
  }

  private static String value(String word) {
    return switch (word) {
      case "-" -> "''";
      case "null" -> "NULL";
      default -> "'" + word.replace('_', ' ') + "'";
    };
  }

  @Override
  public void close() {
    warehouse.http().query("DROP DATABASE " + database + " SYNC");
    warehouse.close();
  }
}
