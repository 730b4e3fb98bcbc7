package storefact.mart;

import java.time.YearMonth;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import storefact.warehouse.ClickHouseHttp;

/**
 * What a dimension says of the facts of a month, in the columns that a mart reads, as a hash: goods
 * that moved to another category change it for the months in which they sold, others do not.
 */
final class Fingerprints {
  static final String NO_FACTS = "none";

  private final ClickHouseHttp http;
  private final Environment environment;

  Fingerprints(ClickHouseHttp http, Environment environment) {
    this.http = http;
    this.environment = environment;
  }

  /** Fingerprints of those months, over all joins of a dimension. */
  SortedMap<String, String> of(
      Lineage lineage, List<Slice.Described> joins, Collection<String> months) {
    SortedMap<String, String> prints = new TreeMap<>();
    for (Slice.Described join : joins.stream().distinct().toList()) {
      of(lineage, join, months)
          .forEach((month, print) -> prints.merge(month, print, (one, other) -> one + "+" + other));
    }
    return prints;
  }

  private SortedMap<String, String> of(
      Lineage lineage, Slice.Described join, Collection<String> months) {
    SortedMap<String, String> prints = new TreeMap<>();
    months.forEach(month -> prints.put(month, NO_FACTS));
    if (months.isEmpty()) {
      return prints;
    }
    String date = lineage.narrowedBy(join.fact()).orElseThrow();
    String columns =
        lineage.columnsOf(join.dimension()).stream()
            .map(column -> "`" + column + "`")
            .collect(Collectors.joining(", "));
    String sql =
        """
        SELECT toYYYYMM(month), concat(toString(count()), '.', hex(groupBitXor(said)))
        FROM
        (
            SELECT DISTINCT toStartOfMonth(`%1$s`) AS month, `%2$s` AS key FROM %3$s
            WHERE `%1$s` >= '%4$s' AND `%1$s` < '%5$s'
        ) AS fact
        INNER JOIN (SELECT `%6$s` AS key, cityHash64(toString(tuple(%7$s))) AS said FROM %8$s) AS dimension USING (key)
        GROUP BY month"""
            .formatted(
                date,
                join.factKey(),
                environment.locate(join.fact()),
                YearMonth.parse(Collections.min(months), Slice.PARTITION).atDay(1),
                YearMonth.parse(Collections.max(months), Slice.PARTITION).plusMonths(1).atDay(1),
                join.dimensionKey(),
                columns,
                environment.locate(join.dimension()));
    http.query(sql, Statements.SETTINGS)
        .lines()
        .map(line -> line.split("\t", 2))
        .forEach(line -> prints.computeIfPresent(line[0], (month, old) -> line[1]));
    return prints;
  }
}
