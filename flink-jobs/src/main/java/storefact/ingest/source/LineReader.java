package storefact.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Lines of a stream as places in one buffer, without a copy or an object a line. Memory is bounded:
 * of a line longer than {@link #MOST_LINE_BYTES} only the beginning is kept. Not thread-safe.
 */
final class LineReader {

  static final int MOST_LINE_BYTES = Delivery.MOST_LINE_BYTES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NEWLINES = 0x0A0A0A0A0A0A0A0AL;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final int BUFFER_BYTES = 2 * MOST_LINE_BYTES;

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private InputStream in;
  private int limit;
  private int next;
  private boolean ended;

  private int from;
  private int to;
  private boolean tooLong;

  /** Begins with another stream. */
  void open(InputStream stream) {
    in = stream;
    limit = 0;
    next = 0;
    ended = false;
  }

  /** Bytes read ahead of the last line. */
  int buffered() {
    return limit - next;
  }

  byte[] bytes() {
    return buffer;
  }

  int from() {
    return from;
  }

  /** End of the line, its line end excluded. */
  int to() {
    return to;
  }

  /** Whether the line is longer than the limit; from and to then hold its beginning. */
  boolean isTooLong() {
    return tooLong;
  }

  /**
   * Moves to the next line; a last line without a line end counts.
   *
   * @return false at the end of the stream
   */
  boolean next() throws IOException {
    tooLong = false;
    int searched = next;
    while (true) {
      int end = newline(searched, limit);
      if (end >= 0) {
        place(end);
        next = end + 1;
        return true;
      }
      searched = limit;
      if (ended) {
        place(limit);
        next = limit;
        return to > from;
      }
      if (limit - next > MOST_LINE_BYTES) {
        return longLine();
      }
      if (limit == buffer.length) {
        System.arraycopy(buffer, next, buffer, 0, limit - next);
        limit -= next;
        searched = limit;
        next = 0;
      }
      fill();
    }
  }

  /** The line lies whole in the buffer, which does not say that it is short enough. */
  private void place(int end) {
    from = next;
    tooLong = end - from > MOST_LINE_BYTES;
    to = tooLong ? from + MOST_LINE_BYTES : end;
  }

  /** Keeps the beginning of a line that is too long and passes over the rest. */
  private boolean longLine() throws IOException {
    System.arraycopy(buffer, next, buffer, 0, MOST_LINE_BYTES);
    from = 0;
    to = MOST_LINE_BYTES;
    tooLong = true;
    limit = MOST_LINE_BYTES;
    int kept = limit;
    while (true) {
      limit = kept;
      fill();
      int end = newline(kept, limit);
      if (end >= 0) {
        next = end + 1;
        return true;
      }
      if (ended) {
        next = limit;
        return true;
      }
    }
  }

  private void fill() throws IOException {
    int read = in.read(buffer, limit, buffer.length - limit);
    if (read < 0) {
      ended = true;
    } else {
      limit += read;
    }
  }

  /** Eight bytes at a time: a byte of the difference is zero just where a newline stands. */
  private int newline(int start, int end) {
    int at = start;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long difference = (long) LONG.get(buffer, at) ^ NEWLINES;
      long zeros = (difference - ONES) & ~difference & HIGHS;
      if (zeros != 0) {
        return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; at < end; at++) {
      if (buffer[at] == '\n') {
        return at;
      }
    }
    return -1;
  }
}
