package storefact.mart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import storefact.warehouse.Warehouse;

/** What the marts of an environment would change for readers. */
public final class EnvironmentDiff {
  private static final Set<String> ADDS_UP =
      Set.of(ColumnType.MONEY, ColumnType.MONEY_OR_NULL, ColumnType.QUANTITY, ColumnType.COUNT)
          .stream()
          .map(ColumnType::clickHouse)
          .collect(Collectors.toUnmodifiableSet());

  private final Warehouse warehouse;
  private final Environment environment;

  /** Compares that environment with production. */
  public EnvironmentDiff(Warehouse warehouse, Environment environment) {
    this.warehouse = warehouse;
    this.environment = environment;
  }

  /**
   * What changes in a mart.
   *
   * @param mart name
   * @param addedColumns columns that production lacks
   * @param removedColumns columns that the environment lacks
   * @param added rows, by grain, that production lacks
   * @param removed rows that the environment lacks
   * @param changed rows with another value in a column that both have
   * @param same rows that stay as they are
   * @param totals by column that adds up: before, after
   */
  public record MartDiff(
      String mart,
      List<String> addedColumns,
      List<String> removedColumns,
      long added,
      long removed,
      long changed,
      long same,
      Map<String, Totals> totals) {}

  /** Sum of a column in production and in the environment. */
  public record Totals(String before, String after) {}

  /**
   * One for each mart that was built in the environment.
   *
   * @throws IllegalArgumentException if nothing was built there
   */
  public List<MartDiff> marts() {
    List<Mart> built = built(warehouse, environment);
    return built.stream().map(this::diff).toList();
  }

  /** Marts that were built in an environment. */
  static List<Mart> built(Warehouse warehouse, Environment environment) {
    PartitionLedger ledger = new PartitionLedger(warehouse);
    List<Mart> built =
        Marts.ALL.stream()
            .filter(mart -> !ledger.entries(environment.ledgerName(mart)).isEmpty())
            .toList();
    if (built.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is built in environment \"%1$s\"; run ./storefact build --env %1$s"
              .formatted(environment.name()));
    }
    return built;
  }

  private MartDiff diff(Mart mart) {
    String there = new MartTable(mart, environment).table();
    String here = new MartTable(mart, Environment.PRODUCTION).table();
    Map<String, String> before = columns("mart", mart.name());
    Map<String, String> after = columns(environment.marts(), mart.name());
    List<String> both =
        after.keySet().stream().filter(before::containsKey).collect(Collectors.toList());
    List<String> grain = mart.grain().stream().map(MartColumn::getName).toList();
    long[] rows = {0, 0, 0, 0};
    if (both.containsAll(grain)) {
      rows = rows(here, there, grain, both);
    } else {
      rows[0] = count(there);
      rows[1] = before.isEmpty() ? 0 : count(here);
    }
    Map<String, Totals> totals = new TreeMap<>();
    for (String column : both) {
      if (ADDS_UP.contains(after.get(column)) && ADDS_UP.contains(before.get(column))) {
        totals.put(column, new Totals(sum(here, column), sum(there, column)));
      }
    }
    return new MartDiff(
        mart.name(),
        after.keySet().stream().filter(c -> !before.containsKey(c)).toList(),
        before.keySet().stream().filter(c -> !after.containsKey(c)).toList(),
        rows[0],
        rows[1],
        rows[2],
        rows[3],
        totals);
  }

  /** Rows added, removed, changed, same. */
  private long[] rows(String here, String there, List<String> grain, List<String> both) {
    String keys = quoted(grain);
    String sql =
        """
        SELECT countIf(old = 0), countIf(new = 0), countIf(old > 0 AND new > 0 AND said != 0),
          countIf(old > 0 AND new > 0 AND said = 0)
        FROM
        (
            SELECT %1$s, countIf(side = 0) AS old, countIf(side = 1) AS new, groupBitXor(said) AS said
            FROM
            (
                SELECT %1$s, cityHash64(toString(tuple(%2$s))) AS said, 0 AS side FROM %3$s
                UNION ALL
                SELECT %1$s, cityHash64(toString(tuple(%2$s))), 1 FROM %4$s
            )
            GROUP BY %1$s
        )"""
            .formatted(keys, quoted(both), here, there);
    return Stream.of(query(sql).split("\t", -1)).mapToLong(Long::parseLong).toArray();
  }

  private static String quoted(List<String> columns) {
    return columns.stream().map(c -> "`" + c + "`").collect(Collectors.joining(", "));
  }

  private long count(String table) {
    return Long.parseLong(query("SELECT count() FROM " + table));
  }

  private String sum(String table, String column) {
    return query("SELECT sum(`" + column + "`) FROM " + table);
  }

  private Map<String, String> columns(String database, String table) {
    Map<String, String> columns = new java.util.LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    query(
            "SELECT name, type FROM system.columns WHERE database = '%s' AND table = '%s' ORDER BY position"
                .formatted(database, table))
        .lines()
        .forEach(lines::add);
    lines.stream()
        .filter(line -> !line.isEmpty())
        .map(line -> line.split("\t", 2))
        .forEach(column -> columns.put(column[0], column[1]));
    return columns;
  }

  private String query(String statement) {
    return warehouse.http().query(statement, Statements.SETTINGS);
  }
}
