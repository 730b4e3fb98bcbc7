package storefact.warehouse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One worker at a time, across processes and machines: the existence of a table is the lock, since
 * creating a table is the one thing that ClickHouse does for exactly one of two rivals. The table's
 * comment names the holder, so that a lock whose holder died on this machine is taken over.
 */
public final class WarehouseLock implements AutoCloseable {

  private static final int TABLE_EXISTS = 57;
  private static final long POLL_MILLIS = 250;

  private final ClickHouseHttp http;
  private final String table;

  private WarehouseLock(ClickHouseHttp http, String table) {
    this.http = http;
    this.table = table;
  }

  /**
   * Takes the lock, waiting for its holder.
   *
   * @param work what is done under it, for example {@code build}
   * @param waiting told once who holds it, when it is held
   * @throws WarehouseException if the warehouse cannot be reached
   * @throws InterruptedException if interrupted while waiting
   */
  public static WarehouseLock acquire(ClickHouseHttp http, String work, Consumer<String> waiting)
      throws InterruptedException {
    http.query("CREATE DATABASE IF NOT EXISTS ops");
    String table = "ops.lock_" + work;
    boolean told = false;
    while (true) {
      Optional<String> holder = tryCreate(http, table);
      if (holder.isEmpty()) {
        return new WarehouseLock(http, table);
      }
      if (isDead(holder.get())) {
        bury(http, table, holder.get());
        continue;
      }
      // Empty: it was freed since; try again at once.
      if (!told && !holder.get().isEmpty()) {
        waiting.accept(
            "waiting for another "
                + work
                + " ("
                + holder.get()
                + ")"
                + wayOut(table, holder.get()));
        told = true;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /**
   * Drops the lock of a dead holder. Of two rivals only one may, and only while it is still the
   * dead one's: else the second would drop the lock that the first has just taken. So burying is
   * itself under a lock, and looks again.
   */
  private static void bury(ClickHouseHttp http, String table, String dead)
      throws InterruptedException {
    String burial = table + "_burial";
    Optional<String> other = tryCreate(http, burial);
    if (other.isPresent()) {
      if (isDead(other.get())) {
        http.query("DROP TABLE IF EXISTS " + burial + " SYNC");
      }
      Thread.sleep(POLL_MILLIS);
      return;
    }
    try {
      if (comment(http, table).equals(dead)) {
        http.query("DROP TABLE IF EXISTS " + table + " SYNC");
      }
    } finally {
      http.query("DROP TABLE IF EXISTS " + burial + " SYNC");
    }
  }

  private static Optional<String> tryCreate(ClickHouseHttp http, String table) {
    try {
      http.query(
          "CREATE TABLE " + table + " (held UInt8) ENGINE = Memory COMMENT '" + self() + "'");
      return Optional.empty();
    } catch (WarehouseException e) {
      if (e.code() != TABLE_EXISTS) {
        throw e;
      }
    }
    return Optional.of(comment(http, table));
  }

  private static String comment(ClickHouseHttp http, String table) {
    String name = table.substring("ops.".length());
    return http.query(
        "SELECT comment FROM system.tables WHERE database = 'ops' AND name = '" + name + "'");
  }

  private static String self() {
    ProcessHandle process = ProcessHandle.current();
    return host() + " " + process.pid() + " " + started(process);
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("unknown");
  }

  private static boolean isDead(String holder) {
    String[] parts = holder.split(" ", 3);
    if (parts.length < 3 || !parts[0].equals(host())) {
      return false;
    }
    // The same number with another start is another process.
    return ProcessHandle.of(Long.parseLong(parts[1]))
        .map(process -> !started(process).equals(parts[2]))
        .orElse(true);
  }

  /** Of a holder elsewhere nobody here can tell whether it lives. */
  private static String wayOut(String table, String holder) {
    return holder.startsWith(host() + " ")
        ? ""
        : "; if that machine is gone: ./storefact sql \"DROP TABLE " + table + "\"";
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Override
  public void close() {
    http.query("DROP TABLE IF EXISTS " + table + " SYNC");
  }
}
