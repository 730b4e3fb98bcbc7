package storefact.importing.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceNumbersTest {

  private static SourceNumbers numbers(String decimal, String thousands) {
    return new SourceNumbers(
        new Mapping.Numbers(
            decimal.charAt(0), Optional.ofNullable(thousands).map(sign -> sign.charAt(0))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1234.50     | . |     | 1234.50",
        "-3          | . |     | -3",
        "1,234.5     | . | ,   | 1234.5",
        "1.234.567,8 | , | .   | 1234567.8",
        "12,5        | , |     | 12.5",
        "1 234,5     | , | ' ' | 1234.5",
        "¥ 1,299.00  | . | ,   | 1299.00",
        "￥12.5       | . |     | 12.5",
        "１２．５        | . |     | 12.5",
        "12.5元       | . |     | 12.5",
        "(4.20)      | . |     | -4.20",
        "4.20-       | . |     | -4.20",
        "5.5e-3      | . |     | 0.0055"
      })
  void numbersAsPeopleWriteThem(String text, String decimal, String thousands, String value)
      throws RefusedRowException {
    assertThat(numbers(decimal, thousands).parse("amount", text)).isEqualByComparingTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,5      | . |   | a decimal comma where the mapping says point",
        "1,23     | . | , | three digits belong between thousands",
        "1.234    | , |   | a point where the mapping says comma",
        "12.34.56 | , | . | not groups of three",
        "twelve   | . |   | no number",
        "1-2      | . |   | no number",
        "''       | . |   | nothing"
      })
  void whatCouldMeanTwoNumbersIsRefused(String text, String decimal, String thousands, String why) {
    assertThatThrownBy(() -> numbers(decimal, thousands).parse("amount", text))
        .as(why)
        .isInstanceOf(RefusedRowException.class)
        .hasMessageContaining("amount '" + text + "' is not a number");
  }
}
