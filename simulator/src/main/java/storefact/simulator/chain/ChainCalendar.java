package storefact.simulator.chain;

import com.tyme.lunar.LunarDay;
import com.tyme.solar.SolarDay;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * The days of a simulation and how busy they are: by weekday, by Chinese festivals, by the year.
 * Factors are relative to a usual day. Immutable.
 */
public final class ChainCalendar {

  /** Visits by weekday, Monday first; mean 1. */
  private static final double[] WEEKDAYS = {0.88, 0.86, 0.88, 0.92, 1.06, 1.26, 1.14};

  /** Seasons that a type of goods may have. */
  public enum Season {
    FLAT,
    SUMMER,
    WINTER,
    SPRING_FESTIVAL,
    MID_AUTUMN,
    DRAGON_BOAT,
    RENOVATION
  }

  private final LocalDate first;
  private final int days;
  private final double[] visits;
  private final int[] toSpringFestival;
  private final int[] toMidAutumn;
  private final int[] toDragonBoat;

  /** The days from the first one on. */
  public ChainCalendar(LocalDate first, int days) {
    this.first = first;
    this.days = days;
    this.visits = new double[days];
    this.toSpringFestival = distances(1, 1);
    this.toDragonBoat = distances(5, 5);
    this.toMidAutumn = distances(8, 15);
    for (int day = 0; day < days; day++) {
      visits[day] = WEEKDAYS[date(day).getDayOfWeek().getValue() - 1] * festival(day);
    }
  }

  public LocalDate first() {
    return first;
  }

  public int days() {
    return days;
  }

  /** The date of a day, counted from 0. */
  public LocalDate date(int day) {
    return first.plusDays(day);
  }

  /** The number of a date's day; negative before the first one. */
  public int day(LocalDate date) {
    return (int) ChronoUnit.DAYS.between(first, date);
  }

  /** The day as days since 1970-01-01. */
  public int epochDay(int day) {
    return (int) first.toEpochDay() + day;
  }

  /** How many visits the day sees, relative to a usual one. */
  public double visits(int day) {
    return visits[day];
  }

  /** The weekday's part of {@link #visits}. */
  public static double weekday(DayOfWeek weekday) {
    return WEEKDAYS[weekday.getValue() - 1];
  }

  /** The festivals' part of {@link #visits}. */
  public double festival(int day) {
    int spring = toSpringFestival[day];
    double factor = 1;
    if (spring > 0 && spring <= 21) {
      factor = 1 + 0.55 * (22 - spring) / 21;
    } else if (spring <= 0 && spring > -7) {
      factor = 0.6;
    }
    int autumn = toMidAutumn[day];
    if (autumn >= 0 && autumn <= 7) {
      factor *= 1.15;
    }
    int boat = toDragonBoat[day];
    if (boat >= 0 && boat <= 4) {
      factor *= 1.1;
    }
    LocalDate date = date(day);
    int monthDay = date.getMonthValue() * 100 + date.getDayOfMonth();
    if ((monthDay >= 1001 && monthDay <= 1007) || (monthDay >= 501 && monthDay <= 505)) {
      factor *= 1.15;
    } else if (monthDay == 618 || monthDay == 1111) {
      factor *= 1.2;
    }
    return factor;
  }

  /** Demand for goods of a season on a day, relative to the mean. */
  public double demand(Season season, int day) {
    double year = 2 * Math.PI * (date(day).getDayOfYear() - 1) / 365.25;
    return switch (season) {
      case FLAT -> 1;
      // Warmest in late July, day 205.
      case SUMMER -> 1 + 0.45 * Math.cos(year - 2 * Math.PI * 205 / 365.25);
      case WINTER -> 1 + 0.45 * Math.cos(year - 2 * Math.PI * 22 / 365.25);
      case SPRING_FESTIVAL -> near(toSpringFestival[day], 28) ? 1.9 : 0.93;
      case MID_AUTUMN -> near(toMidAutumn[day], 30) ? 10 : 0.12;
      case DRAGON_BOAT -> near(toDragonBoat[day], 25) ? 9 : 0.25;
      // Flats are done up in spring and autumn.
      case RENOVATION -> 1 + 0.25 * Math.cos(2 * (year - 2 * Math.PI * 110 / 365.25));
    };
  }

  private static boolean near(int daysTo, int before) {
    return daysTo >= 0 && daysTo < before;
  }

  /** Days to the nearest such lunar day, negative after it. */
  private int[] distances(int month, int dayOfMonth) {
    int[] distances = new int[days];
    java.util.Arrays.fill(distances, Integer.MAX_VALUE);
    for (int year = first.getYear() - 1; year <= date(days).getYear() + 1; year++) {
      int festival = day(solar(year, month, dayOfMonth));
      for (int day = 0; day < days; day++) {
        int to = festival - day;
        if (Math.abs(to) < Math.abs(distances[day])) {
          distances[day] = to;
        }
      }
    }
    return distances;
  }

  /** The date of a day of a lunar year; day 30 of a month with 29 days is its last day. */
  public static LocalDate solar(int lunarYear, int month, int dayOfMonth) {
    SolarDay solar;
    try {
      solar = LunarDay.fromYmd(lunarYear, month, dayOfMonth).getSolarDay();
    } catch (IllegalArgumentException e) {
      solar = LunarDay.fromYmd(lunarYear, month, dayOfMonth - 1).getSolarDay();
    }
    return LocalDate.of(solar.getYear(), solar.getMonth(), solar.getDay());
  }

  /**
   * Month and day of a date in the lunar calendar, as month × 100 + day; a leap month counts as the
   * month that it follows.
   */
  public static int lunar(LocalDate date) {
    LunarDay day =
        SolarDay.fromYmd(date.getYear(), date.getMonthValue(), date.getDayOfMonth()).getLunarDay();
    return Math.abs(day.getMonth()) * 100 + day.getDay();
  }
}
