package storefact.warehouse.calendar;

import com.tyme.lunar.LunarDay;
import com.tyme.lunar.LunarMonth;
import java.time.LocalDate;

/**
 * A day of the Chinese lunar calendar (农历), 1900 to 2100.
 *
 * @param year the Gregorian year in which the lunar year begins
 * @param month 1 to 12; a leap month has the number of the month before it
 * @param leap true in a leap month (闰月)
 * @param day 1 to 29 or 30
 */
public record LunarDate(int year, int month, boolean leap, int day) {

  /**
   * The lunar date of a day of the Gregorian calendar.
   *
   * @throws IllegalArgumentException outside 1900-01-01 to 2100-12-31
   */
  public static LunarDate of(LocalDate date) {
    return LunarMonths.on(CalendarDays.requireCovered(date)).day(date);
  }

  /**
   * Its day in the Gregorian calendar.
   *
   * @throws IllegalArgumentException if that lunar year has no such month or the month no such day
   */
  public LocalDate toLocalDate() {
    LunarMonths.Month found =
        LunarMonths.find(year, month, leap)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "lunar year %d has no %smonth %d"
                            .formatted(year, leap ? "leap " : "", month)));
    if (day < 1 || day > found.days()) {
      throw new IllegalArgumentException(
          "lunar month %d%s of %d has no day %d, it has days 1 to %d"
              .formatted(month, leap ? " (leap)" : "", year, day, found.days()));
    }
    return found.first().plusDays(day - 1L);
  }

  /** Month and day as a Chinese calendar prints them: 闰二月初一. */
  public String chinese() {
    return (leap ? "闰" : "") + LunarMonth.NAMES[month - 1] + LunarDay.NAMES[day - 1];
  }
}
