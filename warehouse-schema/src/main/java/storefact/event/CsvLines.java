package storefact.event;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * CSV by RFC 4180, one record a line. The first line names the columns, in any order. An empty
 * value says nothing; the quick way knows lines without quotes.
 */
final class CsvLines extends LineParser {

  private Field[] columns;
  private RejectedLineException badHeader;

  CsvLines(Contract<?> contract, Predicate<String> storeKnown) {
    super(contract, storeKnown);
  }

  @Override
  public boolean awaitsHeader() {
    return columns == null && badHeader == null;
  }

  @Override
  boolean quick(EventBatch batch, byte[] b, int from, int to) {
    if (columns == null) {
      return false;
    }
    int start = from;
    int column = 0;
    while (true) {
      int end = start;
      while (end < to && b[end] != ',') {
        byte c = b[end];
        if (c < ' ' || c == '"') {
          return false;
        }
        end++;
      }
      if (column == columns.length) {
        return false;
      }
      if (end > start && !set(batch, columns[column], b, start, end)) {
        return false;
      }
      column++;
      if (end == to) {
        return column == columns.length && batch.missing() == 0;
      }
      start = end + 1;
    }
  }

  private static boolean set(EventBatch batch, Field field, byte[] b, int start, int end) {
    if (field.kind() == Kind.TEXT) {
      if (end - start > field.maxLength()) {
        return false;
      }
      batch.setText(field.ordinal(), b, start, end);
      return true;
    }
    long held = Values.quick(field, b, start, end);
    if (held == Values.UNSURE || !field.keepsBounds(held)) {
      return false;
    }
    batch.setNumber(field.ordinal(), held);
    return true;
  }

  @Override
  boolean thorough(EventBatch batch, String line) throws RejectedLineException {
    if (badHeader != null) {
      throw badHeader;
    }
    List<String> values = split(line);
    if (columns == null) {
      header(values);
      return false;
    }
    if (values.size() != columns.length) {
      throw new RejectedLineException(
          Reason.BROKEN_CSV,
          "the line has " + values.size() + " values, the header " + columns.length);
    }
    for (int i = 0; i < columns.length; i++) {
      if (!values.get(i).isEmpty()) {
        setThorough(batch, columns[i], values.get(i));
      }
    }
    return true;
  }

  private void header(List<String> names) throws RejectedLineException {
    List<Field> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      // Spreadsheets begin a file with a byte order mark.
      Optional<Field> field = contract.find(name.replace("\uFEFF", "").strip());
      if (field.isEmpty() || !seen.add(field.get().name())) {
        badHeader =
            new RejectedLineException(
                Reason.BAD_HEADER,
                "header column '"
                    + name
                    + "' is not a field of "
                    + contract.stream()
                    + ", or stands twice");
        throw badHeader;
      }
      found.add(field.get());
    }
    for (Field field : fields) {
      if (field.required() && !seen.contains(field.name())) {
        badHeader =
            new RejectedLineException(
                Reason.BAD_HEADER, "the header lacks the required column " + field.name());
        throw badHeader;
      }
    }
    columns = found.toArray(Field[]::new);
  }

  private static List<String> split(String line) throws RejectedLineException {
    List<String> values = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder value = new StringBuilder();
      if (at < line.length() && line.charAt(at) == '"') {
        at = quoted(line, at + 1, value);
        if (at < line.length() && line.charAt(at) != ',') {
          throw new RejectedLineException(
              Reason.BROKEN_CSV, "text follows a closing quote at column " + (at + 1));
        }
      } else {
        int end = line.indexOf(',', at);
        end = end < 0 ? line.length() : end;
        value.append(line, at, end);
        if (value.indexOf("\"") >= 0) {
          throw new RejectedLineException(
              Reason.BROKEN_CSV, "a quote stands inside an unquoted value at column " + (at + 1));
        }
        at = end;
      }
      values.add(value.toString());
      if (at >= line.length()) {
        return values;
      }
      at++;
    }
  }

  /** Appends the quoted value; answers where its closing quote was, plus one. */
  private static int quoted(String line, int from, StringBuilder value)
      throws RejectedLineException {
    int at = from;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c != '"') {
        value.append(c);
        at++;
      } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
        value.append('"');
        at += 2;
      } else {
        return at + 1;
      }
    }
    throw new RejectedLineException(Reason.BROKEN_CSV, "a quote is not closed");
  }
}
