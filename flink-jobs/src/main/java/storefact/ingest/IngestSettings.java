package storefact.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.source.Boundedness;
import storefact.ingest.kafka.KafkaTopics;
import storefact.ingest.lake.Lake;
import storefact.warehouse.WarehouseAddress;

/**
 * What an ingest reads, where it writes and how.
 *
 * @param drop folder of dropped files
 * @param boundedness what is there now, or what will come, too
 * @param warehouse where the star is
 * @param lake where the lake is, if it is written
 * @param checkpoints folder of checkpoints; the newest one is where the next run goes on
 * @param parallelism readers
 * @param checkpointInterval how often everything read becomes visible
 * @param scanInterval how often a continuous run looks for new files
 * @param cluster a Flink cluster to submit to; without one the job runs in this process. The
 *     cluster's machines must see the drop folder, the lake and the checkpoints under the same
 *     paths
 * @param kafka topics to read instead of the drop folder. Checkpoints of different sources, or of
 *     different groups, go into different folders
 */
public record IngestSettings(
    Path drop,
    Boundedness boundedness,
    WarehouseAddress warehouse,
    Optional<Lake> lake,
    Path checkpoints,
    int parallelism,
    Duration checkpointInterval,
    Duration scanInterval,
    Optional<FlinkCluster> cluster,
    Optional<KafkaTopics> kafka) {

  /** Settings of a run in this process. */
  public IngestSettings(
      Path drop,
      Boundedness boundedness,
      WarehouseAddress warehouse,
      Optional<Lake> lake,
      Path checkpoints,
      int parallelism,
      Duration checkpointInterval,
      Duration scanInterval) {
    this(
        drop,
        boundedness,
        warehouse,
        lake,
        checkpoints,
        parallelism,
        checkpointInterval,
        scanInterval,
        Optional.empty(),
        Optional.empty());
  }

  /** The same, but from Kafka topics. */
  public IngestSettings from(KafkaTopics topics) {
    return new IngestSettings(
        drop,
        boundedness,
        warehouse,
        lake,
        checkpoints,
        parallelism,
        checkpointInterval,
        scanInterval,
        cluster,
        Optional.of(topics));
  }

  /** The same, but into the star only. */
  public IngestSettings withoutLake() {
    return new IngestSettings(
        drop,
        boundedness,
        warehouse,
        Optional.empty(),
        checkpoints,
        parallelism,
        checkpointInterval,
        scanInterval,
        cluster,
        kafka);
  }

  /**
   * A Flink session cluster.
   *
   * @param host of its REST endpoint
   * @param port of its REST endpoint
   * @param jars our code and its libraries, Flink's own left out
   */
  public record FlinkCluster(String host, int port, List<Path> jars) {}

  /** Rows of a block of the star sink: 2¹⁸, the fastest size that was measured. */
  static final int BLOCK_ROWS = 1 << 18;

  /** Two readers, a checkpoint every five seconds, a look at the folder every half second. */
  public static IngestSettings bounded(
      Path drop, WarehouseAddress warehouse, Lake lake, Path checkpoints) {
    return new IngestSettings(
        drop,
        Boundedness.BOUNDED,
        warehouse,
        Optional.of(lake),
        checkpoints,
        Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors())),
        Duration.ofSeconds(5),
        Duration.ofMillis(250));
  }
}
