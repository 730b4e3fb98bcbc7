package storefact.model.forecast;

import java.time.LocalDate;
import java.util.List;

/**
 * What the calendar says of a day.
 *
 * @param epochDay days since 1970-01-01
 * @param weekday 1 = Monday to 7 = Sunday
 * @param dayOfYear 1 to 366
 * @param festivals names of the day's festivals
 * @param publicHoliday name of the public holiday that gives the day off, empty without one
 * @param makeUpWorkday a Saturday or Sunday that is worked in exchange for a holiday
 */
public record DemandDay(
    int epochDay,
    int weekday,
    int dayOfYear,
    List<String> festivals,
    String publicHoliday,
    boolean makeUpWorkday) {

  /** Copies the list. */
  public DemandDay {
    festivals = List.copyOf(festivals);
  }

  /** A day with what does not follow from its date. */
  public static DemandDay of(
      LocalDate date, List<String> festivals, String publicHoliday, boolean makeUpWorkday) {
    return new DemandDay(
        Math.toIntExact(date.toEpochDay()),
        date.getDayOfWeek().getValue(),
        date.getDayOfYear(),
        festivals,
        publicHoliday,
        makeUpWorkday);
  }
}
