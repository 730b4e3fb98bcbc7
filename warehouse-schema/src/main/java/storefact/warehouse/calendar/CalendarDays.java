package storefact.warehouse.calendar;

import static java.time.temporal.TemporalAdjusters.previousOrSame;

import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rows of star.calendar: one for each day from 1900-01-01 to 2100-12-31, with the lunar
 * calendar, the solar terms, festivals and public holidays. Says what SQL cannot compute, and the
 * plain parts of a date too, since ClickHouse cuts months and weeks before 1970 off.
 */
public final class CalendarDays {

  /** The first day. */
  public static final LocalDate FIRST = LocalDate.of(1900, 1, 1);

  /** The last day. */
  public static final LocalDate LAST = LocalDate.of(2100, 12, 31);

  /** Days from the first to the last [days]. */
  public static final long COUNT = ChronoUnit.DAYS.between(FIRST, LAST) + 1;

  private static final List<String> ANIMALS =
      List.of(
          "Rat", "Ox", "Tiger", "Rabbit", "Dragon", "Snake", "Horse", "Goat", "Monkey", "Rooster",
          "Dog", "Pig");
  private static final String ANIMALS_CHINESE = "鼠牛虎兔龙蛇马羊猴鸡狗猪";
  private static final String STEMS = "甲乙丙丁戊己庚辛壬癸";
  private static final String BRANCHES = "子丑寅卯辰巳午未申酉戌亥";

  /** The year 4 of our era was the first of a cycle of 60, 甲子. */
  private static final int CYCLE_START = 4;

  private final PublicHolidays holidays;
  private final Map<String, Function<Day, Object>> columns = new LinkedHashMap<>();

  CalendarDays(PublicHolidays holidays) {
    this.holidays = holidays;
    columns.put("day", Day::date);
    columns.put("year", day -> day.date().getYear());
    columns.put("quarter", day -> day.date().get(IsoFields.QUARTER_OF_YEAR));
    columns.put("month", day -> day.date().getMonthValue());
    columns.put("month_start", day -> day.date().withDayOfMonth(1));
    columns.put("iso_year", day -> day.date().get(IsoFields.WEEK_BASED_YEAR));
    columns.put("iso_week", day -> day.date().get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    columns.put("week_start", day -> day.date().with(previousOrSame(DayOfWeek.MONDAY)));
    columns.put("weekday", day -> day.date().getDayOfWeek().getValue());
    columns.put("weekend", day -> PublicHolidays.weekend(day.date()));
    columns.put("day_of_year", day -> day.date().getDayOfYear());
    columns.put("lunar_year", day -> day.lunar().year());
    columns.put("lunar_month", day -> day.lunar().month());
    columns.put("lunar_day", day -> day.lunar().day());
    columns.put("leap_month", day -> day.lunar().leap());
    columns.put("lunar_month_days", day -> day.month().days());
    columns.put("lunar_year_leap_month", day -> LunarMonths.leapMonth(day.lunar().year()));
    columns.put("lunar_text", day -> day.lunar().chinese());
    columns.put("lunar_year_text", day -> yearName(day.lunar().year()));
    columns.put("zodiac", day -> ANIMALS.get(branch(day.lunar().year())));
    columns.put("zodiac_zh", day -> ANIMALS_CHINESE.charAt(branch(day.lunar().year())));
    columns.put("solar_term", day -> term(day, SolarTerms.Term::english));
    columns.put("solar_term_zh", day -> term(day, SolarTerms.Term::chinese));
    columns.put("spring_festival_days", day -> springFestivalDays(day));
    columns.put("festival", day -> festivals(day, Festivals.Festival::english));
    columns.put("festival_zh", day -> festivals(day, Festivals.Festival::chinese));
    columns.put("public_holiday", day -> holiday(day, PublicHolidays.Holiday::english));
    columns.put("public_holiday_zh", day -> holiday(day, PublicHolidays.Holiday::chinese));
    columns.put("make_up_workday", day -> holidays.makeUpWorkday(day.date()));
    columns.put("day_off", day -> holidays.dayOff(day.date()));
    columns.put("holidays_announced", day -> holidays.announced(day.date().getYear()));
  }

  /** A day with what several columns ask. */
  private record Day(
      LocalDate date,
      LunarDate lunar,
      LunarMonths.Month month,
      List<Festivals.Festival> festivals) {}

  static LocalDate requireCovered(LocalDate date) {
    if (date.isBefore(FIRST) || date.isAfter(LAST)) {
      throw new IllegalArgumentException(
          "%s is outside the calendar, which covers %s to %s".formatted(date, FIRST, LAST));
    }
    return date;
  }

  /** Names of the columns, in order. */
  List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  /** Every row in ClickHouse's format TabSeparated, about 13 MB. */
  byte[] tabSeparated() {
    StringBuilder rows = new StringBuilder(1 << 24);
    for (LocalDate date = FIRST; !date.isAfter(LAST); date = date.plusDays(1)) {
      Day day = day(date);
      for (Function<Day, Object> value : columns.values()) {
        rows.append(value.apply(day)).append('\t');
      }
      rows.setCharAt(rows.length() - 1, '\n');
    }
    return rows.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Day day(LocalDate date) {
    LunarMonths.Month month = LunarMonths.on(date);
    LunarDate lunar = month.day(date);
    return new Day(date, lunar, month, Festivals.on(date, lunar));
  }

  /**
   * Days since the Spring Festival of its lunar year or, where that is not farther, to the next.
   */
  private static long springFestivalDays(Day day) {
    int year = day.lunar().year();
    long since = ChronoUnit.DAYS.between(LunarMonths.springFestival(year), day.date());
    long until = ChronoUnit.DAYS.between(day.date(), LunarMonths.springFestival(year + 1));
    return until <= since ? -until : since;
  }

  private static int branch(int lunarYear) {
    return Math.floorMod(lunarYear - CYCLE_START, BRANCHES.length());
  }

  private static String yearName(int lunarYear) {
    char stem = STEMS.charAt(Math.floorMod(lunarYear - CYCLE_START, STEMS.length()));
    return "" + stem + BRANCHES.charAt(branch(lunarYear));
  }

  private static String term(Day day, Function<SolarTerms.Term, String> label) {
    return SolarTerms.on(day.date()).map(label).orElse("");
  }

  private static String festivals(Day day, Function<Festivals.Festival, String> label) {
    return day.festivals().stream().map(label).collect(Collectors.joining(" + "));
  }

  private String holiday(Day day, Function<PublicHolidays.Holiday, String> label) {
    return holidays.on(day.date()).map(label).orElse("");
  }
}
