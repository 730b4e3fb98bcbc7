package storefact.dictionary;

import java.util.List;
import java.util.Optional;
import storefact.report.Overview.Words;

/**
 * What the warehouse holds, in words, with where it comes from and how it stands. Tables are known
 * as {@code database.name}, columns as {@code database.name.column}; moments are seconds since
 * 1970.
 *
 * @param madeAt when it was read
 * @param tables streams, lake, star, views, marts and the warehouse's own books
 * @param metrics the catalogue
 * @param dimensions by which metrics can be asked
 * @param exposures what shows columns to people
 */
public record Dictionary(
    long madeAt,
    List<TableEntry> tables,
    List<MetricEntry> metrics,
    List<DimensionEntry> dimensions,
    List<ExposureEntry> exposures) {

  /**
   * A stream, table, view or mart.
   *
   * @param kind {@code stream}, {@code lake}, {@code table}, {@code view} or {@code mart}
   * @param readAs what readers ask, where that is not the table itself
   * @param grain columns that tell one row from another, empty where not known
   * @param owner who answers for it
   * @param tags by what builds select it
   * @param rows where it is cheap to know; older versions of rows count in star tables
   * @param bytes on disk
   * @param fresh promise and how it is kept, for marts
   * @param reads tables that it is computed from
   * @param columnsKnown whether the lineage of its columns is known, not only of the table
   * @param decides columns that decide which rows there are
   * @param builds latest first
   * @param sql what computes it, empty for plain tables
   */
  public record TableEntry(
      String id,
      String kind,
      String readAs,
      Words about,
      List<String> grain,
      String owner,
      List<String> tags,
      Optional<Long> rows,
      Optional<Long> bytes,
      Optional<Freshness> fresh,
      List<ColumnEntry> columns,
      List<String> reads,
      boolean columnsKnown,
      List<InfluenceEntry> decides,
      List<BuildEntry> builds,
      List<CheckEntry> checks,
      List<Sample> samples,
      String sql) {}

  /**
   * A column.
   *
   * @param personal whether values of a person can be seen in it
   * @param from columns that it is computed from
   */
  public record ColumnEntry(
      String name,
      String type,
      Words label,
      Words about,
      Words unit,
      boolean personal,
      List<String> from) {}

  /**
   * How a column of another table decides over rows: {@code filter}, {@code join}, {@code group}.
   */
  public record InfluenceEntry(String how, String column) {}

  /**
   * A promise of freshness.
   *
   * @param promisedSeconds built at most so long after its sources changed
   * @param builtAt last build that changed something
   * @param changedAt when its sources last got events
   * @param kept whether the promise is kept at the moment of making
   */
  public record Freshness(
      long promisedSeconds, Optional<Long> builtAt, Optional<Long> changedAt, boolean kept) {}

  /** A build that changed the mart. */
  public record BuildEntry(long at, double seconds, long partitions, String why) {}

  /** A rule with its results, latest first. */
  public record CheckEntry(String name, Words title, String severity, List<CheckRunEntry> runs) {}

  /** How a rule came out: rows that break it. */
  public record CheckRunEntry(long at, long failures, double seconds) {}

  /** A query that works: it was run when the dictionary was made. */
  public record Sample(Words title, String sql, long rows, double seconds) {}

  /**
   * A metric.
   *
   * @param columns that it is computed from
   * @param decides columns that decide over its rows
   * @param command that asks for it
   */
  public record MetricEntry(
      String name,
      Words label,
      Words about,
      Words unit,
      Words additivity,
      String formula,
      List<String> from,
      List<String> by,
      List<String> columns,
      List<String> decides,
      String command,
      Sample sample) {}

  /** A dimension, and the column that tells it. */
  public record DimensionEntry(String name, Words label) {}

  /** Something that shows columns. */
  public record ExposureEntry(String name, String kind, Words title, List<String> columns) {}
}
