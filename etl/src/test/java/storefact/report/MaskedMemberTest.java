package storefact.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedMemberTest {

  @ParameterizedTest
  @CsvSource({"1234567,12••", "123,12••", "12,1••", "1,••", "'',••", "会员甲乙,会员••", "𠮷𠮷𠮷,𠮷𠮷••"})
  void showsTwoCharactersAndNeverAll(String id, String masked) {
    assertThat(MaskedMember.of(id)).hasToString(masked);
  }
}
