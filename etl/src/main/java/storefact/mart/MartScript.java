package storefact.mart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import storefact.warehouse.ClickHouseHttp;

/**
 * The marts as the SQL that one would run by hand, one after the other: what the engine's builds
 * are measured against, and what other tools can be given.
 */
public final class MartScript {
  private MartScript() {}

  /**
   * A mart as SQL.
   *
   * @param mart the mart
   * @param reads marts whose tables it reads
   * @param create makes its empty table
   * @param insert fills it, all partitions at once
   * @param select what {@code insert} inserts
   */
  public record Step(Mart mart, List<Mart> reads, String create, String insert, String select) {
    /** Names of the columns that the table is sorted by. */
    public List<String> sortedBy() {
      return mart.grain().stream().map(MartColumn::getName).toList();
    }
  }

  /** Every mart that SQL alone computes, each after those that it reads. */
  public static List<Step> of(List<Mart> marts, Environment environment) {
    BuildOrder order = new BuildOrder(marts);
    List<Step> steps = new ArrayList<>();
    for (Mart mart : order.of(marts)) {
      if (!needsModel(order, mart)) {
        MartTable table = new MartTable(mart, environment);
        steps.add(
            new Step(
                mart,
                order.readBy(mart),
                table.create(),
                table.insertInto(mart.table()) + "\n" + table.select(List.of(Slice.ALL)),
                table.select(List.of(Slice.ALL))));
      }
    }
    return steps;
  }

  private static boolean needsModel(BuildOrder order, Mart mart) {
    return mart instanceof ModelMart
        || order.readBy(mart).stream().anyMatch(read -> needsModel(order, read));
  }

  /** The settings that builds run with on that server. */
  public static Map<String, String> settings(ClickHouseHttp http) {
    return Statements.settings(http);
  }
}
