package storefact.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "bench",
    description = "Measure against others, side by side in one run.",
    mixinStandardHelpOptions = true,
    subcommands = {
      BenchCommand.Ingest.class,
      BenchCommand.Chain.class,
      BenchCommand.MartBuilds.class,
      BenchCommand.Forecasts.class
    })
final class BenchCommand implements Runnable {

  @ParentCommand private Storefact storefact;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "which one? For example: ./storefact bench ingest");
  }

  /** How large the simulated chains are. */
  static final class Sizes {

    @Option(
        names = "--lines",
        split = ",",
        paramLabel = "N",
        defaultValue = "10000000,100000000",
        description = "sizes in sales lines (default: ${DEFAULT-VALUE})")
    private List<Long> lines = List.of(10_000_000L, 100_000_000L);
  }

  @Command(
      name = "chain",
      description = {
        "Whole simulated chains of growing size, each into a warehouse of its own: whether the rate",
        "holds and the memory stays. 100 million lines need about 20 GB of disk."
      },
      mixinStandardHelpOptions = true)
  static final class Chain implements Callable<Integer> {

    @ParentCommand private BenchCommand parent;
    @Mixin private Sizes sizes;

    @Override
    public Integer call() throws Exception {
      new ChainBench(new Console(), parent.storefact).run(sizes.lines);
      return 0;
    }
  }

  @Command(
      name = "marts",
      description = {
        "A full build of the marts beside the same SQL run by hand and as models of dbt-clickhouse,",
        "and a build after one new day. 100 million lines need about 20 GB of disk."
      },
      mixinStandardHelpOptions = true)
  static final class MartBuilds implements Callable<Integer> {

    @ParentCommand private BenchCommand parent;
    @Mixin private Sizes sizes;

    @Option(names = "--no-dbt", description = "leave dbt-clickhouse out (it is installed by pip)")
    private boolean withoutDbt;

    @Option(
        names = "--patience",
        paramLabel = "FACTOR",
        defaultValue = "0",
        description =
            "break the others off once they took FACTOR times our time; 0: let them end (default: ${DEFAULT-VALUE})")
    private double patience;

    @Override
    public Integer call() throws Exception {
      new MartsBench(new Console(), parent.storefact, !withoutDbt, patience).run(sizes.lines);
      return 0;
    }
  }

  @Command(
      name = "forecast",
      description = {
        "The forecast of demand as it would have been made, beside the seasonal naive one and, on a",
        "sample, AutoETS of Python's statsforecast; over the sales of this warehouse. Ends with code 1",
        "where series that sell often are not 10 % better than the naive one, not as good as AutoETS,",
        "or their intervals are more than two points off."
      },
      mixinStandardHelpOptions = true)
  static final class Forecasts implements Callable<Integer> {

    @ParentCommand private BenchCommand parent;

    @Option(
        names = "--origins",
        paramLabel = "N",
        defaultValue = "5",
        description = "forecasts of each series, four weeks apart (default: ${DEFAULT-VALUE})")
    private int origins = 5;

    @Option(
        names = "--sample",
        paramLabel = "N",
        defaultValue = "20",
        description =
            "series of each kind for the library, which pip installs; 0: without it (default: ${DEFAULT-VALUE})")
    private int sample = 20;

    @Override
    public Integer call() throws Exception {
      Console console = new Console();
      try (Session session = parent.storefact.open(console)) {
        List<String> misses = new ForecastBench(console, session, origins, sample).run();
        misses.forEach(miss -> console.say("falls short: %s", miss));
        return misses.isEmpty() ? 0 : 1;
      }
    }
  }

  @Command(
      name = "ingest",
      description = {
        "Exactly-once ingest into star, and into lake and star, beside ClickHouse's own INSERT …",
        "SELECT FROM file(…) of the same lines and the official connector's at-least-once sink."
      },
      mixinStandardHelpOptions = true)
  static final class Ingest implements Callable<Integer> {

    @ParentCommand private BenchCommand parent;

    @Option(
        names = "--times",
        split = ",",
        paramLabel = "N",
        defaultValue = "1,10",
        description =
            "sizes, as so many Complete Journeys with shifted dates (default: ${DEFAULT-VALUE})")
    private List<Integer> times = List.of(1, 10);

    @Option(
        names = "--rounds",
        paramLabel = "N",
        defaultValue = "3",
        description = "rounds, each way in turn; medians are shown (default: ${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(
        names = "--peer",
        paramLabel = "CLASSPATH",
        description = "class path of the official connector and its client, to run it too")
    private Optional<String> peer = Optional.empty();

    @Override
    public Integer call() throws Exception {
      Console console = new Console();
      Storefact options = parent.storefact;
      options.home = options.home.resolve("bench");
      try (Session session = options.open(console)) {
        Path work = session.home().root();
        IngestBench bench = new IngestBench(console, session, work, peer);
        for (int size : times) {
          bench.run(size, rounds);
        }
      }
      return 0;
    }
  }
}
