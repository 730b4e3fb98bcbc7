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
  /** Lines of a subtask between two checkpoints: about 200 MB as blocks of the star. */
  static final long USUAL_LINES = 1_600_000;

  private final long most;
  private long lines;
  private CompletableFuture<Void> opens = CompletableFuture.completedFuture(null);

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
