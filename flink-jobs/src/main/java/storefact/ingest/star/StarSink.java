package storefact.ingest.star;

import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import storefact.ingest.source.Delivery;
import storefact.warehouse.WarehouseAddress;

/**
 * Writes deliveries into the star exactly once: rows into {@code star.<stream>}, rejected lines
 * into {@code ops.rejected_event}, ended files into {@code ops.ingested_file}, positions in Kafka
 * topics into {@code ops.kafka_offset}.
 *
 * <p>The writer encodes blocks; a checkpoint carries them; they are inserted when it is complete.
 * What "exactly once" relies on:
 *
 * <ul>
 *   <li>A block is inserted only after the checkpoint that holds it is complete, so that what was
 *       inserted is never read again from the source.
 *   <li>After a crash the blocks of the restored checkpoint are inserted again, with the same bytes
 *       and the same token; the table's deduplication window (10,000 blocks per table, {@code
 *       non_replicated_deduplication_window} or the replicated one) drops those that it has.
 *   <li>Between the crash and the restore at most the window's number of other blocks come in.
 *   <li>A token names one content for ever: it is made of a random writer id, new with every start
 *       of a writer, and a running number; restored blocks keep theirs.
 *   <li>The warehouse keeps an acknowledged insert when its process is killed. A power failure is
 *       outside: ClickHouse does not fsync each insert unless told to.
 * </ul>
 */
public final class StarSink implements Sink<Delivery>, SupportsCommitter<SealedBlock> {
  private static final long serialVersionUID = 1L;

  private final WarehouseAddress address;
  private final int blockRows;

  /**
   * Writes to a warehouse.
   *
   * @param blockRows rows of a block; bounds the memory of a writer, about 150 bytes a row
   */
  public StarSink(WarehouseAddress address, int blockRows) {
    this.address = address;
    this.blockRows = blockRows;
  }

  @Override
  public SinkWriter<Delivery> createWriter(WriterInitContext context) {
    return new StarWriter(blockRows);
  }

  @Override
  public Committer<SealedBlock> createCommitter(CommitterInitContext context) {
    return new StarCommitter(address);
  }

  @Override
  public SimpleVersionedSerializer<SealedBlock> getCommittableSerializer() {
    return new SealedBlock.Serializer();
  }
}
