package storefact.model.forecast;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import storefact.model.forecast.DailyDemand.EachDay;
import storefact.model.forecast.DailyDemand.SellingDays;

/**
 * Daily demand of a chain: series of stores, departments, categories and of the goods that sell
 * often, and the sums over stores from which calendar effects are learnt. Held in memory: of goods
 * the days on which they sold, of all else every day.
 */
public final class DemandPanel {
  /** Goods that sold on fewer days are forecast by their category only. */
  public static final int GOODS_SELLING_DAYS = 60;

  private static final double CENTS = 100;

  private final int firstDay;
  private final int days;
  private final double[] total;
  private final Map<String, double[]> departments;
  private final Map<List<String>, double[]> categories;
  private final List<DemandSeries> series;

  private DemandPanel(Builder builder) {
    firstDay = builder.firstDay;
    days = builder.days;
    total = builder.total;
    departments = builder.departments;
    categories = builder.categories;
    List<DemandSeries> all = new ArrayList<>();
    for (Collection<DemandSeries> one : List.of(builder.series.values(), builder.goods)) {
      all.addAll(one);
    }
    all.sort(Comparator.comparing(DemandSeries::level).thenComparing(DemandSeries::key));
    series = List.copyOf(all);
  }

  /** First day, since 1970-01-01. */
  public int firstDay() {
    return firstDay;
  }

  /** Number of days. */
  public int days() {
    return days;
  }

  /** By level, then by name. */
  public List<DemandSeries> series() {
    return series;
  }

  double[] total() {
    return total;
  }

  /** Net sales of all stores by department. */
  Map<String, double[]> departments() {
    return departments;
  }

  /** Net sales of all stores by department and category. */
  Map<List<String>, double[]> categories() {
    return categories;
  }

  /** Takes sales of goods and sums them up. Not thread-safe. */
  public static final class Builder {
    private final int firstDay;
    private final int days;
    private final double[] total;
    private final Map<String, double[]> departments = new TreeMap<>();
    private final Map<List<String>, double[]> categories =
        new TreeMap<>(
            Comparator.<List<String>, String>comparing(List::getFirst)
                .thenComparing(List::getLast));
    private final Map<Key, DemandSeries> series = new HashMap<>();
    private final List<DemandSeries> goods = new ArrayList<>();

    /**
     * An empty panel.
     *
     * @param firstDay since 1970-01-01
     * @param lastDay the same
     */
    public Builder(int firstDay, int lastDay) {
      this.firstDay = firstDay;
      this.days = lastDay - firstDay + 1;
      this.total = new double[days];
    }

    /**
     * Adds goods of a store.
     *
     * @param sold days since 1970-01-01, each once
     * @param thousandths quantity of those days, in thousandths: whole numbers add up to the same
     *     sum in any order
     * @param cents net sales of those days, in hundredths
     */
    public Builder add(
        String store,
        String department,
        String category,
        String name,
        int[] sold,
        long[] thousandths,
        long[] cents) {
      List<double[]> money =
          List.of(
              total,
              departments.computeIfAbsent(department, _ -> new double[days]),
              categories.computeIfAbsent(List.of(department, category), _ -> new double[days]),
              sum(DemandLevel.STORE, DemandMeasure.NET_SALES, store, "", ""),
              sum(DemandLevel.DEPARTMENT, DemandMeasure.NET_SALES, store, department, ""),
              sum(DemandLevel.CATEGORY, DemandMeasure.NET_SALES, store, department, category));
      double[] pieces =
          sum(DemandLevel.CATEGORY, DemandMeasure.QUANTITY, store, department, category);
      for (double[] sum : money) {
        add(sum, sold, cents);
      }
      add(pieces, sold, thousandths);
      if (sold.length >= GOODS_SELLING_DAYS) {
        long[] own = new long[days];
        for (int i = 0; i < sold.length; i++) {
          own[sold[i] - firstDay] = thousandths[i];
        }
        goods.add(
            new DemandSeries(
                DemandLevel.GOODS,
                DemandMeasure.QUANTITY,
                store,
                department,
                category,
                name,
                DailyDemand.of(own)));
      }
      return this;
    }

    private void add(double[] sum, int[] sold, long[] values) {
      for (int i = 0; i < sold.length; i++) {
        sum[sold[i] - firstDay] += values[i];
      }
    }

    private double[] sum(
        DemandLevel level,
        DemandMeasure measure,
        String store,
        String department,
        String category) {
      return series
          .computeIfAbsent(
              new Key(level, measure, store, department, category),
              key ->
                  new DemandSeries(
                      level,
                      measure,
                      store,
                      department,
                      category,
                      "",
                      new EachDay(new double[days])))
          .values();
    }

    private record Key(
        DemandLevel level,
        DemandMeasure measure,
        String store,
        String department,
        String category) {}

    /** The panel; add nothing afterwards. */
    public DemandPanel build() {
      divide(total, CENTS);
      departments.values().forEach(sum -> divide(sum, CENTS));
      categories.values().forEach(sum -> divide(sum, CENTS));
      for (DemandSeries one : series.values()) {
        divide(
            one.values(),
            one.measure() == DemandMeasure.NET_SALES ? CENTS : SellingDays.THOUSANDTHS);
      }
      return new DemandPanel(this);
    }

    private static void divide(double[] values, double by) {
      for (int day = 0; day < values.length; day++) {
        values[day] /= by;
      }
    }
  }
}
