package storefact.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.connector.source.Boundedness;
import storefact.ingest.kafka.KafkaTopics;
import storefact.ingest.lake.Lake;
import storefact.warehouse.Home;
import storefact.warehouse.WarehouseAddress;

/**
 * An ingest from Kafka in a process of its own, to be killed. Arguments: Kafka's address, home,
 * JDBC address, BOUNDED or CONTINUOUS_UNBOUNDED; the password stands in {@code
 * STOREFACT_WAREHOUSE_PASSWORD}. Prints STARTED, READING and, when bounded, DONE.
 */
final class KafkaIngestChild {

  private static final Duration CHECKPOINT = Duration.ofMillis(300);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final int READERS = 2;

  private KafkaIngestChild() {}

  public static void main(String[] arguments) throws InterruptedException {
    Home home = Home.at(Path.of(arguments[1]));
    IngestRun run =
        new IngestRun(
            new IngestSettings(
                    home.drop(),
                    Boundedness.valueOf(arguments[3]),
                    WarehouseAddress.parse(arguments[2]),
                    Optional.of(Lake.local(home.lake())),
                    home.checkpoints(),
                    READERS,
                    CHECKPOINT,
                    Duration.ofMillis(100))
                .from(new KafkaTopics(arguments[0], List.of(), "", "crash", false, Map.of())));
    IngestRun.Running running = run.start();
    System.out.println("STARTED");
    while (run.progress().bytesRead() == 0 && !running.isDone()) {
      LockSupport.parkNanos(POLL.toNanos());
    }
    System.out.println("READING");
    running.await();
    System.out.println("DONE " + run.progress().accepted());
    System.exit(0);
  }
}
