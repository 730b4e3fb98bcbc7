package storefact.warehouse.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * The few HTTP requests that starting an engine needs. The JDK's HTTP client would cost the host's
 * small JVM more memory than the rest of it.
 */
final class Wire {
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration PONG = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofMinutes(1);

  private Wire() {}

  /** Status and body of an answer. */
  record Reply(int status, String body) {
    boolean ok() {
      return status == 200;
    }
  }

  /** Whether something that calls itself ClickHouse answers on that port. */
  static boolean ping(int port) {
    try {
      Reply reply = exchange(port, "GET /ping HTTP/1.0\r\n\r\n", PONG);
      return reply.ok() && reply.body().startsWith("Ok");
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs one statement; an engine's refusal is a reply, too. */
  static Reply query(int port, String user, String password, String sql) throws IOException {
    String head =
        "POST / HTTP/1.0\r\nX-ClickHouse-User: %s\r\nX-ClickHouse-Key: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(user, password, sql.getBytes(UTF_8).length);
    return exchange(port, head + sql, ANSWER);
  }

  private static Reply exchange(int port, String request, Duration atMost) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout((int) atMost.toMillis());
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
          (int) CONNECT.toMillis());
      socket.getOutputStream().write(request.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      int body = answer.indexOf("\r\n\r\n");
      if (!answer.startsWith("HTTP/1.") || body < 0 || answer.length() < 12) {
        throw new IOException("no HTTP answer on port " + port);
      }
      return new Reply(Integer.parseInt(answer.substring(9, 12)), answer.substring(body + 4));
    } catch (NumberFormatException e) {
      throw new IOException("no HTTP answer on port " + port, e);
    }
  }
}
