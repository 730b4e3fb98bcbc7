package storefact.ingest.source;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.core.io.InputStatus;

/**
 * A subtask's reader: parses in the fetcher's thread, hands on in the task's, and waits at a {@link
 * CheckpointGate}.
 *
 * @param <S> what it reads, with how far it has come
 */
public abstract class DeliveryReader<S extends SourceSplit>
    extends SingleThreadMultiplexSourceReaderBase<
        DeliveryReader.Portion<S>, Delivery, S, DeliveryReader.Position<S>> {

  /** A delivery and how far its split has come with it. */
  public record Portion<S>(Delivery delivery, S after) {}

  /** Where a split stands; advances as portions are handed on, not as they are read. */
  public static final class Position<S> {
    private S split;

    private Position(S split) {
      this.split = split;
    }

    /** The split, as far as it was handed on. */
    public S split() {
      return split;
    }
  }

  private final CheckpointGate gate;

  /** A reader that waits at a gate of its own. */
  protected DeliveryReader(
      Supplier<SplitReader<Portion<S>, S>> splitReader, SourceReaderContext context) {
    this(splitReader, context, CheckpointGate.ofHeap(context.currentParallelism()));
  }

  private DeliveryReader(
      Supplier<SplitReader<Portion<S>, S>> splitReader,
      SourceReaderContext context,
      CheckpointGate gate) {
    super(splitReader, new Emitter<>(gate), context.getConfiguration(), context);
    this.gate = gate;
  }

  private record Emitter<S>(CheckpointGate gate)
      implements RecordEmitter<Portion<S>, Delivery, Position<S>> {
    @Override
    public void emitRecord(Portion<S> portion, SourceOutput<Delivery> output, Position<S> to) {
      output.collect(portion.delivery());
      gate.passed(portion.delivery().batch().size());
      to.split = portion.after();
    }
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Delivery> output) throws Exception {
    return gate.isClosed() ? InputStatus.NOTHING_AVAILABLE : super.pollNext(output);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return gate.isClosed() ? gate.opens() : super.isAvailable();
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    super.notifyCheckpointComplete(checkpoint);
    gate.open();
  }

  @Override
  protected Position<S> initializedState(S split) {
    return new Position<>(split);
  }

  @Override
  protected S toSplitType(String id, Position<S> position) {
    return position.split();
  }
}
