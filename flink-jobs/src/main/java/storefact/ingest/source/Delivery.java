package storefact.ingest.source;

import java.util.Optional;
import storefact.event.EventBatch;

/**
 * What a reader hands on at once: some rows of one stream with the rejected lines between them, and
 * the file's end once it is reached. The element type of the job.
 *
 * @param batch rows and rejections; of no contract's rows where the stream is unknown
 * @param file path below the drop folder
 * @param end what the whole file came to, with its last batch
 */
public record Delivery(EventBatch batch, String file, Optional<FileEnd> end) {

  /**
   * A file that was read to its end; becomes its row in {@code ops.ingested_file}.
   *
   * @param stream name, empty where unknown
   * @param size bytes
   * @param checksum XXH64 of its bytes
   * @param lines lines read, blank ones and headers included
   */
  public record FileEnd(
      String stream,
      long size,
      long checksum,
      long lines,
      long accepted,
      long repeated,
      long rejected,
      long finishedAtSeconds) {}
}
