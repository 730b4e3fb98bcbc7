package storefact.warehouse.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A process told apart from a later one that was given the same number. */
record EnginePid(long pid, Instant startedAt) {
  /** The start instant is derived from the boot time, which clock corrections shift a little. */
  private static final Duration CLOCK_DRIFT = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofMillis(20);

  static EnginePid of(ProcessHandle process) {
    return new EnginePid(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  boolean alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().startInstant())
        .filter(start -> Duration.between(start, startedAt).abs().compareTo(CLOCK_DRIFT) < 0)
        .filter(_ -> !zombie())
        .isPresent();
  }

  /** Asks it to end (SIGTERM); nothing happens if it is gone. */
  void terminate() {
    if (alive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
  }

  /** Ends it at once (SIGKILL); nothing happens if it is gone. */
  void kill() {
    if (alive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** Whether it was gone before the time was up. */
  boolean awaitEnd(Duration atMost) {
    Instant deadline = Instant.now().plus(atMost);
    while (alive()) {
      if (Instant.now().isAfter(deadline)) {
        return false;
      }
      pause();
    }
    return true;
  }

  /** The step of every polling loop of this package. */
  static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineFailure("interrupted while waiting for the engine: run the command again", e);
    }
  }

  /**
   * In a container whose first process reaps nothing, an ended engine stays in the process table.
   */
  private boolean zombie() {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false; // no /proc on this system, or it has just ended
    }
  }
}
