package storefact.ingest.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import storefact.ingest.source.DeliveryReader;

/** Reads partitions of topics, and remembers those that it read to their end. */
final class TopicReader extends DeliveryReader<TopicSplit> {
  /**
   * Partitions that a bounded run read to its end. They stay in the state: a run that goes on from
   * it, bounded or not, takes what has come since.
   */
  private final Map<String, TopicSplit> finished = new LinkedHashMap<>();

  TopicReader(
      Supplier<SplitReader<Portion<TopicSplit>, TopicSplit>> splitReader,
      SourceReaderContext context) {
    super(splitReader, context);
  }

  @Override
  public void addSplits(List<TopicSplit> splits) {
    splits.forEach(split -> finished.remove(split.splitId()));
    super.addSplits(splits);
  }

  @Override
  protected void onSplitFinished(Map<String, Position<TopicSplit>> ended) {
    ended.forEach((id, position) -> finished.put(id, position.split()));
  }

  @Override
  public List<TopicSplit> snapshotState(long checkpoint) {
    List<TopicSplit> splits = new ArrayList<>(super.snapshotState(checkpoint));
    splits.addAll(finished.values());
    return splits;
  }
}
