package storefact.ingest.star;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Committer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.WarehouseException;

/**
 * Inserts the blocks of a completed checkpoint, in order. While the warehouse is away or full it
 * waits in the task's thread, so that the whole pipeline waits with it.
 */
final class StarCommitter implements Committer<SealedBlock> {

  private static final Logger LOG = LoggerFactory.getLogger(StarCommitter.class);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 2000;

  /** Not reached; too many parts; too many queries; out of memory; table is read-only. */
  private static final Set<Integer> PASSING = Set.of(0, 252, 202, 241, 242);

  private final ClickHouseHttp http;

  StarCommitter(WarehouseAddress address) {
    this.http = new ClickHouseHttp(address);
  }

  @Override
  public void commit(Collection<CommitRequest<SealedBlock>> requests)
      throws IOException, InterruptedException {
    for (CommitRequest<SealedBlock> request : requests) {
      insert(request.getCommittable());
    }
  }

  private void insert(SealedBlock block) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    Map<String, String> settings =
        Map.of(
            "insert_deduplication_token", block.token(),
            "insert_deduplicate", "1",
            "async_insert", "0",
            "max_partitions_per_insert_block", "0",
            "input_format_parallel_parsing", "0");
    while (true) {
      try {
        http.insert(block.insert(), settings, block.body(), "lz4");
        return;
      } catch (WarehouseException e) {
        if (!PASSING.contains(e.code()) || System.nanoTime() > deadline) {
          throw new IOException("cannot insert " + block.rows() + " rows: " + e.getMessage(), e);
        }
        LOG.warn("the warehouse does not take a block yet, trying again: {}", e.getMessage());
        Thread.sleep(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
