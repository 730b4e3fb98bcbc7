package storefact.simulator.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;
import storefact.event.Contract;
import storefact.event.Field;
import storefact.event.LineFormat;

/**
 * Writes events of one stream field by field as bytes, without an object per event: the way for
 * streams of millions of lines. What it writes reads the same as what {@code EventWriter} writes.
 *
 * <p>Fields are given by their ordinal in the contract, ascending; those left out are empty or have
 * their default. Texts must be plain: no quote, comma, backslash or control character. Not
 * thread-safe.
 */
public final class EventBytes implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MOST_LINE_BYTES = 1 << 13;
  private static final byte[] DIGITS = twoDigits();
  private static final int SECONDS_PER_DAY = 86_400;
  private static final long[] POWERS = powers();

  /** Days whose digits are kept: the business day and the day in UTC alternate. */
  private static final int DAYS_KEPT = 16;

  private final boolean json;
  private final byte[][] prefixes;
  private final boolean[] quoted;
  private final int[] scales;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final byte[][] days = new byte[DAYS_KEPT][];
  private final int[] daysKept = new int[DAYS_KEPT];
  private final OutputStream out;
  private int at;
  private int lineStart;
  private int next;
  private long lines;

  /**
   * Writes to a stream that {@link #close} closes.
   *
   * @throws IOException if the CSV header cannot be written
   */
  public EventBytes(Contract<?> contract, LineFormat format, OutputStream out) throws IOException {
    this.json = format == LineFormat.NDJSON;
    this.out = out;
    int count = contract.fields().size();
    prefixes = new byte[count][];
    quoted = new boolean[count];
    scales = new int[count];
    for (Field field : contract.fields()) {
      int i = field.ordinal();
      quoted[i] =
          switch (field.kind()) {
            case TEXT, DATE, TIME -> json;
            case DECIMAL, INTEGER, FLAG -> false;
          };
      prefixes[i] =
          ("\"" + field.name() + "\":" + (quoted[i] ? "\"" : ""))
              .getBytes(StandardCharsets.US_ASCII);
      scales[i] = field.scale();
    }
    if (!json) {
      String header =
          contract.fields().stream().map(Field::name).collect(Collectors.joining(",", "", "\n"));
      raw(header.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Ordinal of a field, for use with the other methods. */
  public static int ordinal(Contract<?> contract, String field) {
    return contract.field(field).ordinal();
  }

  /** Lines written so far, a CSV's header included. */
  public long lines() {
    return lines;
  }

  /** Begins an event. */
  public void begin() {
    lineStart = at;
    next = 0;
    if (json) {
      buffer[at++] = '{';
    }
  }

  /** How many bytes the event has so far. */
  public int length() {
    return at - lineStart;
  }

  /** The bytes of the event from a length on, to be used with {@link #again}. */
  public byte[] since(int length) {
    return Arrays.copyOfRange(buffer, lineStart + length, at);
  }

  /**
   * Writes the same fields as an event before.
   *
   * @param bytes what {@link #since} gave after them
   * @param field the last of them
   */
  public void again(byte[] bytes, int field) {
    System.arraycopy(bytes, 0, buffer, at, bytes.length);
    at += bytes.length;
    next = field + 1;
  }

  /** A plain text in UTF-8. */
  public void text(int field, byte[] text) {
    open(field);
    System.arraycopy(text, 0, buffer, at, text.length);
    at += text.length;
    shut(field);
  }

  /** A plain text of ASCII letters, a prefix and a number: {@code E12}. */
  public void text(int field, byte[] prefix, long number) {
    open(field);
    System.arraycopy(prefix, 0, buffer, at, prefix.length);
    at += prefix.length;
    whole(number);
    shut(field);
  }

  /** A whole number. */
  public void integer(int field, long value) {
    open(field);
    whole(value);
    shut(field);
  }

  /**
   * A decimal.
   *
   * @param scaled the value times ten to the power of {@code scale}
   * @param scale at most the field's own
   */
  public void decimal(int field, long scaled, int scale) {
    if (scale > scales[field]) {
      throw new IllegalArgumentException(
          "scale " + scale + " is beyond the field's " + scales[field]);
    }
    open(field);
    long value = scaled;
    if (value < 0) {
      buffer[at++] = '-';
      value = -value;
    }
    int places = scale;
    while (places > 0 && value % 10 == 0) {
      value /= 10;
      places--;
    }
    if (places == 0) {
      whole(value);
    } else {
      long unit = POWERS[places];
      whole(value / unit);
      buffer[at++] = '.';
      long rest = value % unit;
      for (int i = places - 1; i >= 0; i--) {
        buffer[at + i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      at += places;
    }
    shut(field);
  }

  /** A date as days since 1970-01-01. */
  public void date(int field, int epochDay) {
    open(field);
    dateDigits(epochDay);
    shut(field);
  }

  /** An instant as seconds since 1970-01-01T00:00:00Z. */
  public void time(int field, long epochSecond) {
    open(field);
    int epochDay = (int) Math.floorDiv(epochSecond, SECONDS_PER_DAY);
    int second = (int) (epochSecond - (long) epochDay * SECONDS_PER_DAY);
    dateDigits(epochDay);
    buffer[at++] = 'T';
    two(second / 3_600);
    buffer[at++] = ':';
    two(second / 60 % 60);
    buffer[at++] = ':';
    two(second % 60);
    buffer[at++] = 'Z';
    shut(field);
  }

  /** A flag. */
  public void flag(int field, boolean value) {
    open(field);
    byte[] text = value ? TRUE : FALSE;
    System.arraycopy(text, 0, buffer, at, text.length);
    at += text.length;
    shut(field);
  }

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  /**
   * Ends the event.
   *
   * @throws IOException if it cannot be written
   */
  public void end() throws IOException {
    if (json) {
      buffer[at++] = '}';
    } else {
      for (; next < prefixes.length; next++) {
        if (next > 0) {
          buffer[at++] = ',';
        }
      }
    }
    buffer[at++] = '\n';
    lines++;
    flushFull();
  }

  /** The bytes of the event that was ended last, line end excluded; good until the next begins. */
  public byte[] lastLine() {
    return Arrays.copyOfRange(buffer, lineStart, at - 1);
  }

  /** Takes the event that was ended last back and answers its bytes, line end excluded. */
  public byte[] retract() {
    byte[] line = lastLine();
    at = lineStart;
    lines--;
    return line;
  }

  /**
   * Writes a line as it is, line end excluded.
   *
   * @throws IOException if it cannot be written
   */
  public void line(byte[] line) throws IOException {
    raw(line);
    raw(NEWLINE);
  }

  private static final byte[] NEWLINE = {'\n'};

  /** Writes bytes; the lines that end in them count. */
  private void raw(byte[] bytes) throws IOException {
    flush();
    out.write(bytes, 0, bytes.length);
    for (byte b : bytes) {
      if (b == '\n') {
        lines++;
      }
    }
  }

  private void open(int field) {
    if (json) {
      if (next > 0) {
        buffer[at++] = ',';
      }
      next = field + 1;
      byte[] prefix = prefixes[field];
      System.arraycopy(prefix, 0, buffer, at, prefix.length);
      at += prefix.length;
    } else {
      while (next < field) {
        if (next > 0) {
          buffer[at++] = ',';
        }
        next++;
      }
      if (next > 0) {
        buffer[at++] = ',';
      }
      next = field + 1;
    }
  }

  private void shut(int field) {
    if (quoted[field]) {
      buffer[at++] = '"';
    }
  }

  private void whole(long value) {
    if (value < 10) {
      buffer[at++] = (byte) ('0' + value);
      return;
    }
    int digits = 2;
    while (digits < POWERS.length && value >= POWERS[digits]) {
      digits++;
    }
    long high = value;
    int i = at + digits;
    while (high > Integer.MAX_VALUE) {
      int pair = (int) (high % 100);
      high /= 100;
      buffer[--i] = DIGITS[2 * pair + 1];
      buffer[--i] = DIGITS[2 * pair];
    }
    // Divisions of ints take a fraction of the time.
    int rest = (int) high;
    while (rest >= 10) {
      int pair = rest % 100;
      rest /= 100;
      buffer[--i] = DIGITS[2 * pair + 1];
      buffer[--i] = DIGITS[2 * pair];
    }
    if (i > at) {
      buffer[--i] = (byte) ('0' + rest);
    }
    at += digits;
  }

  private void two(int value) {
    buffer[at++] = DIGITS[2 * value];
    buffer[at++] = DIGITS[2 * value + 1];
  }

  private void dateDigits(int epochDay) {
    int place = epochDay & (DAYS_KEPT - 1);
    byte[] digits = days[place];
    if (digits == null || daysKept[place] != epochDay) {
      digits = LocalDate.ofEpochDay(epochDay).toString().getBytes(StandardCharsets.US_ASCII);
      days[place] = digits;
      daysKept[place] = epochDay;
    }
    System.arraycopy(digits, 0, buffer, at, digits.length);
    at += digits.length;
  }

  private void flushFull() throws IOException {
    if (at > BUFFER_BYTES - MOST_LINE_BYTES) {
      // The last line stays for lastLine().
      int length = at - lineStart;
      out.write(buffer, 0, lineStart);
      System.arraycopy(buffer, lineStart, buffer, 0, length);
      lineStart = 0;
      at = length;
    }
  }

  private void flush() throws IOException {
    out.write(buffer, 0, at);
    at = 0;
    lineStart = 0;
  }

  @Override
  public void close() throws IOException {
    flush();
    out.close();
  }

  private static long[] powers() {
    long[] powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = 10 * powers[i - 1];
    }
    return powers;
  }

  private static byte[] twoDigits() {
    byte[] digits = new byte[200];
    for (int i = 0; i < 100; i++) {
      digits[2 * i] = (byte) ('0' + i / 10);
      digits[2 * i + 1] = (byte) ('0' + i % 10);
    }
    return digits;
  }
}
