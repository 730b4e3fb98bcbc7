package storefact.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import storefact.warehouse.Home;
import storefact.warehouse.engine.Engine;
import storefact.warehouse.engine.EngineLauncher;

@Command(
    name = "down",
    description = "Stop the warehouse and its dashboards; the data stay.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  @ParentCommand private Storefact storefact;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Console console = new Console();
    Home home = Home.at(storefact.home);
    if (new SupersetServer(home, console).stop()) {
      console.say("stopped: dashboards");
    }
    Optional<Engine> stopped = EngineLauncher.stop(home);
    console.say(
        stopped.isPresent()
            ? "stopped: " + UpCommand.line(stopped.get())
            : "nothing runs in " + storefact.home);
    return 0;
  }
}
