package storefact.warehouse.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the warehouse is spread over machines. The migrations say what a table is; the topology says
 * with which engine and where, so that the same files serve a laptop and a cluster.
 *
 * <p>In a migration, {@code {{on cluster}}} and {@code {{engine NAME(arguments)}}} are filled in,
 * and the comment before a table says {@code -- sharded by EXPRESSION} or {@code -- on every node}.
 */
public enum Topology {
  /** One server, the embedded engine included. */
  SINGLE,
  /** Several servers that hold the same rows. */
  REPLICATED,
  /** Facts spread over shards by an expression, dimensions on every server. */
  SHARDED;

  private static final String CLUSTER = "'{cluster}'";
  private static final Pattern ENGINE =
      Pattern.compile("\\{\\{engine (\\w+)(?:\\(([^)]*)\\))?\\}\\}");
  private static final Pattern CREATE =
      Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+)\\.(\\w+)");
  private static final Pattern SHARDED_BY = Pattern.compile("-- sharded by (.+)");

  /** The statements that a statement of a migration becomes. */
  public List<String> render(String statement) {
    Matcher create = CREATE.matcher(statement);
    Matcher shardedBy = SHARDED_BY.matcher(statement);
    boolean spread = this == SHARDED && create.find() && shardedBy.find();
    List<String> rendered = new ArrayList<>();
    String filled = fill(statement, spread);
    if (!spread) {
      rendered.add(filled);
      return rendered;
    }
    String table = create.group(1) + "." + create.group(2);
    String shard = table + "_shard";
    rendered.add(
        filled.replace(
            "CREATE TABLE IF NOT EXISTS " + table, "CREATE TABLE IF NOT EXISTS " + shard));
    rendered.add(
        "CREATE TABLE IF NOT EXISTS %s ON CLUSTER %s AS %s ENGINE = Distributed(%s, %s, %s_shard, %s)"
            .formatted(
                table,
                CLUSTER,
                shard,
                CLUSTER,
                create.group(1),
                create.group(2),
                shardedBy.group(1).strip()));
    return rendered;
  }

  private String fill(String statement, boolean spread) {
    String onCluster =
        switch (this) {
          case SINGLE -> "";
          case REPLICATED, SHARDED -> "ON CLUSTER " + CLUSTER;
        };
    String text = statement.replace("{{on cluster}}", onCluster);
    return ENGINE
        .matcher(text)
        .replaceAll(
            match -> {
              String arguments = match.group(2) == null ? "" : match.group(2);
              return Matcher.quoteReplacement(engine(match.group(1), arguments, spread));
            });
  }

  private String engine(String name, String arguments, boolean spread) {
    // What stands on every node of a sharded warehouse is one set of replicas over all shards.
    String replicas =
        this == SHARDED && !spread
            ? "('/clickhouse/tables/all/{database}/{table}', '{shard}-{replica}'"
            : "('/clickhouse/tables/{shard}/{database}/{table}', '{replica}'";
    return switch (this) {
      case SINGLE -> name + (arguments.isEmpty() ? "" : "(" + arguments + ")");
      case REPLICATED, SHARDED ->
          "Replicated" + name + replicas + (arguments.isEmpty() ? "" : ", " + arguments) + ")";
    };
  }
}
