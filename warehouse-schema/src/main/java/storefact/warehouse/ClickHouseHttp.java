package storefact.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** ClickHouse's HTTP interface: statements, streamed answers, inserted blocks. Thread-safe. */
public final class ClickHouseHttp implements AutoCloseable {

  private static final int OK = 200;
  private static final int MOST_ERROR_BYTES = 4096;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final WarehouseAddress address;

  /** Asks at the address as its user. */
  public ClickHouseHttp(WarehouseAddress address) {
    this.address = address;
  }

  /**
   * Runs a statement and answers its result as text (TabSeparated where the statement names no
   * format).
   *
   * @throws WarehouseException if the warehouse refuses it or cannot be reached
   */
  public String query(String statement) {
    return query(statement, Map.of());
  }

  /** As {@link #query(String)}, with ClickHouse settings. */
  public String query(String statement, Map<String, String> settings) {
    try (InputStream answer = stream(statement, settings)) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new WarehouseException("lost " + address + " while reading an answer", e);
    }
  }

  /**
   * Runs a statement and streams its result.
   *
   * @throws WarehouseException if the warehouse refuses it or cannot be reached
   */
  public InputStream stream(String statement, Map<String, String> settings) {
    return send(settings, BodyPublishers.ofString(statement), "");
  }

  /**
   * Inserts a body in the statement's format.
   *
   * @param encoding content encoding of the body, {@code lz4} for example, or empty
   * @throws WarehouseException if the warehouse refuses it or cannot be reached
   */
  public void insert(String statement, Map<String, String> settings, byte[] body, String encoding) {
    Map<String, String> all = new java.util.HashMap<>(settings);
    all.put("query", statement);
    try (InputStream answer = send(all, BodyPublishers.ofByteArray(body), encoding)) {
      answer.readAllBytes();
    } catch (IOException e) {
      throw new WarehouseException("lost " + address + " after an insert", e);
    }
  }

  /**
   * Runs a statement to its end, leaves its result unread and answers what it cost.
   *
   * @throws WarehouseException if the warehouse refuses it or cannot be reached
   */
  public Cost execute(String statement, Map<String, String> settings) {
    Map<String, String> all = new java.util.HashMap<>(settings);
    // The summary is whole only once the statement has ended.
    all.put("wait_end_of_query", "1");
    HttpResponse<InputStream> response = ask(all, BodyPublishers.ofString(statement), "");
    try (InputStream answer = response.body()) {
      answer.readAllBytes();
    } catch (IOException e) {
      throw new WarehouseException("lost " + address + " while a statement ran", e);
    }
    String summary = response.headers().firstValue("X-ClickHouse-Summary").orElse("");
    return new Cost(
        number(summary, "read_rows"),
        number(summary, "read_bytes"),
        number(summary, "memory_usage"));
  }

  /**
   * What a statement cost.
   *
   * @param readRows rows that it read
   * @param readBytes bytes that it read, uncompressed
   * @param memory bytes of memory at its peak, 0 where the server does not tell
   */
  public record Cost(long readRows, long readBytes, long memory) {}

  private static long number(String summary, String key) {
    Matcher found = Pattern.compile("\"" + key + "\":\"(\\d+)\"").matcher(summary);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  private InputStream send(
      Map<String, String> parameters, HttpRequest.BodyPublisher body, String encoding) {
    return ask(parameters, body, encoding).body();
  }

  private HttpResponse<InputStream> ask(
      Map<String, String> parameters, HttpRequest.BodyPublisher body, String encoding) {
    String query =
        parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "?", ""));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.httpUri() + query))
            .header("X-ClickHouse-User", address.user())
            .header("X-ClickHouse-Key", address.password())
            .POST(body);
    if (!encoding.isEmpty()) {
      request.header("Content-Encoding", encoding);
    }
    HttpResponse<InputStream> response;
    try {
      response = client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new WarehouseException("the warehouse at " + address + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WarehouseException("interrupted while asking " + address, e);
    }
    if (response.statusCode() != OK) {
      throw refused(response);
    }
    return response;
  }

  private WarehouseException refused(HttpResponse<InputStream> response) {
    String text;
    try (InputStream body = response.body()) {
      text = new String(body.readNBytes(MOST_ERROR_BYTES), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      text = "HTTP status " + response.statusCode();
    }
    int code =
        response
            .headers()
            .firstValue("X-ClickHouse-Exception-Code")
            .map(Integer::parseInt)
            .orElse(0);
    return new WarehouseException(text, code);
  }

  @Override
  public void close() {
    client.close();
  }
}
