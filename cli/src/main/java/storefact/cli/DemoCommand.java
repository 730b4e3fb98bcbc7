package storefact.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import storefact.event.LineFormat;
import storefact.importing.completejourney.Compression;
import storefact.mart.BuildOptions;

@Command(
    name = "demo",
    description = {
      "Set up, load the Complete Journey (1.47 million real sales lines) through Flink into lake",
      "and star, build the marts, check them and write a report to look at. Safe to run again."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  @ParentCommand private Storefact storefact;

  @Override
  public Integer call() throws Exception {
    Console console = new Console();
    long start = System.nanoTime();
    console.say("1/5 warehouse in %s", storefact.home);
    try (Session session = storefact.open(console)) {
      session.engine().ifPresent(engine -> console.say("    %s", UpCommand.line(engine)));
      console.say("2/5 data: the Complete Journey");
      Path drop = session.home().drop();
      ImportCommand.CompleteJourney.run(console, drop, LineFormat.NDJSON, Compression.NONE);
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
}
