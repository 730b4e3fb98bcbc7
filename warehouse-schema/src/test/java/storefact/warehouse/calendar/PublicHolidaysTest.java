package storefact.warehouse.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tyme.holiday.LegalHoliday;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who works when, as the State Council announced it. */
class PublicHolidaysTest {

  private static final String HEADER = "first,last,kind,name_en,name_zh,source\n";
  private static final PublicHolidays ANNOUNCED = PublicHolidays.announced();

  /** tyme4j's own list was made by others; where it differs the notices are with us. */
  @Test
  void tyme4jKnowsTheSameDaysOffButForItsErrors() {
    List<String> different = new ArrayList<>();
    for (LocalDate day = LocalDate.of(2001, 12, 29); day.getYear() <= 2026; day = day.plusDays(1)) {
      LegalHoliday holiday =
          LegalHoliday.fromYmd(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
      boolean off = holiday == null ? PublicHolidays.weekend(day) : !holiday.isWork();
      if (off != ANNOUNCED.dayOff(day)) {
        different.add(day.toString());
      }
    }

    assertThat(different)
        .containsExactly(
            // notice of 2003-04-21: no long holiday in the year of SARS
            "2003-04-26",
            "2003-04-27",
            "2003-05-06",
            "2003-05-07",
            // make-up workdays of the notice for 2013 that tyme4j misses
            "2013-04-07",
            "2013-10-12");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-14, false, true, ''",
    "2026-02-15, true, false, 春节",
    "2026-02-23, true, false, 春节",
    "2026-02-24, false, false, ''",
    "2026-10-10, false, true, ''",
    "2026-10-17, true, false, ''",
    "2020-02-01, true, false, 春节",
    "2023-10-06, true, false, 国庆节 + 中秋节"
  })
  void daysAreOffOrWorkedAsAnnounced(
      LocalDate day, boolean off, boolean makeUpWorkday, String chinese) {
    assertThat(ANNOUNCED.dayOff(day)).isEqualTo(off);
    assertThat(ANNOUNCED.makeUpWorkday(day)).isEqualTo(makeUpWorkday);
    assertThat(ANNOUNCED.on(day).map(PublicHolidays.Holiday::chinese).orElse(""))
        .isEqualTo(chinese);
  }

  @Test
  void itIsKnownWhichYearsWereAnnounced() {
    assertThat(ANNOUNCED.announced(2001)).isFalse();
    for (int year = 2002; year <= 2026; year++) {
      assertThat(ANNOUNCED.announced(year)).as("%d", year).isTrue();
    }
    assertThat(ANNOUNCED.announced(2100)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2027-01-01,2027-01-03,holiday,New Year,元旦,notice | kind \"holiday\" is neither off nor work",
        "2027-01-04,2027-01-04,work,New Year,元旦,notice | 2027-01-04 is no Saturday or Sunday",
        "2027-01-03,2027-01-01,off,New Year,元旦,notice | is before first day",
        "2027-01-01,2027-01-03,off,New Year,元旦 | none of them empty",
        "2027-01-32,2027-01-03,off,New Year,元旦,notice | 2027-01-32"
      })
  void aWrongLineIsRefusedByNumberAndRule(String line, String rule) {
    assertThatThrownBy(() -> PublicHolidays.parse("# comment\n" + HEADER + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("public-holidays.csv, line 3")
        .hasMessageContaining(rule);
  }

  @Test
  void aDayStandsInOneLineOnly() {
    String line = "2027-01-01,2027-01-03,off,New Year,元旦,notice\n";

    assertThatThrownBy(() -> PublicHolidays.parse(HEADER + line + line))
        .hasMessageContaining("line 3")
        .hasMessageContaining("2027-01-01 is in another line already");
  }
}
