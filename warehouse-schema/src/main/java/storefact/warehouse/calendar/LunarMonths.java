package storefact.warehouse.calendar;

import com.tyme.lunar.LunarMonth;
import com.tyme.lunar.LunarYear;
import com.tyme.solar.SolarDay;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every lunar month from lunar year 1899 to 2101, from tyme4j, each with its first day. Computed
 * once: tyme4j converts a day in 65 microseconds, a look-up here takes far less than one.
 */
final class LunarMonths {

  private static final int FIRST_YEAR = 1899;
  private static final int LAST_YEAR = 2101;

  /**
   * First days that the Hong Kong Observatory publishes otherwise than tyme4j computes them. The
   * new moon of September 2057 is within a minute of midnight and its day depends on how the Earth
   * will turn until then; until the Purple Mountain Observatory announces it, the published table
   * counts.
   */
  private static final Map<LocalDate, LocalDate> PUBLISHED =
      Map.of(LocalDate.of(2057, 9, 29), LocalDate.of(2057, 9, 28));

  private static final NavigableMap<LocalDate, Month> BY_FIRST_DAY = new TreeMap<>();
  private static final Map<Name, Month> BY_NAME = new HashMap<>();
  private static final Map<Integer, Integer> LEAP_MONTHS = new HashMap<>();

  static {
    NavigableMap<LocalDate, LunarMonth> computed = new TreeMap<>();
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
      for (LunarMonth month : LunarYear.fromYear(year).getMonths()) {
        LocalDate first = date(month.getFirstJulianDay().getSolarDay());
        computed.put(PUBLISHED.getOrDefault(first, first), month);
      }
    }
    computed.forEach(
        (first, month) -> {
          // Only the very last month has no neighbour.
          LocalDate next = computed.higherKey(first);
          int days =
              next == null ? month.getDayCount() : (int) ChronoUnit.DAYS.between(first, next);
          Name name = new Name(month.getYear(), month.getMonth(), month.isLeap());
          Month known = new Month(name, first, days);
          BY_FIRST_DAY.put(first, known);
          BY_NAME.put(name, known);
          if (month.isLeap()) {
            LEAP_MONTHS.put(name.year(), name.month());
          }
        });
  }

  private LunarMonths() {}

  record Name(int year, int month, boolean leap) {}

  /** A month with its first day and its length, 29 or 30 days. */
  record Month(Name name, LocalDate first, int days) {

    LunarDate day(LocalDate date) {
      int day = (int) ChronoUnit.DAYS.between(first, date) + 1;
      return new LunarDate(name.year(), name.month(), name.leap(), day);
    }
  }

  static Month on(LocalDate date) {
    return BY_FIRST_DAY.floorEntry(date).getValue();
  }

  static Optional<Month> find(int year, int month, boolean leap) {
    return Optional.ofNullable(BY_NAME.get(new Name(year, month, leap)));
  }

  /** The number of the year's leap month, 0 where it has none. */
  static int leapMonth(int year) {
    return LEAP_MONTHS.getOrDefault(year, 0);
  }

  /** The first day of the lunar year. */
  static LocalDate springFestival(int year) {
    return find(year, 1, false).orElseThrow().first();
  }

  static LocalDate date(SolarDay day) {
    return LocalDate.of(day.getYear(), day.getMonth(), day.getDay());
  }
}
