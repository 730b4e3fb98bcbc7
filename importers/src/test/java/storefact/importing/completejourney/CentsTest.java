package storefact.importing.completejourney;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CentsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "5.5e-17, 0",
    "2.7800000001, 278",
    "2.7799999999, 278",
    "0.29, 29",
    "0.125, 13",
    "0.375, 38",
    "840, 84000"
  })
  void dollarsBecomeTheCentsThatTheyMean(double dollars, int cents) {
    assertThat(Cents.of(dollars)).isEqualTo(cents);
  }

  @Test
  void whatIsNoNumberIsNoAmount() {
    assertThatThrownBy(() -> Cents.of(Double.NaN))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("NaN");
  }
}
