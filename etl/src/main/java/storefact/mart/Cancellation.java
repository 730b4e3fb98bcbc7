package storefact.mart;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.WarehouseException;

/**
 * Ends a build: by this process, or by another one that leaves a table as its sign. Statements of a
 * build have ids by which they are found and killed.
 */
final class Cancellation {
  private static final String SIGN = "ops.build_cancelled";
  private static final String QUERIES = "storefact-build-";
  private static final int QUERY_WAS_CANCELLED = 394;

  private final ClickHouseHttp http;
  private final String build;
  private final AtomicInteger queries = new AtomicInteger();
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /**
   * Begins a build, under its lock: what was cancelled before it does not concern it, and what a
   * builder that died still has running in the server is ended first.
   */
  Cancellation(ClickHouseHttp http, String build) {
    this.http = http;
    this.build = build;
    http.query("KILL QUERY WHERE startsWith(query_id, '" + QUERIES + "') SYNC");
    http.query("DROP TABLE IF EXISTS " + SIGN + " SYNC");
  }

  String nextQuery() {
    return QUERIES + build + "-" + queries.incrementAndGet();
  }

  void cancel() {
    cancelled.set(true);
    kill(http, QUERIES + build);
  }

  /** Asks the build of whatever process to end. */
  static void ask(ClickHouseHttp http) {
    http.query("CREATE TABLE IF NOT EXISTS " + SIGN + " (asked UInt8) ENGINE = Memory");
    kill(http, QUERIES);
  }

  private static void kill(ClickHouseHttp http, String prefix) {
    http.query("KILL QUERY WHERE startsWith(query_id, '" + prefix + "') ASYNC");
  }

  /**
   * Ends here if it is to end, as this process knows.
   *
   * @throws BuildCancelledException if the build was cancelled
   */
  void check() {
    if (cancelled.get()) {
      throw new BuildCancelledException();
    }
  }

  /** As {@link #check}, and looks for the sign of others: before anything that takes long. */
  void checkSign() {
    if (http.query("EXISTS TABLE " + SIGN).equals("1")) {
      cancelled.set(true);
    }
    check();
  }

  boolean caused(WarehouseException failure) {
    return cancelled.get() || failure.code() == QUERY_WAS_CANCELLED;
  }
}
