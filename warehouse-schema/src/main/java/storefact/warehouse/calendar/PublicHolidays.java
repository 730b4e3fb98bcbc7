package storefact.warehouse.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Public holidays of mainland China and the weekend days that are worked in exchange, as announced:
 * the resource public-holidays.csv, one line per run of days.
 */
final class PublicHolidays {

  private static final String RESOURCE = "public-holidays.csv";
  private static final List<String> COLUMNS =
      List.of("first", "last", "kind", "name_en", "name_zh", "source");

  private final Map<LocalDate, Holiday> off = new HashMap<>();
  private final Map<LocalDate, Holiday> work = new HashMap<>();
  private final Set<Integer> announced = new HashSet<>();

  private PublicHolidays() {}

  record Holiday(String english, String chinese) {}

  /** A calendar in which nothing has been announced. */
  static PublicHolidays none() {
    return new PublicHolidays();
  }

  /** The announced ones. */
  static PublicHolidays announced() {
    return parse(new String(file(), StandardCharsets.UTF_8));
  }

  static byte[] file() {
    try (InputStream in = PublicHolidays.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + RESOURCE, e);
    }
  }

  /**
   * Reads the file's text.
   *
   * @throws IllegalArgumentException at the first line that is wrong, with its number and the rule
   */
  static PublicHolidays parse(String text) {
    PublicHolidays holidays = new PublicHolidays();
    boolean header = false;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        List<String> values = List.of(line.split(",", -1));
        if (header) {
          holidays.add(values);
        } else if (values.equals(COLUMNS)) {
          header = true;
        } else {
          throw new IllegalArgumentException("the header has to be " + String.join(",", COLUMNS));
        }
      } catch (IllegalArgumentException | DateTimeParseException e) {
        throw new IllegalArgumentException(
            "%s, line %d \"%s\": %s".formatted(RESOURCE, number, line, e.getMessage()), e);
      }
    }
    return holidays;
  }

  private void add(List<String> values) {
    if (values.size() != COLUMNS.size() || values.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "a line has the values " + String.join(",", COLUMNS) + ", none of them empty");
    }
    LocalDate first = CalendarDays.requireCovered(LocalDate.parse(values.get(0)));
    LocalDate last = CalendarDays.requireCovered(LocalDate.parse(values.get(1)));
    if (last.isBefore(first)) {
      throw new IllegalArgumentException("last day " + last + " is before first day " + first);
    }
    Holiday holiday = new Holiday(values.get(3), values.get(4));
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      if (off.containsKey(day) || work.containsKey(day)) {
        throw new IllegalArgumentException(day + " is in another line already");
      }
      switch (values.get(2)) {
        case "off" -> addOff(day, holiday);
        case "work" -> addWork(day, holiday);
        default ->
            throw new IllegalArgumentException(
                "kind \"" + values.get(2) + "\" is neither off nor work");
      }
    }
  }

  private void addOff(LocalDate day, Holiday holiday) {
    off.put(day, holiday);
    if (day.getMonth() == Month.OCTOBER && day.getDayOfMonth() == 1) {
      announced.add(day.getYear());
    }
  }

  private void addWork(LocalDate day, Holiday holiday) {
    if (!weekend(day)) {
      throw new IllegalArgumentException(
          day + " is no Saturday or Sunday; only those are worked in exchange");
    }
    work.put(day, holiday);
  }

  /** The holiday that gives that day off. */
  Optional<Holiday> on(LocalDate day) {
    return Optional.ofNullable(off.get(day));
  }

  /** True on a Saturday or Sunday that is worked. */
  boolean makeUpWorkday(LocalDate day) {
    return work.containsKey(day);
  }

  /** True on public holidays and on weekends that are not worked. */
  boolean dayOff(LocalDate day) {
    return off.containsKey(day) || (weekend(day) && !work.containsKey(day));
  }

  /** True where the notice of the year is in the file, told by its National Day. */
  boolean announced(int year) {
    return announced.contains(year);
  }

  static boolean weekend(LocalDate day) {
    return day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
  }
}
