package storefact.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import storefact.warehouse.Home;
import storefact.warehouse.Warehouse;
import storefact.warehouse.engine.Engine;
import storefact.warehouse.engine.EngineAlreadyRunning;
import storefact.warehouse.engine.EngineLauncher;
import storefact.warehouse.engine.Mode;
import storefact.warehouse.migration.Migrations;

@Command(
    name = "up",
    description = "Start the warehouse and leave it running.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  @ParentCommand private Storefact storefact;

  @Override
  public Integer call() throws InterruptedException {
    Console console = new Console();
    Home home = Home.at(storefact.home);
    Engine engine;
    try {
      engine =
          EngineLauncher.start(
              home, Session.engineOptions(storefact), Mode.DETACHED, console::progress);
    } catch (EngineAlreadyRunning running) {
      console.say("already running: %s", line(running.engine()));
      return 0;
    }
    try (Warehouse warehouse = Warehouse.connect(Session.addressOf(home, engine))) {
      new Migrations(warehouse.http(), storefact.topology).run(console::progress);
    }
    console.say("up: %s", line(engine));
    console.say("user storefact, password in %s", home.secrets().resolve("storefact"));
    console.say("next: ./storefact status, ./storefact sql \"SELECT …\", ./storefact down");
    return 0;
  }

  static String line(Engine engine) {
    return "ClickHouse %s, pid %d, %s, native port %d"
        .formatted(engine.version(), engine.pid(), engine.httpUrl(), engine.tcpPort());
  }
}
