package storefact.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import storefact.mart.BuildOptions;
import storefact.mart.BuildProgress;
import storefact.mart.BuildReport;
import storefact.mart.Mart;
import storefact.mart.MartBuild;

@Command(
    name = "build",
    description = "Build the marts: only what changed, readers see whole versions only.",
    mixinStandardHelpOptions = true)
final class BuildCommand implements Callable<Integer> {

  @ParentCommand private Storefact storefact;

  @Parameters(paramLabel = "MART", description = "marts to build (default: all)")
  private List<String> marts = List.of();

  @Option(names = "--full", description = "build everything anew")
  private boolean full;

  @Override
  public Integer call() throws Exception {
    Console console = new Console();
    try (Session session = storefact.open(console)) {
      BuildOptions options = full ? BuildOptions.full() : BuildOptions.changed();
      run(console, session, marts.isEmpty() ? options : options.only(marts));
      console.say("next: ./storefact check, ./storefact report overview");
    }
    return 0;
  }

  static void run(Console console, Session session, BuildOptions options)
      throws InterruptedException {
    BuildReport report = new MartBuild(session.warehouse()).run(options, new Lines(console));
    console.say(
        "%d marts, %d partitions changed, %.1f s",
        report.marts().size(), report.changes(), report.seconds());
  }

  private record Lines(Console console) implements BuildProgress {
    @Override
    public void waiting(String message) {
      console.say(message);
    }

    @Override
    public void begins(Mart mart, int partitions) {
      console.progress("building " + mart.name() + ", " + partitions + " partitions");
    }

    @Override
    public void ends(BuildReport.MartResult result) {
      console.say(
          "%-24s %12s rows   built %3d   dropped %3d   unchanged %3d   %6.2f s",
          result.mart(),
          Console.number(result.rows()),
          result.built().size(),
          result.dropped().size(),
          result.skipped().size(),
          result.seconds());
    }
  }
}
