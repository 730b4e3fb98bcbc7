package storefact.warehouse.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An installed {@code clickhouse} as a child of the host. Between the two stands a shell whose
 * standard input is a pipe from the host: when the host dies, even by SIGKILL, the pipe ends and
 * the shell ends the server.
 *
 * <p>Never run yet: no current binary was at hand.
 */
final class BinaryRun implements EngineRun {
  private static final String WATCHED =
      """
      exec 3<&0
      "$0" server --config-file="$1" </dev/null 3<&- &
      server=$!
      (cat <&3 >/dev/null; kill -TERM $server 2>/dev/null) &
      exec 3<&-
      wait $server
      """;

  private final Process shell;

  private BinaryRun(Process shell) {
    this.shell = shell;
  }

  static BinaryRun start(Path binary, Path config, EngineHost host) throws IOException {
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", WATCHED, binary.toString(), config.toString())
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread.ofPlatform()
        .name("server")
        .start(
            () -> {
              try {
                shell.waitFor();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              host.ended();
            });
    return new BinaryRun(shell);
  }

  @Override
  public void stop(Duration atMost) throws InterruptedException {
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      shell.destroy();
    }
    boolean _ = shell.waitFor(atMost);
  }
}
