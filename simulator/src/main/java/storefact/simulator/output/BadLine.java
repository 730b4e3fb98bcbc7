package storefact.simulator.output;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import storefact.event.Contract;
import storefact.event.LineFormat;
import storefact.event.Reason;
import storefact.event.SalesLine;

/** Spoils a right sales line in one way, so that its rejection has one reason. */
public final class BadLine {

  private static final List<Reason> BOTH =
      List.of(
          Reason.NUL_BYTE,
          Reason.NOT_UTF8,
          Reason.MISSING_FIELD,
          Reason.WRONG_TYPE,
          Reason.NOT_A_DATE,
          Reason.NEGATIVE_ZERO,
          Reason.TOO_MANY_DECIMALS,
          Reason.OUT_OF_RANGE,
          Reason.BELOW_MINIMUM,
          Reason.DATES_APART,
          Reason.UNKNOWN_STORE);
  private static final List<Reason> JSON =
      List.of(Reason.BROKEN_JSON, Reason.UNKNOWN_FIELD, Reason.DUPLICATE_FIELD);
  private static final List<Reason> CSV = List.of(Reason.BROKEN_CSV);
  private static final Contract<SalesLine> SALES = Contract.of(SalesLine.class);

  private BadLine() {}

  /** The reasons for which a line of the format can be spoiled. */
  public static List<Reason> reasons(LineFormat format) {
    return java.util.stream.Stream.concat(
            BOTH.stream(), (format == LineFormat.NDJSON ? JSON : CSV).stream())
        .toList();
  }

  /** A right line of ASCII letters, spoiled so that it is rejected for the reason. */
  public static byte[] spoil(byte[] right, LineFormat format, Reason reason) {
    String line = new String(right, StandardCharsets.US_ASCII);
    String bad =
        switch (reason) {
          case BROKEN_JSON -> line.substring(0, line.length() / 2);
          case BROKEN_CSV -> line + ",";
          case UNKNOWN_FIELD -> "{\"colour\":\"red\"," + line.substring(1);
          case DUPLICATE_FIELD -> line.substring(0, line.length() - 1) + ",\"line\":1}";
          case NUL_BYTE -> with(line, format, "goods", "G\0");
          case NOT_UTF8 -> with(line, format, "goods", "G\u00ff");
          case MISSING_FIELD -> without(line, format, "goods");
          case WRONG_TYPE -> with(line, format, "quantity", quote(format, "two"));
          case NOT_A_DATE -> with(line, format, "business_date", "2025-02-30");
          case NEGATIVE_ZERO -> with(line, format, "quantity", "-0");
          case TOO_MANY_DECIMALS -> with(line, format, "quantity", "1.2345");
          case OUT_OF_RANGE -> with(line, format, "receipt", "9".repeat(65));
          case BELOW_MINIMUM -> with(line, format, "net_amount", "-5");
          case DATES_APART -> with(line, format, "business_date", "2001-01-01");
          case UNKNOWN_STORE -> with(line, format, "store", "S-none");
          default -> throw new IllegalArgumentException("no way to spoil a line for " + reason);
        };
    // Latin 1, so that U+00FF becomes the byte 0xFF, which UTF-8 never holds.
    return bad.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String quote(LineFormat format, String text) {
    return format == LineFormat.NDJSON ? "\"" + text + "\"" : text;
  }

  private static String with(String line, LineFormat format, String field, String value) {
    if (format == LineFormat.CSV) {
      String[] values = line.split(",", -1);
      values[SALES.field(field).ordinal()] = value;
      return String.join(",", values);
    }
    int start = line.indexOf("\"" + field + "\":") + field.length() + 3;
    boolean text = line.charAt(start) == '"';
    if (text) {
      start++;
    }
    int end = start;
    while (text ? line.charAt(end) != '"' : line.charAt(end) != ',' && line.charAt(end) != '}') {
      end++;
    }
    return line.substring(0, start) + value + line.substring(end);
  }

  private static String without(String line, LineFormat format, String field) {
    if (format == LineFormat.CSV) {
      return with(line, format, field, "");
    }
    return Arrays.stream(line.split(",", -1))
        .filter(part -> !part.startsWith("\"" + field + "\":"))
        .collect(Collectors.joining(","));
  }
}
