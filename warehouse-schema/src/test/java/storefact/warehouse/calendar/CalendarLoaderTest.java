package storefact.warehouse.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.engine.EmbeddedWarehouse;
import storefact.warehouse.engine.EngineOptions;
import storefact.warehouse.migration.Migrations;
import storefact.warehouse.migration.Topology;

/** Whoever migrates a warehouse finds this program's calendar in it. */
class CalendarLoaderTest {

  private static ClickHouseHttp http;

  @BeforeAll
  static void migrate() throws Exception {
    EmbeddedWarehouse warehouse = EmbeddedWarehouse.start(EngineOptions.defaults());
    http =
        new ClickHouseHttp(
            new WarehouseAddress(
                "127.0.0.1",
                warehouse.engine().httpPort(),
                warehouse.user(),
                warehouse.password()));
    new Migrations(http, Topology.SINGLE).run(_ -> {});
  }

  @AfterAll
  static void close() {
    http.close();
  }

  private static final String ALL_DAYS = "73414\t1900-01-01\t2100-12-31";

  private static String days() {
    return http.query("SELECT count(), min(day), max(day) FROM dw.calendar");
  }

  @Test
  void aMigratedWarehouseHasTheWholeCalendar() {
    assertThat(days()).isEqualTo(ALL_DAYS);
    assertThat(
            http.query(
                    """
                SELECT day, week_start, month_start, iso_week, lunar_year, lunar_month, lunar_day, leap_month,
                    lunar_month_days, lunar_year_leap_month, lunar_text, lunar_year_text, zodiac, solar_term_zh,
                    spring_festival_days, festival_zh, public_holiday, make_up_workday, day_off, holidays_announced
                FROM dw.calendar WHERE day IN ('1900-01-31', '1917-03-23', '2026-02-14', '2026-02-17') ORDER BY day
                """)
                .lines())
        .containsExactly(
            "1900-01-31\t1900-01-29\t1900-01-01\t5\t1900\t1\t1\tfalse\t29\t8\t正月初一\t庚子\tRat\t\t0\t春节\t\tfalse\tfalse\tfalse",
            "1917-03-23\t1917-03-19\t1917-03-01\t12\t1917\t2\t1\ttrue\t29\t2\t闰二月初一\t丁巳\tSnake\t\t59\t\t\tfalse\tfalse\tfalse",
            "2026-02-14\t2026-02-09\t2026-02-01\t7\t2025\t12\t27\tfalse\t29\t6\t十二月廿七\t乙巳\tSnake\t\t-3\t情人节\t\ttrue\tfalse\ttrue",
            "2026-02-17\t2026-02-16\t2026-02-01\t8\t2026\t1\t1\tfalse\t30\t0\t正月初一\t丙午\tHorse\t\t0\t春节\tSpring Festival\tfalse\ttrue\ttrue");
  }

  @Test
  void plainPartsOfADateAreWhatClickHouseSays() {
    assertThat(
            http.query(
                """
                SELECT count() FROM dw.calendar
                WHERE day < '1970-01-05' OR
                    (year, quarter, month, weekday, day_of_year, iso_year, iso_week, week_start, month_start, weekend)
                    = (toYear(day), toQuarter(day), toMonth(day), toDayOfWeek(day), toDayOfYear(day), toISOYear(day),
                        toISOWeek(day), toMonday(day), toStartOfMonth(day), toDayOfWeek(day) > 5)
                """))
        .isEqualTo("73414");
  }

  @Test
  void aSecondLoadDoesNothing() {
    String loadedAt = http.query("SELECT max(loaded_at) FROM star.calendar");

    assertThat(new CalendarLoader(http).load(_ -> {})).isFalse();

    assertThat(http.query("SELECT max(loaded_at) FROM star.calendar")).isEqualTo(loadedAt);
  }

  @Test
  void aCalendarOfAnotherVersionIsReplacedUnderItsReaders() throws Exception {
    AtomicBoolean loading = new AtomicBoolean(true);
    AtomicInteger readings = new AtomicInteger();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (loading.get() && days().equals(ALL_DAYS)) {
                    readings.incrementAndGet();
                  }
                });
    try {
      for (int version = 0; version < 3; version++) {
        http.query(
            "INSERT INTO star.calendar SELECT * REPLACE ('older' AS content, now64(3) AS loaded_at,"
                + " 'wrong' AS lunar_text) FROM star.calendar FINAL");
        assertThat(wrongDays()).isEqualTo("73414");

        assertThat(new CalendarLoader(http).load(_ -> {})).isTrue();

        assertThat(wrongDays()).isEqualTo("0");
      }
      assertThat(reader.isAlive()).as("the reader saw nothing but whole calendars").isTrue();
    } finally {
      loading.set(false);
      reader.join();
    }
    assertThat(readings.get()).isPositive();
    assertThat(days()).isEqualTo(ALL_DAYS);
  }

  private static String wrongDays() {
    return http.query("SELECT countIf(lunar_text = 'wrong') FROM dw.calendar");
  }

  @Test
  void aLoadThatBrokeOffIsDoneAgain() {
    http.query("DELETE FROM star.calendar WHERE day > '2000-01-01'");

    assertThat(new CalendarLoader(http).load(_ -> {})).isTrue();

    assertThat(days()).isEqualTo(ALL_DAYS);
  }

  /** The statement of docs/calendar.md, for whoever plans congratulations in SQL. */
  @Test
  void birthdaysInSqlFollowTheRuleOfLunarBirthday() {
    LocalDate from = LocalDate.of(2026, 11, 22);
    Random random = new Random(20261122);
    List<LocalDate> births =
        Stream.concat(
                Stream.of("2024-02-09", "1987-07-26", "2020-06-20").map(LocalDate::parse),
                Stream.generate(() -> LocalDate.of(1930, 1, 1).plusDays(random.nextInt(34_000))))
            .distinct()
            .limit(2_000)
            .sorted()
            .toList();
    String list = births.stream().map(LocalDate::toString).collect(Collectors.joining("','"));

    assertThat(
            http.query(
                    """
                    SELECT born.day, min(celebrated.day)
                    FROM dw.calendar AS born
                    JOIN dw.calendar AS celebrated ON celebrated.lunar_month = born.lunar_month
                        AND celebrated.lunar_day = least(born.lunar_day, celebrated.lunar_month_days)
                        AND celebrated.leap_month = (born.leap_month AND celebrated.lunar_year_leap_month = born.lunar_month)
                    WHERE born.day IN ('%s') AND celebrated.day >= '%s'
                    GROUP BY born.day ORDER BY born.day
                    """
                        .formatted(list, from))
                .lines())
        .containsExactlyElementsOf(
            births.stream().map(b -> b + "\t" + LunarBirthday.next(b, true, from)).toList());
  }

  @Test
  void everyHourOfTheDayHasABand() {
    assertThat(
            http.query(
                    "SELECT band, band_zh, band_hours, min(hour), max(hour) FROM dw.time_of_day GROUP BY ALL ORDER BY any(band_order)")
                .lines())
        .containsExactly(
            "after midnight\t凌晨\t00:00-04:59\t0\t4",
            "early morning\t早晨\t05:00-07:59\t5\t7",
            "morning\t上午\t08:00-10:59\t8\t10",
            "noon\t中午\t11:00-12:59\t11\t12",
            "afternoon\t下午\t13:00-16:59\t13\t16",
            "evening\t傍晚\t17:00-19:59\t17\t19",
            "night\t晚上\t20:00-23:59\t20\t23");
    assertThat(
            http.query(
                "SELECT groupArray(hour_text) FROM (SELECT * FROM dw.time_of_day ORDER BY hour LIMIT 2)"))
        .isEqualTo("['00:00-00:59','01:00-01:59']");
  }
}
