package storefact.warehouse.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a row of the calendar says. */
class CalendarDaysTest {

  private static final Path RULES =
      Path.of("src/main/resources/storefact/warehouse/calendar", CalendarLoader.RULES);

  private static List<String> columns;
  private static Map<String, List<String>> rows;

  @BeforeAll
  static void computeRows() {
    CalendarDays days = new CalendarDays(PublicHolidays.announced());
    columns = days.columns();
    rows = new HashMap<>();
    new String(days.tabSeparated(), StandardCharsets.UTF_8)
        .lines()
        .map(line -> List.of(line.split("\t", -1)))
        .forEach(row -> rows.put(row.getFirst(), row));
  }

  private static String value(String day, String column) {
    return rows.get(day).get(columns.indexOf(column));
  }

  @Test
  void everyDayHasARowWithAValueForEachColumn() {
    assertThat(rows).hasSize((int) CalendarDays.COUNT).hasSize(73_414);
    assertThat(rows.values()).allSatisfy(row -> assertThat(row).hasSameSizeAs(columns));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-16, Spring Festival Eve, 除夕",
    "2026-02-17, Spring Festival, 春节",
    "2025-01-28, Spring Festival Eve, 除夕",
    "2026-03-03, Lantern Festival, 元宵节",
    "2026-04-05, Qingming Festival, 清明节",
    "2026-06-19, Dragon Boat Festival, 端午节",
    "2026-08-19, Qixi Festival, 七夕",
    "2026-08-27, Zhongyuan Festival, 中元节",
    "2026-09-25, Mid-Autumn Festival, 中秋节",
    "2026-10-18, Double Ninth Festival, 重阳节",
    "2026-01-26, Laba Festival, 腊八节",
    "2026-02-10, Little New Year, 小年",
    "2020-10-01, National Day + Mid-Autumn Festival, 国庆节 + 中秋节",
    "2026-05-10, Mother's Day, 母亲节",
    "2026-06-21, Father's Day, 父亲节",
    "2026-05-25, Memorial Day (US), 美国阵亡将士纪念日",
    "2026-09-07, Labor Day (US), 美国劳动节",
    "2026-11-26, Thanksgiving (US), 感恩节",
    "2017-11-24, Black Friday, 黑色星期五",
    "2026-11-11, Singles' Day, 双十一",
    "2026-06-18, 618, 618购物节",
    "2025-08-29, Qixi Festival, 七夕",
    "2025-07-31, '', ''"
  })
  void festivalsFollowTheirRules(String day, String english, String chinese) {
    assertThat(value(day, "festival")).isEqualTo(english);
    assertThat(value(day, "festival_zh")).isEqualTo(chinese);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-04, Beginning of Spring, 立春",
    "1979-01-21, Major Cold, 大寒",
    "1979-01-20, '', ''",
    "2021-12-21, Winter Solstice, 冬至",
    "1928-06-21, Summer Solstice, 夏至",
    "1900-01-06, Minor Cold, 小寒",
    "2100-12-22, Winter Solstice, 冬至"
  })
  void solarTermsBeginOnTheirDay(String day, String english, String chinese) {
    assertThat(value(day, "solar_term")).isEqualTo(english);
    assertThat(value(day, "solar_term_zh")).isEqualTo(chinese);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-17, 0",
    "2026-02-16, -1",
    "2026-03-19, 30",
    "2026-01-17, -31",
    "1900-01-01, -30",
    "2100-12-31, -29",
    // 2026-02-17 to 2027-02-06 are 354 days: halfway the next one counts
    "2026-08-12, 176",
    "2026-08-13, -177"
  })
  void theSpringFestivalIsSoManyDaysAway(String day, String days) {
    assertThat(value(day, "spring_festival_days")).isEqualTo(days);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-16, 乙巳, Snake, 蛇",
    "2026-02-17, 丙午, Horse, 马",
    "1900-01-31, 庚子, Rat, 鼠",
    "2100-12-31, 庚申, Monkey, 猴"
  })
  void theLunarYearHasItsNameAndAnimal(String day, String name, String english, String chinese) {
    assertThat(value(day, "lunar_year_text")).isEqualTo(name);
    assertThat(value(day, "zodiac")).isEqualTo(english);
    assertThat(value(day, "zodiac_zh")).isEqualTo(chinese);
  }

  @Test
  void theRulesAreThoseThatTheCommittedHashNames() throws Exception {
    CalendarDays days = new CalendarDays(PublicHolidays.none());
    byte[] header = String.join(",", days.columns()).getBytes(StandardCharsets.UTF_8);
    String rules = CalendarLoader.sha256(header, days.tabSeparated());

    if (Boolean.getBoolean("calendar.write")) {
      Files.writeString(RULES, rules + "\n");
    }
    assertThat(Files.readString(RULES).strip())
        .as(
            "the calendar's rows have changed; say so to the warehouses with: mvn -o -pl"
                + " warehouse-schema test -Dtest=CalendarDaysTest -Dcalendar.write=true"
                + " and commit rules.sha256")
        .isEqualTo(rules);
  }
}
