package storefact.mart;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jooq.Field;
import org.jooq.impl.DSL;
import storefact.warehouse.ClickHouseHttp;

/** How a build's statements run in ClickHouse. */
final class Statements {
  static final Map<String, String> SETTINGS =
      Map.of(
          // A null in a column without nulls is a mistake of the mart, not a zero.
          "insert_null_as_default", "0",
          // Unknown goods give '' rather than null.
          "join_use_nulls", "0",
          "max_partitions_per_insert_block", "0",
          "async_insert", "0");

  private Statements() {}

  /**
   * As {@link #SETTINGS}, and beyond a quarter of the memory that the server allows a statement a
   * grouping or sort goes on on disk: a build is slower then, but ends. A quarter, for a merge, a
   * join and a grouping stand together. Where the server sets no limit, it is left to its own.
   */
  static Map<String, String> settings(ClickHouseHttp http) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    long allowed = Long.parseLong(http.query("SELECT getSetting('max_memory_usage')"));
    if (allowed > 0) {
      String spill = Long.toString(allowed / 4);
      settings.put("max_bytes_before_external_group_by", spill);
      settings.put("max_bytes_before_external_sort", spill);
    }
    return settings;
  }

  /** A moment with its milliseconds, which jOOQ's generated columns do not know of. */
  static Field<LocalDateTime> moment(LocalDateTime utc) {
    return DSL.field(
        "toDateTime64({0}, 3, 'UTC')",
        LocalDateTime.class, DSL.inline(utc.truncatedTo(ChronoUnit.MILLIS).toString()));
  }
}
