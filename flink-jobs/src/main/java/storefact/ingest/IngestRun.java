package storefact.ingest;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import storefact.event.Contract;
import storefact.event.Streams;
import storefact.ingest.kafka.KafkaTopics;
import storefact.ingest.kafka.TopicSource;
import storefact.ingest.source.DropSource;
import storefact.ingest.source.IngestProgress;
import storefact.ingest.star.StarSink;

/**
 * An ingest in an embedded Flink cluster. It goes on from the newest checkpoint that an earlier run
 * left; a run that ends takes its checkpoints along, for the ledger knows its files and offsets.
 */
public final class IngestRun {

  /** So many restarts in two minutes mean that trying again does not help. */
  private static final int MOST_RESTARTS = 30;

  private final IngestSettings settings;
  private final String progressId;

  /** Prepares a run; nothing happens yet. */
  public IngestRun(IngestSettings settings) {
    this.settings = settings;
    this.progressId = "ingest-" + settings.drop().toAbsolutePath() + "-" + System.nanoTime();
  }

  /** Counters to show while it runs. */
  public IngestProgress progress() {
    return IngestProgress.of(progressId);
  }

  /**
   * A run that has been started.
   *
   * @param result asked for once: on a cluster each question starts a polling of its own
   */
  public record Running(
      JobClient client, CompletableFuture<JobExecutionResult> result, IngestRun run) {

    /**
     * Waits for the end of a bounded run, which needs no checkpoint any more: the ledger knows its
     * files. Flink removes its last one a little later than it says that it has ended; a run that
     * begins in between must not find it.
     *
     * @return how long it took from its start in the cluster [milliseconds]
     * @throws IngestException if it failed
     */
    public long await() throws InterruptedException {
      try {
        long millis = result.get().getNetRuntime();
        run.forgetCheckpoints();
        return millis;
      } catch (ExecutionException e) {
        throw new IngestException("the ingest failed: " + rootMessage(e), e);
      }
    }

    /** Whether it has come to an end, well or not. */
    public boolean isDone() {
      return result.isDone();
    }

    /** Stops it where it is; its last checkpoint stays for the next run. */
    public void cancel() throws InterruptedException {
      try {
        client.cancel().get();
      } catch (ExecutionException e) {
        throw new IngestException("cannot stop the ingest: " + rootMessage(e), e);
      }
    }

    private static String rootMessage(Throwable e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause.getMessage();
    }
  }

  /**
   * Starts it.
   *
   * @throws IngestException if the checkpoints cannot be read or the cluster does not start
   */
  public Running start() {
    try {
      Files.createDirectories(settings.drop());
      Files.createDirectories(settings.checkpoints());
      List<Contract<?>> streams = streams();
      StreamExecutionEnvironment environment = environment(configuration());
      job(streams).define(environment);
      JobClient client = environment.executeAsync("storefact ingest");
      return new Running(client, client.getJobExecutionResult(), this);
    } catch (Exception e) {
      throw new IngestException("the ingest does not start: " + e.getMessage(), e);
    }
  }

  private StreamExecutionEnvironment environment(Configuration configuration) {
    if (settings.cluster().isEmpty()) {
      return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    }
    IngestSettings.FlinkCluster cluster = settings.cluster().get();
    String[] jars = cluster.jars().stream().map(Path::toString).toArray(String[]::new);
    return StreamExecutionEnvironment.createRemoteEnvironment(
        cluster.host(), cluster.port(), configuration, jars);
  }

  private IngestJob job(List<Contract<?>> streams) {
    return new IngestJob(
        settings.kafka().isPresent() ? "kafka" : "drop",
        settings.kafka().isPresent() ? topicSource(settings.kafka().get()) : dropSource(),
        new StarSink(settings.warehouse(), IngestSettings.BLOCK_ROWS),
        settings.lake(),
        streams);
  }

  private DropSource dropSource() {
    return new DropSource(
        settings.drop(),
        settings.boundedness(),
        settings.scanInterval(),
        new WarehouseLedger(settings.warehouse()),
        new WarehouseStores(settings.warehouse()),
        progressId);
  }

  private TopicSource topicSource(KafkaTopics topics) {
    return new TopicSource(
        topics,
        settings.boundedness(),
        settings.scanInterval(),
        new WarehouseOffsets(settings.warehouse()),
        new WarehouseStores(settings.warehouse()),
        progressId);
  }

  /** A bounded run opens lake tables only for streams that are there; operators cost start-up. */
  private List<Contract<?>> streams() throws IOException, InterruptedException {
    // Asked in any case: it is better to hear at once that Kafka is not there.
    Optional<List<Contract<?>>> ofTopics =
        settings.kafka().isPresent()
            ? Optional.of(settings.kafka().get().present())
            : Optional.empty();
    if (settings.boundedness() == Boundedness.CONTINUOUS_UNBOUNDED
        || newestCheckpoint().isPresent()) {
      return Streams.ALL;
    }
    if (ofTopics.isPresent()) {
      return ofTopics.get();
    }
    try (Stream<Path> files = Files.walk(settings.drop())) {
      List<String> present =
          files
              .map(file -> Streams.ofFile(String.valueOf(file.getFileName())))
              .flatMap(Optional::stream)
              .map(Contract::stream)
              .distinct()
              .toList();
      return Streams.ALL.stream().filter(c -> present.contains(c.stream())).toList();
    }
  }

  private Configuration configuration() throws IOException {
    Configuration configuration = new Configuration();
    configuration.setString("parallelism.default", String.valueOf(settings.parallelism()));
    configuration.setString(
        "taskmanager.numberOfTaskSlots", String.valueOf(settings.parallelism()));
    configuration.setString("pipeline.object-reuse", "true");
    configuration.setString("pipeline.generic-types", "true");
    configuration.setString("rest.address", "127.0.0.1");
    configuration.setString("rest.bind-address", "127.0.0.1");
    configuration.setString("rest.bind-port", "0");
    configuration.setString("jobmanager.bind-host", "127.0.0.1");
    configuration.setString("taskmanager.bind-host", "127.0.0.1");
    configuration.setString(
        "execution.checkpointing.interval", settings.checkpointInterval().toMillis() + " ms");
    configuration.setString("execution.checkpointing.storage", "filesystem");
    configuration.setString(
        "execution.checkpointing.dir", settings.checkpoints().toAbsolutePath().toUri().toString());
    configuration.setString(
        "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
    configuration.setString("execution.checkpointing.timeout", "30 min");
    configuration.setString("execution.checkpointing.tolerable-failed-checkpoints", "10");
    configuration.setString("state.backend.type", "hashmap");
    configuration.setString("restart-strategy.type", "failure-rate");
    configuration.setString(
        "restart-strategy.failure-rate.max-failures-per-interval", String.valueOf(MOST_RESTARTS));
    configuration.setString("restart-strategy.failure-rate.failure-rate-interval", "2 min");
    configuration.setString("restart-strategy.failure-rate.delay", "1 s");
    Optional<Path> newest = newestCheckpoint();
    if (newest.isPresent()) {
      // Only one chain of checkpoints may ever be there: one that an earlier run left behind would
      // be taken for the newest once this run has ended and removed its own.
      for (Path older : completed()) {
        if (!older.equals(newest.get())) {
          remove(older);
        }
      }
      configuration.setString("execution.state-recovery.path", newest.get().toUri().toString());
      configuration.setString("execution.state-recovery.claim-mode", "CLAIM");
    }
    return configuration;
  }

  private Optional<Path> newestCheckpoint() throws IOException {
    return completed().stream()
        .max(Comparator.comparingLong(chk -> chk.resolve("_metadata").toFile().lastModified()));
  }

  /** The checkpoints that were completed: one without its metadata file was not. */
  private List<Path> completed() throws IOException {
    return tree(settings.checkpoints().toAbsolutePath()).stream()
        .filter(file -> file.endsWith("_metadata"))
        .map(Path::getParent)
        .filter(chk -> String.valueOf(chk.getFileName()).startsWith("chk-"))
        .toList();
  }

  /** Everything below a folder, folders after what they hold; Flink may be removing some of it. */
  private static List<Path> tree(Path folder) throws IOException {
    List<Path> tree = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            tree.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e) {
            tree.add(visited);
            return FileVisitResult.CONTINUE;
          }
        });
    return tree;
  }

  private static void remove(Path folder) throws IOException {
    for (Path file : tree(folder)) {
      try {
        Files.deleteIfExists(file);
      } catch (DirectoryNotEmptyException e) {
        // Flink has just put something there.
      }
    }
  }

  /** Whether an earlier run was broken off and this one will go on from its checkpoint. */
  public boolean goesOn() {
    try {
      return newestCheckpoint().isPresent();
    } catch (IOException e) {
      throw new IngestException("cannot read checkpoints in " + settings.checkpoints(), e);
    }
  }

  /**
   * Removes checkpoints that nobody needs after a bounded run has ended well. Killed in between it
   * leaves either the newest one whole or none: metadata go first, the oldest before the others,
   * for a checkpoint without metadata counts as none, and one without its state cannot be restored.
   */
  private void forgetCheckpoints() {
    try {
      List<Path> oldestFirst =
          completed().stream()
              .map(checkpoint -> checkpoint.resolve("_metadata"))
              .sorted(Comparator.comparingLong(metadata -> metadata.toFile().lastModified()))
              .toList();
      for (Path metadata : oldestFirst) {
        Files.deleteIfExists(metadata);
      }
      remove(settings.checkpoints());
    } catch (IOException e) {
      throw new IngestException("cannot remove checkpoints in " + settings.checkpoints(), e);
    }
  }
}
