package storefact.warehouse.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import storefact.warehouse.Home;

/**
 * Main class of the engine's own process. Arguments: home folder, engine path, {@link Mode}. SIGTERM, or in attached mode the end of
 * standard input, lets the engine finish; it announces itself in the run file once queries work. Exit status 0: asked to end; 70: the
 * engine ended by itself; 75: it did not end in time.
 *
 * <p>With a {@code clickhouse} binary in place of the library, the same files configure a real server.
 */
public final class EngineHost {
  private static final int ENDED_BY_ITSELF = 70;
  private static final int TOO_SLOW = 75;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(25);

  private final Home home;
  private final Mode mode;
  private volatile boolean stopping;

  private EngineHost(Home home, Mode mode) {
    this.home = home;
    this.mode = mode;
  }

  /** Runs the engine; returns at once, while the engine's threads keep the process. */
  public static void main(String[] args) throws Throwable {
    new EngineHost(new Home(Path.of(args[0])), Mode.valueOf(args[2])).run(Path.of(args[1]));
  }

  private void run(Path engine) throws Throwable {
    Native.leaveSession();
    Native.Input input = Native.replaceInput();
    Path config = EngineConfig.config(home);
    EngineRun run =
        switch (EngineKind.of(engine)) {
          case LIBRARY -> LibraryRun.start(engine, config, input, this);
          case BINARY -> BinaryRun.start(engine, config, this);
        };
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(run), "stop"));
    if (mode == Mode.ATTACHED) {
      Thread.ofPlatform()
          .daemon()
          .name("parent")
          .start(
              () -> {
                input.awaitOriginalEnd();
                System.exit(0); // by way of the shutdown hook, as on SIGTERM
              });
    }
    announce();
  }

  /** The hook never returns to the JVM: its own exit would run C's exit handlers, and with them ours, in a JVM half gone. */
  private void stop(EngineRun run) {
    stopping = true;
    try {
      run.stop(LONGEST_STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Native.exitNow(TOO_SLOW);
  }

  /** The engine has shut down and its data is safe. From here on nothing may run that could still crash. */
  void ended() {
    RunFile.delete(home, ProcessHandle.current().pid());
    Native.exitNow(stopping ? 0 : ENDED_BY_ITSELF);
  }

  private void announce() throws IOException {
    Ports ports = Ports.remembered(home);
    String user = Account.STOREFACT.name();
    String password = home.secret(user);
    while (!stopping) {
      try {
        Wire.Reply version = Wire.query(ports.http(), user, password, "SELECT version()");
        if (version.ok()) {
          EnginePid self = EnginePid.of(ProcessHandle.current());
          RunFile.write(
              home,
              new Engine(
                  self.pid(),
                  self.startedAt(),
                  ports.http(),
                  ports.tcp(),
                  version.body().strip(),
                  mode));
          return;
        }
      } catch (IOException e) {
        // not listening yet
      }
      EnginePid.pause();
    }
  }
}
