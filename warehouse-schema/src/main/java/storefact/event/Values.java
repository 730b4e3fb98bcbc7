package storefact.event;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * From text to the held form of a field. Each conversion comes twice: a quick one over bytes that
 * knows only the plain form and answers {@link #UNSURE} for anything else, and a thorough one that
 * decides and names the reason.
 */
final class Values {

  /** The quick way could not tell; ask the thorough one. Never a held value. */
  static final long UNSURE = Long.MIN_VALUE;

  private static final long MOST_INTEGER = 0xFFFF_FFFFL;
  private static final long MOST_SECONDS = 0xFFFF_FFFFL;
  private static final long MOST_DAYS = 0xFFFFL;
  private static final long FIRST_HISTORIC_DAY = LocalDate.of(1900, 1, 1).toEpochDay();
  private static final BigDecimal MOST_UNSCALED = BigDecimal.TEN.pow(18);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final int MOST_DETAIL = 120;

  /** Longer numbers are not even looked at: to read a million digits would take seconds. */
  private static final int MOST_NUMBER_LENGTH = 64;

  private static final int MOST_DIGITS = 18;
  private static final Pattern HUGE_EXPONENT = Pattern.compile("[-+0-9.]+[eE][-+]?[0-9]{5,}");

  private Values() {}

  /** A default's text in held form; only for values that the contract's author wrote. */
  static long held(Field field, String text) {
    try {
      return number(field, text);
    } catch (RejectedLineException e) {
      throw new IllegalArgumentException(
          "default '" + text + "' of field " + field.name() + ": " + e.getMessage(), e);
    }
  }

  /** Quick conversion of plain ASCII bytes. */
  static long quick(Field field, byte[] b, int from, int to) {
    return switch (field.kind()) {
      case DECIMAL -> quickDecimal(b, from, to, field.scale());
      case INTEGER -> quickDecimal(b, from, to, 0);
      case DATE -> quickDate(b, from, to);
      case TIME -> quickTime(b, from, to);
      case FLAG -> quickFlag(b, from, to);
      case TEXT -> UNSURE;
    };
  }

  private static long quickFlag(byte[] b, int from, int to) {
    if (to - from == 4 && b[from] == 't' && b[to - 1] == 'e') {
      return b[from + 1] == 'r' && b[from + 2] == 'u' ? 1 : UNSURE;
    } else if (to - from == 5 && b[from] == 'f' && b[to - 1] == 'e') {
      return b[from + 1] == 'a' && b[from + 2] == 'l' && b[from + 3] == 's' ? 0 : UNSURE;
    }
    return UNSURE;
  }

  private static long quickDecimal(byte[] b, int from, int to, int scale) {
    int length = to - from;
    if (length <= 0 || length > 15) {
      return UNSURE;
    }
    // A leading zero is plain only as "0" or "0.…"; "007" is not a JSON number.
    if (b[from] == '0' && length > 1 && b[from + 1] != '.') {
      return UNSURE;
    }
    long value = 0;
    int places = -1;
    for (int i = from; i < to; i++) {
      int digit = b[i] - '0';
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        if (places >= 0) {
          places++;
        }
      } else if (b[i] == '.' && places < 0 && i > from && i + 1 < to) {
        places = 0;
      } else {
        return UNSURE;
      }
    }
    int pad = scale - Math.max(places, 0);
    if (pad < 0) {
      return UNSURE;
    }
    if (length + pad > MOST_DIGITS) {
      return UNSURE;
    }
    for (; pad > 0; pad--) {
      value *= 10;
    }
    if (scale == 0 && value > MOST_INTEGER) {
      return UNSURE;
    }
    return value;
  }

  private static int twoDigits(byte[] b, int at) {
    int tens = b[at] - '0';
    int ones = b[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  private static final int[] MONTH_DAYS = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private static long quickDate(byte[] b, int from, int to) {
    return to - from == 10 ? days(b, from) : UNSURE;
  }

  private static long days(byte[] b, int from) {
    int century = twoDigits(b, from);
    int yearOfCentury = twoDigits(b, from + 2);
    int month = twoDigits(b, from + 5);
    int day = twoDigits(b, from + 8);
    if ((century | yearOfCentury | month | day) < 0
        || b[from + 4] != '-'
        || b[from + 7] != '-'
        || century < 20
        || century > 20
        || month < 1
        || month > 12
        || day < 1) {
      return UNSURE;
    }
    int year = century * 100 + yearOfCentury;
    int last = MONTH_DAYS[month] + (month == 2 && year % 4 == 0 ? 1 : 0);
    if (day > last) {
      return UNSURE;
    }
    // Days from civil, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097L + dayOfEra - 719468;
  }

  private static long quickTime(byte[] b, int from, int to) {
    if (to - from != 20 || b[from + 10] != 'T' || b[from + 19] != 'Z') {
      return UNSURE;
    }
    long day = days(b, from);
    int hour = twoDigits(b, from + 11);
    int minute = twoDigits(b, from + 14);
    int second = twoDigits(b, from + 17);
    if (day == UNSURE
        || (hour | minute | second) < 0
        || b[from + 13] != ':'
        || b[from + 16] != ':'
        || hour > 23
        || minute > 59
        || second > 59) {
      return UNSURE;
    }
    return day * 86_400 + hour * 3_600L + minute * 60L + second;
  }

  /** Thorough conversion; says why not. */
  static long number(Field field, String text) throws RejectedLineException {
    return switch (field.kind()) {
      case DECIMAL, INTEGER -> decimal(field, text);
      case DATE -> date(field, text);
      case TIME -> time(field, text);
      case FLAG -> flag(field, text);
      case TEXT -> throw new AssertionError(field);
    };
  }

  private static long decimal(Field field, String text) throws RejectedLineException {
    if (text.length() > MOST_NUMBER_LENGTH || HUGE_EXPONENT.matcher(text).matches()) {
      throw rejected(Reason.OUT_OF_RANGE, field, text, "is longer than any number here");
    }
    BigDecimal value;
    try {
      value = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw rejected(Reason.WRONG_TYPE, field, text, "is not a number");
    }
    if (value.signum() == 0 && text.startsWith("-")) {
      throw rejected(Reason.NEGATIVE_ZERO, field, text, "is minus zero");
    }
    // Bound the exponent before any arithmetic: 1e999999999 would fill the memory.
    if (Math.abs((long) value.precision() - value.scale()) > 40) {
      throw rejected(Reason.OUT_OF_RANGE, field, text, "has more than 18 digits");
    }
    BigDecimal unscaled = value.movePointRight(field.scale());
    if (unscaled.abs().compareTo(MOST_UNSCALED) >= 0) {
      throw rejected(Reason.OUT_OF_RANGE, field, text, "has more than 18 digits");
    }
    if (unscaled.stripTrailingZeros().scale() > 0) {
      throw rejected(
          Reason.TOO_MANY_DECIMALS, field, text, "has more than " + field.scale() + " decimals");
    }
    long held = unscaled.longValueExact();
    if (field.kind() == Kind.INTEGER && (held < 0 || held > MOST_INTEGER)) {
      throw rejected(Reason.OUT_OF_RANGE, field, text, "is not from 0 to 4294967295");
    }
    return held;
  }

  private static long date(Field field, String text) throws RejectedLineException {
    long day;
    try {
      day = LocalDate.parse(text, DATE).toEpochDay();
    } catch (DateTimeException e) {
      throw rejected(Reason.NOT_A_DATE, field, text, "is not a date such as 2026-11-22");
    }
    long first = field.historic() ? FIRST_HISTORIC_DAY : 0;
    if (day < first || day > MOST_DAYS) {
      throw rejected(
          Reason.OUT_OF_RANGE,
          field,
          text,
          "is not from " + LocalDate.ofEpochDay(first) + " to 2149-06-06");
    }
    return day;
  }

  private static long time(Field field, String text) throws RejectedLineException {
    Instant instant;
    try {
      instant = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw rejected(Reason.NOT_A_DATE, field, text, "is not a time such as 2026-11-22T18:30:00Z");
    }
    if (instant.getEpochSecond() < 0 || instant.getEpochSecond() > MOST_SECONDS) {
      throw rejected(Reason.OUT_OF_RANGE, field, text, "is not from 1970 to 2106");
    }
    return instant.getEpochSecond();
  }

  private static long flag(Field field, String text) throws RejectedLineException {
    return switch (text) {
      case "true", "1" -> 1;
      case "false", "0" -> 0;
      default -> throw rejected(Reason.WRONG_TYPE, field, text, "is not true or false");
    };
  }

  /** Checks the field's own rules on a held number. */
  static void check(Field field, long held, String text) throws RejectedLineException {
    if (field.minimum().isPresent() && held < field.minimum().get()) {
      throw rejected(
          Reason.BELOW_MINIMUM,
          field,
          text,
          "is below " + BigDecimal.valueOf(field.minimum().get(), field.scale()));
    }
    if (field.maximum().isPresent() && held > field.maximum().get()) {
      throw rejected(
          Reason.ABOVE_MAXIMUM,
          field,
          text,
          "is above " + BigDecimal.valueOf(field.maximum().get(), field.scale()));
    }
  }

  /** Checks the field's own rules on a text. */
  static byte[] text(Field field, String text) throws RejectedLineException {
    checkCharacters(field, text);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > field.maxLength()) {
      throw rejected(
          Reason.OUT_OF_RANGE, field, text, "is longer than " + field.maxLength() + " bytes");
    }
    if (bytes.length == 0 && field.required()) {
      throw new RejectedLineException(Reason.MISSING_FIELD, field.name() + " is empty");
    }
    if (bytes.length > 0 && !field.allowed().isEmpty() && !field.allowed().contains(text)) {
      throw rejected(
          Reason.NOT_ALLOWED, field, text, "is none of " + String.join(", ", field.allowed()));
    }
    return bytes;
  }

  /** JSON's escapes can say what a line's bytes must not hold. */
  private static void checkCharacters(Field field, String text) throws RejectedLineException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new RejectedLineException(Reason.NUL_BYTE, field.name() + " holds a NUL character");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new RejectedLineException(
            Reason.NOT_UTF8, field.name() + " holds half a character, \\u%04x".formatted((int) c));
      }
    }
  }

  static RejectedLineException rejected(Reason reason, Field field, String text, String fault) {
    String shown = text.length() > MOST_DETAIL ? text.substring(0, MOST_DETAIL) + "…" : text;
    return new RejectedLineException(reason, field.name() + " '" + shown + "' " + fault);
  }
}
