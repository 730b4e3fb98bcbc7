package storefact.warehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storefact.warehouse.Home;

/** Starting, stopping and every way to die. */
@Tag("slow")
class EngineLifeTest {
  private static final Consumer<String> PROGRESS = System.out::println;
  private static final Duration SOON = Duration.ofSeconds(20);

  private Home home;

  @BeforeEach
  void newHome() throws IOException {
    home = Home.at(Files.createTempDirectory("storefact-life-"));
  }

  @AfterEach
  void discard() {
    EmbeddedWarehouse.discard(home);
  }

  @Test
  void upAnswersAndASecondUpSaysSo() {
    Engine engine = up();

    assertThat(query(engine, "SELECT 1")).isEqualTo("1");
    assertThat(EngineLauncher.running(home)).contains(engine);
    assertThat(engine.attached()).isFalse();
    assertThatThrownBy(this::up)
        .isInstanceOfSatisfying(
            EngineAlreadyRunning.class, e -> assertThat(e.engine()).isEqualTo(engine))
        .hasMessageContaining("pid " + engine.pid());
  }

  @Test
  void downLeavesNoProcessAndKeepsDataAndPorts() {
    Engine first = up();
    query(first, "CREATE TABLE kept (x Int32) ORDER BY x");
    query(first, "INSERT INTO kept VALUES (42)");

    long before = System.nanoTime();
    assertThat(EngineLauncher.stop(home)).contains(first);
    System.out.printf("down: %d ms%n", (System.nanoTime() - before) / 1_000_000);
    assertThat(first.process().alive()).isFalse();
    assertThat(EngineLauncher.running(home)).isEmpty();
    assertThat(home.engine().resolve("run.properties")).doesNotExist();
    assertThat(EngineLauncher.stop(home)).as("down again").isEmpty();

    before = System.nanoTime();
    Engine second = up();
    Duration warm = Duration.ofNanos(System.nanoTime() - before);
    System.out.printf("warm start: %d ms, resident %s%n", warm.toMillis(), resident(second));
    assertThat(warm).isLessThan(Duration.ofSeconds(3));
    assertThat(query(second, "SELECT x FROM kept")).isEqualTo("42");
    assertThat(second.httpPort()).isEqualTo(first.httpPort());
    assertThat(second.tcpPort()).isEqualTo(first.tcpPort());
  }

  @Test
  void downEndsAnEngineInTheMiddleOfAQuery() {
    Engine engine = up();
    CompletableFuture<Wire.Reply> running =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Wire.query(
                    engine.httpPort(),
                    "storefact",
                    home.secret("storefact"),
                    "SELECT sleepEachRow(1) FROM numbers(60) SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 0");
              } catch (IOException e) {
                return new Wire.Reply(0, "cut off");
              }
            });
    await(
        () ->
            query(
                    engine,
                    "SELECT count() FROM system.processes WHERE query LIKE 'SELECT sleepEachRow%'")
                .equals("1"));

    long before = System.nanoTime();
    EngineLauncher.stop(home);

    assertThat(engine.process().alive()).isFalse();
    System.out.printf("down in mid-query: %d ms%n", (System.nanoTime() - before) / 1_000_000);
    assertThat(running).succeedsWithin(SOON);
  }

  @Test
  void afterKillNineStartsAgainWithItsData() {
    Engine first = up();
    query(first, "CREATE TABLE kept (x Int32) ORDER BY x");
    query(first, "INSERT INTO kept VALUES (42)");
    first.process().kill();
    assertThat(first.process().awaitEnd(SOON)).isTrue();
    assertThat(EngineLauncher.running(home)).isEmpty();

    Engine second = up();

    assertThat(query(second, "SELECT x FROM kept")).isEqualTo("42");
    assertThat(second.pid()).isNotEqualTo(first.pid());
  }

  @Test
  void aTakenPortIsReplacedAndRemembered() throws IOException {
    Ports chosen = Ports.choose(home);
    try (ServerSocket _ = new ServerSocket(chosen.http(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Engine engine = up();
      assertThat(engine.httpPort()).isNotEqualTo(chosen.http());
      assertThat(engine.tcpPort()).isEqualTo(chosen.tcp());
      assertThat(Ports.remembered(home)).isEqualTo(new Ports(engine.httpPort(), engine.tcpPort()));
    }
  }

  @Test
  void aKilledCommandLeavesNoOrphan() throws IOException {
    Process parent = parent();
    Engine engine = EngineLauncher.running(home).orElseThrow();
    assertThat(engine.attached()).isTrue();

    parent.destroyForcibly();

    assertThat(engine.process().awaitEnd(SOON)).isTrue();
    assertThat(EngineLauncher.running(home)).isEmpty();
    Engine next = up();
    assertThat(query(next, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void theCommandThatStartedTheEngineWaitsForOthers() throws Exception {
    Process parent = parent();
    Engine engine;
    try (EngineLease lease = EngineLease.acquire(home, EngineOptions.defaults(), PROGRESS);
        EngineLease again = EngineLease.acquire(home, EngineOptions.defaults(), PROGRESS)) {
      engine = lease.engine();
      assertThat(again.engine()).isEqualTo(engine);
      BufferedReader output = parent.inputReader();
      parent.getOutputStream().close();
      assertThat(output.readLine()).contains("waiting");
      assertThat(query(engine, "SELECT 1")).isEqualTo("1");
    }
    assertThat(parent.waitFor(SOON)).isTrue();
    assertThat(parent.exitValue()).isZero();
    assertThat(engine.process().alive()).isFalse();
  }

  @Test
  void aLeaseUsesWhatUpStartedAndLeavesItRunning() {
    Engine engine = up();
    try (EngineLease lease = EngineLease.acquire(home, EngineOptions.defaults(), PROGRESS)) {
      assertThat(lease.engine()).isEqualTo(engine);
    }
    assertThat(EngineLauncher.running(home)).contains(engine);
  }

  @Test
  void aRefusedNativeLoginRestartsTheEngineInPlace() throws IOException {
    Engine engine = up();
    query(engine, "CREATE TABLE kept (x Int32) ORDER BY x");
    query(engine, "INSERT INTO kept VALUES (42)");
    int restarts = 0;
    for (String user : List.of("storefact", "default", "view_owner")) {
      int before = restarts;
      assertThat(NativeHello.answer(engine, user, "")).as(user).isEqualTo(2);

      await(() -> restarts() > before);
      restarts = restarts();
      assertThat(EngineLauncher.running(home)).contains(engine);
      assertThat(query(engine, "SELECT x FROM kept")).isEqualTo("42");
    }
    assertThat(EngineLauncher.stop(home)).contains(engine);
    assertThat(engine.process().alive()).isFalse();
  }

  private int restarts() {
    try (Stream<String> lines = Files.lines(home.logs().resolve("engine.out"))) {
      return (int) lines.filter(line -> line.contains("starts again")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anEngineThatCannotStartSaysWhy() throws IOException {
    EngineOptions options = EngineOptions.defaults();
    Path noLibrary = Files.writeString(home.root().resolve("libchdb.so"), "no library");

    refuses(options.withExtraConfig(List.of("<oops>")), "extra configuration is no XML");
    refuses(options.withEngine(Path.of("/nowhere/clickhouse")), "--engine PATH");
    refuses(options.withEngine(noLibrary), noLibrary.toString());
    assertThat(EngineLauncher.running(home)).isEmpty();
  }

  private void refuses(EngineOptions options, String saying) {
    assertThatThrownBy(() -> EngineLauncher.start(home, options, Mode.DETACHED, PROGRESS))
        .isInstanceOf(EngineFailure.class)
        .hasMessageContaining(saying);
  }

  private Engine up() {
    return EngineLauncher.start(home, EngineOptions.defaults(), Mode.DETACHED, PROGRESS);
  }

  private String query(Engine engine, String sql) {
    return EmbeddedWarehouse.query(home, engine, sql);
  }

  private Process parent() throws IOException {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AttachedParent.class.getName(),
                home.root().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(parent.inputReader().readLine()).startsWith("leased ");
    return parent;
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      EnginePid.pause();
    }
  }

  private static String resident(Engine engine) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(engine.pid()), "status")).stream()
          .filter(line -> line.startsWith("VmRSS"))
          .findFirst()
          .orElse("?");
    } catch (IOException e) {
      return "?";
    }
  }
}
