package storefact.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storefact.mart.TestWarehouse;

class OverviewQueryTest {

  @ParameterizedTest
  @CsvSource({"1,0", "2,1", "13,6", "14,7", "30,14", "111,49", "112,56", "365,56"})
  void comparesEightWeeksOrWhatHalfThePeriodHolds(int days, int compared) {
    LocalDate from = LocalDate.of(2017, 1, 1);

    assertThat(OverviewQuery.comparedDays(from, from.plusDays(days - 1))).isEqualTo(compared);
  }

  @Test
  void theChainGoesByTheClockOfMostStores() {
    try (TestWarehouse given = TestWarehouse.empty()) {
      assertThat(OverviewQuery.clock(given.warehouse())).isEmpty();
      given.query("INSERT INTO star.store (store, country, version) VALUES ('S1', '', 1)");
      assertThat(OverviewQuery.clock(given.warehouse())).contains(ZoneId.of("America/New_York"));
      given.query(
          "INSERT INTO star.store (store, country, version) VALUES ('S2', '中国', 1), ('S3', 'China', 1)");
      assertThat(OverviewQuery.clock(given.warehouse())).contains(ZoneId.of("Asia/Shanghai"));
    }
  }
}
