package storefact.event;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * NDJSON. The quick way reads flat objects of plain ASCII texts and plain numbers straight from the
 * bytes and expects the fields in the order of the line before; Jackson decides everything else.
 */
final class JsonLines extends LineParser {

  // The length of a line bounds its numbers; what is too long for a number is said by Values.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
          .build();

  private final byte[][] names;
  private final Map<String, Field> byName = new HashMap<>();
  // After field i, the field that followed it in the line before; the last slot is the line's
  // start.
  private final int[] successor;

  JsonLines(Contract<?> contract, Predicate<String> storeKnown) {
    super(contract, storeKnown);
    names = new byte[fields.length][];
    successor = new int[fields.length + 1];
    for (Field field : fields) {
      names[field.ordinal()] = field.nameBytes();
      byName.put(field.name(), field);
      successor[field.ordinal()] = Math.min(field.ordinal() + 1, fields.length - 1);
    }
  }

  @Override
  boolean quick(EventBatch batch, byte[] b, int from, int to) {
    if (to - from < 2 || b[from] != '{' || b[to - 1] != '}') {
      return false;
    }
    int last = to - 1;
    int at = from + 1;
    int previous = fields.length;
    while (true) {
      if (at >= last || b[at] != '"') {
        return false;
      }
      at++;
      int ordinal = successor[previous];
      byte[] name = names[ordinal];
      int end = at + name.length;
      if (end >= last || b[end] != '"' || !Arrays.equals(b, at, end, name, 0, name.length)) {
        end = at;
        while (end < last && b[end] != '"') {
          end++;
        }
        ordinal = ordinal(b, at, end);
        if (ordinal < 0) {
          return false;
        }
        successor[previous] = ordinal;
      }
      at = end + 1;
      if (at >= last || b[at] != ':' || batch.isSeen(ordinal)) {
        return false;
      }
      at++;
      // One space after the colon, or after the comma below, is what common writers put.
      if (b[at] == ' ') {
        at++;
      }
      at = value(batch, fields[ordinal], b, at, last);
      if (at < 0) {
        return false;
      }
      if (at == last) {
        return batch.missing() == 0;
      }
      if (b[at] != ',') {
        return false;
      }
      at++;
      if (b[at] == ' ') {
        at++;
      }
      previous = ordinal;
    }
  }

  /** Where the value ends, or -1 where the quick way is not sure. */
  private static int value(EventBatch batch, Field field, byte[] b, int at, int last) {
    Kind kind = field.kind();
    if (b[at] == '"') {
      int start = at + 1;
      int end = start;
      while (end < last) {
        byte c = b[end];
        if (c == '"') {
          break;
        }
        if (c < ' ' || c == '\\') {
          // Bytes above 0x7f are negative: they need a check of their encoding.
          return -1;
        }
        end++;
      }
      if (end >= last) {
        return -1;
      }
      if (kind == Kind.TEXT) {
        if (end - start > field.maxLength() || end == start) {
          return -1;
        }
        batch.setText(field.ordinal(), b, start, end);
      } else {
        if (kind != Kind.DATE && kind != Kind.TIME) {
          return -1;
        }
        long held = Values.quick(field, b, start, end);
        if (held == Values.UNSURE) {
          return -1;
        }
        batch.setNumber(field.ordinal(), held);
      }
      return end + 1;
    }
    if (kind != Kind.DECIMAL && kind != Kind.INTEGER && kind != Kind.FLAG) {
      return -1;
    }
    int end = at;
    while (end < last && b[end] != ',' && b[end] != ' ') {
      end++;
    }
    long held = Values.quick(field, b, at, end);
    // Quick numbers are never negative, so a minimum of 0 holds by itself.
    if (held == Values.UNSURE || !field.keepsBounds(held)) {
      return -1;
    }
    batch.setNumber(field.ordinal(), held);
    return end;
  }

  private int ordinal(byte[] b, int from, int to) {
    for (int i = 0; i < names.length; i++) {
      if (Arrays.equals(b, from, to, names[i], 0, names[i].length)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  boolean thorough(EventBatch batch, String line) throws RejectedLineException {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new RejectedLineException(Reason.BROKEN_JSON, "the line is not a JSON object");
      }
      RejectedLineException first = null;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        try {
          take(batch, name, token, parser);
        } catch (RejectedLineException e) {
          // Broken JSON further on outranks a wrong value: the value may be a part of the break.
          first = first == null ? e : first;
        }
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new RejectedLineException(Reason.BROKEN_JSON, "more text follows the JSON object");
      }
      if (first != null) {
        throw first;
      }
      return true;
    } catch (JacksonException e) {
      throw new RejectedLineException(Reason.BROKEN_JSON, e.getOriginalMessage());
    }
  }

  private void take(EventBatch batch, String name, JsonToken token, JsonParser parser)
      throws RejectedLineException {
    Field field = byName.get(name);
    if (field == null) {
      throw new RejectedLineException(
          Reason.UNKNOWN_FIELD, "stream " + contract.stream() + " has no field '" + name + "'");
    }
    if (token == JsonToken.VALUE_NULL) {
      if (field.required()) {
        throw new RejectedLineException(Reason.MISSING_FIELD, "field " + name + " is null");
      }
      return;
    }
    boolean fits =
        switch (field.kind()) {
          case TEXT, DATE, TIME -> token == JsonToken.VALUE_STRING;
          case DECIMAL, INTEGER -> token.isNumeric();
          case FLAG -> token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE;
        };
    if (!fits) {
      throw Values.rejected(
          Reason.WRONG_TYPE, field, parser.getString(), "is not a JSON " + expected(field));
    }
    setThorough(batch, field, parser.getString());
  }

  private static String expected(Field field) {
    return switch (field.kind()) {
      case TEXT, DATE, TIME -> "string";
      case DECIMAL, INTEGER -> "number";
      case FLAG -> "true or false";
    };
  }
}
