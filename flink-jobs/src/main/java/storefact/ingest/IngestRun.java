package storefact.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import storefact.event.Contract;
import storefact.event.Streams;
import storefact.ingest.lake.Lake;
import storefact.ingest.source.DropSource;
import storefact.ingest.source.IngestProgress;
import storefact.ingest.star.StarSink;

/**
 * An ingest in an embedded Flink cluster. It goes on from the newest checkpoint that an earlier run
 * left; a run that ends takes its checkpoints along, for the ledger knows its files.
 */
public final class IngestRun {

  private static final int RESTARTS = 1000;

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

  /** A run that has been started. */
  public record Running(JobClient client) {

    /**
     * Waits for the end of a bounded run.
     *
     * @return how long it took from its start in the cluster [milliseconds]
     * @throws IngestException if it failed
     */
    public long await() throws InterruptedException {
      try {
        JobExecutionResult result = client.getJobExecutionResult().get();
        return result.getNetRuntime();
      } catch (ExecutionException e) {
        throw new IngestException("the ingest failed: " + rootMessage(e), e);
      }
    }

    /** Whether it has come to an end, well or not. */
    public boolean isDone() {
      return client.getJobExecutionResult().isDone();
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
      StreamExecutionEnvironment environment =
          StreamExecutionEnvironment.getExecutionEnvironment(configuration());
      job().define(environment);
      return new Running(environment.executeAsync("storefact ingest"));
    } catch (Exception e) {
      throw new IngestException("the ingest does not start: " + e.getMessage(), e);
    }
  }

  private IngestJob job() throws IOException {
    DropSource source =
        new DropSource(
            settings.drop(),
            settings.boundedness(),
            settings.scanInterval(),
            new WarehouseLedger(settings.warehouse()),
            new WarehouseStores(settings.warehouse()),
            progressId);
    return new IngestJob(
        source,
        new StarSink(settings.warehouse(), IngestSettings.BLOCK_ROWS),
        settings.lake(),
        streams());
  }

  /** A bounded run opens lake tables only for streams that are there; operators cost start-up. */
  private List<Contract<?>> streams() throws IOException {
    if (settings.boundedness() == Boundedness.CONTINUOUS_UNBOUNDED
        || newestCheckpoint().isPresent()) {
      return Streams.ALL;
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
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", String.valueOf(RESTARTS));
    configuration.setString("restart-strategy.fixed-delay.delay", "1 s");
    newestCheckpoint()
        .ifPresent(
            checkpoint ->
                configuration.setString(
                    "execution.state-recovery.path", checkpoint.toUri().toString()));
    return configuration;
  }

  /** The newest checkpoint that was completed: one without its metadata file was not. */
  private Optional<Path> newestCheckpoint() throws IOException {
    Path folder = settings.checkpoints().toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(folder, 3)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .map(Path::getParent)
          .filter(chk -> String.valueOf(chk.getFileName()).startsWith("chk-"))
          .max(Comparator.comparingLong(chk -> chk.resolve("_metadata").toFile().lastModified()));
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

  /** Removes checkpoints that nobody needs after a bounded run has ended well. */
  public void forgetCheckpoints() {
    try (Stream<Path> files = Files.walk(settings.checkpoints())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(settings.checkpoints())) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new IngestException("cannot remove checkpoints in " + settings.checkpoints(), e);
    }
  }

  /** The lake of these settings, if it is written. */
  public Optional<Lake> lake() {
    return settings.lake();
  }
}
