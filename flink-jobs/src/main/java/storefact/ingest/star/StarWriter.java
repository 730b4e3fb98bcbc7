package storefact.ingest.star;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.xxhash.XXHashFactory;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import storefact.event.EventBatch;
import storefact.event.Reason;
import storefact.event.Rejection;
import storefact.ingest.source.Delivery;

/** Fills a block for each table and seals it when it is full or a checkpoint comes. */
final class StarWriter implements CommittingSinkWriter<Delivery, SealedBlock> {

  private static final String REJECTED = "ops.rejected_event";
  private static final String INGESTED = "ops.ingested_file";
  private static final String OFFSETS = "ops.kafka_offset";

  /** Their rows go last: what they tell of must be in before them. */
  private static final List<String> LEDGERS = List.of(INGESTED, OFFSETS);

  private static final long MILLIS_PER_SECOND = 1000;

  /** Raw texts of rejected lines can be long: their blocks are sealed by bytes, too. */
  private static final long MOST_REJECTED_BYTES = 8L << 20;

  private final int blockRows;
  private final String id = UUID.randomUUID().toString();
  private final Map<String, NativeBlock> blocks = new HashMap<>();
  private final Map<String, Delivery.TopicPosition> positions = new HashMap<>();
  private List<SealedBlock> sealed = new ArrayList<>();
  private long sequence;
  private long rejectedBytes;

  StarWriter(int blockRows) {
    this.blockRows = blockRows;
  }

  @Override
  public void write(Delivery delivery, Context context) throws IOException {
    EventBatch batch = delivery.batch();
    if (batch.size() > 0) {
      append(batch);
    }
    for (Rejection rejection : batch.rejections()) {
      reject(delivery, rejection);
    }
    if (delivery.end().isPresent()) {
      end(delivery.file(), delivery.end().get());
    }
    delivery.position().ifPresent(position -> positions.put(delivery.file(), position));
  }

  private void append(EventBatch batch) throws IOException {
    String table = "star." + batch.contract().stream();
    NativeBlock block =
        blocks.computeIfAbsent(table, name -> NativeBlock.of(batch.contract().fields()));
    int from = 0;
    while (from < batch.size()) {
      int to = Math.min(batch.size(), from + blockRows - block.rows());
      block.append(batch, from, to);
      from = to;
      if (block.rows() == blockRows) {
        seal(table, block);
      }
    }
  }

  private void reject(Delivery delivery, Rejection rejection) throws IOException {
    NativeBlock block =
        blocks.computeIfAbsent(
            REJECTED,
            name ->
                NativeBlock.of(
                    "rejected_at", "DateTime('UTC')",
                    "stream", "LowCardinality(String)",
                    "reason", "LowCardinality(String)",
                    "detail", "String",
                    "raw", "String",
                    "file", "String",
                    "line_number", "UInt64"));
    block.append(
        System.currentTimeMillis() / MILLIS_PER_SECOND,
        rejection.reason() == Reason.UNKNOWN_STREAM ? "" : delivery.batch().contract().stream(),
        rejection.reason().name(),
        rejection.detail(),
        rejection.raw(),
        delivery.file(),
        rejection.lineNumber());
    rejectedBytes += rejection.raw().length;
    if (block.rows() == blockRows || rejectedBytes > MOST_REJECTED_BYTES) {
      seal(REJECTED, block);
      rejectedBytes = 0;
    }
  }

  private void end(String file, Delivery.FileEnd end) throws IOException {
    NativeBlock block =
        blocks.computeIfAbsent(
            INGESTED,
            name ->
                NativeBlock.of(
                    "file", "String",
                    "stream", "LowCardinality(String)",
                    "size", "UInt64",
                    "checksum", "Int64",
                    "lines", "UInt64",
                    "accepted", "UInt64",
                    "repeated", "UInt64",
                    "rejected", "UInt64",
                    "finished_at", "DateTime('UTC')"));
    block.append(
        file,
        end.stream(),
        end.size(),
        end.checksum(),
        end.lines(),
        end.accepted(),
        end.repeated(),
        end.rejected(),
        end.finishedAtSeconds());
  }

  /** One row a partition and checkpoint: only the furthest position counts. */
  private void offset(Delivery.TopicPosition position) {
    NativeBlock block =
        blocks.computeIfAbsent(
            OFFSETS,
            name ->
                NativeBlock.of(
                    "consumer_group", "String",
                    "topic_id", "String",
                    "topic", "String",
                    "partition", "UInt32",
                    "next_offset", "UInt64",
                    "committed_at", "DateTime('UTC')"));
    block.append(
        position.group(),
        position.topicId(),
        position.topic(),
        (long) position.partition(),
        position.nextOffset(),
        System.currentTimeMillis() / MILLIS_PER_SECOND);
  }

  private void sealRest(String table) throws IOException {
    NativeBlock block = blocks.get(table);
    if (block != null && block.rows() > 0) {
      seal(table, block);
    }
  }

  private void seal(String table, NativeBlock block) throws IOException {
    String insert = "INSERT INTO " + table + " (" + block.columnList() + ") FORMAT Native";
    int rows = block.rows();
    byte[] body = compress(block.seal());
    sealed.add(new SealedBlock(insert, id + "-" + sequence, rows, body));
    sequence++;
  }

  private static byte[] compress(NativeBuffer block) throws IOException {
    NativeBuffer out = new NativeBuffer(Math.max(1 << 10, block.size() / 3));
    try (LZ4FrameOutputStream lz4 =
        new LZ4FrameOutputStream(
            new BufferStream(out),
            LZ4FrameOutputStream.BLOCKSIZE.SIZE_1MB,
            block.size(),
            LZ4Factory.fastestInstance().fastCompressor(),
            XXHashFactory.fastestInstance().hash32(),
            LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE)) {
      lz4.write(block.bytes(), 0, block.size());
    }
    return java.util.Arrays.copyOf(out.bytes(), out.size());
  }

  @Override
  public void flush(boolean endOfInput) throws IOException {
    positions.values().forEach(this::offset);
    positions.clear();
    for (Map.Entry<String, NativeBlock> entry : blocks.entrySet()) {
      if (!LEDGERS.contains(entry.getKey())) {
        sealRest(entry.getKey());
      }
    }
    for (String ledger : LEDGERS) {
      sealRest(ledger);
    }
    rejectedBytes = 0;
  }

  @Override
  public Collection<SealedBlock> prepareCommit() {
    List<SealedBlock> ready = sealed;
    sealed = new ArrayList<>();
    return ready;
  }

  @Override
  public void close() {}

  private static final class BufferStream extends java.io.OutputStream {
    private final NativeBuffer buffer;

    BufferStream(NativeBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public void write(int b) {
      buffer.putByte(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      buffer.putBytes(bytes, offset, offset + length);
    }
  }
}
