package storefact.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Lines of one file into an {@link EventBatch}. A line is first tried the quick way, which knows
 * only plain, right lines; whatever it is not sure of is decided by the thorough way, which names
 * the reason. Not thread-safe.
 */
public abstract sealed class LineParser permits JsonLines, CsvLines {

  private static final int SECONDS_PER_DAY = 86_400;

  final Contract<?> contract;
  final Field[] fields;
  private final DateRule[] dateRules;
  private final Field[] references;
  private final Choice[] choices;
  private final Predicate<String> storeKnown;
  // Files are per store: the last store asked for is nearly always the next one too.
  private byte[] lastStore = new byte[0];

  LineParser(Contract<?> contract, Predicate<String> storeKnown) {
    this.contract = contract;
    this.fields = contract.fields().toArray(Field[]::new);
    this.dateRules =
        contract.fields().stream()
            .filter(field -> field.near().isPresent())
            .map(field -> DateRule.of(contract, field))
            .toArray(DateRule[]::new);
    this.references =
        contract.fields().stream()
            .filter(field -> field.mustExist().isPresent())
            .toArray(Field[]::new);
    this.choices =
        contract.fields().stream()
            .filter(field -> !field.allowed().isEmpty())
            .map(Choice::of)
            .toArray(Choice[]::new);
    this.storeKnown = storeKnown;
  }

  /** A field that may hold a few texts only, as bytes for the quick way. */
  private record Choice(int ordinal, boolean required, byte[][] allowed) {
    static Choice of(Field field) {
      return new Choice(
          field.ordinal(),
          field.required(),
          field.allowed().stream()
              .map(text -> text.getBytes(StandardCharsets.UTF_8))
              .toArray(byte[][]::new));
    }

    boolean holds(EventBatch batch, int row) {
      EventBatch.TextColumn column = batch.texts(ordinal);
      int start = column.start(row);
      int end = column.end(row);
      if (start == end && !required) {
        return true;
      }
      for (byte[] text : allowed) {
        if (Arrays.equals(column.bytes(), start, end, text, 0, text.length)) {
          return true;
        }
      }
      return false;
    }
  }

  private record DateRule(Field date, Field time, int days) {
    static DateRule of(Contract<?> contract, Field date) {
      Field.NearRule near = date.near().orElseThrow();
      return new DateRule(date, contract.field(near.to()), near.days());
    }

    long daysApart(EventBatch batch, int row) {
      long day = Math.floorDiv(batch.number(time.ordinal(), row), SECONDS_PER_DAY);
      return Math.abs(batch.number(date.ordinal(), row) - day);
    }
  }

  /**
   * The parser for a file of the contract's stream.
   *
   * @param format how the file is written
   * @param storeKnown whether a store's row is in the warehouse
   */
  public static LineParser of(
      Contract<?> contract, LineFormat format, Predicate<String> storeKnown) {
    return switch (format) {
      case NDJSON -> new JsonLines(contract, storeKnown);
      case CSV -> new CsvLines(contract, storeKnown);
    };
  }

  /**
   * Takes one line into the batch, as a row or as a rejection. Blank lines are passed over.
   *
   * @param bytes holds the line from {@code from} to {@code to}, line end excluded
   * @param lineNumber from 1
   */
  public final void take(EventBatch batch, byte[] bytes, int from, int to, long lineNumber) {
    if (to > from && bytes[to - 1] == '\r') {
      to--;
    }
    if (to == from) {
      return;
    }
    if (quick(batch, bytes, from, to)) {
      batch.endRow();
      if (quickRules(batch, batch.size() - 1)) {
        return;
      }
      batch.undoRow();
    } else {
      batch.dropRow();
    }
    try {
      String line = decode(bytes, from, to);
      if (thorough(batch, line)) {
        requireAll(batch);
        batch.endRow();
        rules(batch, batch.size() - 1);
      }
    } catch (RejectedLineException e) {
      batch.dropRow();
      reject(batch, e.reason(), e.getMessage(), bytes, from, to, lineNumber);
    }
  }

  /** Rejects a line that is longer than the reader's limit; only its beginning was read. */
  public final void tooLong(EventBatch batch, byte[] beginning, int length, long lineNumber) {
    reject(
        batch,
        Reason.LINE_TOO_LONG,
        "the line is longer than " + length + " bytes",
        beginning,
        0,
        length,
        lineNumber);
  }

  private static void reject(
      EventBatch batch, Reason reason, String detail, byte[] bytes, int from, int to, long line) {
    int end = Math.min(to, from + Rejection.MOST_RAW_BYTES);
    batch.reject(new Rejection(reason, detail, Arrays.copyOfRange(bytes, from, end), line));
  }

  /** Whether the next line that is not blank says how to read the others: a CSV's header. */
  public boolean awaitsHeader() {
    return false;
  }

  /** Whether the line was surely right and is now the row under way. */
  abstract boolean quick(EventBatch batch, byte[] bytes, int from, int to);

  /** Fills the row under way, or answers false for a line that is no event (a header). */
  abstract boolean thorough(EventBatch batch, String line) throws RejectedLineException;

  final void setThorough(EventBatch batch, Field field, String text) throws RejectedLineException {
    if (batch.isSeen(field.ordinal())) {
      throw new RejectedLineException(
          Reason.DUPLICATE_FIELD, "field " + field.name() + " stands twice");
    }
    if (field.kind() == Kind.TEXT) {
      byte[] bytes = Values.text(field, text);
      batch.setText(field.ordinal(), bytes, 0, bytes.length);
    } else {
      long held = Values.number(field, text);
      Values.check(field, held, text);
      batch.setNumber(field.ordinal(), held);
    }
  }

  private void requireAll(EventBatch batch) throws RejectedLineException {
    long missing = batch.missing();
    if (missing != 0) {
      throw new RejectedLineException(
          Reason.MISSING_FIELD,
          "field " + fields[Long.numberOfTrailingZeros(missing)].name() + " is missing");
    }
  }

  private static String decode(byte[] bytes, int from, int to) throws RejectedLineException {
    for (int i = from; i < to; i++) {
      if (bytes[i] == 0) {
        throw new RejectedLineException(Reason.NUL_BYTE, "NUL byte at column " + (i - from + 1));
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new RejectedLineException(Reason.NOT_UTF8, "the line is not UTF-8");
    }
  }

  private boolean quickRules(EventBatch batch, int row) {
    for (DateRule rule : dateRules) {
      if (rule.daysApart(batch, row) > rule.days()) {
        return false;
      }
    }
    for (Choice choice : choices) {
      if (!choice.holds(batch, row)) {
        return false;
      }
    }
    for (Field reference : references) {
      EventBatch.TextColumn column = batch.texts(reference.ordinal());
      int start = column.start(row);
      int end = column.end(row);
      if (!Arrays.equals(column.bytes(), start, end, lastStore, 0, lastStore.length)) {
        if (!storeKnown.test(column.string(row))) {
          return false;
        }
        lastStore = Arrays.copyOfRange(column.bytes(), start, end);
      }
    }
    return true;
  }

  private void rules(EventBatch batch, int row) throws RejectedLineException {
    for (DateRule rule : dateRules) {
      long apart = rule.daysApart(batch, row);
      if (apart > rule.days()) {
        batch.undoRow();
        throw new RejectedLineException(
            Reason.DATES_APART,
            rule.date().name() + " lies " + apart + " days from " + rule.time().name());
      }
    }
    for (Field reference : references) {
      String store = batch.text(reference.ordinal(), row);
      if (!storeKnown.test(store)) {
        batch.undoRow();
        throw Values.rejected(
            Reason.UNKNOWN_STORE, reference, store, "is not known; drop its store row first");
      }
    }
  }
}
