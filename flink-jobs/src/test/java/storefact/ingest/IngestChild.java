package storefact.ingest;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.connector.source.Boundedness;
import storefact.ingest.lake.Lake;
import storefact.warehouse.Home;
import storefact.warehouse.WarehouseAddress;

/**
 * A bounded ingest in a process of its own, to be killed. Arguments: drop folder, home, JDBC
 * address; the password stands in {@code STOREFACT_WAREHOUSE_PASSWORD}. Prints STARTED, READING and
 * DONE.
 */
final class IngestChild {

  private static final Duration CHECKPOINT = Duration.ofMillis(300);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final int READERS = 2;

  private IngestChild() {}

  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = System.out;
    Home home = Home.at(Path.of(arguments[1]));
    IngestRun run =
        new IngestRun(
            new IngestSettings(
                Path.of(arguments[0]),
                Boundedness.BOUNDED,
                WarehouseAddress.parse(arguments[2]),
                Optional.of(Lake.local(home.lake())),
                home.checkpoints(),
                READERS,
                CHECKPOINT,
                Duration.ofMillis(100)));
    IngestRun.Running running = run.start();
    out.println("STARTED");
    while (run.progress().bytesRead() == 0 && !running.isDone()) {
      LockSupport.parkNanos(POLL.toNanos());
    }
    out.println("READING");
    running.await();
    out.println("DONE " + run.progress().accepted());
    System.exit(0);
  }
}
