package storefact.model.forecast;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Calendar factors as an origin knows them: of the chain, of departments beside the chain, of
 * categories beside their department, and of stores beside what their departments let expect. Few
 * and well-filled sums teach many sparse series. All are learnt on net sales.
 */
final class ChainFactors {
  /** The chain's own factors are drawn little to 1; what parts of it have beside it, more. */
  private static final double CHAIN_STRENGTH = 5;

  private static final double PART_STRENGTH = 60;
  private static final double TREND_DAYS = 90;
  private static final int SWEEPS = 4;

  private final int origin;
  private final SeasonalFactors part;
  private final Map<String, double[]> departments;
  private final Map<List<String>, double[]> categories;
  private final Map<String, double[]> stores;

  /** What a store's departments let expect. */
  private final Map<String, double[]> expected;

  /**
   * Learns.
   *
   * @param origin days of the panel that are known
   * @param count days wanted, those to forecast included
   */
  ChainFactors(DemandPanel panel, DemandCalendar calendar, int origin, int count) {
    this.origin = origin;
    List<CalendarEffect> effects = calendar.effects(panel.firstDay(), count, origin);
    part = new SeasonalFactors(effects, PART_STRENGTH, TREND_DAYS, SWEEPS);
    double[] flat = new double[count];
    Arrays.fill(flat, 1);
    double[] chain =
        new SeasonalFactors(effects, CHAIN_STRENGTH, TREND_DAYS, SWEEPS)
            .fit(panel.total(), flat, 0, origin);
    departments = each(panel.departments(), (_, sales) -> part.fit(sales, chain, 0, origin));
    categories =
        each(
            panel.categories(),
            (key, sales) -> part.fit(sales, departments.get(key.getFirst()), 0, origin));
    expected = new HashMap<>();
    Map<String, double[]> sold = new HashMap<>();
    for (DemandSeries series : panel.series()) {
      if (series.level() == DemandLevel.STORE) {
        sold.put(series.store(), series.values());
      } else if (series.level() == DemandLevel.DEPARTMENT) {
        addExpected(series, expected.computeIfAbsent(series.store(), _ -> new double[count]));
      }
    }
    stores =
        each(
            sold,
            (store, sales) -> {
              double[] base = expected.get(store);
              double[] fitted = part.fit(sales, base, 0, origin);
              for (int day = 0; day < count; day++) {
                fitted[day] = base[day] > 0 ? fitted[day] / base[day] : 1;
              }
              return fitted;
            });
  }

  private void addExpected(DemandSeries series, double[] sum) {
    double[] factors = departments.get(series.department());
    double level = DiscountedLevel.of(series.values(), factors, 0, origin, 1);
    for (int day = 0; day < sum.length; day++) {
      sum[day] += level * factors[day];
    }
  }

  /** Factors for a series, up to its level; a new array. */
  double[] of(DemandSeries series) {
    double[] base =
        switch (series.level()) {
          case STORE -> expected.get(series.store());
          case DEPARTMENT -> departments.get(series.department());
          case CATEGORY, GOODS -> categories.get(List.of(series.department(), series.category()));
        };
    double[] store = stores.get(series.store());
    double[] factors = new double[base.length];
    for (int day = 0; day < factors.length; day++) {
      factors[day] = base[day] * store[day];
    }
    return factors;
  }

  /** In parallel; each result depends on its own entry alone. */
  private static <K> Map<K, double[]> each(
      Map<K, double[]> sums, BiFunction<K, double[], double[]> fit) {
    return sums.entrySet().parallelStream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> fit.apply(entry.getKey(), entry.getValue())));
  }
}
