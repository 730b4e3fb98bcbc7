package storefact.warehouse.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/**
 * Festivals that matter to a shop, each by a rule that holds in every year. A lunar festival is not
 * celebrated in a leap month.
 */
final class Festivals {

  private static final List<Festival> ALL =
      List.of(
          solar(1, 1, "New Year's Day", "元旦"),
          solar(2, 14, "Valentine's Day", "情人节"),
          solar(3, 8, "Women's Day", "妇女节"),
          solar(5, 1, "Labour Day", "劳动节"),
          solar(5, 20, "520", "520"),
          solar(6, 1, "Children's Day", "儿童节"),
          solar(6, 18, "618", "618购物节"),
          solar(7, 4, "Independence Day (US)", "美国独立日"),
          solar(9, 10, "Teachers' Day", "教师节"),
          solar(10, 1, "National Day", "国庆节"),
          solar(10, 31, "Halloween", "万圣夜"),
          solar(11, 11, "Singles' Day", "双十一"),
          solar(12, 12, "Double Twelve", "双十二"),
          solar(12, 24, "Christmas Eve", "平安夜"),
          solar(12, 25, "Christmas", "圣诞节"),
          weekday(2, DayOfWeek.SUNDAY, Month.MAY, 0, "Mother's Day", "母亲节"),
          weekday(-1, DayOfWeek.MONDAY, Month.MAY, 0, "Memorial Day (US)", "美国阵亡将士纪念日"),
          weekday(3, DayOfWeek.SUNDAY, Month.JUNE, 0, "Father's Day", "父亲节"),
          weekday(1, DayOfWeek.MONDAY, Month.SEPTEMBER, 0, "Labor Day (US)", "美国劳动节"),
          weekday(4, DayOfWeek.THURSDAY, Month.NOVEMBER, 0, "Thanksgiving (US)", "感恩节"),
          weekday(4, DayOfWeek.THURSDAY, Month.NOVEMBER, 1, "Black Friday", "黑色星期五"),
          new Festival(
              (day, lunar) ->
                  lunar.month() == 12
                      && day.plusDays(1).equals(LunarMonths.springFestival(lunar.year() + 1)),
              "Spring Festival Eve",
              "除夕"),
          lunar(1, 1, "Spring Festival", "春节"),
          lunar(1, 15, "Lantern Festival", "元宵节"),
          lunar(2, 2, "Dragon Raises Head", "龙抬头"),
          term(SolarTerms.PURE_BRIGHTNESS, "Qingming Festival", "清明节"),
          lunar(5, 5, "Dragon Boat Festival", "端午节"),
          lunar(7, 7, "Qixi Festival", "七夕"),
          lunar(7, 15, "Zhongyuan Festival", "中元节"),
          lunar(8, 15, "Mid-Autumn Festival", "中秋节"),
          lunar(9, 9, "Double Ninth Festival", "重阳节"),
          term(SolarTerms.WINTER_SOLSTICE, "Winter Solstice Festival", "冬至节"),
          lunar(12, 8, "Laba Festival", "腊八节"),
          lunar(12, 23, "Little New Year", "小年"));

  private Festivals() {}

  record Festival(Rule rule, String english, String chinese) {}

  private interface Rule {
    boolean falls(LocalDate day, LunarDate lunar);
  }

  /** The festivals of a day, in the order of the list. */
  static List<Festival> on(LocalDate day, LunarDate lunar) {
    return ALL.stream().filter(festival -> festival.rule().falls(day, lunar)).toList();
  }

  private static Festival solar(int month, int dayOfMonth, String english, String chinese) {
    return new Festival(
        (day, _) -> day.getDayOfMonth() == dayOfMonth && day.getMonthValue() == month,
        english,
        chinese);
  }

  private static Festival lunar(int month, int dayOfMonth, String english, String chinese) {
    return new Festival(
        (_, lunar) -> lunar.day() == dayOfMonth && lunar.month() == month && !lunar.leap(),
        english,
        chinese);
  }

  private static Festival term(SolarTerms.Term term, String english, String chinese) {
    return new Festival(
        (day, _) -> SolarTerms.on(day).filter(term::equals).isPresent(), english, chinese);
  }

  /** So many days after the n-th weekday of a month; the last one for n = -1. */
  private static Festival weekday(
      int n, DayOfWeek weekday, Month month, int daysAfter, String english, String chinese) {
    return new Festival(
        (day, _) -> {
          LocalDate shifted = day.minusDays(daysAfter);
          return shifted.getDayOfWeek() == weekday
              && shifted.getMonth() == month
              && shifted.equals(shifted.with(TemporalAdjusters.dayOfWeekInMonth(n, weekday)));
        },
        english,
        chinese);
  }
}
