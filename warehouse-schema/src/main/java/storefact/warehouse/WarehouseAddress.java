package storefact.warehouse;

import java.io.Serializable;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a ClickHouse answers over HTTP, and as whom to ask it. The embedded engine and a server or
 * cluster differ by nothing else. Goes along with a Flink job to the machines that run it.
 */
public record WarehouseAddress(String host, int httpPort, String user, String password)
    implements Serializable {

  private static final int DEFAULT_HTTP_PORT = 8123;

  /**
   * Reads {@code jdbc:clickhouse://host:port/?user=…&password=…}; without a user it is {@code
   * default}, without a password the environment's {@code STOREFACT_WAREHOUSE_PASSWORD} counts.
   *
   * @throws IllegalArgumentException if the text is not such an address
   */
  public static WarehouseAddress parse(String jdbcUrl) {
    if (!jdbcUrl.startsWith("jdbc:clickhouse://") && !jdbcUrl.startsWith("jdbc:ch://")) {
      throw new IllegalArgumentException(
          "warehouse address '"
              + withoutPassword(jdbcUrl)
              + "' does not begin with jdbc:clickhouse://; give jdbc:clickhouse://host:port/");
    }
    URI uri = URI.create(jdbcUrl.substring("jdbc:".length()));
    Map<String, String> query = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          query.put(
              pair.substring(0, equals),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    }
    String password =
        query.containsKey("password")
            ? query.get("password")
            : System.getenv().getOrDefault("STOREFACT_WAREHOUSE_PASSWORD", "");
    return new WarehouseAddress(
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_HTTP_PORT : uri.getPort(),
        query.getOrDefault("user", "default"),
        password);
  }

  private static String withoutPassword(String url) {
    return url.replaceAll("password=[^&]*", "password=***");
  }

  /** The address for JDBC, without user and password. */
  public String jdbcUrl() {
    return "jdbc:clickhouse://" + host + ":" + httpPort + "/";
  }

  /** The address for HTTP. */
  public URI httpUri() {
    return URI.create("http://" + host + ":" + httpPort + "/");
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + httpPort;
  }
}
