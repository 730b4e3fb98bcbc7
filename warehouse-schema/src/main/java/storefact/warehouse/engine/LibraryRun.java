package storefact.warehouse.engine;

import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The engine inside the host's own process. It runs until its standard input, a pipe from the host
 * to itself, ends.
 */
final class LibraryRun implements EngineRun {
  private static final String SERVE =
      "SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP;"
          + " SELECT * FROM file('-', 'TSV', 'line String') FORMAT Null";

  /** The engine parses and plans on the stack of the thread that called it. */
  private static final long STACK_BYTES = 16L << 20;

  private final Native.Input input;
  private final Thread thread;

  private LibraryRun(Native.Input input, Thread thread) {
    this.input = input;
    this.thread = thread;
  }

  static LibraryRun start(Path library, Path config, Native.Input input, EngineHost host)
      throws Throwable {
    SymbolLookup engine = Native.load(library);
    Native.atExit(host::ended);
    Runnable restart = Native.restart(input);
    Native.onAbort(() -> host.aborted(restart));
    List<String> arguments =
        List.of("clickhouse-local", "--config-file=" + config, "--query", SERVE);
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                Native.commandLine(engine, arguments);
              } catch (Throwable e) {
                System.err.println("cannot run the engine: " + e);
              }
              host.ended();
            },
            "engine",
            STACK_BYTES);
    thread.start();
    return new LibraryRun(input, thread);
  }

  @Override
  public void stop(Duration atMost) throws InterruptedException {
    input.close();
    thread.join(atMost);
  }
}
