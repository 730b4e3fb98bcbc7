package storefact.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import storefact.dashboard.Bundle;
import storefact.dashboard.Dashboards;
import storefact.dashboard.Edits;
import storefact.dashboard.Language;
import storefact.dashboard.Marks;
import storefact.dashboard.ServedAssets;
import storefact.mart.Mart;
import storefact.mart.ReaderViews;
import storefact.reader.Reader;
import storefact.reader.ReaderAccess;
import storefact.reader.Readers;
import storefact.warehouse.Home;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.engine.Engine;
import storefact.warehouse.engine.EngineAlreadyRunning;
import storefact.warehouse.engine.EngineLauncher;
import storefact.warehouse.engine.EngineOptions;
import storefact.warehouse.engine.Mode;
import storefact.warehouse.migration.Migrations;

@Command(
    name = "dashboards",
    description = "Superset on top of the marts: each reader sees what is theirs.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DashboardsCommand.Up.class,
      DashboardsCommand.Down.class,
      DashboardsCommand.Bench.class,
      DashboardsCommand.Export.class
    })
final class DashboardsCommand implements Runnable {

  @ParentCommand private Storefact storefact;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "which command: up, down, export or bench?");
  }

  /** The reviewed files of the checkout. */
  static Path assets() {
    return Path.of(System.getProperty("storefact.root", "."), "dashboards", "assets");
  }

  @Command(
      name = "up",
      description = {
        "Install Superset where it is missing, bring readers and dashboards into it, and serve it.",
        "Safe to run again; after an edit of the home's readers.yaml, run it again."
      },
      mixinStandardHelpOptions = true)
  static final class Up implements Callable<Integer> {
    /** A chain may have hundreds; two show how the list goes on. */
    private static final int FIRST_MANAGERS = 2;

    private static final int EDITS_SHOWN = 10;

    @ParentCommand private DashboardsCommand parent;

    @Option(
        names = "--overwrite",
        description = "Give up edits that were made in the browser and not exported.")
    private boolean overwrite;

    @Override
    public Integer call() throws Exception {
      Console console = new Console();
      Storefact options = parent.storefact;
      Home home = Home.at(options.home);
      Dashboards dashboards = Dashboards.in(assets());
      Optional<WarehouseAddress> server = options.warehouse.map(WarehouseAddress::parse);
      WarehouseAddress address =
          server.isPresent()
              ? onServer(console, options, home, server.get())
              : onEngine(console, options, home);
      List<Reader> readers = Readers.of(home);
      Marks marks;
      try (Warehouse warehouse = Warehouse.connect(address)) {
        requireMarts(dashboards, new ReaderViews(warehouse).refresh());
        ReaderAccess.map(warehouse.http(), readers);
        marks = Marks.of(warehouse);
      }
      SupersetServer superset = new SupersetServer(home, console);
      Bundle bundle = new Bundle(dashboards, marks);
      if (!overwrite && superset.wasBrought() && !superset.isCurrent(bundle, readers)) {
        console.progress("looking for edits made in the browser");
        requireExported(new Edits(dashboards, superset.brought(), superset.now()));
      }
      superset.serveFrom(server);
      boolean changed = superset.bring(bundle, readers);
      console.say(changed ? "dashboards: %s" : "nothing changed; dashboards: %s", superset.url());
      for (String name : dashboards.names()) {
        for (Language language : Language.values()) {
          console.say("  %s/superset/dashboard/%s-%s/", superset.url(), name, language.code());
        }
      }
      console.say("readers: %s", String.join(", ", readers.stream().map(Reader::name).toList()));
      console.say("their passwords: %s", superset.logins());
      console.say("readers and what is theirs are listed in %s", Readers.file(home));
      console.say("next: open the address and log in; ./storefact dashboards down");
      return 0;
    }

    private static void requireMarts(Dashboards dashboards, List<Mart> built) {
      List<Mart> missing =
          dashboards.marts().stream().filter(mart -> !built.contains(mart)).toList();
      if (!missing.isEmpty()) {
        throw new IllegalStateException(
            "marts %s are not built yet: run ./storefact demo, or ingest and build"
                .formatted(missing));
      }
    }

    /** Bringing in anything overwrites what was edited in the browser. */
    private static void requireExported(Edits edits) {
      List<String> all = Stream.concat(edits.made().stream(), edits.lost().stream()).toList();
      if (!all.isEmpty()) {
        throw new IllegalStateException(
            "edits made in the browser would be lost:%n  %s%n%s"
                .formatted(
                    all.stream()
                        .limit(EDITS_SHOWN)
                        .collect(Collectors.joining(System.lineSeparator() + "  ")),
                    "bring them into the files with ./storefact dashboards export, or give them up with ./storefact dashboards up --overwrite"));
      }
    }

    /** A server with an account for each reader. */
    private static WarehouseAddress onServer(
        Console console, Storefact options, Home home, WarehouseAddress server)
        throws InterruptedException {
      try (Session session = options.open(console)) {
        firstReaders(console, home, session.warehouse());
      }
      console.progress("the readers' accounts on " + server);
      ServerAccounts.bring(server, home, options.topology, ReaderAccess.accounts(Readers.of(home)));
      return server;
    }

    /** The home's engine, left running, with an account for each reader. */
    private static WarehouseAddress onEngine(Console console, Storefact options, Home home)
        throws InterruptedException {
      Engine engine = start(console, options, home);
      try (Warehouse warehouse = Warehouse.connect(Session.addressOf(home, engine))) {
        new Migrations(warehouse.http(), options.topology).run(console::progress);
        firstReaders(console, home, warehouse);
      }
      return Session.addressOf(home, start(console, options, home));
    }

    private static void firstReaders(Console console, Home home, Warehouse warehouse) {
      List<String> regions = names(warehouse, "region", "dw.store");
      List<String> managers = names(warehouse, "manager", "dw.member");
      List<Reader> readers =
          Readers.first(regions, managers.stream().limit(FIRST_MANAGERS).toList());
      if (Readers.writeFirst(home, readers)) {
        console.say("a first list of readers: %s", Readers.file(home));
      }
    }

    private static List<String> names(Warehouse warehouse, String column, String view) {
      return warehouse
          .http()
          .query(
              "SELECT DISTINCT %1$s FROM %2$s WHERE %1$s != '' ORDER BY %1$s"
                  .formatted(column, view))
          .lines()
          .toList();
    }

    /** Accounts are read when the engine starts: with others it is started anew. */
    private static Engine start(Console console, Storefact options, Home home) {
      EngineOptions wanted = Session.engineOptions(options);
      Optional<Engine> running = EngineLauncher.running(home);
      if (running.isPresent() && EngineLauncher.hasAccountsOf(home, wanted)) {
        requireDetached(running.get());
        return running.get();
      }
      if (running.isPresent()) {
        requireDetached(running.get());
        console.progress("starting the warehouse anew with the readers' accounts");
        EngineLauncher.stop(home);
      }
      try {
        return EngineLauncher.start(home, wanted, Mode.DETACHED, console::progress);
      } catch (EngineAlreadyRunning rival) {
        throw new IllegalStateException(
            "another command has just started the warehouse: run this one again", rival);
      }
    }

    private static void requireDetached(Engine engine) {
      if (engine.attached()) {
        throw new IllegalStateException(
            "another command uses the warehouse (pid %d): wait until it ends, then run this again"
                .formatted(engine.pid()));
      }
    }
  }

  @Command(
      name = "bench",
      description = {
        "Time the statement of every chart, as Superset makes it, for a reader of each role: with the",
        "engine's caches dropped, and warm. Ends with code 1 where charts are slower than the limits."
      },
      mixinStandardHelpOptions = true)
  static final class Bench implements Callable<Integer> {

    @ParentCommand private DashboardsCommand parent;

    @Option(
        names = "--times",
        paramLabel = "N",
        defaultValue = "10",
        description = "warm runs of each chart (default: ${DEFAULT-VALUE})")
    private int times = 10;

    @Option(
        names = "--warm",
        paramLabel = "MS",
        defaultValue = "300",
        description =
            "most that the p95 of all warm runs and the median of any chart's may be (default: ${DEFAULT-VALUE})")
    private double warm = 300;

    @Option(
        names = "--cold",
        paramLabel = "MS",
        defaultValue = "1000",
        description = "most that the p95 of all first runs may be (default: ${DEFAULT-VALUE})")
    private double cold = 1000;

    @Override
    public Integer call() throws IOException, InterruptedException {
      Console console = new Console();
      Home home = Home.at(parent.storefact.home);
      SupersetServer superset = new SupersetServer(home, console);
      Optional<WarehouseAddress> warehouse =
          parent
              .storefact
              .warehouse
              .map(WarehouseAddress::parse)
              .or(() -> EngineLauncher.running(home).map(one -> Session.addressOf(home, one)));
      if (warehouse.isEmpty() || !superset.isUp()) {
        throw new IllegalStateException(
            "no dashboards run in " + home.root() + ": run ./storefact dashboards up first");
      }
      ChartBench.Result result =
          new ChartBench(console, home, warehouse.get(), superset.url(), times)
              .run(Readers.of(home));
      ChartBench.Slowest slowest = result.slowest();
      console.say(
          "slowest: %s of %s, median of its warm runs %.0f ms",
          slowest.chart(), slowest.reader(), slowest.warm());
      boolean well = result.warm() <= warm && result.cold() <= cold && slowest.warm() <= warm;
      console.say(
          "%s: p95 warm and each chart's median at most %.0f ms, p95 cold at most %.0f ms",
          well ? "within the limits" : "TOO SLOW", warm, cold);
      return well ? 0 : 1;
    }
  }

  @Command(
      name = "down",
      description = "Stop Superset; the warehouse goes on.",
      mixinStandardHelpOptions = true)
  static final class Down implements Callable<Integer> {

    @ParentCommand private DashboardsCommand parent;

    @Override
    public Integer call() throws IOException, InterruptedException {
      Console console = new Console();
      Home home = Home.at(parent.storefact.home);
      boolean stopped = new SupersetServer(home, console).stop();
      console.say(stopped ? "stopped: dashboards" : "no dashboards run in " + home.root());
      return 0;
    }
  }

  @Command(
      name = "export",
      description = {
        "Write edits made in the browser back into the files of dashboards.",
        "Only lines that an edit changes are touched.",
        "What files cannot say is listed, and the exit code is then 1."
      },
      mixinStandardHelpOptions = true)
  static final class Export implements Callable<Integer> {

    @ParentCommand private DashboardsCommand parent;

    @CommandLine.Option(
        names = "--to",
        paramLabel = "DIR",
        description = "Folder of the files; the checkout's dashboards/assets without it.")
    private Optional<Path> to = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
      Console console = new Console();
      SupersetServer superset = new SupersetServer(Home.at(parent.storefact.home), console);
      ServedAssets brought = superset.brought();
      Path folder = to.orElseGet(DashboardsCommand::assets);
      Edits edits = new Edits(Dashboards.in(folder), brought, superset.now());
      edits.made().forEach(console::say);
      List<Path> changed = edits.write(folder);
      changed.forEach(file -> console.say("changed: %s", file));
      edits.lost().forEach(line -> console.say("not written: %s", line));
      if (changed.isEmpty() && edits.lost().isEmpty()) {
        console.say("nothing was edited");
        return 0;
      }
      if (!changed.isEmpty()) {
        console.say("next: git diff %s; ./storefact dashboards up", shown(folder));
      } else {
        console.say("next: make the edits in %s; ./storefact dashboards up", shown(folder));
      }
      return edits.lost().isEmpty() ? 0 : 1;
    }

    /** The checkout's own folder by the name that the docs give it. */
    private static String shown(Path folder) {
      return folder.equals(assets()) ? "dashboards/assets" : folder.toString();
    }
  }
}
