package storefact.ingest.kafka;

import java.io.Serializable;
import java.util.Map;

/** How far partitions were taken and committed, by earlier runs too. */
@FunctionalInterface
public interface OffsetLedger extends Serializable {

  /** Offset of the first record that a group has not taken, for each partition it knows. */
  Map<Partition, Long> nextOffsets(String group);

  /** A partition of a topic that goes by its id. */
  record Partition(String topicId, int number) {}
}
