package storefact.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import storefact.mart.BuildOptions;
import storefact.mart.BuildProgress;
import storefact.mart.BuildReport;
import storefact.mart.Environment;
import storefact.mart.Mart;
import storefact.mart.MartBuild;
import storefact.mart.MartPlan;

@Command(
    name = "build",
    description = "Build the marts: only what changed, readers see whole versions only.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  storefact build                         what changed, in all marts",
      "  storefact build --plan                  what that would be, and why",
      "  storefact build member_rfm              that mart and what it reads",
      "  storefact build --select daily_sales+   exactly that mart and those that read it",
      "  storefact build --select tag:sales      marts about sales",
      "  storefact build --env trial             marts whose definition changed, beside production",
      "  storefact build --as-of 2017-06-30      all marts as they were at the end of that day"
    })
final class BuildCommand implements Callable<Integer> {
  private static final long SECONDS_TO_END = 20;

  @ParentCommand private Storefact storefact;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(
      paramLabel = "MART",
      description = "marts to build, with what they read (default: all)")
  private List<String> marts = List.of();

  @Option(names = "--full", description = "build everything anew")
  private boolean full;

  @Option(
      names = "--select",
      paramLabel = "WORD",
      split = ",",
      description =
          "exactly these marts: NAME, tag:TAG or changed (definition); + before: with what they"
              + " read, + behind: with what reads them")
  private List<String> selected = List.of();

  @Option(names = "--plan", description = "say what would be built and why, and build nothing")
  private boolean plan;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description =
          "build beside production, in database mart_NAME; without marts or --select: those whose"
              + " definition changed")
  private Optional<String> environment = Optional.empty();

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      description = "as the warehouse was at the end of that day, in database mart_as_of_yyyymmdd")
  private Optional<LocalDate> asOf = Optional.empty();

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "marts built at once where none reads the other (default: 2)")
  private Optional<Integer> parallel = Optional.empty();

  @Option(names = "--cancel", description = "end the build that runs, in whatever process")
  private boolean cancel;

  @Override
  public Integer call() throws Exception {
    Console console = new Console();
    if (environment.isPresent() && asOf.isPresent()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--env and --as-of exclude each other");
    }
    if (!marts.isEmpty() && !selected.isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "give marts or --select, not both");
    }
    try (Session session = storefact.open(console)) {
      MartBuild build = new MartBuild(session.warehouse());
      if (cancel) {
        build.cancelOthers();
        console.say("no build runs; what was finished stays");
        return 0;
      }
      BuildOptions options = options(build);
      if (plan) {
        plan(console, build.plan(options));
      } else {
        run(console, build, options);
        console.say("next: %s", next());
      }
    }
    return 0;
  }

  private BuildOptions options(MartBuild build) {
    BuildOptions options = full ? BuildOptions.full() : BuildOptions.changed();
    if (!selected.isEmpty()) {
      options = options.exactly(build.select(selected));
    } else if (!marts.isEmpty()) {
      options = options.only(marts);
    } else if (environment.isPresent()) {
      Set<Mart> changed = build.select(List.of("changed"));
      if (changed.isEmpty()) {
        throw new IllegalArgumentException(
            "no mart's definition differs from what is built; name marts, or --select them");
      }
      options = options.exactly(changed);
    }
    if (parallel.isPresent()) {
      options = options.atATime(parallel.get());
    }
    return options.in(
        environment
            .map(Environment::named)
            .or(() -> asOf.map(Environment::asOf))
            .orElse(Environment.PRODUCTION));
  }

  private String next() {
    if (environment.isPresent()) {
      return "./storefact diff %1$s, ./storefact promote %1$s".formatted(environment.get());
    }
    return asOf.isPresent()
        ? "./storefact sql \"SELECT … FROM %s.daily_sales\""
            .formatted(Environment.asOf(asOf.get()).marts())
        : "./storefact check, ./storefact report overview";
  }

  private static void plan(Console console, List<MartPlan> plans) {
    int partitions = 0;
    for (MartPlan plan : plans) {
      List<String> reasons = new ArrayList<>();
      plan.due().values().stream()
          .distinct()
          .forEach(why -> reasons.add(why + ": " + partitionsFor(plan, why)));
      if (!plan.gone().isEmpty()) {
        reasons.add("gone from the sources: " + String.join(" ", plan.gone()));
      }
      partitions += plan.due().size() + plan.gone().size();
      console.say(
          "%-26s %s",
          plan.mart().name(), reasons.isEmpty() ? "up to date" : String.join("; ", reasons));
    }
    console.say("%d marts, %d partitions to change", plans.size(), partitions);
  }

  private static String partitionsFor(MartPlan plan, String why) {
    List<String> partitions =
        plan.due().entrySet().stream()
            .filter(due -> due.getValue().equals(why))
            .map(java.util.Map.Entry::getKey)
            .toList();
    return partitions.size() <= 3
        ? String.join(" ", partitions)
        : "%s … %s (%d)".formatted(partitions.getFirst(), partitions.getLast(), partitions.size());
  }

  static void run(Console console, Session session, BuildOptions options)
      throws InterruptedException {
    run(console, new MartBuild(session.warehouse()), options);
  }

  /** Builds; a Ctrl-C cancels the build and waits for it to end in order. */
  private static void run(Console console, MartBuild build, BuildOptions options)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread interrupted =
        new Thread(
            () -> {
              build.cancel();
              try {
                if (!ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
                  System.err.println("the build did not end in time; the next one cleans up");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      BuildReport report = build.run(options, new Lines(console));
      console.say(
          "%d marts, %d partitions changed, %.1f s",
          report.marts().size(), report.changes(), report.seconds());
    } finally {
      ended.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(interrupted);
      } catch (IllegalStateException e) {
        // The process is ending: the hook is running already.
        console.progress("");
      }
    }
  }

  private record Lines(Console console) implements BuildProgress {
    @Override
    public void waiting(String message) {
      console.say(message);
    }

    @Override
    public void begins(Mart mart, int partitions) {
      if (partitions > 0) {
        console.progress("building " + mart.name() + ", " + partitions + " partitions");
      }
    }

    @Override
    public void ends(BuildReport.MartResult result) {
      console.say(
          "%-26s %12s rows   built %3d   dropped %3d   unchanged %3d   %6.2f s",
          result.mart(),
          Console.number(result.rows()),
          result.built().size(),
          result.dropped().size(),
          result.skipped().size(),
          result.seconds());
    }
  }
}
