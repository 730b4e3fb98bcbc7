package storefact.importing.mapped;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import storefact.event.Field;
import storefact.event.Kind;
import storefact.event.Reason;
import storefact.warehouse.calendar.LunarDate;

/** One field's rule, bound to the columns of a source. Not thread-safe. */
final class Value {

  private static final int MOST_SHOWN = 60;
  private static final Pattern DAMAGED = Pattern.compile("[0-9](\\.[0-9]+)?[eE]\\+[0-9]{2}");
  private static final Set<String> YES = Set.of("true", "1", "yes", "y", "是", "有");
  private static final Set<String> NO = Set.of("false", "0", "no", "n", "否", "无");

  private final FieldRule rule;
  private final Field field;
  private final int[] columns;
  private final Set<String> nothing;
  private final SourceNumbers numbers;
  private final SourceDates dates;
  private final Optional<Value> lunar;
  private final Optional<Value> or;

  /**
   * Binds a rule.
   *
   * @throws MappingException if the source lacks a column that the rule needs
   */
  Value(FieldRule rule, Field field, Header header, Mapping mapping) throws MappingException {
    this.rule = rule;
    this.field = field;
    this.nothing = mapping.nothing();
    this.numbers = new SourceNumbers(mapping.numbers());
    this.dates = new SourceDates(rule.path(), rule.patterns(), mapping.dates());
    this.columns = columns(rule, header);
    this.lunar =
        rule.lunar().isPresent()
            ? Optional.of(new Value(rule.lunar().get(), field, header, mapping))
            : Optional.empty();
    this.or =
        rule.or().isPresent()
            ? Optional.of(new Value(rule.or().get(), field, header, mapping))
            : Optional.empty();
    if (field.kind() == Kind.TIME && mapping.dates().zone().isEmpty()) {
      throw new MappingException(
          "key dates.zone is missing, but "
              + rule.path()
              + " is a moment; say where the clocks were, for example zone: Asia/Shanghai");
    }
  }

  private static int[] columns(FieldRule rule, Header header) throws MappingException {
    List<Integer> found = new ArrayList<>();
    if (!rule.columns().isEmpty()) {
      for (String heading : rule.columns()) {
        int column = header.find(heading);
        if (column >= 0 && found.isEmpty()) {
          found.add(column);
        }
      }
      if (found.isEmpty() && !rule.optional()) {
        throw header.missing(rule.path(), rule.columns());
      }
    }
    for (String heading : rule.join()) {
      int column = header.find(heading);
      if (column >= 0) {
        found.add(column);
      } else if (!rule.optional()) {
        throw header.missing(rule.path(), List.of(heading));
      }
    }
    found.forEach(header::use);
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  Field field() {
    return field;
  }

  FieldRule.Wins wins() {
    return rule.wins();
  }

  /** Columns whose numbers in a workbook may be days. */
  void addDateColumns(Set<Integer> into) {
    if (field.kind() == Kind.DATE || field.kind() == Kind.TIME) {
      for (int column : columns) {
        into.add(column);
      }
    }
    or.ifPresent(other -> other.addDateColumns(into));
  }

  /** What the source says, replaced and translated; empty where it says nothing. */
  String said(List<String> cells) throws RefusedRowException {
    String text = rule.constant().orElseGet(() -> cellText(cells));
    for (Map.Entry<Pattern, String> pair : rule.replace().entrySet()) {
      text = pair.getKey().matcher(text).replaceAll(pair.getValue());
    }
    if (nothing.contains(text)) {
      text = "";
    }
    if (!text.isEmpty() && !rule.translate().isEmpty()) {
      text = translated(text);
    }
    if (text.isEmpty() && or.isPresent()) {
      text = or.get().said(cells);
    }
    return text.isEmpty() ? rule.missing().orElse("") : text;
  }

  private String cellText(List<String> cells) {
    if (columns.length == 1) {
      return cell(cells, columns[0]);
    }
    StringBuilder joined = new StringBuilder();
    for (int column : columns) {
      String text = cell(cells, column);
      if (!nothing.contains(text)) {
        joined.append(joined.isEmpty() ? "" : rule.separator()).append(text);
      }
    }
    return joined.toString();
  }

  static String cell(List<String> cells, int column) {
    return column < cells.size() ? stripped(cells.get(column)) : "";
  }

  /** Without blanks around, no-break spaces included. */
  static String stripped(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && blank(text.charAt(from))) {
      from++;
    }
    while (to > from && blank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c) || c == '\u00a0' || c == '\u202f' || c == '\ufeff';
  }

  private String translated(String text) throws RefusedRowException {
    String meant = rule.translate().get(text);
    if (meant != null) {
      return meant;
    }
    return switch (rule.otherwise()) {
      case "empty" -> "";
      case "reject" ->
          throw RefusedRowException.rejected(
              Finding.NOT_TRANSLATED,
              field.name()
                  + " '"
                  + shown(text)
                  + "' does not stand in "
                  + rule.path()
                  + ".translate");
      default -> text;
    };
  }

  /**
   * The value in the contract's own text form, or empty.
   *
   * @throws RefusedRowException if the text is no value of the field's kind
   */
  String text(List<String> cells, Findings findings) throws RefusedRowException {
    try {
      String said = said(cells);
      if (said.isEmpty()) {
        return "";
      }
      return switch (field.kind()) {
        case TEXT -> code(said);
        case DECIMAL -> decimal(said, findings).toPlainString();
        case INTEGER -> integer(said);
        case DATE -> day(said, cells).toString();
        case TIME -> {
          SourceDates.Said moment = dates.parse(field.name(), said);
          if (moment.time().isEmpty()) {
            findings.odd(Finding.NO_TIME, field.name());
          }
          yield dates.moment(moment).toString();
        }
        case FLAG -> flag(said);
      };
    } catch (RefusedRowException e) {
      if (rule.emptyWhenBad()) {
        findings.odd(Finding.VALUE_DROPPED, field.name());
        return "";
      }
      throw e;
    }
  }

  private LocalDate day(String said, List<String> cells) throws RefusedRowException {
    LocalDate day = dates.parse(field.name(), said).day();
    if (lunar.isEmpty()) {
      return day;
    }
    String calendar = lunar.get().said(cells);
    if (calendar.isEmpty() || !isYes(calendar)) {
      return day;
    }
    try {
      return new LunarDate(day.getYear(), day.getMonthValue(), false, day.getDayOfMonth())
          .toLocalDate();
    } catch (IllegalArgumentException e) {
      throw RefusedRowException.rejected(
          Reason.NOT_A_DATE, field.name() + " '" + shown(said) + "': " + e.getMessage());
    }
  }

  private String code(String said) throws RefusedRowException {
    if (DAMAGED.matcher(said).matches()) {
      throw RefusedRowException.rejected(
          Finding.DAMAGED_NUMBER, field.name() + " '" + said + "' is a rounded number");
    }
    return said;
  }

  /** The number, negative or not; empty where the source says nothing. */
  Optional<BigDecimal> number(List<String> cells, Findings findings) throws RefusedRowException {
    String said = said(cells);
    return said.isEmpty() ? Optional.empty() : Optional.of(decimal(said, findings));
  }

  private BigDecimal decimal(String said, Findings findings) throws RefusedRowException {
    BigDecimal number = numbers.parse(field.name(), said);
    if (rule.round() && number.stripTrailingZeros().scale() > field.scale()) {
      findings.odd(Finding.ROUNDED, field.name());
      return number.setScale(field.scale(), RoundingMode.HALF_UP);
    }
    return number;
  }

  private String integer(String said) throws RefusedRowException {
    try {
      return numbers.parse(field.name(), said).toBigIntegerExact().toString();
    } catch (ArithmeticException e) {
      throw RefusedRowException.rejected(
          Reason.WRONG_TYPE, field.name() + " '" + shown(said) + "' is not a whole number");
    }
  }

  private String flag(String said) throws RefusedRowException {
    return Boolean.toString(isYes(said));
  }

  private boolean isYes(String said) throws RefusedRowException {
    String word = said.toLowerCase(Locale.ROOT);
    if (YES.contains(word)) {
      return true;
    }
    if (NO.contains(word)) {
      return false;
    }
    throw RefusedRowException.rejected(
        Reason.WRONG_TYPE, field.name() + " '" + shown(said) + "' is neither yes nor no");
  }

  /** The day or moment, for fields that follow from it; empty where the source says nothing. */
  Optional<SourceDates.Said> date(List<String> cells) throws RefusedRowException {
    String said = said(cells);
    return said.isEmpty() ? Optional.empty() : Optional.of(dates.parse(field.name(), said));
  }

  SourceDates dates() {
    return dates;
  }

  /** A text for a message, cut where it is long. */
  static String shown(String text) {
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
  }
}
