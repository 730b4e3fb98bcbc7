package storefact.ingest.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import storefact.ingest.source.Delivery;
import storefact.ingest.source.DropSource;
import storefact.ingest.source.IngestProgress;
import storefact.ingest.source.RecentLines;

/**
 * Kafka topics, one a stream, as batches of parsed lines. A record's value is an NDJSON line of the
 * stream's contract, or several; a record without a value says nothing and is passed over. Each
 * record is taken once: a ledger in the warehouse remembers offsets across runs, the checkpoint
 * within a run and after a crash.
 *
 * <p>The official connector was not taken: it cannot hold facts back until the stores that they
 * name are committed, cannot go on from the checkpoint of a continuous run to the end and stop
 * there, and hands on record by record where the sinks want batches.
 *
 * <p>What it relies on:
 *
 * <ul>
 *   <li>Offsets of a partition name one record for ever, and a topic that is made anew gets another
 *       id, as Kafka says (KIP-516).
 *   <li>The ledger's row of a position becomes visible only with or after the commit of the records
 *       before it in the star. It is behind the star between the two commits, and it may be ahead
 *       of the lake for a moment: after a crash the checkpoint has to be there to go on from. The
 *       ledger alone is enough after an orderly end of a bounded run.
 *   <li>One ingest at a time reads for a group.
 *   <li>Records of a transaction that was not committed are not read.
 * </ul>
 */
public final class TopicSource implements Source<Delivery, TopicSplit, HandedOut> {
  private static final long serialVersionUID = 1L;

  private final KafkaTopics topics;
  private final Boundedness boundedness;
  private final Duration scanInterval;
  private final OffsetLedger ledger;
  private final DropSource.StoreDirectory stores;
  private final String progressId;

  /**
   * Reads topics.
   *
   * @param boundedness bounded: what is there when a reader starts; continuous: what will come, too
   * @param scanInterval how often to look for new topics, and for the commit of stores
   * @param progressId where to count, see {@link IngestProgress}
   */
  public TopicSource(
      KafkaTopics topics,
      Boundedness boundedness,
      Duration scanInterval,
      OffsetLedger ledger,
      DropSource.StoreDirectory stores,
      String progressId) {
    this.topics = topics;
    this.boundedness = boundedness;
    this.scanInterval = scanInterval;
    this.ledger = ledger;
    this.stores = stores;
    this.progressId = progressId;
  }

  @Override
  public Boundedness getBoundedness() {
    return boundedness;
  }

  @Override
  public SplitEnumerator<TopicSplit, HandedOut> createEnumerator(
      SplitEnumeratorContext<TopicSplit> context) {
    return restoreEnumerator(context, new HandedOut(Set.of(), Map.of()));
  }

  @Override
  public SplitEnumerator<TopicSplit, HandedOut> restoreEnumerator(
      SplitEnumeratorContext<TopicSplit> context, HandedOut restored) {
    return new TopicEnumerator(
        context, new TopicLook(topics, ledger), boundedness, scanInterval, restored);
  }

  @Override
  public SimpleVersionedSerializer<TopicSplit> getSplitSerializer() {
    return new TopicSplit.Serializer();
  }

  @Override
  public SimpleVersionedSerializer<HandedOut> getEnumeratorCheckpointSerializer() {
    return new HandedOut.Serializer();
  }

  @Override
  public SourceReader<Delivery, TopicSplit> createReader(SourceReaderContext context) {
    RecentLines recent = new RecentLines();
    Predicate<String> storeKnown = stores.open();
    IngestProgress progress = IngestProgress.of(progressId);
    return new TopicReader(
        () -> new TopicSplitReader(topics, boundedness, storeKnown, recent, progress), context);
  }
}
