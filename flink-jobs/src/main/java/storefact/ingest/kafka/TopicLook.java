package storefact.ingest.kafka;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Looks at Kafka and at the ledger: which partitions there are, and where each goes on. */
final class TopicLook implements AutoCloseable {

  private static final String STORES = "store";

  private final KafkaTopics topics;
  private final OffsetLedger ledger;
  private Admin admin;

  TopicLook(KafkaTopics topics, OffsetLedger ledger) {
    this.topics = topics;
    this.ledger = ledger;
  }

  /**
   * A partition that is there.
   *
   * @param split where it goes on by the ledger
   * @param end offset after its last record
   */
  record Found(TopicSplit split, long end, boolean stores) {

    boolean isTaken() {
      return split.nextOffset() >= end;
    }
  }

  /**
   * The partitions of all topics, those of stores first.
   *
   * @throws FlinkRuntimeException if Kafka does not answer
   * @throws SuppressRestartsException if records were deleted before they were taken
   */
  synchronized List<Found> look() throws InterruptedException {
    try {
      if (admin == null) {
        admin = Admin.create(topics.settings());
      }
      List<String> names =
          admin.listTopics().names().get().stream()
              .filter(name -> topics.contract(name).isPresent())
              .sorted()
              .toList();
      List<TopicSplit> splits = new ArrayList<>();
      Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
        topic
            .partitions()
            .forEach(
                partition -> {
                  TopicSplit split =
                      new TopicSplit(
                          topic.name(), topic.topicId().toString(), partition.partition(), 0);
                  splits.add(split);
                  earliest.put(split.place(), OffsetSpec.earliest());
                  latest.put(split.place(), OffsetSpec.latest());
                });
      }
      ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
      var begins = admin.listOffsets(earliest, committed).all().get();
      var ends = admin.listOffsets(latest, committed).all().get();
      Map<OffsetLedger.Partition, Long> taken = ledger.nextOffsets(topics.group());
      List<Found> found = new ArrayList<>();
      for (TopicSplit split : splits) {
        found.add(found(split, begins, ends, taken));
      }
      found.sort(Comparator.comparing(partition -> !partition.stores()));
      return found;
    } catch (ExecutionException e) {
      throw new FlinkRuntimeException(
          "Kafka at " + topics.brokers() + " does not answer: " + e.getCause().getMessage(), e);
    }
  }

  private Found found(
      TopicSplit split,
      Map<TopicPartition, ListOffsetsResultInfo> begins,
      Map<TopicPartition, ListOffsetsResultInfo> ends,
      Map<OffsetLedger.Partition, Long> taken) {
    long begin = begins.get(split.place()).offset();
    long end = ends.get(split.place()).offset();
    // Nothing of the partition was taken yet: what Kafka has deleted before was not for us.
    long next = taken.getOrDefault(split.ledgerKey(), begin);
    if ((next < begin || next > end) && !topics.skipDeleted()) {
      String message =
          "records of topic %s, partition %d, were taken up to offset %d, but Kafka holds offsets %d to %d only: the others were deleted before they were taken. --skip-deleted goes on without them"
              .formatted(split.topic(), split.partition(), next, begin, end);
      // To try again would not bring them back.
      throw new SuppressRestartsException(new IllegalStateException(message));
    }
    boolean stores = topics.contract(split.topic()).orElseThrow().stream().equals(STORES);
    return new Found(split.at(Math.clamp(next, begin, Math.max(begin, end))), end, stores);
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close();
    }
  }
}
