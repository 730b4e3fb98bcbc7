package storefact.model.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The calendar that demand follows: weekdays, the course of the year, the weeks around the lunar
 * festivals, public holidays, festivals. Immutable.
 *
 * <p>Nothing is learnt from one time: the course of the year counts from nearly two years of sales
 * on, a festival once it has come twice.
 */
public final class DemandCalendar {
  /** Days of calendar wanted before the first and after the last day of a forecast. */
  public static final int MARGIN = 40;

  private static final int WEEKDAYS = 7;
  private static final int YEAR = 366;
  private static final int WEEKS_OF_A_YEAR = 52;

  /** With fewer days, trend and season are not told apart. */
  private static final int TWO_YEARS = 700;

  /** Festivals that people buy for weeks ahead, and that move through the solar year. */
  private static final List<String> LUNAR =
      List.of("Spring Festival", "Dragon Boat Festival", "Mid-Autumn Festival");

  private static final int DAYS_BEFORE = 32;
  private static final int DAYS_AFTER = 24;

  /** Two occurrences of a festival lie further apart than this, two days of one do not. */
  private static final int APART = 100;

  private static final double YEAR_BANDWIDTH = 15;
  private static final double FESTIVAL_BANDWIDTH = 2;

  private final List<DemandDay> days;
  private final int first;

  /**
   * A calendar.
   *
   * @param days one after the other without a gap
   * @throws IllegalArgumentException if a day is missing
   */
  public DemandCalendar(List<DemandDay> days) {
    this.days = List.copyOf(days);
    this.first = days.isEmpty() ? 0 : days.getFirst().epochDay();
    for (int i = 0; i < days.size(); i++) {
      if (days.get(i).epochDay() != first + i) {
        throw new IllegalArgumentException(
            "the calendar has no day "
                + java.time.LocalDate.ofEpochDay(first + i)
                + "; give every day from the first to the last one, in order");
      }
    }
  }

  /**
   * The effects on a run of days.
   *
   * @param from first day, since 1970-01-01
   * @param count days
   * @param past how many of them may be learnt from
   */
  List<CalendarEffect> effects(int from, int count, int past) {
    require(from - MARGIN, from + count - 1 + MARGIN);
    List<CalendarEffect> effects = new ArrayList<>();
    effects.add(weekdays(from, count));
    if (past >= TWO_YEARS) {
      int[] bins = bins(from, count, day -> day.dayOfYear() - 1);
      effects.add(new CalendarEffect(bins, all(YEAR), YEAR_BANDWIDTH, true));
    }
    for (String festival : LUNAR) {
      int[] bins = around(festival, from, count);
      boolean[] known = seenTwice(bins, DAYS_BEFORE + 1 + DAYS_AFTER, past);
      effects.add(new CalendarEffect(bins, known, FESTIVAL_BANDWIDTH, false));
    }
    effects.add(named(from, count, past, DemandCalendar::holiday));
    effects.add(
        named(
            from, count, past, day -> day.festivals().isEmpty() ? "" : day.festivals().getFirst()));
    return effects.stream().filter(CalendarEffect::touchesAnything).toList();
  }

  /**
   * The day of the year before that a day is like: as far from a lunar festival, in the weeks
   * around one, else the same weekday 52 weeks before.
   *
   * @param day since 1970-01-01
   */
  int yearBefore(int day) {
    for (String festival : LUNAR) {
      OptionalInt near = dayOf(festival, day - DAYS_AFTER, day + DAYS_BEFORE);
      if (near.isPresent()) {
        int yearAgo = near.getAsInt() - WEEKS_OF_A_YEAR * WEEKDAYS;
        OptionalInt before = dayOf(festival, yearAgo - MARGIN, yearAgo + MARGIN);
        if (before.isPresent()) {
          return before.getAsInt() + day - near.getAsInt();
        }
      }
    }
    return day - WEEKS_OF_A_YEAR * WEEKDAYS;
  }

  /** The first day between two that is of a festival. */
  private OptionalInt dayOf(String festival, int from, int to) {
    return IntStream.rangeClosed(Math.max(from, first), Math.min(to, first + days.size() - 1))
        .filter(day -> day(day).festivals().contains(festival))
        .findFirst();
  }

  /** Weekdays alone. */
  CalendarEffect weekdays(int from, int count) {
    return new CalendarEffect(bins(from, count, day -> day.weekday() - 1), all(WEEKDAYS), 0, false);
  }

  private static String holiday(DemandDay day) {
    return day.makeUpWorkday() ? "make-up workday" : day.publicHoliday();
  }

  private static boolean[] all(int size) {
    boolean[] all = new boolean[size];
    Arrays.fill(all, true);
    return all;
  }

  private int[] bins(int from, int count, Function<DemandDay, Integer> bin) {
    int[] bins = new int[count];
    for (int i = 0; i < count; i++) {
      bins[i] = bin.apply(day(from + i));
    }
    return bins;
  }

  private CalendarEffect named(int from, int count, int past, Function<DemandDay, String> name) {
    Map<String, Integer> numbers = new TreeMap<>();
    int[] bins =
        bins(
            from,
            count,
            day -> {
              String text = name.apply(day);
              return text.isEmpty()
                  ? CalendarEffect.NONE
                  : numbers.computeIfAbsent(text, _ -> numbers.size());
            });
    return new CalendarEffect(bins, seenTwice(bins, numbers.size(), past), 0, false);
  }

  /** Bins by the distance to the festival. */
  private int[] around(String festival, int from, int count) {
    int[] bins = new int[count];
    Arrays.fill(bins, CalendarEffect.NONE);
    for (int i = -MARGIN; i < count + MARGIN; i++) {
      if (day(from + i).festivals().contains(festival)) {
        for (int away = -DAYS_BEFORE; away <= DAYS_AFTER; away++) {
          if (i + away >= 0 && i + away < count) {
            bins[i + away] = away + DAYS_BEFORE;
          }
        }
      }
    }
    return bins;
  }

  private static boolean[] seenTwice(int[] bins, int size, int past) {
    int[] times = new int[size];
    int[] last = new int[size];
    Arrays.fill(last, -APART - 1);
    for (int day = 0; day < past; day++) {
      int bin = bins[day];
      if (bin != CalendarEffect.NONE) {
        times[bin] += day - last[bin] > APART ? 1 : 0;
        last[bin] = day;
      }
    }
    boolean[] known = new boolean[size];
    for (int bin = 0; bin < size; bin++) {
      known[bin] = times[bin] > 1;
    }
    return known;
  }

  private DemandDay day(int epochDay) {
    return days.get(epochDay - first);
  }

  private void require(int from, int to) {
    if (from < first || to >= first + days.size()) {
      throw new IllegalArgumentException(
          "the calendar must reach from %s to %s; it has %d days from %s"
              .formatted(
                  java.time.LocalDate.ofEpochDay(from),
                  java.time.LocalDate.ofEpochDay(to),
                  days.size(),
                  java.time.LocalDate.ofEpochDay(first)));
    }
  }
}
