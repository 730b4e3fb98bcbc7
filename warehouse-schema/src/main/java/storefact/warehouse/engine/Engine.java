package storefact.warehouse.engine;

import java.time.Instant;

/**
 * A running engine's address. It listens on 127.0.0.1 only.
 *
 * @param pid its process
 * @param startedAt when that process started, which tells it from a later process with the same
 *     number
 * @param httpPort where HTTP and JDBC connect
 * @param tcpPort where native clients connect
 * @param version ClickHouse's own version, such as {@code 26.7.2.1}
 * @param mode how long it lives
 */
public record Engine(
    long pid, Instant startedAt, int httpPort, int tcpPort, String version, Mode mode) {

  /** Whether it ends with the process that started it. */
  public boolean attached() {
    return mode == Mode.ATTACHED;
  }

  /** Such as {@code http://127.0.0.1:20123}. */
  public String httpUrl() {
    return "http://127.0.0.1:" + httpPort;
  }

  /**
   * Such as {@code jdbc:clickhouse://127.0.0.1:20123/default}; user and password are separate
   * properties.
   */
  public String jdbcUrl() {
    return "jdbc:clickhouse://127.0.0.1:" + httpPort + "/default";
  }

  EnginePid process() {
    return new EnginePid(pid, startedAt);
  }
}
