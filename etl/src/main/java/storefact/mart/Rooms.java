package storefact.mart;

import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.Record;
import storefact.warehouse.Warehouse;

/** Makes and removes the databases of environments. */
final class Rooms {
  private static final Pattern PARTITIONED_BY =
      Pattern.compile("to(?:YYYYMM|Year)\\(`?(\\w+)`?\\)");

  /** When a row of a table without partitions came to hold or happened, where it tells. */
  private static final List<String> MOMENTS =
      List.of(
          "valid_from", "redeemed_on", "changed_at", "sent_at", "answered_at", "opened_at", "at");

  private final Warehouse warehouse;

  Rooms(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /** Makes the databases of an environment, where they are missing, and what its marts read. */
  void prepare(Environment environment, List<Mart> marts) {
    if (environment.isProduction()) {
      return;
    }
    query("CREATE DATABASE IF NOT EXISTS " + environment.marts());
    environment.asOf().ifPresent(day -> lookBack(environment, day));
    if (environment.asOf().isPresent()) {
      return;
    }
    for (Mart mart : marts) {
      MartTable there = new MartTable(mart, environment);
      if (exists(environment.locate(Lineage.key(mart.table())))
          || !exists(Lineage.key(mart.table()))) {
        continue;
      }
      query(there.passThrough());
    }
  }

  /** Makes room for a table where a view of production's stands. */
  void dropPassThrough(MartTable table) {
    String[] name = table.table().replace("`", "").split("\\.", 2);
    String views =
        query(
            "SELECT count() FROM system.tables WHERE database = '%s' AND name = '%s' AND engine = 'View'"
                .formatted(name[0], name[1]));
    if (!views.equals("0")) {
      query("DROP VIEW " + table.table() + " SYNC");
    }
  }

  /** Removes an environment with all that it holds. */
  void remove(Environment environment) {
    query("DROP DATABASE IF EXISTS " + environment.marts() + " SYNC");
    if (environment.asOf().isPresent()) {
      query("DROP DATABASE IF EXISTS " + environment.views() + " SYNC");
      query("DROP DATABASE IF EXISTS " + star(environment) + " SYNC");
    }
    query(
        "DELETE FROM ops.mart_partition WHERE endsWith(mart, '@%1$s') OR endsWith(mart, '@%1$s%2$s')"
            .formatted(environment.name(), Mart.STAGING));
  }

  boolean exists(String table) {
    return query("EXISTS TABLE " + table).equals("1");
  }

  /**
   * Views over the facts and dimensions that end with that day, and the readers' views over those:
   * the same definitions, one room further back. What was known only later of an earlier day is
   * seen; what a newer version of a row says, too; and how the warehouse itself runs is as of now.
   */
  private void lookBack(Environment environment, LocalDate day) {
    String star = star(environment);
    query("CREATE DATABASE IF NOT EXISTS " + star);
    query("CREATE DATABASE IF NOT EXISTS " + environment.views());
    for (Record table :
        warehouse
            .sql()
            .fetch(
                "SELECT name, partition_key FROM system.tables WHERE database = 'star' AND engine LIKE '%MergeTree'")) {
      String name = table.get(0, String.class);
      query(
          "CREATE OR REPLACE VIEW %s.`%s` AS SELECT * FROM star.`%s` FINAL%s"
              .formatted(star, name, name, until(name, table.get(1, String.class), day)));
    }
    for (Record view :
        warehouse
            .sql()
            .fetch(
                "SELECT name, as_select FROM system.tables WHERE database = 'dw' AND engine = 'View'"
                    + " AND NOT match(as_select, '\\\\bmart\\\\.')")) {
      query(
          "CREATE OR REPLACE VIEW %s.`%s` (%s) AS %s"
              .formatted(
                  environment.views(),
                  view.get(0, String.class),
                  columns(view.get(0, String.class)),
                  view.get(1, String.class)
                      .replaceAll("\\bFINAL\\b", "")
                      .replaceAll("\\bstar\\.", star + ".")
                      .replaceAll("\\bdw\\.", environment.views() + ".")));
    }
  }

  private static String star(Environment environment) {
    return "star_" + environment.name();
  }

  private String columns(String view) {
    return query(
            "SELECT concat('`', name, '` ', type) FROM system.columns WHERE database = 'dw' AND table = '"
                + view
                + "' ORDER BY position FORMAT TSVRaw")
        .lines()
        .collect(Collectors.joining(", "));
  }

  private String until(String table, String partitionKey, LocalDate day) {
    Matcher partitionedBy = PARTITIONED_BY.matcher(partitionKey);
    if (partitionedBy.matches()) {
      return " WHERE toDate(%s) <= '%s'".formatted(partitionedBy.group(1), day);
    }
    List<String> columns =
        query("SELECT name FROM system.columns WHERE database = 'star' AND table = '" + table + "'")
            .lines()
            .toList();
    return MOMENTS.stream()
        .filter(columns::contains)
        .findFirst()
        .map(column -> " WHERE toDate(%s) <= '%s'".formatted(column, day))
        .orElse("");
  }

  private String query(String statement) {
    return warehouse.http().query(statement, Statements.SETTINGS);
  }
}
