package storefact.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import storefact.report.ChartLibrary;
import storefact.report.Overview;
import storefact.report.OverviewPage;
import storefact.report.OverviewQuery;

@Command(
    name = "report",
    description = "Write a report to look at.",
    mixinStandardHelpOptions = true,
    subcommands = ReportCommand.OverviewReport.class)
final class ReportCommand implements Runnable {

  @ParentCommand private Storefact storefact;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "which report? For example: ./storefact report overview");
  }

  @Command(
      name = "overview",
      description = "The chain at a glance, as one HTML page that opens offline.",
      mixinStandardHelpOptions = true)
  static final class OverviewReport implements Callable<Integer> {
    /** It tells no country; dw.store_clock knows where its tills stand. */
    private static final ZoneId COMPLETE_JOURNEY = ZoneId.of("America/New_York");

    @ParentCommand private ReportCommand parent;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "the page (default: overview.html in the home's reports)")
    private Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws Exception {
      Console console = new Console();
      try (Session session = parent.storefact.open(console)) {
        Path page = out.orElseGet(() -> session.home().reports().resolve("overview.html"));
        write(console, session, page);
        console.say("report: %s", page);
      }
      return 0;
    }

    static void write(Console console, Session session, Path page) {
      Path charts = ChartLibrary.ofUser().install(console::progress);
      LakeAndStar counted = LakeAndStar.compare(session);
      Overview overview =
          new OverviewQuery(session.warehouse(), chain(session))
              .overview(List.of(new Overview.Counts("sales_line", counted.lake(), counted.star())));
      new OverviewPage().write(overview, charts, page);
    }

    /** Name, currency and clock of the chain, by the clock of its stores. */
    static Overview.Chain chain(Session session) {
      ZoneId clock = OverviewQuery.clock(session.warehouse()).orElse(COMPLETE_JOURNEY);
      if (clock.equals(COMPLETE_JOURNEY)) {
        return new Overview.Chain(
            new Overview.Words("The Complete Journey", "完整旅程连锁"),
            Currency.getInstance("USD"),
            clock);
      }
      boolean simulated = Files.isDirectory(SimulateCommand.folder(session.home()));
      return new Overview.Chain(
          simulated
              ? new Overview.Words("A simulated chain", "模拟连锁")
              : new Overview.Words("The chain", "连锁"),
          Currency.getInstance("CNY"),
          clock);
    }
  }
}
