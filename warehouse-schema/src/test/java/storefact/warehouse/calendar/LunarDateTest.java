package storefact.warehouse.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibm.icu.util.ChineseCalendar;
import com.ibm.icu.util.SimpleTimeZone;
import com.ibm.icu.util.ULocale;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lunar dates are those that China's calendars print. */
class LunarDateTest {

  private static final Duration CHINA = Duration.ofHours(8);
  private static final ChineseCalendar ICU =
      new ChineseCalendar(new SimpleTimeZone((int) CHINA.toMillis(), "China"), ULocale.CHINA);

  @ParameterizedTest
  @CsvSource({
    "1917-03-23, 1917, 闰二月初一",
    "2018-11-07, 2018, 九月三十",
    "1987-07-26, 1987, 闰六月初一",
    "1922-06-25, 1922, 闰五月初一",
    "1900-01-01, 1899, 十二月初一",
    "1900-01-31, 1900, 正月初一",
    "2000-02-05, 2000, 正月初一",
    "2020-05-23, 2020, 闰四月初一",
    "2023-03-22, 2023, 闰二月初一",
    "2024-02-09, 2023, 十二月三十",
    "2025-01-28, 2024, 十二月廿九",
    "2027-02-06, 2027, 正月初一",
    "2030-02-03, 2030, 正月初一",
    "2033-12-22, 2033, 闰十一月初一",
    "2057-09-28, 2057, 九月初一",
    "2089-09-04, 2089, 八月初一",
    "2097-08-07, 2097, 七月初一",
    "2100-12-31, 2100, 十二月初一"
  })
  void knownDatesAreRight(LocalDate date, int year, String chinese) {
    LunarDate lunar = LunarDate.of(date);

    assertThat(lunar.year()).isEqualTo(year);
    assertThat(lunar.chinese()).isEqualTo(chinese);
  }

  @Test
  void everyDayGoesThereAndBack() {
    int leapMonths = 0;
    LunarDate before = LunarDate.of(CalendarDays.FIRST);
    for (LocalDate day = CalendarDays.FIRST.plusDays(1);
        !day.isAfter(CalendarDays.LAST);
        day = day.plusDays(1)) {
      LunarDate lunar = LunarDate.of(day);
      assertThat(lunar.toLocalDate()).isEqualTo(day);
      if (lunar.day() == 1) {
        assertThat(before.day()).as("length of the month before %s", day).isIn(29, 30);
        leapMonths += lunar.leap() ? 1 : 0;
      } else {
        assertThat(lunar)
            .isEqualTo(
                new LunarDate(before.year(), before.month(), before.leap(), before.day() + 1));
      }
      before = lunar;
    }
    assertThat(leapMonths).as("seven leap months in 19 years").isEqualTo(74);
  }

  @Test
  void datesThatAreNoneAreNamed() {
    assertThatThrownBy(() -> LunarDate.of(LocalDate.of(1899, 12, 31)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1899-12-31")
        .hasMessageContaining("1900-01-01 to 2100-12-31");
    assertThatThrownBy(() -> new LunarDate(2026, 4, true, 1).toLocalDate())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lunar year 2026 has no leap month 4");
    assertThatThrownBy(() -> new LunarDate(2025, 12, false, 30).toLocalDate())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lunar month 12 of 2025 has no day 30, it has days 1 to 29");
  }

  /**
   * ICU4J computes new moons too coarsely where they are near midnight, and loses three leap
   * months; the tables of the Hong Kong Observatory agree with ours on every one of these days.
   */
  @Test
  void icuAgreesOnAllDaysButWhereItsNewMoonsAreWrong() {
    List<Disagreement> found =
        Disagreement.between(LunarDateTest::icu, CalendarDays.FIRST, CalendarDays.LAST);

    assertThat(found)
        .containsExactly(
            // 闰二月, 闰五月 and 闰六月 are lost
            new Disagreement("1917-03-23", "1917-05-20"),
            new Disagreement("1922-06-25", "1922-08-22"),
            // a month begins a day late or early
            new Disagreement("1954-02-03", "1954-03-04"),
            new Disagreement("1955-02-22", "1955-03-23"),
            new Disagreement("1987-07-26", "1987-09-22"),
            new Disagreement("1999-01-17", "1999-02-15"),
            new Disagreement("2012-08-17", "2012-09-15"),
            new Disagreement("2018-11-07", "2018-12-06"),
            new Disagreement("2027-02-06", "2027-03-07"),
            new Disagreement("2030-02-02", "2030-03-03"),
            // ICU4J puts the new moon after midnight, as tyme4j does: docs/calendar.md
            new Disagreement("2057-09-28", "2057-10-27"),
            new Disagreement("2070-03-12", "2070-04-10"));
  }

  private static LunarDate icu(LocalDate date) {
    ICU.setTimeInMillis(Duration.ofDays(date.toEpochDay()).plusHours(12).minus(CHINA).toMillis());
    return new LunarDate(
        ICU.get(ChineseCalendar.EXTENDED_YEAR),
        ICU.get(ChineseCalendar.MONTH) + 1,
        ICU.get(ChineseCalendar.IS_LEAP_MONTH) == 1,
        ICU.get(ChineseCalendar.DAY_OF_MONTH));
  }
}
