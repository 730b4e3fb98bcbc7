package storefact.importing.mapped;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import storefact.event.Reason;

/**
 * Days and moments by the mapping's patterns; ISO 8601 is always understood. A day that does not
 * exist is refused. Not thread-safe.
 */
final class SourceDates {

  /**
   * What a text says.
   *
   * @param day the day where the clock was
   * @param time the time of day, if told
   * @param offset how far that clock was from UTC, if told
   */
  record Said(LocalDate day, Optional<LocalTime> time, Optional<ZoneOffset> offset) {}

  /** ISO 8601 with a blank for the T, a time or none, an offset or none. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("uuuu-MM-dd[['T'][ ]HH:mm[:ss][.SSSSSSSSS][.SSSSSS][.SSS]][XXX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final List<DateTimeFormatter> formatters = new ArrayList<>();
  private final Mapping.Dates dates;

  // The rows of a receipt have the same moment, and each row is asked for it several times.
  private String lastText = "";
  private Optional<Said> last = Optional.empty();

  SourceDates(String path, List<String> patterns, Mapping.Dates dates) throws MappingException {
    this.dates = dates;
    for (String pattern : patterns) {
      formatters.add(formatter(path, pattern, dates.locale()));
    }
    for (String pattern : dates.patterns()) {
      formatters.add(formatter(path, pattern, dates.locale()));
    }
    formatters.add(ISO);
  }

  /**
   * The formatter of a pattern; {@code y} means the year as it is written.
   *
   * @throws MappingException if the pattern is none
   */
  static DateTimeFormatter formatter(String path, String pattern, Locale locale)
      throws MappingException {
    try {
      return new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern(proleptic(pattern))
          .toFormatter(locale)
          .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw new MappingException(
          "key "
              + path
              + ": '"
              + pattern
              + "' is not a date pattern ("
              + e.getMessage()
              + "); write for example M/d/yyyy H:mm",
          e);
    }
  }

  // Strict resolving asks for an era beside y; u stands for the year without one.
  private static String proleptic(String pattern) {
    StringBuilder out = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      quoted ^= c == '\'';
      out.append(!quoted && c == 'y' ? 'u' : c);
    }
    return out.toString();
  }

  Said parse(String field, String text) throws RefusedRowException {
    if (last.isPresent() && lastText.equals(text)) {
      return last.get();
    }
    // Always in the mapping's order: 1/2 may fit two patterns, and has to mean the same in each
    // row.
    for (DateTimeFormatter formatter : formatters) {
      Optional<Said> said = said(formatter, text);
      if (said.isPresent()) {
        last = said;
        lastText = text;
        return said.get();
      }
    }
    throw RefusedRowException.rejected(
        Reason.NOT_A_DATE,
        field + " '" + Value.shown(text) + "' fits none of the date patterns, or does not exist");
  }

  private static Optional<Said> said(DateTimeFormatter formatter, String text) {
    // A look without resolving first: an exception for each pattern that does not fit is slow.
    ParsePosition position = new ParsePosition(0);
    TemporalAccessor looked = formatter.parseUnresolved(text, position);
    if (looked == null || position.getIndex() < text.length()) {
      return Optional.empty();
    }
    try {
      TemporalAccessor parsed = formatter.parse(text);
      LocalDate day = parsed.query(TemporalQueries.localDate());
      if (day == null) {
        return Optional.empty();
      }
      return Optional.of(
          new Said(
              day,
              Optional.ofNullable(parsed.query(TemporalQueries.localTime()))
                  .map(time -> time.with(ChronoField.NANO_OF_SECOND, 0)),
              Optional.ofNullable(parsed.query(TemporalQueries.offset()))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The moment; noon where the time of day is not told. A time that the clocks skipped in spring
   * moves on by the gap, one that came twice in autumn is the earlier.
   */
  Instant moment(Said said) {
    LocalDateTime local = said.day().atTime(said.time().orElse(LocalTime.NOON));
    return said.offset().isPresent()
        ? local.toInstant(said.offset().get())
        : local.atZone(zone()).toInstant();
  }

  /** The business day: the day, or the day before it for hours before the day starts. */
  LocalDate businessDay(Said said) {
    LocalDateTime local =
        said.offset().isPresent()
            ? LocalDateTime.ofInstant(moment(said), zone())
            : said.day().atTime(said.time().orElse(LocalTime.NOON));
    return said.time().isPresent() && local.toLocalTime().isBefore(dates.dayStarts())
        ? local.toLocalDate().minusDays(1)
        : local.toLocalDate();
  }

  private ZoneId zone() {
    return dates.zone().orElse(ZoneOffset.UTC);
  }
}
