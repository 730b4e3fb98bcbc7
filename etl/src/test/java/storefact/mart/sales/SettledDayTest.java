package storefact.mart.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.mart.sales.SettledDay.SETTLED_DAY;
import static storefact.mart.sales.SettledMonth.SETTLED_MONTH;
import static storefact.mart.sales.SettledWeek.SETTLED_WEEK;

import java.util.List;
import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** Which weeks are over: from Monday to Sunday, as the data tells. */
class SettledDayTest {

  @Test
  void aWeekIsOverWithItsSunday() {
    assertThat(weekOver("2024-03-02")).containsExactly("2024-02-25");
    assertThat(weekOver("2024-03-03")).containsExactly("2024-03-03");
    assertThat(weekOver("2024-03-04")).containsExactly("2024-03-03");
  }

  @Test
  void withoutReceiptsNoWeekIsOver() {
    try (MartCase given = new MartCase()) {
      assertThat(given.when(SETTLED_WEEK, "last_day")).isEmpty();
    }
  }

  @Test
  void daysOfAMonthUpToTheWeekThatIsOver() {
    try (MartCase given = new MartCase()) {
      given.rows(SETTLED_WEEK.table(), "last_day", "2024-03-03");
      given.rows(
          RECEIPT_STATISTICS.table(),
          "store business_date",
          "S1 2024-02-29",
          "S1 2024-03-01",
          "S2 2024-03-01",
          "S1 2024-03-04");

      assertThat(given.when(SETTLED_DAY, "202402", "business_date")).containsExactly("2024-02-29");
      assertThat(given.when(SETTLED_DAY, "202403", "business_date")).containsExactly("2024-03-01");
    }
  }

  @Test
  void aMonthIsOverWithTheWeekOfItsLastDay() {
    try (MartCase given = new MartCase()) {
      given.rows(SETTLED_WEEK.table(), "last_day", "2024-03-31");
      given.rows(
          RECEIPT_STATISTICS.table(),
          "store business_date",
          "S1 2024-02-29",
          "S1 2024-03-30",
          "S1 2024-04-02");
      assertThat(given.when(SETTLED_MONTH, "month")).containsExactly("2024-02-01", "2024-03-01");
    }
    try (MartCase given = new MartCase()) {
      given.rows(SETTLED_WEEK.table(), "last_day", "2024-04-28");
      given.rows(
          RECEIPT_STATISTICS.table(), "store business_date", "S1 2024-03-30", "S1 2024-04-30");
      assertThat(given.when(SETTLED_MONTH, "month")).containsExactly("2024-03-01");
    }
  }

  private static List<String> weekOver(String lastDay) {
    try (MartCase given = new MartCase()) {
      given.rows(RECEIPT_STATISTICS.table(), "store business_date", "S1 " + lastDay);
      return given.when(SETTLED_WEEK, "last_day");
    }
  }
}
