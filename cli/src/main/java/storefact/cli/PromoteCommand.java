package storefact.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import storefact.mart.BuildProgress;
import storefact.mart.Environment;
import storefact.mart.Environments;

@Command(
    name = "promote",
    description = "Give readers the marts of an environment, without building them again.",
    mixinStandardHelpOptions = true)
final class PromoteCommand implements Callable<Integer> {

  @ParentCommand private Storefact storefact;

  @Parameters(paramLabel = "NAME", description = "environment, as in build --env")
  private String name;

  @Override
  public Integer call() throws Exception {
    Console console = new Console();
    try (Session session = storefact.open(console)) {
      List<String> promoted =
          new Environments(session.warehouse())
              .promote(
                  Environment.named(name),
                  new BuildProgress() {
                    @Override
                    public void waiting(String message) {
                      console.say(message);
                    }
                  });
      console.say("readers see %s of %s", String.join(", ", promoted), name);
      console.say(
          "next: ./storefact build, ./storefact env drop %1$s; ./storefact promote %1$s takes it back",
          name);
    }
    return 0;
  }
}
