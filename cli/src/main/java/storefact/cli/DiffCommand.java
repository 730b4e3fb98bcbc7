package storefact.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import storefact.mart.Environment;
import storefact.mart.EnvironmentDiff;

@Command(
    name = "diff",
    description = "Show what the marts of an environment would change for readers.",
    mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {

  @ParentCommand private Storefact storefact;

  @Parameters(paramLabel = "NAME", description = "environment, as in build --env")
  private String name;

  @Override
  public Integer call() throws Exception {
    Console console = new Console();
    try (Session session = storefact.open(console)) {
      for (EnvironmentDiff.MartDiff mart :
          new EnvironmentDiff(session.warehouse(), Environment.named(name)).marts()) {
        console.say(
            "%s: %s rows added, %s removed, %s changed, %s same",
            mart.mart(),
            Console.number(mart.added()),
            Console.number(mart.removed()),
            Console.number(mart.changed()),
            Console.number(mart.same()));
        mart.addedColumns().forEach(column -> console.say("  + column %s", column));
        mart.removedColumns().forEach(column -> console.say("  - column %s", column));
        mart.totals()
            .forEach(
                (column, totals) ->
                    console.say(
                        "    %-26s %20s → %20s%s",
                        column,
                        totals.before(),
                        totals.after(),
                        totals.before().equals(totals.after()) ? "" : "   differs"));
      }
      console.say("next: ./storefact promote %s, or ./storefact env drop %s", name, name);
    }
    return 0;
  }
}
