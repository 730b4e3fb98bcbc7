package storefact.cli;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.Boundedness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import storefact.ingest.IngestRun;
import storefact.ingest.IngestSettings;
import storefact.ingest.kafka.KafkaTopics;
import storefact.ingest.source.IngestProgress;

@Command(
    name = "ingest",
    description = {
      "Take dropped files, or Kafka topics, into lake and star, each line once.",
      "Stop it at any moment: the next run goes on where it was."
    },
    mixinStandardHelpOptions = true)
final class IngestCommand implements Callable<Integer> {

  private static final long LOOK_MILLIS = 200;
  private static final Pattern FLINKS_OWN = Pattern.compile("/org/apache/flink/|/slf4j-");

  @ParentCommand private Storefact storefact;

  @Option(names = "--files", paramLabel = "DIR", description = "drop folder (default: the home's)")
  private Optional<Path> files = Optional.empty();

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = {
        "read Kafka topics instead, one a stream and named after it, a JSON line a record;",
        "several brokers separated by commas"
      })
  private Optional<String> kafka = Optional.empty();

  @Option(
      names = "--topics",
      paramLabel = "TOPIC",
      split = ",",
      description = "topics to read (default: every one that is named after a stream)")
  private List<String> topics = List.of();

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "what stands before the stream in a topic's name, for example pos.")
  private String topicPrefix = "";

  @Option(
      names = "--group",
      paramLabel = "ID",
      description = {
        "name under which the warehouse remembers how far topics were taken; another one begins",
        "anew (default: storefact)"
      })
  private String group = "storefact";

  @Option(
      names = "--skip-deleted",
      description = "go on where Kafka has deleted records before they were taken")
  private boolean skipDeleted;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "more settings of Kafka's client, a properties file: security, for instance")
  private Optional<Path> kafkaConfig = Optional.empty();

  @Option(
      names = "--bounded",
      description = "take what is there and end; otherwise wait for more until stopped")
  private boolean bounded;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "readers (default: one a processor, 8 at most)")
  private Optional<Integer> parallelism = Optional.empty();

  @Option(
      names = "--checkpoint",
      paramLabel = "MILLISECONDS",
      defaultValue = "5000",
      description = "how often what was read becomes visible (default: ${DEFAULT-VALUE})")
  private long checkpointMillis = 5000;

  @Option(
      names = "--cluster",
      paramLabel = "HOST:PORT",
      description = {
        "submit to this Flink session cluster (its REST address) instead of running here;",
        "it must see drop folder, lake and checkpoints under the same paths"
      })
  private Optional<String> cluster = Optional.empty();

  /** Our jars and libraries go along with the job; what a cluster has itself stays here. */
  private static IngestSettings.FlinkCluster cluster(String address) {
    int colon = address.lastIndexOf(':');
    if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "--cluster '" + address + "' is not HOST:PORT, for example 127.0.0.1:8081");
    }
    List<Path> jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .filter(jar -> !FLINKS_OWN.matcher(jar.toString().replace('\\', '/')).find())
            .toList();
    return new IngestSettings.FlinkCluster(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)), jars);
  }

  private Optional<KafkaTopics> topics() throws IOException {
    if (kafka.isEmpty()) {
      if (!topics.isEmpty() || !topicPrefix.isEmpty() || skipDeleted || kafkaConfig.isPresent()) {
        throw new IllegalArgumentException(
            "--topics, --topic-prefix, --skip-deleted and --kafka-config go with --kafka HOST:PORT");
      }
      return Optional.empty();
    }
    if (files.isPresent()) {
      throw new IllegalArgumentException(
          "--files and --kafka are two sources: run one after another");
    }
    Properties client = new Properties();
    if (kafkaConfig.isPresent()) {
      try (Reader settings = Files.newBufferedReader(kafkaConfig.get())) {
        client.load(settings);
      }
    }
    Map<String, String> settings =
        client.stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, client::getProperty));
    return Optional.of(
        new KafkaTopics(kafka.get(), topics, topicPrefix, group, skipDeleted, settings));
  }

  /** Each source's checkpoints in a folder of their own: one cannot go on from another's. */
  private static Path checkpoints(Path usual, Optional<KafkaTopics> source) {
    return source
        .map(from -> usual.resolveSibling("kafka-checkpoints").resolve(from.group()))
        .orElse(usual);
  }

  @Override
  public Integer call() throws Exception {
    Console console = new Console();
    Optional<KafkaTopics> source = topics();
    try (Session session = storefact.open(console)) {
      Path drop = files.orElseGet(() -> session.home().drop());
      IngestSettings usual = settings(session, drop);
      run(
          console,
          session,
          new IngestSettings(
              usual.drop(),
              bounded ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED,
              usual.warehouse(),
              usual.lake(),
              checkpoints(usual.checkpoints(), source),
              parallelism.orElse(usual.parallelism()),
              Duration.ofMillis(checkpointMillis),
              usual.scanInterval(),
              cluster.map(IngestCommand::cluster),
              source));
      console.say("next: ./storefact build");
    }
    return 0;
  }

  static IngestSettings settings(Session session, Path drop) {
    return IngestSettings.bounded(
        drop, session.address(), session.lake(), session.home().checkpoints());
  }

  /** Runs an ingest to its end and tells how it went. */
  static void run(Console console, Session session, IngestSettings settings) throws Exception {
    IngestRun run = new IngestRun(settings);
    if (run.goesOn()) {
      console.say("going on where the ingest before was broken off");
    }
    long start = System.nanoTime();
    IngestRun.Running running = run.start();
    IngestProgress progress = run.progress();
    while (!running.isDone()) {
      Thread.sleep(LOOK_MILLIS);
      Duration sinceStart = Duration.ofNanos(System.nanoTime() - start);
      console.progress(
          settings.cluster().isPresent()
              ? "running on the cluster for " + Console.clock(sinceStart)
              : line(settings, progress, sinceStart));
    }
    running.await();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    console.say(
        settings.cluster().isPresent()
            ? "the cluster took " + Console.clock(took)
            : line(settings, progress, took));
    if (progress.rejected() > 0) {
      console.say(
          "rejected %s lines: ./storefact rejects list", Console.number(progress.rejected()));
    }
    console.say(LakeAndStar.compare(session).text());
  }

  private static String line(IngestSettings settings, IngestProgress progress, Duration took) {
    double share =
        progress.bytesFound() == 0 ? 0 : (double) progress.bytesRead() / progress.bytesFound();
    long rate = Math.round(progress.accepted() / Math.max(0.001, took.toMillis() / 1000.0));
    if (progress.filesFound() == 0) {
      return "nothing new in %s so far, looked for %s"
          .formatted(
              settings.kafka().isPresent() ? "Kafka's topics" : "the drop folder",
              Console.clock(took));
    }
    return "ingest %14s lines %12s/s %6s   %s"
        .formatted(
            Console.number(progress.accepted()),
            Console.number(rate),
            Console.clock(took),
            Console.bar(share, took));
  }
}
