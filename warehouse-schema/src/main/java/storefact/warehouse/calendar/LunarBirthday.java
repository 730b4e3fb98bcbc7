package storefact.warehouse.calendar;

import java.time.LocalDate;
import java.time.MonthDay;

/**
 * When a birthday is celebrated, once in every year of the calendar that it is celebrated by.
 *
 * <ul>
 *   <li>A lunar birthday on day 30 is celebrated on day 29, the last one, where the month has 29
 *       days that year.
 *   <li>A lunar birthday in a leap month is celebrated in the leap month where the year has it, and
 *       in the regular month of that number where it has not.
 *   <li>A solar birthday on 29 February is celebrated on 28 February in common years.
 * </ul>
 *
 * @param month lunar month, 1 to 12
 * @param leap true for a birth in a leap month
 * @param day day of the lunar month, 1 to 30
 */
public record LunarBirthday(int month, boolean leap, int day) {

  /**
   * Takes month and day.
   *
   * @throws IllegalArgumentException if no lunar calendar has them
   */
  public LunarBirthday {
    if (month < 1 || month > 12 || day < 1 || day > 30) {
      throw new IllegalArgumentException(
          "lunar birthday month %d, day %d: months are 1 to 12, days 1 to 30"
              .formatted(month, day));
    }
  }

  /**
   * The lunar birthday of who was born on a day of the Gregorian calendar.
   *
   * @throws IllegalArgumentException outside 1900-01-01 to 2100-12-31
   */
  public static LunarBirthday of(LocalDate birth) {
    LunarDate lunar = LunarDate.of(birth);
    return new LunarBirthday(lunar.month(), lunar.leap(), lunar.day());
  }

  /**
   * The first celebration on or after a day, and not before the birth.
   *
   * @param birth day of birth in the Gregorian calendar
   * @param lunar true where the birthday is celebrated by the lunar calendar
   * @throws IllegalArgumentException if one of the days lies outside 1900-01-01 to 2100-12-31
   */
  public static LocalDate next(LocalDate birth, boolean lunar, LocalDate from) {
    CalendarDays.requireCovered(birth);
    LocalDate earliest = CalendarDays.requireCovered(from.isBefore(birth) ? birth : from);
    if (lunar) {
      return of(birth).next(earliest);
    }
    MonthDay day = MonthDay.from(birth);
    LocalDate thisYear = day.atYear(earliest.getYear());
    return thisYear.isBefore(earliest) ? day.atYear(earliest.getYear() + 1) : thisYear;
  }

  /**
   * The first celebration on or after a day.
   *
   * @throws IllegalArgumentException outside 1900-01-01 to 2100-12-31
   */
  public LocalDate next(LocalDate from) {
    int year = LunarDate.of(from).year();
    LocalDate thisYear = in(year);
    return thisYear.isBefore(from) ? in(year + 1) : thisYear;
  }

  private LocalDate in(int year) {
    LunarMonths.Month celebrated =
        LunarMonths.find(year, month, leap)
            .or(() -> LunarMonths.find(year, month, false))
            .orElseThrow();
    return celebrated.first().plusDays(Math.min(day, celebrated.days()) - 1L);
  }
}
