package storefact.ingest.source;

import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;
import storefact.event.EventBatch;
import storefact.event.LineParser;

/**
 * Tells whether the very same line came shortly before, in bounded memory: one 64-bit hash a slot,
 * the newest wins. It only spares work: repeats that it misses (longer ago, after a restart, by
 * another reader) are made one by the star's key. That two different lines share hash and slot is
 * not to be feared below 10¹⁵ lines.
 */
public final class RecentLines {

  private static final int SLOTS = 1 << 20;
  private static final long SEED = 0x53746F7265666163L;

  private final XXHash64 hash = XXHashFactory.fastestJavaInstance().hash64();
  private final long[] slots = new long[SLOTS];

  /** Remembers nothing yet. */
  public RecentLines() {}

  /**
   * Takes a line into the batch by the parser unless the very same one has just been taken.
   *
   * @param bytes holds the line from {@code from} to {@code to}, line end excluded
   * @param lineNumber for a rejection
   * @return whether it was left out as a repeat
   */
  public boolean leavesOut(
      LineParser parser, EventBatch batch, byte[] bytes, int from, int to, long lineNumber) {
    int size = batch.size();
    parser.take(batch, bytes, from, to, lineNumber);
    if (batch.size() > size && isRepeat(batch.contract().stream(), bytes, from, to)) {
      batch.undoRow();
      return true;
    }
    return false;
  }

  /** The stream is part of the line: two streams may hold the same bytes. */
  private boolean isRepeat(String stream, byte[] bytes, int from, int to) {
    long print = hash.hash(bytes, from, to - from, SEED ^ stream.hashCode());
    int slot = (int) print & (SLOTS - 1);
    boolean repeat = slots[slot] == print;
    slots[slot] = print;
    return repeat;
  }
}
