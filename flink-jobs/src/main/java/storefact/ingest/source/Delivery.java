package storefact.ingest.source;

import java.util.Optional;
import storefact.event.EventBatch;

/**
 * What a reader hands on at once: some rows of one stream with the rejected lines between them, and
 * the file's end once it is reached. The element type of the job.
 *
 * @param batch rows and rejections; of no contract's rows where the stream is unknown
 * @param file path below the drop folder, or {@code kafka:topic/partition}
 * @param end what the whole file came to, with its last batch
 * @param position how far the partition of a Kafka topic has come with the batch
 */
public record Delivery(
    EventBatch batch, String file, Optional<FileEnd> end, Optional<TopicPosition> position) {

  /** Longest line that is taken. */
  public static final int MOST_LINE_BYTES = 1 << 20;

  /** A delivery of a file. */
  public Delivery(EventBatch batch, String file, Optional<FileEnd> end) {
    this(batch, file, end, Optional.empty());
  }

  /** A delivery of a partition of a Kafka topic. */
  public Delivery(EventBatch batch, TopicPosition position) {
    this(
        batch,
        "kafka:" + position.topic() + "/" + position.partition(),
        Optional.empty(),
        Optional.of(position));
  }

  /**
   * How far a partition was taken; becomes its row in {@code ops.kafka_offset}.
   *
   * @param group name under which the reader remembers it
   * @param topicId that Kafka gave to the topic
   * @param nextOffset of the first record that was not taken
   */
  public record TopicPosition(
      String group, String topicId, String topic, int partition, long nextOffset) {}

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
