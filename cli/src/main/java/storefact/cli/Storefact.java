package storefact.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import storefact.warehouse.migration.Topology;

/**
 * The command {@code storefact}. Exit code 0 = done, 1 = the work failed, 2 = wrong usage; the last
 * line of an error says what to do.
 */
@Command(
    name = "storefact",
    description = "Data warehouse and BI for retail chains with members.",
    mixinStandardHelpOptions = true,
    version = "Storefact 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      DoctorCommand.class,
      ImportCommand.class,
      SimulateCommand.class,
      IngestCommand.class,
      RejectsCommand.class,
      BuildCommand.class,
      DiffCommand.class,
      PromoteCommand.class,
      EnvCommand.class,
      CheckCommand.class,
      SqlCommand.class,
      MetricCommand.class,
      ReportCommand.class,
      DocsCommand.class,
      DashboardsCommand.class,
      BenchCommand.class
    },
    footer = {"", "First time here: ./storefact demo", "All tests:       ./storefact test"})
final class Storefact implements Runnable {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "${env:STOREFACT_HOME:-.storefact}",
      scope = CommandLine.ScopeType.INHERIT,
      description = "where this warehouse lives (default: $STOREFACT_HOME, else .storefact)")
  Path home = Path.of(".storefact");

  @Option(
      names = "--warehouse",
      paramLabel = "URL",
      scope = CommandLine.ScopeType.INHERIT,
      description =
          "a running ClickHouse instead of the embedded engine: jdbc:clickhouse://host:port/?user=U;"
              + " its password in STOREFACT_WAREHOUSE_PASSWORD")
  Optional<String> warehouse = Optional.empty();

  @Option(
      names = "--topology",
      paramLabel = "NAME",
      defaultValue = "SINGLE",
      scope = CommandLine.ScopeType.INHERIT,
      description = "of --warehouse: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  Topology topology = Topology.SINGLE;

  @Option(
      names = "--engine",
      paramLabel = "PATH",
      scope = CommandLine.ScopeType.INHERIT,
      description = "an installed clickhouse binary as the engine instead of the npm library")
  Optional<Path> engine = Optional.empty();

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      scope = CommandLine.ScopeType.INHERIT,
      description =
          "most that the embedded engine takes, in MiB, from its next start on (default: 1536)")
  Optional<Long> memory = Optional.empty();

  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
  }

  /** A session on the warehouse of these options; close it. */
  Session open(Console console) throws InterruptedException {
    return Session.open(this, console);
  }

  private static int failed(Exception failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    System.err.println("error: " + (outOfHeap(failure) ? moreHeap() : message));
    if (System.getenv("STOREFACT_TRACE") != null) {
      failure.printStackTrace();
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static boolean outOfHeap(Throwable failure) {
    return failure instanceof OutOfMemoryError
        || (failure.getCause() != null && outOfHeap(failure.getCause()));
  }

  private static String moreHeap() {
    long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
    return "the heap of %,d MiB is too small for this; give it more: STOREFACT_HEAP=%dm ./storefact …"
        .formatted(mebibytes, 4 * mebibytes);
  }

  /** Runs a command line and answers its exit code. */
  static int execute(String... arguments) {
    return new CommandLine(new Storefact())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, _, _) -> failed(failure))
        .execute(arguments);
  }

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    int code = execute(arguments);
    System.out.flush();
    // Flink and the JDBC driver leave threads behind.
    System.exit(code);
  }
}
