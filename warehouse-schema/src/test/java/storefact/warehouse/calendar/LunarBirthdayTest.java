package storefact.warehouse.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A member is congratulated on the day on which the family celebrates. */
class LunarBirthdayTest {

  @ParameterizedTest
  @CsvSource({
    // born 1990-10-03, 八月十五: the Mid-Autumn Festival of each year
    "1990-10-03, 2026-01-01, 2026-09-25",
    "1990-10-03, 2026-09-25, 2026-09-25",
    "1990-10-03, 2026-09-26, 2027-09-15",
    // born on 十二月三十 of 2023: day 29 is the last day of the year in 2025 and 2026
    "2024-02-09, 2025-01-01, 2025-01-28",
    "2024-02-09, 2026-02-01, 2026-02-16",
    "2024-02-09, 2027-02-01, 2027-02-05",
    // born 1987-07-26, 闰六月初一: the next one came in 2017, then 2025; other years 六月初一
    "1987-07-26, 1988-01-01, 1988-07-14",
    "1987-07-26, 2017-01-01, 2017-07-23",
    "1987-07-26, 2024-07-01, 2024-07-06",
    "1987-07-26, 2025-07-01, 2025-07-25",
    // born 2020-06-20, 闰四月廿九; and in January, when the lunar year before still runs
    "2020-06-20, 2021-01-01, 2021-06-09",
    "2000-01-07, 2026-01-01, 2026-01-19",
    // not before the birth
    "1990-10-03, 1980-01-01, 1990-10-03"
  })
  void aLunarBirthdayComesOnceInALunarYear(LocalDate birth, LocalDate from, LocalDate next) {
    assertThat(LunarBirthday.next(birth, true, from)).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource({
    "1990-10-03, 2026-01-01, 2026-10-03",
    "1990-10-03, 2026-10-04, 2027-10-03",
    "1992-02-29, 2026-01-01, 2026-02-28",
    "1992-02-29, 2028-01-01, 2028-02-29",
    "1992-02-29, 2028-03-01, 2029-02-28"
  })
  void aSolarBirthdayComesOnceInAYear(LocalDate birth, LocalDate from, LocalDate next) {
    assertThat(LunarBirthday.next(birth, false, from)).isEqualTo(next);
  }

  @Test
  void everyLunarBirthdayIsCelebratedOnceInEveryLunarYear() {
    for (int year = 1901; year <= 2099; year++) {
      LocalDate begin = new LunarDate(year, 1, false, 1).toLocalDate();
      LocalDate end = new LunarDate(year + 1, 1, false, 1).toLocalDate();
      for (int month = 1; month <= 12; month++) {
        for (boolean leap : new boolean[] {false, true}) {
          for (int day : new int[] {1, 29, 30}) {
            LunarBirthday birthday = new LunarBirthday(month, leap, day);
            LocalDate celebrated = birthday.next(begin);
            assertThat(celebrated)
                .as("%s in %d", birthday, year)
                .isBetween(begin, end.minusDays(1));
            assertThat(birthday.next(celebrated.plusDays(1))).isAfterOrEqualTo(end);
          }
        }
      }
    }
  }

  @Test
  void birthdaysThatCannotBeAreNamed() {
    assertThatThrownBy(() -> new LunarBirthday(13, false, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("month 13");
    assertThatThrownBy(
            () -> LunarBirthday.next(LocalDate.of(1880, 5, 1), true, LocalDate.of(2026, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1880-05-01");
  }
}
