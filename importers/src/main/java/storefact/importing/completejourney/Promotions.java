package storefact.importing.completejourney;

import java.io.IOException;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import storefact.event.PromotionPlacement;

/**
 * Displays and places in the mailer: 20.9 million rows, one per goods, store, week and place, held
 * in columns. The source numbers its weeks from 1; they begin on Monday, the first one on Monday 26
 * December 2016, as the weeks of its transactions show.
 */
final class Promotions {

  private static final LocalDate FIRST_MONDAY = LocalDate.of(2016, 12, 26);
  private static final int DAYS_PER_WEEK = 7;

  /** The source's word for "not there". */
  private static final char NONE = '0';

  private final int[] product;
  private final int[] store;
  private final byte[] week;
  private final char[] display;
  private final char[] mailer;

  private Promotions(int[] product, int[] store, byte[] week, char[] display, char[] mailer) {
    this.product = product;
    this.store = store;
    this.week = week;
    this.display = display;
    this.mailer = mailer;
  }

  static Promotions read(ParquetTable table) throws IOException {
    int[] weeks = table.ints("week");
    byte[] week = new byte[weeks.length];
    for (int row = 0; row < week.length; row++) {
      week[row] = (byte) weeks[row];
    }
    return new Promotions(
        table.ints("product_id"),
        table.ints("store_id"),
        week,
        table.letters("display_location"),
        table.letters("mailer_location"));
  }

  int size() {
    return product.length;
  }

  /** The rows of each week, in the order of the source. */
  NavigableMap<Integer, int[]> weeks() {
    int[] counts = new int[Byte.MAX_VALUE];
    for (byte number : week) {
      counts[number]++;
    }
    NavigableMap<Integer, int[]> rows = new TreeMap<>();
    for (int number = 0; number < counts.length; number++) {
      if (counts[number] > 0) {
        rows.put(number, new int[counts[number]]);
      }
    }
    int[] filled = new int[Byte.MAX_VALUE];
    for (int row = 0; row < week.length; row++) {
      rows.get((int) week[row])[filled[week[row]]++] = row;
    }
    return rows;
  }

  /** Events of some rows, made as they are asked for. */
  Iterable<PromotionPlacement> placements(int[] rows) {
    return () -> IntStream.of(rows).mapToObj(this::placement).iterator();
  }

  private PromotionPlacement placement(int row) {
    LocalDate monday = FIRST_MONDAY.plusDays((long) DAYS_PER_WEEK * (week[row] - 1));
    return new PromotionPlacement(
        Integer.toString(store[row]),
        Integer.toString(product[row]),
        monday,
        monday.plusDays(DAYS_PER_WEEK - 1),
        place(display[row]),
        place(mailer[row]),
        Optional.empty(),
        1);
  }

  private static Optional<String> place(char letter) {
    return letter == NONE ? Optional.empty() : Optional.of(String.valueOf(letter));
  }
}
