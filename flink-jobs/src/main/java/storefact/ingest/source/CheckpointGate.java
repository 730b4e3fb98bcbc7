package storefact.ingest.source;

import java.util.concurrent.CompletableFuture;

/**
 * Closes when a reader has handed on as many lines as the memory of a checkpoint interval may hold,
 * opens with the next completed checkpoint. The star's writer keeps the lines of an interval: on a
 * slow machine, or with a long interval, they would be more than the heap.
 *
 * <p>At most twice the limit is under way: lines since the last barrier, and those that its
 * checkpoint has yet to commit. Used from the reader's thread.
 *
 * <p>Flink's own limiter per checkpoint counts records, which are batches here, and spins while it
 * waits.
 */
final class CheckpointGate {
  /** Heap that a line takes until its checkpoint is committed, with what is made of it. */
  private static final long BYTES_A_LINE = 384;

  private final long most;
  private long lines;
  private CompletableFuture<Void> opens = CompletableFuture.completedFuture(null);

  /** The gate of one of some readers that share this process's heap. */
  static CheckpointGate ofHeap(int readers) {
    return new CheckpointGate(Runtime.getRuntime().maxMemory() / BYTES_A_LINE / readers);
  }

  /** An open gate that closes after {@code most} lines. */
  CheckpointGate(long most) {
    this.most = most;
  }

  /** Notes lines that were handed on. */
  void passed(int handedOn) {
    lines += handedOn;
    if (lines >= most && opens.isDone()) {
      opens = new CompletableFuture<>();
    }
  }

  /** Whether the reader has to wait. */
  boolean isClosed() {
    return !opens.isDone();
  }

  /** Completes when the gate opens; is complete while it is open. */
  CompletableFuture<Void> opens() {
    return opens;
  }

  /** A checkpoint was completed. */
  void open() {
    lines = 0;
    opens.complete(null);
  }
}
