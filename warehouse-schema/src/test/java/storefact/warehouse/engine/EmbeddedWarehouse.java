package storefact.warehouse.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import storefact.warehouse.Home;

/**
 * One real engine per test JVM, on a home of its own: started by the first test that asks, gone
 * when the JVM ends.
 */
public final class EmbeddedWarehouse {
  private final Home home;
  private final Engine engine;

  private EmbeddedWarehouse(Home home, Engine engine) {
    this.home = home;
    this.engine = engine;
  }

  /** Loaded, and thereby started, at the first use. */
  private static final class Shared {
    static final EmbeddedWarehouse INSTANCE = start(EngineOptions.defaults());
  }

  /** The one that the tests of this JVM share. Keep to databases or tables of your own. */
  public static EmbeddedWarehouse shared() {
    return Shared.INSTANCE;
  }

  /**
   * One more, for tests that need options of their own; it costs a second and 300 MB. Gone when the
   * JVM ends.
   */
  public static EmbeddedWarehouse start(EngineOptions options) {
    try {
      Home home = Home.at(Files.createTempDirectory("storefact-test-"));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> discard(home)));
      Engine engine = EngineLauncher.start(home, options, Mode.ATTACHED, System.out::println);
      return new EmbeddedWarehouse(home, engine);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of this warehouse. */
  public Home home() {
    return home;
  }

  /** Where the engine is. */
  public Engine engine() {
    return engine;
  }

  /** For {@code DriverManager}, together with {@link #user} and {@link #password}. */
  public String jdbcUrl() {
    return engine.jdbcUrl();
  }

  /** For HTTP, together with {@link #user} and {@link #password}. */
  public String httpUrl() {
    return engine.httpUrl();
  }

  /** The account with every right. */
  public String user() {
    return Account.STOREFACT.name();
  }

  /** The password of {@link #user}. */
  public String password() {
    return home.secret(user());
  }

  /**
   * The answer to a statement of {@link #user}, as tab-separated text; an error of the engine is
   * thrown.
   */
  public String query(String sql) {
    return query(home, engine, sql);
  }

  static String query(Home home, Engine engine, String sql) {
    try {
      Wire.Reply reply = Wire.query(engine.httpPort(), "storefact", home.secret("storefact"), sql);
      if (!reply.ok()) {
        throw new AssertionError(sql + "\n" + reply.body());
      }
      return reply.body().strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void discard(Home home) {
    EngineLauncher.stop(home);
    try (Stream<Path> paths = Files.walk(home.root())) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
