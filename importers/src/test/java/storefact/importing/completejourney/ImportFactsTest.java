package storefact.importing.completejourney;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ImportFactsTest {

  @Test
  void anErrorNamesWhatWasExpectedAndWhatWasFound() {
    ImportFacts found =
        new ImportFacts(
            1_469_306,
            155_848,
            2_469,
            457,
            new BigDecimal("4596039.57"),
            8_869,
            92_331,
            27,
            6_589,
            111_332,
            4_872,
            2_102,
            20_940_529);

    assertThat(new UnexpectedFactsException(ImportFacts.PUBLISHED, found))
        .hasMessageContaining("lines expected 1469307, found 1469306")
        .hasMessageContaining("salesValue expected 4596039.58, found 4596039.57")
        .hasMessageNotContaining("receipts");
  }
}
