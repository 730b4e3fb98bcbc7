package storefact.model.forecast;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/** A small chain whose demand is planted: Poisson counts around a known mean of the day. */
final class PlantedChain {
  static final LocalDate FIRST = LocalDate.of(2022, 1, 3);
  private static final List<LocalDate> SPRING_FESTIVALS =
      List.of(
          LocalDate.of(2021, 2, 12),
          LocalDate.of(2022, 2, 1),
          LocalDate.of(2023, 1, 22),
          LocalDate.of(2024, 2, 10),
          LocalDate.of(2025, 1, 29),
          LocalDate.of(2026, 2, 17));

  private final DemandPanel.Builder builder;
  private final int days;
  private final RandomGenerator random = new Random(7);

  PlantedChain(int days) {
    this.days = days;
    int first = Math.toIntExact(FIRST.toEpochDay());
    builder = new DemandPanel.Builder(first, first + days - 1);
  }

  /** Goods that cost 1, with a mean quantity per day. */
  PlantedChain goods(String store, String category, String goods, IntToDoubleFunction mean) {
    int[] sold = new int[days];
    long[] thousandths = new long[days];
    long[] cents = new long[days];
    int count = 0;
    for (int day = 0; day < days; day++) {
      long pieces = poisson(mean.applyAsDouble(day));
      if (pieces > 0) {
        sold[count] = Math.toIntExact(FIRST.toEpochDay()) + day;
        thousandths[count] = 1000 * pieces;
        cents[count] = 100 * pieces;
        count++;
      }
    }
    builder.add(
        store,
        "food",
        category,
        goods,
        java.util.Arrays.copyOf(sold, count),
        java.util.Arrays.copyOf(thousandths, count),
        java.util.Arrays.copyOf(cents, count));
    return this;
  }

  DemandPanel panel() {
    return builder.build();
  }

  static DemandCalendar calendar(int days) {
    List<DemandDay> all = new ArrayList<>();
    for (int day = -DemandCalendar.MARGIN; day < days + DemandCalendar.MARGIN; day++) {
      LocalDate date = FIRST.plusDays(day);
      all.add(
          DemandDay.of(
              date,
              SPRING_FESTIVALS.contains(date) ? List.of("Spring Festival") : List.of(),
              "",
              false));
    }
    return new DemandCalendar(all);
  }

  static int daysToSpringFestival(int day) {
    LocalDate date = FIRST.plusDays(day);
    return SPRING_FESTIVALS.stream()
        .map(festival -> Math.toIntExact(festival.toEpochDay() - date.toEpochDay()))
        .min(java.util.Comparator.comparingInt(Math::abs))
        .orElseThrow();
  }

  /** Knuth's for small means, the normal distribution for large ones. */
  private long poisson(double mean) {
    if (mean > 60) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    long count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }
}
