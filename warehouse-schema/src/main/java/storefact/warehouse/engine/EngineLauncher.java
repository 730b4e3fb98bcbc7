package storefact.warehouse.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import storefact.warehouse.Home;

/** Starts, finds and stops a home's engine, which runs in a process of its own. */
public final class EngineLauncher {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final Duration LONGEST_RESTART = Duration.ofSeconds(15);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
  private static final Duration LONGEST_KILL = Duration.ofSeconds(10);

  /**
   * Keeps the pipes of attached engines open: a Process that is garbage closes its pipe, which
   * would end the engine.
   */
  private static final Map<Long, Process> ATTACHED = new ConcurrentHashMap<>();

  /** File locks hold between processes; within this one, this monitor does. */
  private static final Object STARTING = new Object();

  private EngineLauncher() {}

  /**
   * The home's engine if it runs and answers.
   *
   * @throws UncheckedIOException if the run file is there but cannot be read
   */
  public static Optional<Engine> running(Home home) {
    return RunFile.read(home)
        .filter(engine -> engine.process().alive())
        .filter(EngineLauncher::answers);
  }

  /**
   * Whether the home's engine was last started with the accounts and rights of these options: they
   * are read at start only.
   *
   * @throws UncheckedIOException if its users file is there but cannot be read
   */
  public static boolean hasAccountsOf(Home home, EngineOptions options) {
    Path users = EngineConfig.users(home);
    try {
      return Files.exists(users)
          && Files.readString(users).contains("<!-- accounts " + EngineUsers.fingerprint(options));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + users + ": check its permissions", e);
    }
  }

  /** Waits a little, because an engine that restarts itself is away for half a second. */
  private static boolean answers(Engine engine) {
    Instant deadline = Instant.now().plus(LONGEST_RESTART);
    while (!Wire.ping(engine.httpPort())) {
      if (Instant.now().isAfter(deadline) || !engine.process().alive()) {
        return false;
      }
      EnginePid.pause();
    }
    return true;
  }

  /**
   * Starts the home's engine, installing it where it is missing, and returns when queries work.
   * What an engine that was killed left behind is no obstacle.
   *
   * @param progress gets a line when something takes long
   * @throws EngineAlreadyRunning if it runs, with its address
   * @throws EngineFailure if it cannot be installed or does not come up; the message says what to
   *     do
   */
  public static Engine start(
      Home home, EngineOptions options, Mode mode, Consumer<String> progress) {
    synchronized (STARTING) {
      Path file = Home.at(home.root()).engine().resolve("start.lock");
      try (FileChannel channel = open(file);
          FileLock _ = channel.lock()) {
        running(home)
            .ifPresent(
                engine -> {
                  throw new EngineAlreadyRunning(engine);
                });
        return launch(home, options, mode, progress);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot lock " + file + ": check its permissions", e);
      }
    }
  }

  /**
   * Stops the home's engine cleanly; after 30 seconds, by force. Its data is kept either way. Does
   * nothing if none runs.
   *
   * @return the engine that was stopped
   * @throws EngineFailure if even SIGKILL does not end it
   */
  public static Optional<Engine> stop(Home home) {
    Optional<Engine> found = RunFile.read(home);
    Optional<Engine> alive = found.filter(engine -> engine.process().alive());
    alive.ifPresent(EngineLauncher::end);
    found.ifPresent(engine -> RunFile.delete(home, engine.pid()));
    return alive;
  }

  private static void end(Engine engine) {
    EnginePid process = engine.process();
    process.terminate();
    if (!process.awaitEnd(LONGEST_STOP)) {
      process.kill();
      if (!process.awaitEnd(LONGEST_KILL)) {
        throw new EngineFailure(
            "process "
                + engine.pid()
                + " does not end: end it by hand with kill -9 "
                + engine.pid());
      }
    }
    Process own = ATTACHED.remove(engine.pid());
    if (own != null) {
      own.destroy();
    }
  }

  private static Engine launch(
      Home home, EngineOptions options, Mode mode, Consumer<String> progress) throws IOException {
    RunFile.read(home)
        .filter(engine -> engine.process().alive())
        .ifPresent(
            engine -> {
              throw new EngineFailure(
                  "the engine (pid %d) runs but does not answer: see %s, or end it with `storefact down`"
                      .formatted(engine.pid(), EngineConfig.log(home)));
            });
    Path engine =
        options.engine().map(Path::toAbsolutePath).orElseGet(() -> EngineInstall.library(progress));
    EngineConfig.write(home, options, Ports.choose(home), EngineKind.of(engine));
    Path output = home.logs().resolve("engine.out");
    Files.deleteIfExists(output);
    ProcessBuilder command =
        new ProcessBuilder(command(home, engine, mode))
            // file('x') counts from the working directory, whatever user_files_path says
            .directory(home.engine().resolve("user_files").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    command.environment().put("TZ", "UTC");
    // Agents and options meant for the caller's JVM don't fit one of 64 MB.
    command.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    if (mode == Mode.DETACHED) {
      command.redirectInput(new File("/dev/null"));
    }
    return await(home, command.start(), mode);
  }

  private static List<String> command(Home home, Path engine, Mode mode) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-XX:ErrorFile=" + home.logs().resolve("engine-crash-%p.log"),
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        ownClasses().toString(),
        EngineHost.class.getName(),
        home.root().toString(),
        engine.toString(),
        mode.name());
  }

  private static Path ownClasses() {
    try {
      return Path.of(EngineHost.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("where the program's classes are is no path", e);
    }
  }

  /** The host announces itself, so an engine whose starter is killed half-way is still found. */
  private static Engine await(Home home, Process process, Mode mode) {
    if (mode == Mode.ATTACHED) {
      ATTACHED.put(process.pid(), process);
    }
    Instant deadline = Instant.now().plus(LONGEST_START);
    while (process.isAlive() && Instant.now().isBefore(deadline)) {
      Optional<Engine> engine = RunFile.read(home).filter(e -> e.pid() == process.pid());
      if (engine.isPresent()) {
        return engine.get();
      }
      EnginePid.pause();
    }
    ATTACHED.remove(process.pid());
    String what =
        process.isAlive()
            ? "the engine did not answer within " + LONGEST_START.toSeconds() + " s"
            : "the engine ended by itself";
    process.destroyForcibly();
    throw new EngineFailure(
        what
            + ": "
            + EngineLogs.lastError(home)
            + "\nsee "
            + EngineConfig.log(home)
            + ", then try `storefact up` again");
  }

  static FileChannel open(Path lock) throws IOException {
    return FileChannel.open(
        lock, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}
