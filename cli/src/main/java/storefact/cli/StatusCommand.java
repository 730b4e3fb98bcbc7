package storefact.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import storefact.warehouse.Home;
import storefact.warehouse.Warehouse;
import storefact.warehouse.engine.Engine;
import storefact.warehouse.engine.EngineLauncher;
import storefact.warehouse.migration.Migrations;

@Command(
    name = "status",
    description = "Tell what runs and what the warehouse holds.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  private static final String SIZES =
      "SELECT database || '.' || table, formatReadableQuantity(sum(rows)),"
          + " formatReadableSize(sum(bytes_on_disk)),"
          + " round(sum(bytes_on_disk) / sum(rows), 2)"
          + " FROM system.parts WHERE active AND database IN ('star', 'mart')"
          + " GROUP BY database, table ORDER BY database DESC, sum(rows) DESC FORMAT TSV";

  @ParentCommand private Storefact storefact;

  @Override
  public Integer call() throws InterruptedException {
    Console console = new Console();
    if (!Files.isDirectory(storefact.home)) {
      console.say("no warehouse in %s", storefact.home);
      console.say("next: ./storefact demo");
      return 0;
    }
    Home home = Home.at(storefact.home);
    Optional<Engine> engine = EngineLauncher.running(home);
    if (engine.isEmpty()) {
      console.say("the warehouse in %s is not running", storefact.home);
      console.say("next: ./storefact up");
      return 0;
    }
    console.say("up: %s (%s)", UpCommand.line(engine.get()), engine.get().mode());
    console.say("%s", new SupersetServer(home, console).line());
    try (Warehouse warehouse = Warehouse.connect(Session.addressOf(home, engine.get()))) {
      List<String> pending = new Migrations(warehouse.http(), storefact.topology).pending();
      console.say(
          pending.isEmpty() ? "schema: newest" : "schema: these have not run yet: " + pending);
      for (String row : warehouse.http().query(SIZES).lines().toList()) {
        String[] cells = row.split("\t", -1);
        console.say("%-28s %18s rows %12s %8s bytes a row", cells[0], cells[1], cells[2], cells[3]);
      }
    }
    for (Path path : List.of(home.lake(), home.drop(), home.reports(), home.logs())) {
      console.say("%-28s %s", path.getFileName(), path);
    }
    return 0;
  }
}
