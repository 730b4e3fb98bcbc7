package storefact.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import storefact.simulator.chain.Chain.Area;
import storefact.simulator.output.DropFolder;

/**
 * A simulated chain: drop files as its tills and headquarters would send them, and the truth behind
 * them. Areas are simulated side by side and do not depend on each other, so the same settings give
 * the same bytes. Memory grows with the members of the areas under way, not with days or lines.
 *
 * <p>A run that was broken off is written anew from the start, over what is there; a finished one
 * is left as it is.
 */
public final class Simulation {

  private static final String FINISHED = "simulation.txt";
  private static final String UNDER_WAY = "simulation-under-way.txt";
  private static final long TELL_MILLIS = 200;

  private final SimulationSettings settings;

  /** A simulation that has yet to be run. */
  public Simulation(SimulationSettings settings) {
    this.settings = settings;
  }

  /**
   * Writes drop files and truth.
   *
   * @param progress is told how far it is, by the calling thread, a few times a second
   * @throws IOException if a file cannot be written, or the folder holds another simulation
   * @throws InterruptedException if interrupted; a later run starts over
   */
  public SimulationResult run(Consumer<SimulationProgress> progress)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Path finished = settings.out().resolve(FINISHED);
    Path underWay = settings.out().resolve(UNDER_WAY);
    if (isHere(finished)) {
      return new SimulationResult(0, 0, 0, true, Duration.ofNanos(System.nanoTime() - start));
    }
    isHere(underWay);
    Files.createDirectories(settings.out());
    Files.writeString(underWay, settings.fingerprint());
    World world = World.of(settings);
    DropFolder drop = new DropFolder(settings.drop(), settings.format(), settings.gzip());
    // Master data first: a watching ingest would reject the lines of a store that it does not know.
    long headquarters = new Headquarters(world, drop).write();
    AreaRun.Counts counts = areas(world, drop, progress);
    Files.move(underWay, finished, StandardCopyOption.ATOMIC_MOVE);
    return new SimulationResult(
        counts.salesLines(),
        counts.receipts(),
        counts.otherEvents() + headquarters,
        false,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private boolean isHere(Path note) throws IOException {
    if (!Files.exists(note)) {
      return false;
    }
    if (!Files.readString(note).equals(settings.fingerprint())) {
      throw new IOException(
          settings.out()
              + " holds a simulation with other settings, see "
              + note
              + "; choose another folder, or delete this one");
    }
    return true;
  }

  private AreaRun.Counts areas(World world, DropFolder drop, Consumer<SimulationProgress> progress)
      throws IOException, InterruptedException {
    LongAdder days = new LongAdder();
    LongAdder lines = new LongAdder();
    List<Area> areas = world.chain().areas();
    long allDays = (long) areas.size() * settings.days();
    List<Future<AreaRun.Counts>> running = new ArrayList<>();
    AreaRun.Counts sum = new AreaRun.Counts(0, 0, 0);
    try (ExecutorService workers = Executors.newFixedThreadPool(settings.threads())) {
      try {
        for (Area area : areas) {
          // Members are drawn when the area's turn comes, and gone when it is done.
          running.add(workers.submit(() -> new AreaRun(world, area, drop, days, lines).run()));
        }
        for (Future<AreaRun.Counts> area : running) {
          AreaRun.Counts counts =
              await(
                  area,
                  () -> progress.accept(new SimulationProgress(days.sum(), allDays, lines.sum())));
          sum =
              new AreaRun.Counts(
                  sum.salesLines() + counts.salesLines(),
                  sum.receipts() + counts.receipts(),
                  sum.otherEvents() + counts.otherEvents());
        }
      } finally {
        // Nothing is left to do, or what is left is not wanted any more.
        workers.shutdownNow();
      }
    }
    progress.accept(new SimulationProgress(days.sum(), allDays, lines.sum()));
    return sum;
  }

  private static AreaRun.Counts await(Future<AreaRun.Counts> area, Runnable tell)
      throws IOException, InterruptedException {
    while (true) {
      try {
        return area.get(TELL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        tell.run();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException broken
            ? broken
            : new IOException("the simulation failed: " + e.getCause(), e.getCause());
      }
    }
  }
}
