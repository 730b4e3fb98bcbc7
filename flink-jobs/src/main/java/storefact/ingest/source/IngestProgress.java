package storefact.ingest.source;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counters of an ingest in this process, for a progress line. On a cluster they count in the task
 * managers, where nobody looks; Flink's own metrics tell there.
 */
public final class IngestProgress {

  private static final Map<String, IngestProgress> BOARD = new ConcurrentHashMap<>();

  private final AtomicLong bytesFound = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong filesFound = new AtomicLong();
  private final AtomicLong filesRead = new AtomicLong();

  private IngestProgress() {}

  /** The counters of that name. */
  public static IngestProgress of(String id) {
    return BOARD.computeIfAbsent(id, _ -> new IngestProgress());
  }

  /** Counts files that were found, or partitions of Kafka topics with the records in them. */
  public void found(long files, long bytes) {
    filesFound.addAndGet(files);
    bytesFound.addAndGet(bytes);
  }

  /** Counts bytes of files, or records of Kafka topics, that were read. */
  public void read(long bytes) {
    bytesRead.addAndGet(bytes);
  }

  /** Counts lines by what became of them. */
  public void lines(long acceptedLines, long repeatedLines, long rejectedLines) {
    accepted.addAndGet(acceptedLines);
    repeated.addAndGet(repeatedLines);
    rejected.addAndGet(rejectedLines);
  }

  /** Counts a file, or a partition, that was read to its end. */
  public void fileRead() {
    filesRead.incrementAndGet();
  }

  /** Bytes of all files found, compressed as they lie there; of Kafka topics, records. */
  public long bytesFound() {
    return bytesFound.get();
  }

  /** Bytes, or records, read of them. */
  public long bytesRead() {
    return bytesRead.get();
  }

  /** Events taken. */
  public long accepted() {
    return accepted.get();
  }

  /** Lines left out because the same line had just been taken. */
  public long repeated() {
    return repeated.get();
  }

  /** Lines rejected. */
  public long rejected() {
    return rejected.get();
  }

  /** Files found that had not been taken before; of Kafka topics, partitions. */
  public long filesFound() {
    return filesFound.get();
  }

  /** Files read to their end. */
  public long filesRead() {
    return filesRead.get();
  }
}
