package storefact.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import storefact.dashboard.Dashboards;
import storefact.dictionary.Dictionary;
import storefact.dictionary.DictionaryPage;
import storefact.dictionary.DictionaryQuery;
import storefact.dictionary.Exposure;
import storefact.dictionary.GraphLibrary;
import storefact.event.Streams;
import storefact.report.Overview;
import storefact.report.OverviewQuery;
import storefact.warehouse.Warehouse;

@Command(
    name = "docs",
    description = {
      "Write the data dictionary as a site that opens offline: tables, columns, metrics,",
      "lineage, checks, freshness, sample queries."
    },
    mixinStandardHelpOptions = true)
final class DocsCommand implements Callable<Integer> {

  @ParentCommand private Storefact storefact;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder of the site (default: docs in the home's reports)")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() throws Exception {
    Console console = new Console();
    try (Session session = storefact.open(console)) {
      Path graph = GraphLibrary.install(console::progress);
      List<Exposure> exposures = new ArrayList<>();
      exposures.add(overview(session.warehouse(), ReportCommand.OverviewReport.chain(session)));
      exposures.addAll(Dashboards.in(DashboardsCommand.assets()).exposures(session.warehouse()));
      Dictionary dictionary =
          new DictionaryQuery(
                  session.warehouse(), exposures, lakeEvents(session), console::progress)
              .read();
      Path page =
          out.orElseGet(() -> session.home().reports().resolve("docs")).resolve("index.html");
      new DictionaryPage().write(dictionary, graph, page);
      console.say(
          "%d tables, %d columns, %d metrics",
          dictionary.tables().size(),
          dictionary.tables().stream().mapToInt(table -> table.columns().size()).sum(),
          dictionary.metrics().size());
      console.say("docs: %s", page.toAbsolutePath());
    }
    return 0;
  }

  /** The page is asked once, for its statements. */
  private static Exposure overview(Warehouse warehouse, Overview.Chain chain) {
    OverviewQuery page = new OverviewQuery(warehouse, chain);
    page.overview();
    return Exposure.of(
        warehouse,
        "overview",
        Exposure.Kind.PAGE,
        new Overview.Words("Overview page", "经营总览"),
        page.asked());
  }

  private static Map<String, Long> lakeEvents(Session session) {
    Map<String, Long> events = new TreeMap<>();
    Streams.ALL.forEach(contract -> events.put(contract.stream(), session.lake().events(contract)));
    return events;
  }
}
