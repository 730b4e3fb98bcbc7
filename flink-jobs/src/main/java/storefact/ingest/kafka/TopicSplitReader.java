package storefact.ingest.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import storefact.event.Contract;
import storefact.event.EventBatch;
import storefact.event.LineFormat;
import storefact.event.LineParser;
import storefact.ingest.source.Delivery;
import storefact.ingest.source.DeliveryReader.Portion;
import storefact.ingest.source.IngestProgress;
import storefact.ingest.source.RecentLines;

/** Fetches and parses records of a reader's partitions, in the fetcher's thread. */
final class TopicSplitReader implements SplitReader<Portion<TopicSplit>, TopicSplit> {

  /** Records of a portion at most: few enough to keep memory small, enough to be worth it. */
  private static final int PORTION_RECORDS = 4096;

  /** Bytes that the consumer holds of one answer; 50 MB are its own default. */
  private static final int FETCH_BYTES = 8 << 20;

  private static final int PARTITION_FETCH_BYTES = 2 << 20;

  /** Short, so that a call that should end, ends soon without being woken up. */
  private static final Duration LONGEST_POLL = Duration.ofMillis(50);

  private final KafkaTopics topics;
  private final Boundedness boundedness;
  private final Predicate<String> storeKnown;
  private final RecentLines recent;
  private final IngestProgress progress;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Reading> readings = new HashMap<>();
  private final Map<String, LineParser> parsers = new HashMap<>();

  /** A partition under way. */
  private static final class Reading {
    private final TopicSplit split;
    private final Contract<?> contract;
    private final long stop;
    private long next;

    Reading(TopicSplit split, Contract<?> contract, long stop) {
      this.split = split;
      this.contract = contract;
      this.stop = stop;
      this.next = split.nextOffset();
    }
  }

  TopicSplitReader(
      KafkaTopics topics,
      Boundedness boundedness,
      Predicate<String> storeKnown,
      RecentLines recent,
      IngestProgress progress) {
    this.topics = topics;
    this.boundedness = boundedness;
    this.storeKnown = storeKnown;
    this.recent = recent;
    this.progress = progress;
    Properties settings = new Properties();
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    settings.putAll(topics.settings());
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, PORTION_RECORDS);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // An offset that Kafka does not have is a loss: never begin elsewhere unasked.
    settings.put(
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, topics.skipDeleted() ? "earliest" : "none");
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void handleSplitsChanges(SplitsChange<TopicSplit> change) {
    List<TopicPartition> fresh = change.splits().stream().map(TopicSplit::place).toList();
    Map<TopicPartition, Long> ends = consumer.endOffsets(fresh);
    for (TopicSplit split : change.splits()) {
      Contract<?> contract =
          topics
              .contract(split.topic())
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "the ingest before read topic '"
                              + split.topic()
                              + "', which this one does not name; name it, too"));
      long end = ends.get(split.place());
      long stop = boundedness == Boundedness.BOUNDED ? end : Long.MAX_VALUE;
      readings.put(split.place(), new Reading(split, contract, stop));
      progress.found(1, Math.max(0, end - split.nextOffset()));
    }
    consumer.assign(readings.keySet());
    change.splits().forEach(split -> consumer.seek(split.place(), split.nextOffset()));
  }

  @Override
  public RecordsWithSplitIds<Portion<TopicSplit>> fetch() {
    RecordsBySplits.Builder<Portion<TopicSplit>> portions = new RecordsBySplits.Builder<>();
    if (readings.isEmpty()) {
      return portions.build();
    }
    if (end(portions)) {
      return portions.build();
    }
    ConsumerRecords<byte[], byte[]> records = consumer.poll(LONGEST_POLL);
    for (Reading reading : readings.values()) {
      List<ConsumerRecord<byte[], byte[]>> of = records.records(reading.split.place());
      // Ends of transactions and records that Kafka has compacted away take offsets, too.
      long position = Math.min(consumer.position(reading.split.place()), reading.stop);
      if (position > reading.next) {
        portions.add(reading.split.splitId(), portion(reading, of, position));
      }
    }
    end(portions);
    return portions.build();
  }

  private Portion<TopicSplit> portion(
      Reading reading, List<ConsumerRecord<byte[], byte[]>> records, long position) {
    EventBatch batch = new EventBatch(reading.contract, records.size() + 1);
    LineParser parser =
        parsers.computeIfAbsent(
            reading.contract.stream(),
            _ -> LineParser.of(reading.contract, LineFormat.NDJSON, storeKnown));
    long repeated = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.value() != null && record.offset() < reading.stop) {
        repeated += take(parser, batch, record.value(), record.offset());
      }
    }
    progress.read(position - reading.next);
    progress.lines(batch.size(), repeated, batch.rejections().size());
    reading.next = position;
    TopicSplit after = reading.split.at(position);
    return new Portion<>(
        new Delivery(
            batch,
            new Delivery.TopicPosition(
                topics.group(), after.topicId(), after.topic(), after.partition(), position)),
        after);
  }

  /** The lines of a value: one as a rule. */
  private long take(LineParser parser, EventBatch batch, byte[] value, long offset) {
    long repeated = 0;
    int from = 0;
    while (from < value.length) {
      int to = from;
      while (to < value.length && value[to] != '\n') {
        to++;
      }
      if (to - from > Delivery.MOST_LINE_BYTES) {
        parser.tooLong(
            batch,
            Arrays.copyOfRange(value, from, from + Delivery.MOST_LINE_BYTES),
            Delivery.MOST_LINE_BYTES,
            offset);
      } else if (recent.leavesOut(parser, batch, value, from, to, offset)) {
        repeated++;
      }
      from = to + 1;
    }
    return repeated;
  }

  /** Ends partitions that have come to the end of a bounded run. */
  private boolean end(RecordsBySplits.Builder<Portion<TopicSplit>> portions) {
    List<Reading> ended = new ArrayList<>();
    for (Reading reading : readings.values()) {
      if (reading.next >= reading.stop) {
        ended.add(reading);
      }
    }
    for (Reading reading : ended) {
      readings.remove(reading.split.place());
      portions.addFinishedSplit(reading.split.splitId());
      progress.fileRead();
    }
    if (!ended.isEmpty()) {
      consumer.assign(readings.keySet());
    }
    return !ended.isEmpty();
  }

  @Override
  public void wakeUp() {
    // fetch() never waits for long.
  }

  @Override
  public void close() {
    consumer.close();
  }
}
