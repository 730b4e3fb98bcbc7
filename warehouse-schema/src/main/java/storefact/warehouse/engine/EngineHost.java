package storefact.warehouse.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import storefact.warehouse.Home;

/**
 * Main class of the engine's own process. Arguments: home folder, engine path, {@link Mode}.
 * SIGTERM, or in attached mode the end of standard input, lets the engine finish; it announces
 * itself in the run file once queries work. Exit status 0: asked to end; 70: the engine ended by
 * itself; 75: it did not end in time.
 *
 * <p>With a {@code clickhouse} binary in place of the library, the same files configure a real
 * server.
 */
public final class EngineHost {
  private static final int ENDED_BY_ITSELF = 70;
  private static final int TOO_SLOW = 75;
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(25);

  private final Home home;
  private final Mode mode;
  private volatile boolean stopping;
  private volatile boolean answered;
  private volatile boolean restarting;

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

  /**
   * The hook never returns to the JVM: its own exit would run C's exit handlers, and with them
   * ours, in a JVM half gone.
   */
  private void stop(EngineRun run) {
    stopping = true;
    try {
      run.stop(LONGEST_STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Native.exitNow(TOO_SLOW);
  }

  /**
   * The engine has shut down and its data is safe. From here on nothing may run that could still
   * crash.
   */
  void ended() {
    while (restarting) {
      LockSupport.park(); // the thread that restarts is about to replace us all
    }
    RunFile.delete(home, ProcessHandle.current().pid());
    Native.exitNow(stopping ? 0 : ENDED_BY_ITSELF);
  }

  /**
   * clickhouse-local ends its process when a connection's thread fails; a wrong password on the
   * native port is enough, or a client that is killed in the middle of a request's header. A server
   * would only log that. So the engine starts anew in the same process, within half a second: what
   * was acknowledged is kept, what was running fails at its client. One that has not answered for a
   * minute stays down.
   */
  void aborted(Runnable restart) {
    if (!stopping && answering()) {
      System.err.println("the engine ended itself, see engine.log; it starts again");
      restarting = true;
      restart.run();
    }
    RunFile.delete(home, ProcessHandle.current().pid());
    Native.exitNow(ENDED_BY_ITSELF);
  }

  private boolean answering() {
    return answered
        || RunFile.age(home, ProcessHandle.current().pid())
            .filter(age -> age.compareTo(LONGEST_SILENCE) < 0)
            .isPresent();
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
          answered = true;
          return;
        }
      } catch (IOException e) {
        // not listening yet
      }
      EnginePid.pause();
    }
  }
}
