package storefact.mart;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How many months a statement takes. */
class StrideTest {
  private static final long SMALL = 1 << 20;
  private static final List<String> MONTHS =
      List.of("202311", "202312", "202401", "202402", "202404", "202405", "202406", "202407");

  private final Stride stride = new Stride(GOODS_SALES);

  @Test
  void takesTwiceAsManyWhileStatementsAreShortAndStopsAtGaps() {
    assertThat(stride.first(MONTHS)).containsExactly("202311");
    stride.took(0.1, SMALL);
    assertThat(stride.first(MONTHS)).containsExactly("202311", "202312");
    stride.took(0.1, SMALL);
    assertThat(stride.first(MONTHS)).containsExactly("202311", "202312", "202401", "202402");
    stride.took(0.1, SMALL);
    assertThat(stride.first(MONTHS)).containsExactly("202311", "202312", "202401", "202402");
    assertThat(stride.first(MONTHS.subList(4, 8))).hasSize(4);
  }

  @Test
  void staysWhereStatementsAreLongAndGoesBackWhereTheyAreTooLong() {
    stride.took(0.1, SMALL);
    stride.took(0.1, SMALL);
    stride.took(15, SMALL);
    assertThat(stride.first(MONTHS)).hasSize(4);
    stride.took(25, SMALL);
    assertThat(stride.first(MONTHS)).hasSize(2);
    stride.took(1, 1L << 30);
    assertThat(stride.first(MONTHS)).hasSize(1);
  }

  @Test
  void beginsAnewWithOneMonthAfterTheMemoryWasTooSmall() {
    stride.took(0.1, SMALL);
    stride.took(0.1, SMALL);
    stride.tooLarge();
    assertThat(stride.first(MONTHS)).containsExactly("202311");
  }

  @Test
  void aMartOfOnePartitionIsOneStatement() {
    stride.took(0.1, SMALL);
    assertThat(stride.first(List.of(Slice.ALL))).containsExactly(Slice.ALL);
  }
}
