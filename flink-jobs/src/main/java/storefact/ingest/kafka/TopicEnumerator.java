package storefact.ingest.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each partition to one reader, for good: stores first; the others once every store that was
 * there at the start has been committed, for a sale of an unknown store is rejected. Runs in the
 * coordinator's thread.
 */
final class TopicEnumerator implements SplitEnumerator<TopicSplit, HandedOut> {

  private static final Logger LOG = LoggerFactory.getLogger(TopicEnumerator.class);

  private final SplitEnumeratorContext<TopicSplit> context;
  private final TopicLook topics;
  private final Boundedness boundedness;
  private final Duration scanInterval;

  private final Set<String> handedOut;
  private final Map<String, TopicSplit> pending = new LinkedHashMap<>();
  private final Set<Integer> told = new HashSet<>();

  /** Where the partitions of stores ended when they were found; emptied as they are committed. */
  private final Map<String, Long> storeEnds;

  private final Set<String> ofStores = new HashSet<>();
  private boolean looked;

  TopicEnumerator(
      SplitEnumeratorContext<TopicSplit> context,
      TopicLook topics,
      Boundedness boundedness,
      Duration scanInterval,
      HandedOut restored) {
    this.context = context;
    this.topics = topics;
    this.boundedness = boundedness;
    this.scanInterval = scanInterval;
    this.handedOut = new HashSet<>(restored.splitIds());
    this.storeEnds = new HashMap<>(restored.storeEnds());
  }

  @Override
  public void start() {
    // Bounded runs look again, too: they wait for the commit of stores.
    context.callAsync(topics::look, this::offer, 0, scanInterval.toMillis());
  }

  private void offer(List<TopicLook.Found> found, Throwable failure) {
    if (failure != null) {
      if (!looked) {
        throw new FlinkRuntimeException(failure.getMessage(), failure);
      }
      LOG.warn("cannot look for topics, trying again: {}", failure.getMessage());
      return;
    }
    boolean first = !looked;
    looked = true;
    for (TopicLook.Found partition : found) {
      TopicSplit split = partition.split();
      if (partition.stores()) {
        ofStores.add(split.splitId());
        // One that was handed out before may end here before its reader's end: its old end counts.
        if (first && !partition.isTaken() && !handedOut.contains(split.splitId())) {
          storeEnds.put(split.splitId(), partition.end());
        }
        storeEnds.computeIfPresent(
            split.splitId(), (_, end) -> split.nextOffset() >= end ? null : end);
      }
      if ((first || boundedness == Boundedness.CONTINUOUS_UNBOUNDED)
          && !handedOut.contains(split.splitId())) {
        pending.putIfAbsent(split.splitId(), split);
      }
    }
    assign();
  }

  private void assign() {
    if (!looked) {
      return;
    }
    Map<Integer, List<TopicSplit>> assignment = new HashMap<>();
    for (TopicSplit split : List.copyOf(pending.values())) {
      int reader =
          Math.floorMod(split.topic().hashCode() + split.partition(), context.currentParallelism());
      boolean waits = !storeEnds.isEmpty() && !ofStores.contains(split.splitId());
      if (!waits && context.registeredReaders().containsKey(reader)) {
        pending.remove(split.splitId());
        handedOut.add(split.splitId());
        assignment.computeIfAbsent(reader, _ -> new ArrayList<>()).add(split);
      }
    }
    if (!assignment.isEmpty()) {
      context.assignSplits(new SplitsAssignment<>(assignment));
    }
    if (boundedness == Boundedness.BOUNDED && pending.isEmpty()) {
      for (int reader : context.registeredReaders().keySet()) {
        if (told.add(reader)) {
          context.signalNoMoreSplits(reader);
        }
      }
    }
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    // Readers do not ask: partitions are given.
  }

  @Override
  public void addSplitsBack(List<TopicSplit> splits, int subtask) {
    for (TopicSplit split : splits) {
      handedOut.remove(split.splitId());
      pending.put(split.splitId(), split);
    }
    assign();
  }

  @Override
  public void addReader(int subtask) {
    told.remove(subtask);
    assign();
  }

  @Override
  public HandedOut snapshotState(long checkpoint) {
    return new HandedOut(Set.copyOf(handedOut), Map.copyOf(storeEnds));
  }

  @Override
  public void close() {
    topics.close();
  }
}
