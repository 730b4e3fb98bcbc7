package storefact.mart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happened in whatever order, the marts built step by step are those built at once. */
class IncrementalIsFullTest {
  private static final int STEPS = 9;

  @ParameterizedTest
  @ValueSource(longs = {1, 20_26})
  void incrementalEqualsFull(long seed) {
    Random random = new Random(seed);
    List<String> sold = new ArrayList<>();
    try (TestWarehouse given = TestWarehouse.empty().members(6)) {
      for (int step = 0; step < STEPS; step++) {
        happen(given, random, sold, step);
        if (random.nextInt(3) > 0) {
          given.build();
        }
      }
      given.build();
      Map<String, List<String>> incremental = given.contents();

      BuildReport full = given.build(BuildOptions.full());
      assertThat(full.marts()).allMatch(mart -> mart.skipped().isEmpty());
      assertThat(given.contents()).as("seed %d", seed).isEqualTo(incremental);
      assertThat(incremental.values()).noneMatch(List::isEmpty);
      assertThat(new CheckRun(given.warehouse()).run()).allMatch(CheckResult::holds);
    }
  }

  private static void happen(TestWarehouse given, Random random, List<String> sold, int step) {
    List<String> some = new ArrayList<>();
    switch (sold.isEmpty() ? 0 : random.nextInt(5)) {
      case 0, 1 -> {
        for (int i = 0; i < 5; i++) {
          some.add(line(random, "R" + step + "-" + i));
        }
        sold.addAll(some);
        given.sold(String.join("\n", some));
      }
      // The till corrects a line: the same key, another amount.
      case 2 ->
          given.sold(
              sold.get(random.nextInt(sold.size())).replaceAll("\\S+$", "77.77"), step + 2, false);
      case 3 -> given.sold(sold.get(random.nextInt(sold.size())), step + 2, true);
      default -> given.goods("G" + random.nextInt(3) + " D C" + step, step + 1);
    }
  }

  private static String line(Random random, String receipt) {
    return "S%d 2024-%02d-%02d %s 1 %s G%d %d.5 %d.25"
        .formatted(
            random.nextInt(2),
            1 + random.nextInt(4),
            1 + random.nextInt(28),
            receipt,
            random.nextInt(4) == 0 ? "-" : "C" + (1 + random.nextInt(6)),
            random.nextInt(4),
            random.nextInt(3),
            random.nextInt(100));
  }
}
