package storefact.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import storefact.event.LineFormat;
import storefact.simulator.Simulation;
import storefact.simulator.SimulationProgress;
import storefact.simulator.SimulationResult;
import storefact.simulator.SimulationSettings;
import storefact.simulator.comparison.Comparison;
import storefact.warehouse.Home;

@Command(
    name = "simulate",
    description = {
      "Simulate a chain in Chinese cities: drop files of every stream, and the truth behind them.",
      "The same seed gives the same bytes. Safe to run again."
    },
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

  @ParentCommand private Storefact storefact;

  @Option(names = "--stores", paramLabel = "N", description = "stores (default: 12)")
  private Optional<Integer> stores = Optional.empty();

  @Option(names = "--members", paramLabel = "N", description = "members (default: 3000)")
  private Optional<Integer> members = Optional.empty();

  @Option(names = "--days", paramLabel = "N", description = "days (default: 365)")
  private Optional<Integer> days = Optional.empty();

  @Option(
      names = "--start",
      paramLabel = "DATE",
      description = "first business day (default: 2024-01-01)")
  private Optional<LocalDate> start = Optional.empty();

  @Option(names = "--seed", paramLabel = "S", description = "seed (default: 1)")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "gets the folders drop and truth (default: simulated, in the home)")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--format",
      defaultValue = "NDJSON",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private LineFormat format = LineFormat.NDJSON;

  @Option(names = "--gzip", description = "pack the drop files")
  private boolean gzip;

  @Option(
      names = "--faults",
      paramLabel = "RATE",
      description = "share of sales lines with a planted fault, 0 to 0.1 (default: 0.0005)")
  private Optional<Double> faults = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "areas simulated at a time (default: one a processor, 8 at most)")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--compare",
      paramLabel = "DROP",
      description = {
        "instead of simulating: compare the simulated drop with another one, the Complete",
        "Journey's for example, and draw pictures into the folder comparison"
      })
  private Optional<Path> compare = Optional.empty();

  @Override
  public Integer call() throws Exception {
    Console console = new Console();
    Path folder = out.orElseGet(() -> folder(Home.at(storefact.home)));
    if (compare.isPresent()) {
      return compare(console, folder, compare.get());
    }
    SimulationSettings usual = SimulationSettings.small(folder);
    SimulationSettings settings =
        new SimulationSettings(
            folder,
            stores.orElse(usual.stores()),
            members.orElse(usual.members()),
            start.orElse(usual.start()),
            days.orElse(usual.days()),
            seed.orElse(usual.seed()),
            format,
            gzip,
            faults.orElse(usual.faults()),
            threads.orElse(usual.threads()),
            usual.parameters());
    run(console, settings);
    console.say("next: ./storefact ingest --bounded --files %s", settings.drop());
    return 0;
  }

  /** Where a home keeps its simulated chain. */
  static Path folder(Home home) {
    return home.root().resolve("simulated");
  }

  static void run(Console console, SimulationSettings settings) throws Exception {
    long begin = System.nanoTime();
    SimulationResult result =
        new Simulation(settings)
            .run(
                progress ->
                    console.progress(line(progress, Duration.ofNanos(System.nanoTime() - begin))));
    if (result.alreadyThere()) {
      console.say("the same simulation is there already: nothing to do");
    } else {
      console.say(
          "%s sales lines on %s receipts and %s other events in %s: %s lines/s",
          Console.number(result.salesLines()),
          Console.number(result.receipts()),
          Console.number(result.otherEvents()),
          Console.clock(result.took()),
          Console.number(
              Math.round(result.salesLines() / Math.max(0.001, result.took().toMillis() / 1e3))));
    }
    console.say("drop:  %s", settings.drop());
    console.say("truth: %s", settings.truth());
  }

  private static String line(SimulationProgress progress, Duration took) {
    return "simulate %14s lines %12s/s   %s"
        .formatted(
            Console.number(progress.salesLines()),
            Console.number(
                Math.round(progress.salesLines() / Math.max(0.001, took.toMillis() / 1e3))),
            Console.bar((double) progress.areaDays() / progress.ofAreaDays(), took));
  }

  private static int compare(Console console, Path folder, Path other) throws Exception {
    Path drop = folder.resolve("drop");
    for (Path there : new Path[] {drop, other}) {
      if (!Files.isDirectory(there)) {
        throw new IllegalArgumentException(
            there + " is no drop folder; run ./storefact simulate and an import first");
      }
    }
    Path pictures = folder.resolve("comparison");
    Comparison comparison = Comparison.of(drop, other, console::progress);
    comparison.draw(pictures);
    comparison.lines().forEach(console::say);
    console.say("pictures: %s", pictures);
    return 0;
  }
}
