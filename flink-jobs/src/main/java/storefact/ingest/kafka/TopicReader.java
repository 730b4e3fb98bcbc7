package storefact.ingest.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import storefact.ingest.source.Delivery;

/** A subtask's reader: parses in the fetcher's thread, hands on in the task's. */
final class TopicReader
    extends SingleThreadMultiplexSourceReaderBase<
        TopicReader.Portion, Delivery, TopicSplit, TopicReader.Position> {

  /** A delivery and how far its partition has come with it. */
  record Portion(Delivery delivery, TopicSplit after) {}

  /** Where a partition stands; advances as portions are handed on, not as they are read. */
  static final class Position {
    private TopicSplit split;

    Position(TopicSplit split) {
      this.split = split;
    }
  }

  /**
   * Partitions that a bounded run read to its end. They stay in the state: a run that goes on from
   * it, bounded or not, takes what has come since.
   */
  private final Map<String, TopicSplit> finished = new LinkedHashMap<>();

  TopicReader(Supplier<SplitReader<Portion, TopicSplit>> splitReader, SourceReaderContext context) {
    super(splitReader, new Emitter(), context.getConfiguration(), context);
  }

  private static final class Emitter implements RecordEmitter<Portion, Delivery, Position> {
    @Override
    public void emitRecord(Portion portion, SourceOutput<Delivery> output, Position position) {
      output.collect(portion.delivery());
      position.split = portion.after();
    }
  }

  @Override
  public void addSplits(List<TopicSplit> splits) {
    splits.forEach(split -> finished.remove(split.splitId()));
    super.addSplits(splits);
  }

  @Override
  protected void onSplitFinished(Map<String, Position> ended) {
    ended.forEach((id, position) -> finished.put(id, position.split));
  }

  @Override
  public List<TopicSplit> snapshotState(long checkpoint) {
    List<TopicSplit> splits = new ArrayList<>(super.snapshotState(checkpoint));
    splits.addAll(finished.values());
    return splits;
  }

  @Override
  protected Position initializedState(TopicSplit split) {
    return new Position(split);
  }

  @Override
  protected TopicSplit toSplitType(String id, Position position) {
    return position.split;
  }
}
