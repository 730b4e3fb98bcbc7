package storefact.warehouse.engine;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import storefact.warehouse.Home;

/**
 * The home's two ports: chosen once, kept while nobody else takes them, so that saved connections
 * stay right.
 */
record Ports(int http, int tcp) {
  /**
   * Below the range from which systems number outgoing connections, which would take a port while
   * the engine is down.
   */
  private static final int FIRST = 20_000;

  private static final int COUNT = 10_000;

  /** The remembered ports, or newly chosen ones where a remembered port is taken. */
  static Ports choose(Home home) {
    Ports remembered = remembered(home);
    int http = free(remembered.http()) ? remembered.http() : search(home, remembered.tcp());
    int tcp =
        free(remembered.tcp()) && remembered.tcp() != http ? remembered.tcp() : search(home, http);
    Ports ports = new Ports(http, tcp);
    if (!ports.equals(remembered)) {
      Properties values = new Properties();
      values.setProperty("http", Integer.toString(http));
      values.setProperty("tcp", Integer.toString(tcp));
      try {
        RunFile.store(file(home), values);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + file(home) + ": check its folder", e);
      }
    }
    return ports;
  }

  /** What the file says; zeros where it says nothing. */
  static Ports remembered(Home home) {
    Properties values = new Properties();
    if (Files.exists(file(home))) {
      try (Reader in = Files.newBufferedReader(file(home))) {
        values.load(in);
        return new Ports(
            Integer.parseInt(values.getProperty("http", "0")),
            Integer.parseInt(values.getProperty("tcp", "0")));
      } catch (NumberFormatException e) {
        return new Ports(0, 0);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file(home) + ": check its permissions", e);
      }
    }
    return new Ports(0, 0);
  }

  /**
   * Starts at a place that depends on the home, so that two homes started together don't race for
   * one port.
   */
  private static int search(Home home, int except) {
    int start = Math.floorMod(home.root().hashCode(), COUNT);
    for (int i = 0; i < COUNT; i++) {
      int port = FIRST + (start + i) % COUNT;
      if (port != except && free(port)) {
        return port;
      }
    }
    throw new EngineFailure(
        "no free port between "
            + FIRST
            + " and "
            + (FIRST + COUNT - 1)
            + " on 127.0.0.1: end other servers");
  }

  private static boolean free(int port) {
    if (port <= 0) {
      return false;
    }
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static Path file(Home home) {
    return home.engine().resolve("ports.properties");
  }
}
