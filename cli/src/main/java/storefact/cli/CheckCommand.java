package storefact.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import storefact.mart.CheckResult;
import storefact.mart.CheckRun;
import storefact.mart.Marts;
import storefact.mart.Severity;

@Command(
    name = "check",
    description = "Run the quality checks of all marts and views.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  @ParentCommand private Storefact storefact;

  @Override
  public Integer call() throws Exception {
    Console console = new Console();
    try (Session session = storefact.open(console)) {
      return run(console, session) ? 0 : 1;
    }
  }

  static boolean run(Console console, Session session) {
    LakeAndStar counted = LakeAndStar.compare(session);
    CheckResult lake =
        new CheckResult(
            "sales_line",
            CheckRun.WAREHOUSE_IS_LAKE,
            Severity.ERROR,
            Math.max(0, counted.star() - counted.lake()),
            counted.text(),
            0);
    List<CheckResult> results = new CheckRun(session.warehouse()).run(Marts.ALL, List.of(lake));
    List<CheckResult> broken = results.stream().filter(result -> !result.holds()).toList();
    for (CheckResult result : broken) {
      console.say(
          "%s: %s: %s: %s rows, for example %s",
          result.severity() == Severity.ERROR ? "broken" : "warning",
          result.subject(),
          result.check(),
          Console.number(result.failures()),
          result.sample());
    }
    long errors = broken.stream().filter(result -> result.severity() == Severity.ERROR).count();
    console.say(
        "%d checks, %d broken, %d warnings", results.size(), errors, broken.size() - errors);
    return errors == 0;
  }
}
