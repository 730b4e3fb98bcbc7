package storefact.warehouse.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import storefact.warehouse.Home;

/**
 * The use of an engine while a command needs it: the one that runs, or else an attached one,
 * started for the purpose. The process that started it stops it when its last lease is closed and
 * no other process uses it.
 */
public final class EngineLease implements AutoCloseable {
  /**
   * A process can lock a file only once, so the leases of one home share the lock. Guarded by
   * itself.
   */
  private static final Map<Path, Use> USES = new HashMap<>();

  private final Home home;
  private final Use use;
  private boolean closed;

  private EngineLease(Home home, Use use) {
    this.home = home;
    this.use = use;
  }

  /** This process's use of one home's engine. */
  private static final class Use {
    private final FileChannel channel;
    private final Consumer<String> progress;
    private final FileLock shared;
    private Engine engine;
    private boolean started;
    private int leases;

    Use(FileChannel channel, FileLock shared, Consumer<String> progress) {
      this.channel = channel;
      this.shared = shared;
      this.progress = progress;
    }
  }

  /**
   * Uses the home's engine until the lease is closed.
   *
   * @param options heeded only if the engine has to be started
   * @param progress gets a line when something takes long, also when closing
   * @throws EngineFailure if the engine has to be started and cannot be
   */
  public static EngineLease acquire(Home home, EngineOptions options, Consumer<String> progress) {
    synchronized (USES) {
      Use use = USES.get(home.root());
      if (use == null || !use.engine.process().alive()) {
        if (use != null) {
          USES.remove(home.root());
          release(use);
        }
        use = begin(home, options, progress);
        USES.put(home.root(), use);
      }
      use.leases++;
      return new EngineLease(home, use);
    }
  }

  /** The lock comes first: an owner that is about to stop its engine holds it, and we wait. */
  private static Use begin(Home home, EngineOptions options, Consumer<String> progress) {
    Path file = Home.at(home.root()).engine().resolve("in-use.lock");
    Use use;
    try {
      FileChannel channel = EngineLauncher.open(file);
      use = new Use(channel, channel.lock(0, Long.MAX_VALUE, true), progress);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + file + ": check its permissions", e);
    }
    try {
      use.engine = EngineLauncher.start(home, options, Mode.ATTACHED, progress);
      use.started = true;
    } catch (EngineAlreadyRunning running) {
      use.engine = running.engine();
    } finally {
      if (use.engine == null) {
        release(use);
      }
    }
    return use;
  }

  /** Where the leased engine is. */
  public Engine engine() {
    return use.engine;
  }

  /** Gives the engine back; closing twice does nothing. */
  @Override
  public void close() {
    synchronized (USES) {
      if (closed) {
        return;
      }
      closed = true;
      use.leases--;
      if (use.leases > 0 || !USES.remove(home.root(), use)) {
        return;
      }
      if (use.started) {
        stopWhenUnused();
      } else {
        release(use);
      }
    }
  }

  private void stopWhenUnused() {
    try {
      use.shared.release();
      FileLock alone = use.channel.tryLock();
      if (alone == null) {
        use.progress.accept("waiting for other commands that use this engine");
        alone = use.channel.lock();
      }
      if (use.engine.process().alive()) {
        EngineLauncher.stop(home);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot wait for the engine's other users", e);
    } finally {
      release(use);
    }
  }

  /** Closing the channel releases its locks. */
  private static void release(Use use) {
    try {
      use.channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the engine's lock", e);
    }
  }
}
