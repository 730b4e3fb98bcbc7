package storefact.event;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Accepted lines of one stream, column by column, and the rejected ones beside them. Numbers are in
 * the held form of their {@link Kind}; texts are UTF-8 bytes. Not thread-safe: one thread fills a
 * batch, then hands it on.
 *
 * <p>A row is built by {@link #setNumber} and {@link #setText} and finished by {@link #endRow}, or
 * taken back by {@link #dropRow}.
 */
public final class EventBatch {

  private final Contract<?> contract;
  private final long[][] numbers;
  private final boolean[][] absent;
  private final TextColumn[] texts;
  private final List<Rejection> rejections = new ArrayList<>();
  private final long allFields;
  private final long requiredFields;
  private final long[] fallbackNumbers;
  private final byte[][] fallbackTexts;

  private int capacity;
  private int size;
  private long seen;

  /** An empty batch with room for so many rows; it grows when more come. */
  public EventBatch(Contract<?> contract, int capacity) {
    this.contract = contract;
    this.capacity = capacity;
    int count = contract.fields().size();
    numbers = new long[count][];
    absent = new boolean[count][];
    texts = new TextColumn[count];
    fallbackNumbers = new long[count];
    fallbackTexts = new byte[count][];
    long required = 0;
    for (Field field : contract.fields()) {
      int i = field.ordinal();
      if (field.kind() == Kind.TEXT) {
        texts[i] = new TextColumn(capacity);
        fallbackTexts[i] = field.fallback().orElse("").getBytes(StandardCharsets.UTF_8);
      } else {
        numbers[i] = new long[capacity];
        fallbackNumbers[i] = field.fallback().map(text -> Values.held(field, text)).orElse(0L);
        if (field.nullable()) {
          absent[i] = new boolean[capacity];
        }
      }
      if (field.required()) {
        required |= 1L << i;
      }
    }
    requiredFields = required;
    allFields = count == 64 ? -1L : (1L << count) - 1;
  }

  public Contract<?> contract() {
    return contract;
  }

  /** Finished rows. */
  public int size() {
    return size;
  }

  /** The number in held form; what stands there when the value is absent is 0. */
  public long number(int ordinal, int row) {
    return numbers[ordinal][row];
  }

  /** The numbers of a column; only the first {@link #size()} count. */
  public long[] numbers(int ordinal) {
    return numbers[ordinal];
  }

  /** The texts of a column. */
  public TextColumn texts(int ordinal) {
    return texts[ordinal];
  }

  /** Whether an optional number is missing in that row. */
  public boolean isAbsent(int ordinal, int row) {
    return absent[ordinal] != null && absent[ordinal][row];
  }

  /** The text in that row; empty where the source said nothing. */
  public String text(int ordinal, int row) {
    return texts[ordinal].string(row);
  }

  /** The lines that could not be taken. */
  public List<Rejection> rejections() {
    return rejections;
  }

  /** Adds a rejected line. */
  public void reject(Rejection rejection) {
    rejections.add(rejection);
  }

  boolean isSeen(int ordinal) {
    return (seen & 1L << ordinal) != 0;
  }

  void setNumber(int ordinal, long value) {
    seen |= 1L << ordinal;
    numbers[ordinal][size] = value;
  }

  void setText(int ordinal, byte[] bytes, int from, int to) {
    seen |= 1L << ordinal;
    texts[ordinal].set(size, bytes, from, to);
  }

  /** Ordinals of required fields that the row under way does not have yet, as bits. */
  long missing() {
    return requiredFields & ~seen;
  }

  /** Ends the row under way: what the source did not say gets its default or counts as absent. */
  void endRow() {
    long unsaid = allFields & ~seen;
    while (unsaid != 0) {
      int i = Long.numberOfTrailingZeros(unsaid);
      unsaid &= unsaid - 1;
      if (texts[i] != null) {
        texts[i].set(size, fallbackTexts[i], 0, fallbackTexts[i].length);
      } else {
        numbers[i][size] = fallbackNumbers[i];
        if (absent[i] != null) {
          absent[i][size] = true;
        }
      }
    }
    seen = 0;
    size++;
    if (size == capacity) {
      grow();
    }
  }

  /** Takes back the row under way. */
  void dropRow() {
    seen = 0;
  }

  /** Takes back the last finished row, for a check that could only be made on the whole row. */
  public void undoRow() {
    size--;
    for (boolean[] column : absent) {
      if (column != null) {
        column[size] = false;
      }
    }
  }

  private void grow() {
    int wider = capacity * 2;
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] != null) {
        numbers[i] = Arrays.copyOf(numbers[i], wider);
      } else {
        texts[i].widen(wider);
      }
      if (absent[i] != null) {
        absent[i] = Arrays.copyOf(absent[i], wider);
      }
    }
    capacity = wider;
  }

  /**
   * Writes the batch for another process.
   *
   * @throws IOException if it cannot be written
   */
  public void write(DataOutput out) throws IOException {
    out.writeUTF(contract.stream());
    out.writeInt(size);
    for (int i = 0; i < numbers.length; i++) {
      if (texts[i] != null) {
        texts[i].write(out, size);
      } else {
        for (int row = 0; row < size; row++) {
          out.writeLong(numbers[i][row]);
        }
      }
      if (absent[i] != null) {
        for (int row = 0; row < size; row++) {
          out.writeBoolean(absent[i][row]);
        }
      }
    }
    out.writeInt(rejections.size());
    for (Rejection rejection : rejections) {
      out.writeUTF(rejection.reason().name());
      byte[] detail = rejection.detail().getBytes(StandardCharsets.UTF_8);
      out.writeInt(detail.length);
      out.write(detail);
      out.writeInt(rejection.raw().length);
      out.write(rejection.raw());
      out.writeLong(rejection.lineNumber());
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it cannot be read
   */
  public static EventBatch read(DataInput in) throws IOException {
    EventBatch batch = new EventBatch(Streams.named(in.readUTF()).orElseThrow(), 1);
    int size = in.readInt();
    while (batch.capacity <= size) {
      batch.grow();
    }
    batch.size = size;
    for (int i = 0; i < batch.numbers.length; i++) {
      if (batch.texts[i] != null) {
        batch.texts[i].read(in, size);
      } else {
        for (int row = 0; row < size; row++) {
          batch.numbers[i][row] = in.readLong();
        }
      }
      if (batch.absent[i] != null) {
        for (int row = 0; row < size; row++) {
          batch.absent[i][row] = in.readBoolean();
        }
      }
    }
    int rejected = in.readInt();
    for (int i = 0; i < rejected; i++) {
      Reason reason = Reason.valueOf(in.readUTF());
      String detail = new String(readBytes(in), StandardCharsets.UTF_8);
      batch.rejections.add(new Rejection(reason, detail, readBytes(in), in.readLong()));
    }
    return batch;
  }

  private static byte[] readBytes(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  /** Texts of one column, end to end in one array. */
  public static final class TextColumn {
    private byte[] bytes;
    private int[] ends;

    private TextColumn(int capacity) {
      bytes = new byte[capacity * 12];
      ends = new int[capacity];
    }

    private void widen(int rows) {
      ends = Arrays.copyOf(ends, rows);
    }

    private void set(int row, byte[] source, int from, int to) {
      int start = row == 0 ? 0 : ends[row - 1];
      int length = to - from;
      if (start + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, start + length));
      }
      System.arraycopy(source, from, bytes, start, length);
      ends[row] = start + length;
    }

    private void write(DataOutput out, int rows) throws IOException {
      int length = rows == 0 ? 0 : ends[rows - 1];
      out.writeInt(length);
      out.write(bytes, 0, length);
      for (int row = 0; row < rows; row++) {
        out.writeInt(ends[row]);
      }
    }

    private void read(DataInput in, int rows) throws IOException {
      bytes = readBytes(in);
      for (int row = 0; row < rows; row++) {
        ends[row] = in.readInt();
      }
    }

    /** All bytes; row r lies from {@link #start} to {@link #end}. */
    public byte[] bytes() {
      return bytes;
    }

    /** Where the row's bytes begin. */
    public int start(int row) {
      return row == 0 ? 0 : ends[row - 1];
    }

    /** Where the row's bytes end, exclusive. */
    public int end(int row) {
      return ends[row];
    }

    /** The row's text. */
    public String string(int row) {
      int start = start(row);
      return new String(bytes, start, ends[row] - start, StandardCharsets.UTF_8);
    }
  }
}
