package storefact.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverviewQueryTest {

  @ParameterizedTest
  @CsvSource({"1,0", "2,1", "13,6", "14,7", "30,14", "111,49", "112,56", "365,56"})
  void comparesEightWeeksOrWhatHalfThePeriodHolds(int days, int compared) {
    LocalDate from = LocalDate.of(2017, 1, 1);

    assertThat(OverviewQuery.comparedDays(from, from.plusDays(days - 1))).isEqualTo(compared);
  }
}
