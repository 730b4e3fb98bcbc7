package storefact.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import storefact.event.Reason;
import storefact.ingest.reject.Reject;
import storefact.ingest.reject.RejectFilter;
import storefact.ingest.reject.Rejects;

@Command(
    name = "rejects",
    description = "Lines that could not be taken: list them, mend them, take them again.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RejectsCommand.ListGroups.class,
      RejectsCommand.Show.class,
      RejectsCommand.Repair.class,
      RejectsCommand.Replay.class
    })
final class RejectsCommand implements Runnable {

  @ParentCommand private Storefact storefact;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "what about them? For example: ./storefact rejects list");
  }

  private interface Work {
    void with(Console console, Rejects rejects) throws IOException;
  }

  /** The options by which the verbs narrow what they mean, and the opening of the warehouse. */
  static final class Narrowed {
    @Option(names = "--reason", paramLabel = "CODE", description = "lines of this reason only")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--stream", paramLabel = "NAME", description = "lines of this stream only")
    private Optional<String> stream = Optional.empty();

    @Option(
        names = "--file",
        paramLabel = "PREFIX",
        description = "lines of files that begin so only, for example a store's folder")
    private Optional<String> file = Optional.empty();

    @Option(
        names = "--files",
        paramLabel = "DIR",
        description = "drop folder (default: the home's)")
    private Optional<Path> drop = Optional.empty();

    private RejectFilter filter(List<String> ids, boolean open) {
      return new RejectFilter(ids, reason, stream, file, open);
    }

    private Integer run(RejectsCommand parent, Work work) throws Exception {
      Console console = new Console();
      try (Session session = parent.storefact.open(console)) {
        Path files = drop.orElseGet(() -> session.home().drop());
        Rejects rejects = new Rejects(session.warehouse(), files);
        rejects.finish();
        work.with(console, rejects);
      }
      return 0;
    }
  }

  @Command(
      name = "list",
      description = "How many there are by stream, reason and source.",
      mixinStandardHelpOptions = true)
  static final class ListGroups implements Callable<Integer> {
    @ParentCommand private RejectsCommand parent;
    @Mixin private Narrowed narrowed;

    @Option(names = "--all", description = "those that were offered again, too")
    private boolean all;

    @Override
    public Integer call() throws Exception {
      return narrowed.run(parent, this::list);
    }

    private void list(Console console, Rejects rejects) {
      List<Rejects.Group> groups = rejects.groups(narrowed.filter(List.of(), !all));
      if (groups.isEmpty()) {
        console.say("no rejected lines" + (all ? "" : " are open"));
        return;
      }
      System.out.printf(
          "%12s %12s  %-18s %-18s %-16s %-17s %s%n",
          "lines", "open", "stream", "reason", "source", "last (UTC)", "meaning");
      long lines = 0;
      for (Rejects.Group group : groups) {
        lines += group.lines();
        System.out.printf(
            "%12s %12s  %-18s %-18s %-16s %-17s %s%n",
            Console.number(group.lines()),
            Console.number(group.open()),
            group.stream(),
            group.reason(),
            group.source().isEmpty() ? "-" : group.source(),
            group.last().toString().substring(0, 16).replace('T', ' '),
            meaning(group.reason()));
      }
      console.say("%s lines; next: ./storefact rejects show --reason CODE", Console.number(lines));
    }

    private static String meaning(String code) {
      try {
        Reason reason = Reason.valueOf(code);
        return reason.text("en") + " / " + reason.text("zh");
      } catch (IllegalArgumentException e) {
        return "";
      }
    }
  }

  @Command(
      name = "show",
      description = "The lines themselves, with where they stood and what is wrong.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @ParentCommand private RejectsCommand parent;
    @Mixin private Narrowed narrowed;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "these only")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "those that were offered again, too")
    private boolean all;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "20",
        description = "at most so many (default: ${DEFAULT-VALUE})")
    private int limit = 20;

    @Override
    public Integer call() throws Exception {
      return narrowed.run(parent, this::show);
    }

    private void show(Console console, Rejects rejects) {
      List<Reject> found = rejects.find(narrowed.filter(ids, !all), limit);
      for (Reject reject : found) {
        System.out.printf(
            "%s  %s  %s line %d%s%n  %s%n  %s%n",
            reject.id(),
            reject.reason(),
            reject.file(),
            reject.line(),
            reject.open() ? "" : "  (offered again)",
            reject.detail(),
            printable(reject.raw()));
      }
      console.say(
          found.isEmpty()
              ? "no such lines"
              : "next: ./storefact rejects repair ID --line '…', or ./storefact rejects replay");
    }

    /** Control characters could take the terminal over. */
    private static String printable(byte[] raw) {
      return new String(raw, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "\uFFFD");
    }
  }

  @Command(
      name = "repair",
      description = "Offer one line again as you have mended it; it enters once.",
      mixinStandardHelpOptions = true)
  static final class Repair implements Callable<Integer> {
    @ParentCommand private RejectsCommand parent;
    @Mixin private Narrowed narrowed;

    @Parameters(paramLabel = "ID", description = "as ./storefact rejects show prints it")
    private String id;

    @Option(
        names = "--line",
        paramLabel = "TEXT",
        description = "the whole line, right: a JSON object, or CSV under its file's header")
    private Optional<String> line = Optional.empty();

    @Option(
        names = "--replace",
        paramLabel = "OLD=NEW",
        description = "or: the line as it came, with this text in place of that; may stand twice")
    private Map<String, String> replacements = new LinkedHashMap<>();

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      if (line.isPresent() != replacements.isEmpty()) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "say how: --line TEXT, or --replace OLD=NEW");
      }
      return narrowed.run(parent, this::repair);
    }

    private void repair(Console console, Rejects rejects) {
      tell(console, rejects.repair(id, mended(rejects).getBytes(StandardCharsets.UTF_8)));
    }

    private String mended(Rejects rejects) {
      if (line.isPresent()) {
        return line.get();
      }
      List<Reject> found = rejects.find(narrowed.filter(List.of(id), false), 1);
      String text =
          found.isEmpty() ? "" : new String(found.getFirst().raw(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> replacement : replacements.entrySet()) {
        if (!found.isEmpty() && !text.contains(replacement.getKey())) {
          throw new IllegalArgumentException(
              "the line does not hold '" + replacement.getKey() + "': " + text);
        }
        text = text.replace(replacement.getKey(), replacement.getValue());
      }
      return text;
    }
  }

  @Command(
      name = "replay",
      description = "Offer open lines again as they are: those whose cause has gone get in, once.",
      mixinStandardHelpOptions = true)
  static final class Replay implements Callable<Integer> {
    @ParentCommand private RejectsCommand parent;
    @Mixin private Narrowed narrowed;

    @Override
    public Integer call() throws Exception {
      return narrowed.run(
          parent,
          (console, rejects) -> tell(console, rejects.replay(narrowed.filter(List.of(), true))));
    }
  }

  private static void tell(Console console, Rejects.Offer offer) {
    offer.refused().entrySet().stream()
        .limit(5)
        .forEach(
            refused ->
                console.say("still wrong: %s  %s", refused.getKey().id(), refused.getValue()));
    console.say(
        "%s lines are right and stand in the drop folder, %s are still wrong",
        Console.number(offer.taken()), Console.number(offer.refused().size()));
    offer.files().forEach(file -> console.say("  %s", file));
    if (offer.taken() > 0) {
      console.say("next: ./storefact ingest --bounded, if none is running");
    }
  }
}
