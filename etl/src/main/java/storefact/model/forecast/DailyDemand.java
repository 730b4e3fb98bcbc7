package storefact.model.forecast;

import java.util.Arrays;

/** Demand of each day of a panel, counted from its first one. */
sealed interface DailyDemand {
  /** Demand of a day. */
  double on(int day);

  /** Demand of all days; change nothing in it. */
  double[] values();

  /** First day on which something sold; the number of days if none did. */
  int firstSale();

  /** Days of a run on which something sold. */
  int sellingDays(int from, int to);

  /** Eight bytes a day, for what sells on most of them. */
  record EachDay(double[] values) implements DailyDemand {
    @Override
    public double on(int day) {
      return values[day];
    }

    @Override
    public int firstSale() {
      for (int day = 0; day < values.length; day++) {
        if (values[day] != 0) {
          return day;
        }
      }
      return values.length;
    }

    @Override
    public int sellingDays(int from, int to) {
      int days = 0;
      for (int day = Math.max(0, from); day < to; day++) {
        days += values[day] != 0 ? 1 : 0;
      }
      return days;
    }
  }

  /**
   * Six bytes a day with sales, for the goods of a store: there are a hundred thousand of them, and
   * they sell on few days.
   *
   * @param days of the panel
   * @param sold days with sales, in order
   * @param thousandths what sold on them, in thousandths
   */
  record SellingDays(int days, short[] sold, int[] thousandths) implements DailyDemand {
    static final double THOUSANDTHS = 1000;

    @Override
    public double on(int day) {
      int place = Arrays.binarySearch(sold, (short) day);
      return place < 0 ? 0 : thousandths[place] / THOUSANDTHS;
    }

    @Override
    public double[] values() {
      double[] values = new double[days];
      for (int i = 0; i < sold.length; i++) {
        values[sold[i]] = thousandths[i] / THOUSANDTHS;
      }
      return values;
    }

    @Override
    public int firstSale() {
      return sold.length == 0 ? days : sold[0];
    }

    @Override
    public int sellingDays(int from, int to) {
      return place(Math.min(to, days)) - place(Math.max(0, from));
    }

    /** How many days with sales lie before a day. */
    private int place(int day) {
      int place = Arrays.binarySearch(sold, (short) day);
      return place < 0 ? -place - 1 : place;
    }
  }

  /**
   * The demand of goods.
   *
   * @param thousandths what sold on each day of the panel, in thousandths
   */
  static DailyDemand of(long[] thousandths) {
    int selling = 0;
    boolean small = thousandths.length <= Short.MAX_VALUE;
    for (long quantity : thousandths) {
      selling += quantity == 0 ? 0 : 1;
      small &= quantity == (int) quantity;
    }
    if (!small) {
      double[] values = new double[thousandths.length];
      Arrays.setAll(values, day -> thousandths[day] / SellingDays.THOUSANDTHS);
      return new EachDay(values);
    }
    short[] days = new short[selling];
    int[] quantities = new int[selling];
    int place = 0;
    for (int day = 0; day < thousandths.length; day++) {
      if (thousandths[day] != 0) {
        days[place] = (short) day;
        quantities[place++] = (int) thousandths[day];
      }
    }
    return new SellingDays(thousandths.length, days, quantities);
  }
}
