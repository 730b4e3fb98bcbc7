package storefact.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import storefact.mart.BuildProgress;
import storefact.mart.Environments;

@Command(
    name = "env",
    description = "The environments beside production, made by build --env and build --as-of.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class EnvCommand implements Runnable {

  @ParentCommand private Storefact storefact;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which command? list or drop");
  }

  @Command(name = "list", description = "List them.", mixinStandardHelpOptions = true)
  Integer list() throws Exception {
    return with(
        (console, environments) -> {
          List<String> names = environments.names();
          names.forEach(name -> console.say("%s", name));
          console.say("%d environments", names.size());
        });
  }

  @Command(
      name = "drop",
      description = "Remove one with all that it holds.",
      mixinStandardHelpOptions = true)
  Integer drop(@Parameters(paramLabel = "NAME", description = "environment") String name)
      throws Exception {
    return with(
        (console, environments) -> {
          environments.drop(environments.existing(name), BuildProgress.silent());
          console.say("dropped %s", name);
        });
  }

  private interface Work {
    void on(Console console, Environments environments) throws InterruptedException;
  }

  private Integer with(Work work) throws InterruptedException {
    Console console = new Console();
    try (Session session = storefact.open(console)) {
      work.on(console, new Environments(session.warehouse()));
    }
    return 0;
  }
}
