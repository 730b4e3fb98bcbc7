package storefact.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import storefact.event.LineFormat;
import storefact.importing.completejourney.Compression;
import storefact.mart.BuildOptions;
import storefact.simulator.SimulationSettings;
import storefact.simulator.TruthDatabase;

@Command(
    name = "demo",
    description = {
      "Set up, load the Complete Journey (1.47 million real sales lines) through Flink into lake",
      "and star, build the marts, check them and write a report to look at. Safe to run again.",
      "With --simulated the data are a simulated chain's: members, cards, points, stock and the rest."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  @ParentCommand private Storefact storefact;

  @Option(
      names = "--simulated",
      description = {
        "load a small simulated chain instead, and its truth into database truth;",
        "give it a home of its own: --home DIR"
      })
  private boolean simulated;

  @Override
  public Integer call() throws Exception {
    Console console = new Console();
    long start = System.nanoTime();
    console.say("1/5 warehouse in %s", storefact.home);
    try (Session session = storefact.open(console)) {
      session.engine().ifPresent(engine -> console.say("    %s", UpCommand.line(engine)));
      final Path drop = simulated ? simulate(console, session) : importJourney(console, session);
      console.say("3/5 ingest into lake and star");
      IngestCommand.run(console, session, IngestCommand.settings(session, drop));
      console.say("4/5 marts");
      BuildCommand.run(console, session, BuildOptions.changed());
      final boolean sound = CheckCommand.run(console, session);
      console.say("5/5 report");
      Path page = session.home().reports().resolve("overview.html");
      ReportCommand.OverviewReport.write(console, session, page);
      Footprint.print(console, session);
      console.say("");
      console.say("done in %s", Console.clock(Duration.ofNanos(System.nanoTime() - start)));
      console.say("report:      %s", page.toAbsolutePath());
      console.say("drop folder: %s", drop.toAbsolutePath());
      console.say("lake:        %s", session.home().lake().toAbsolutePath());
      console.say("logs:        %s", session.home().logs().toAbsolutePath());
      console.say(
          "next: open the report; ./storefact sql \"SELECT segment, count() FROM dw.member_rfm"
              + " GROUP BY segment\"; ./storefact up keeps the warehouse running");
      return sound ? 0 : 1;
    }
  }

  private static Path importJourney(Console console, Session session) throws Exception {
    console.say("2/5 data: the Complete Journey");
    Path drop = session.home().drop();
    ImportCommand.CompleteJourney.run(console, drop, LineFormat.NDJSON, Compression.NONE);
    return drop;
  }

  private static Path simulate(Console console, Session session) throws Exception {
    console.say("2/5 data: a simulated chain");
    SimulationSettings settings = SimulationSettings.small(SimulateCommand.folder(session.home()));
    SimulateCommand.run(console, settings);
    long rows =
        new TruthDatabase(session.warehouse().http()).load(settings.truth(), console::progress);
    console.say("%s rows of truth in database truth, which no mart reads", Console.number(rows));
    return settings.drop();
  }
}
