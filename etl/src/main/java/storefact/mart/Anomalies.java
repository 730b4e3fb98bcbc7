package storefact.mart;

import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.warehouse.jooq.dw.Tables.STORE;
import static storefact.warehouse.jooq.ops.Tables.BUILD_LOG;
import static storefact.warehouse.jooq.ops.Tables.INGESTED_FILE;
import static storefact.warehouse.jooq.ops.Tables.MART_SEEN;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * What is unlike before: volume, freshness and cost against the warehouse's own history. Warnings,
 * since a strange day may be a true one.
 */
final class Anomalies {
  /** Weeks whose same weekday a day is compared with. */
  private static final int WEEKS = 8;

  /** Fewer days of history than that say too little. */
  private static final int FEWEST = 5;

  /**
   * A modified z-score 0.6745 |x - median| / MAD beyond 3.5 is an outlier (Iglewicz, Hoaglin, How
   * to Detect and Handle Outliers, 1993). Doubled: of hundreds of stores one is beyond 3.5 on most
   * days.
   */
  private static final double OUTLIER = 7.0;

  /**
   * A deviation of 0 would make every change an outlier: it is at least that part of the median.
   */
  private static final double LEAST_DEVIATION = 0.05;

  /** A delivery is late when it takes twice as long as nine of ten before it. */
  private static final int LATE = 2;

  private Anomalies() {}

  /** Those that can be asked where these marts are built. */
  static List<Check> checks(Collection<Mart> marts) {
    return marts.contains(RECEIPT_STATISTICS)
        ? List.of(volume(), silence(), freshness(), promises(marts), cost())
        : List.of(freshness(), promises(marts), cost());
  }

  /** Receipts of a store's last day beside the same weekday of the weeks before. */
  private static Check volume() {
    return rule(
        RECEIPT_STATISTICS.name(),
        "receipts of a store's last day are like those of the same weekday before",
        """
        (
            SELECT shop AS store, max(day) AS last_day, argMax(count, day) AS last_receipts, usual
            FROM
            (
                SELECT {1} AS shop, {2} AS day, {3} AS count, max(day) OVER (PARTITION BY shop) AS last,
                    groupArray(toFloat64(count)) OVER (PARTITION BY shop, toDayOfWeek(day)
                        ORDER BY day ROWS BETWEEN {4} PRECEDING AND 1 PRECEDING) AS before,
                    arrayReduce('median', before) AS usual,
                    arrayReduce('median', arrayMap(x -> abs(x - usual), before)) AS deviation
                FROM {0}
            )
            WHERE day = last AND length(before) >= {5}
                AND 0.6745 * abs(count - usual) > {6} * greatest(deviation, {7} * usual, 1)
            GROUP BY shop, usual
        )
        """,
        RECEIPT_STATISTICS.table(),
        name(RECEIPT_STATISTICS.store),
        name(RECEIPT_STATISTICS.businessDate),
        name(RECEIPT_STATISTICS.receipts),
        DSL.inline(WEEKS),
        DSL.inline(FEWEST),
        DSL.inline(OUTLIER),
        DSL.inline(LEAST_DEVIATION));
  }

  /**
   * Days from a store's last receipt to the chain's beside the longest that it ever paused: a store
   * that sends nothing has no last day that could be compared.
   */
  private static Check silence() {
    return rule(
        RECEIPT_STATISTICS.name(),
        "an open store sells as often as before",
        """
        (
            SELECT shop AS store, max(day) AS last_day, max(gap) AS longest_pause, any(chain) AS last_day_of_chain,
                dateDiff('day', last_day, last_day_of_chain) AS days
            FROM
            (
                SELECT {1} AS shop, {2} AS day, (SELECT max({2}) FROM {0} WHERE {3} > 0) AS chain,
                    dateDiff('day', lagInFrame(day, 1, day) OVER (PARTITION BY shop ORDER BY day
                        ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), day) AS gap
                FROM {0}
                WHERE {3} > 0
            )
            WHERE shop NOT IN (SELECT {5} FROM {4} WHERE {6} < today())
            GROUP BY shop
            HAVING count() > {7} AND days > {8} * longest_pause
        )
        """,
        RECEIPT_STATISTICS.table(),
        name(RECEIPT_STATISTICS.store),
        name(RECEIPT_STATISTICS.businessDate),
        name(RECEIPT_STATISTICS.receipts),
        STORE,
        DSL.field(STORE.STORE_.getUnqualifiedName()),
        DSL.field(STORE.CLOSED_ON.getUnqualifiedName()),
        DSL.inline(FEWEST),
        DSL.inline(LATE));
  }

  /** Days since a stream's last delivery beside the days between deliveries before. */
  private static Check freshness() {
    return rule(
        INGESTED_FILE.getName(),
        "a stream is delivered as often as before",
        """
        (
            SELECT source, max(day) AS last_delivery, quantileExact(0.9)(gap) AS usual_days,
                dateDiff('day', last_delivery, today()) AS days
            FROM
            (
                SELECT stream AS source, toDate(finished_at) AS day,
                    dateDiff('day', lagInFrame(day, 1, day) OVER (PARTITION BY source ORDER BY day
                        ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), day) AS gap
                FROM (SELECT DISTINCT stream, toDate(finished_at) AS finished_at FROM {0})
            )
            GROUP BY source
            HAVING count() > {1} AND days > {2} * usual_days
        )
        """,
        INGESTED_FILE,
        DSL.inline(FEWEST),
        DSL.inline(LATE));
  }

  /**
   * Deliveries that no build has looked at for longer than a mart promises. Whether a mart reads
   * what was delivered does not count: a build that looks at it says so in no time.
   */
  private static Check promises(Collection<Mart> marts) {
    List<Field<?>> names = new ArrayList<>();
    List<Field<?>> seconds = new ArrayList<>();
    for (Mart mart : marts) {
      names.add(DSL.inline(mart.name()));
      seconds.add(DSL.inline(mart.freshWithin().orElseThrow().toSeconds()));
    }
    return rule(
        BUILD_LOG.getName(),
        "what was delivered is in the marts within their promise",
        """
        (
            SELECT promise.1 AS late, known, min(finished_at) AS delivered, promise.2 / 3600 AS promised_hours
            FROM
            (
                SELECT arrayJoin(arrayZip([{0}], [{1}])) AS promise
            ) AS promised
            LEFT JOIN
            (
                SELECT mart, max(at) AS known
                FROM
                (
                    SELECT mart, seen_at AS at FROM {2}
                    UNION ALL
                    SELECT mart, started_at FROM {3} WHERE outcome = 'built' AND environment = ''
                )
                GROUP BY mart
            ) AS looked ON mart = promise.1
            CROSS JOIN
            (
                SELECT finished_at FROM {4} FINAL WHERE accepted > 0
            ) AS delivery
            WHERE finished_at > known AND finished_at < now() - promise.2
            GROUP BY late, known, promise.2
        )
        """,
        DSL.list(names),
        DSL.list(seconds),
        MART_SEEN,
        BUILD_LOG,
        INGESTED_FILE);
  }

  /** Seconds of the newest full build of a mart beside those before, per row. */
  private static Check cost() {
    return rule(
        BUILD_LOG.getName(),
        "a mart costs as much a row as before",
        """
        (
            SELECT built, argMax(cost, at) AS last_cost, count() AS builds, median(cost) AS usual
            FROM
            (
                SELECT mart AS built, build, min(started_at) AS at, sum(seconds) / sum(rows) AS cost
                FROM {0} WHERE outcome = 'built' AND environment = '' AND rows > 100000
                GROUP BY built, build
            )
            GROUP BY built
            HAVING builds > {1} AND last_cost > 3 * usual
        )
        """,
        BUILD_LOG,
        DSL.inline(FEWEST));
  }

  private static Field<?> name(MartColumn<?> column) {
    return DSL.field(column.getUnqualifiedName());
  }

  private static Check rule(String subject, String name, String rows, QueryPart... parts) {
    Select<?> failing = DSL.select(DSL.asterisk()).from(DSL.table(rows, parts));
    return new Check(subject, name, failing).asWarning();
  }
}
