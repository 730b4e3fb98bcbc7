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
   * @param days of the panel
   * @param sold days, each once, in any order
   * @param thousandths what sold on them, in thousandths
   */
  static DailyDemand of(int days, int[] sold, long[] thousandths) {
    double[] values = new double[days];
    int count = 0;
    boolean small = days <= Short.MAX_VALUE;
    for (int i = 0; i < sold.length; i++) {
      values[sold[i]] = thousandths[i] / SellingDays.THOUSANDTHS;
      count += thousandths[i] != 0 ? 1 : 0;
      small &= thousandths[i] == (int) thousandths[i];
    }
    if (!small) {
      return new EachDay(values);
    }
    long[] order = new long[count];
    int next = 0;
    for (int i = 0; i < sold.length; i++) {
      if (thousandths[i] != 0) {
        order[next++] = ((long) sold[i] << Integer.SIZE) | (thousandths[i] & 0xffffffffL);
      }
    }
    Arrays.sort(order);
    short[] inOrder = new short[count];
    int[] quantities = new int[count];
    for (int i = 0; i < count; i++) {
      inOrder[i] = (short) (order[i] >> Integer.SIZE);
      quantities[i] = (int) order[i];
    }
    return new SellingDays(days, inOrder, quantities);
  }
}
