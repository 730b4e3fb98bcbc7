package storefact.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One field of a contract.
 *
 * @param ordinal position in the record, from 0
 * @param name snake-case name in files, lake and warehouse
 * @param required whether a line without it is rejected
 * @param scale decimal places of a {@link Kind#DECIMAL}, else 0
 * @param historic whether a date may lie before 1970
 * @param minimum smallest value in the held form, if any
 * @param maximum largest value in the held form, if any
 * @param allowed the only texts that the field may hold; empty where any will do
 * @param maxLength longest text in bytes of UTF-8
 * @param fallback the value where the source says nothing, in text form
 * @param mustExist the stream whose key has to be known, if any
 * @param near the date rule, if any
 */
public record Field(
    int ordinal,
    String name,
    Kind kind,
    boolean required,
    boolean key,
    boolean personal,
    boolean code,
    boolean historic,
    int scale,
    Optional<Long> minimum,
    Optional<Long> maximum,
    List<String> allowed,
    int maxLength,
    Optional<String> fallback,
    Optional<Class<? extends Event>> mustExist,
    Optional<NearRule> near,
    String labelEn,
    String labelZh,
    String about,
    String unit) {

  /** At most so many days between this date and the instant in field {@code to}. */
  public record NearRule(int days, String to) {}

  /** The name as bytes, for the parsers. */
  byte[] nameBytes() {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a number in the held form keeps the field's bounds. */
  boolean keepsBounds(long held) {
    return (minimum.isEmpty() || held >= minimum.get())
        && (maximum.isEmpty() || held <= maximum.get());
  }

  /** Whether the warehouse can hold "nothing" here as NULL; texts hold the empty string instead. */
  public boolean nullable() {
    return !required && fallback.isEmpty() && kind != Kind.TEXT;
  }

  /** The column type in the star schema. */
  public String columnType() {
    String plain =
        switch (kind) {
          case TEXT -> code ? "LowCardinality(String)" : "String";
          case INTEGER -> "UInt32";
          case DECIMAL -> "Decimal(18, " + scale + ")";
          case DATE -> historic ? "Date32" : "Date";
          case TIME -> "DateTime('UTC')";
          case FLAG -> "Bool";
        };
    return nullable() ? "Nullable(" + plain + ")" : plain;
  }

  /** The column's COMMENT: meaning, then unit, then both labels. */
  public String comment() {
    return about + (unit.isEmpty() ? "" : " [" + unit + "]") + " | " + labelEn + " | " + labelZh;
  }
}
