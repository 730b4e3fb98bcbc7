package storefact.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import storefact.warehouse.Home;
import storefact.warehouse.engine.Engine;
import storefact.warehouse.engine.EngineLauncher;

@Command(
    name = "down",
    description = "Stop the warehouse; its data stay.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  @ParentCommand private Storefact storefact;

  @Override
  public Integer call() {
    Console console = new Console();
    Optional<Engine> stopped = EngineLauncher.stop(Home.at(storefact.home));
    console.say(
        stopped.isPresent()
            ? "stopped: " + UpCommand.line(stopped.get())
            : "nothing runs in " + storefact.home);
    return 0;
  }
}
