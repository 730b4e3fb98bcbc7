package storefact.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Assets as text. */
class JsonTextTest {
  /** Else each run of the command would find its own assets changed. */
  @Test
  void namesAreSortedInMapsThatHaveNoOrder() {
    assertThat(
            JsonText.of(
                Map.of(
                    "e",
                    1,
                    "b",
                    true,
                    "d",
                    List.of(Map.of("z", 0.5, "y", "ä")),
                    "a",
                    "",
                    "c",
                    "x")))
        .isEqualTo("{\"a\":\"\",\"b\":true,\"c\":\"x\",\"d\":[{\"y\":\"ä\",\"z\":0.5}],\"e\":1}");
  }
}
