package storefact.ingest.star;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import storefact.event.EventBatch;
import storefact.event.Field;

/** The values of one column of a {@link NativeBlock}. */
abstract sealed class Column {

  private static final int FIRST_CAPACITY = 1 << 16;

  private final String name;
  private final String type;

  Column(String name, String type) {
    this.name = name;
    this.type = type;
  }

  static Column of(Field field) {
    return of(field.name(), field.columnType());
  }

  static Column of(String name, String type) {
    String plain = type.startsWith("Nullable(") ? type.substring(9, type.length() - 1) : type;
    boolean nullable = !plain.equals(type);
    if (plain.startsWith("Decimal") || plain.endsWith("Int64")) {
      return new Numbers(name, type, 8, nullable);
    } else if (plain.startsWith("DateTime") || plain.equals("UInt32") || plain.equals("Date32")) {
      return new Numbers(name, type, 4, nullable);
    } else if (plain.equals("Date")) {
      return new Numbers(name, type, 2, nullable);
    } else if (plain.equals("Bool")) {
      return new Numbers(name, type, 1, nullable);
    } else if (plain.equals("String")) {
      return new Texts(name, type);
    } else if (plain.equals("LowCardinality(String)")) {
      return new Codes(name, type);
    }
    throw new IllegalArgumentException("column " + name + " is of unsupported type " + type);
  }

  String name() {
    return name;
  }

  abstract void append(EventBatch batch, int ordinal, int from, int to);

  void append(long number) {
    throw new IllegalArgumentException("column " + name + " holds texts, not " + number);
  }

  void append(byte[] text) {
    throw new IllegalArgumentException("column " + name + " holds numbers");
  }

  /** At least as many bytes as {@link #encode} writes. */
  final long encodedSize() {
    return 10L + name.length() * 3L + type.length() + bodySize();
  }

  final void encode(NativeBuffer out, int rows) {
    out.putString(name);
    out.putString(type);
    encodeBody(out, rows);
  }

  abstract long bodySize();

  abstract void encodeBody(NativeBuffer out, int rows);

  abstract void clear();

  /** Numbers of one width; the null map goes first where the column can be NULL. */
  private static final class Numbers extends Column {
    private final int width;
    private final NativeBuffer values = new NativeBuffer(FIRST_CAPACITY);
    private final NativeBuffer nulls;
    private final long[] one = new long[1];

    Numbers(String name, String type, int width, boolean nullable) {
      super(name, type);
      this.width = width;
      this.nulls = nullable ? new NativeBuffer(FIRST_CAPACITY) : null;
    }

    @Override
    void append(EventBatch batch, int ordinal, int from, int to) {
      values.putNumbers(batch.numbers(ordinal), from, to, width);
      if (nulls != null) {
        for (int row = from; row < to; row++) {
          nulls.putByte(batch.isAbsent(ordinal, row) ? 1 : 0);
        }
      }
    }

    @Override
    void append(long number) {
      one[0] = number;
      values.putNumbers(one, 0, 1, width);
    }

    @Override
    long bodySize() {
      return (long) values.size() + (nulls == null ? 0 : nulls.size());
    }

    @Override
    void encodeBody(NativeBuffer out, int rows) {
      if (nulls != null) {
        out.putBytes(nulls.bytes(), 0, nulls.size());
      }
      out.putBytes(values.bytes(), 0, values.size());
    }

    @Override
    void clear() {
      values.clear();
      if (nulls != null) {
        nulls.clear();
      }
    }
  }

  /** Texts, each with its length before it. */
  private static final class Texts extends Column {
    private final NativeBuffer values = new NativeBuffer(FIRST_CAPACITY);

    Texts(String name, String type) {
      super(name, type);
    }

    @Override
    void append(EventBatch batch, int ordinal, int from, int to) {
      EventBatch.TextColumn texts = batch.texts(ordinal);
      for (int row = from; row < to; row++) {
        values.putString(texts.bytes(), texts.start(row), texts.end(row));
      }
    }

    @Override
    void append(byte[] text) {
      values.putString(text, 0, text.length);
    }

    @Override
    long bodySize() {
      return values.size();
    }

    @Override
    void encodeBody(NativeBuffer out, int rows) {
      out.putBytes(values.bytes(), 0, values.size());
    }

    @Override
    void clear() {
      values.clear();
    }
  }

  /**
   * Texts of few distinct values: a dictionary and a place in it for each row. Layout after
   * ClickHouse's SerializationLowCardinality: version 1, then index type and flags "has additional
   * keys" and "needs update of dictionary", keys, indexes.
   */
  private static final class Codes extends Column {
    private static final long KEYS_VERSION = 1;
    private static final long ADDITIONAL_KEYS = 0x200;
    private static final long UPDATE_DICTIONARY = 0x400;
    private static final long INDEX_UINT16 = 1;
    private static final long INDEX_UINT32 = 2;
    private static final int MOST_SHORT = 1 << 16;

    private final Map<Key, Integer> places = new HashMap<>();
    private final NativeBuffer keys = new NativeBuffer(1 << 10);
    private long[] indexes = new long[FIRST_CAPACITY];
    private int rows;
    private byte[] last = new byte[0];
    private int lastPlace = -1;

    private record Key(byte[] text) {
      @Override
      public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(text, key.text);
      }

      @Override
      public int hashCode() {
        return Arrays.hashCode(text);
      }
    }

    Codes(String name, String type) {
      super(name, type);
    }

    @Override
    void append(EventBatch batch, int ordinal, int from, int to) {
      EventBatch.TextColumn texts = batch.texts(ordinal);
      byte[] bytes = texts.bytes();
      for (int row = from; row < to; row++) {
        append(bytes, texts.start(row), texts.end(row));
      }
    }

    @Override
    void append(byte[] text) {
      append(text, 0, text.length);
    }

    private void append(byte[] bytes, int from, int to) {
      if (lastPlace < 0 || !Arrays.equals(bytes, from, to, last, 0, last.length)) {
        last = Arrays.copyOfRange(bytes, from, to);
        lastPlace =
            places.computeIfAbsent(
                new Key(last),
                key -> {
                  keys.putString(key.text(), 0, key.text().length);
                  return places.size();
                });
      }
      if (rows == indexes.length) {
        indexes = Arrays.copyOf(indexes, rows * 2);
      }
      indexes[rows++] = lastPlace;
    }

    @Override
    long bodySize() {
      return 40L + keys.size() + 4L * rows;
    }

    @Override
    void encodeBody(NativeBuffer out, int unused) {
      boolean small = places.size() <= MOST_SHORT;
      out.putLong(KEYS_VERSION);
      out.putLong((small ? INDEX_UINT16 : INDEX_UINT32) | ADDITIONAL_KEYS | UPDATE_DICTIONARY);
      out.putLong(places.size());
      out.putBytes(keys.bytes(), 0, keys.size());
      out.putLong(rows);
      out.putNumbers(indexes, 0, rows, small ? Short.BYTES : Integer.BYTES);
    }

    @Override
    void clear() {
      places.clear();
      keys.clear();
      rows = 0;
      lastPlace = -1;
    }
  }
}
