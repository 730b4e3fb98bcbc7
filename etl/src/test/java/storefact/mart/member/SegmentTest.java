package storefact.mart.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import storefact.mart.TestWarehouse;

/** The rule table of the segments is total, and the same in Java and in ClickHouse. */
class SegmentTest {

  @Test
  void everyCellOfTheGridBelongsToExactlyOneSegment() {
    for (int recency = 1; recency <= 5; recency++) {
      for (int value = 1; value <= 5; value++) {
        int r = recency;
        int v = value;
        assertThat(Arrays.stream(Segment.values()).filter(s -> s.holds(r, v)))
            .as("recency %d, value %d", r, v)
            .hasSize(1);
      }
    }
  }

  @Test
  void all125ScoresMapTheSameInJavaAndInClickHouse() {
    List<String> expected = new ArrayList<>();
    for (int r = 1; r <= 5; r++) {
      for (int f = 1; f <= 5; f++) {
        for (int m = 1; m <= 5; m++) {
          expected.add(Segment.of(r, f, m).code());
        }
      }
    }
    try (TestWarehouse test = TestWarehouse.empty()) {
      List<String> computed =
          test.warehouse()
              .sql()
              .select(
                  Segment.code(
                      DSL.field("intDiv(number, 25) + 1", Integer.class),
                      DSL.field("intDiv(number, 5) % 5 + 1", Integer.class),
                      DSL.field("number % 5 + 1", Integer.class)))
              .from("numbers(125) ORDER BY number")
              .fetchInto(String.class);

      assertThat(computed).hasSize(125).isEqualTo(expected).doesNotContain("");
      assertThat(expected).containsAll(Segment.codes());
    }
  }

  @Test
  void aScoreOutsideIsRefusedByName() {
    assertThatThrownBy(() -> Segment.of(0, 1, 1)).hasMessageContaining("0, 1, 1");
  }
}
