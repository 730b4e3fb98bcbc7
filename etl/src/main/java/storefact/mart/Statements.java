package storefact.mart;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** How a build's statements run in ClickHouse. */
final class Statements {
  /**
   * Beyond this a grouping or sort goes on on disk: a build is slower then, but ends. A quarter of
   * what the embedded engine allows a statement, for a merge, a join and a grouping stand together.
   */
  private static final String SPILL_BYTES = Long.toString(256L << 20);

  static final Map<String, String> SETTINGS =
      Map.of(
          "max_bytes_before_external_group_by", SPILL_BYTES,
          "max_bytes_before_external_sort", SPILL_BYTES,
          // A null in a column without nulls is a mistake of the mart, not a zero.
          "insert_null_as_default", "0",
          // Unknown goods give '' rather than null.
          "join_use_nulls", "0",
          "max_partitions_per_insert_block", "0",
          "async_insert", "0");

  private Statements() {}

  /** A moment with its milliseconds, which jOOQ's generated columns do not know of. */
  static Field<LocalDateTime> moment(LocalDateTime utc) {
    return DSL.field(
        "toDateTime64({0}, 3, 'UTC')",
        LocalDateTime.class, DSL.inline(utc.truncatedTo(ChronoUnit.MILLIS).toString()));
  }
}
