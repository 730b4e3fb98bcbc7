package storefact.warehouse.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import storefact.warehouse.ClickHouseHttp;

/**
 * Fills star.calendar where its rows were made by another version of the rules or of the holiday
 * file. All rows come as one block, and the newest load counts, so that readers see the old
 * calendar or the new one and a load that broke off is done again.
 */
public final class CalendarLoader {

  /** Hash of all rows without holidays; a test keeps it true and writes it anew. */
  static final String RULES = "rules.sha256";

  private final ClickHouseHttp http;

  /** Loads into the warehouse behind that connection. */
  public CalendarLoader(ClickHouseHttp http) {
    this.http = http;
  }

  /**
   * Loads the calendar where it is not the one of this program. One loader at a time: the caller
   * holds the lock of the migrations.
   *
   * @return true if it was loaded, false if it stood there already
   * @throws storefact.warehouse.WarehouseException if the warehouse refuses it or cannot be reached
   * @throws IllegalArgumentException if the holiday file is wrong; the message names the line
   */
  public boolean load(Consumer<String> progress) {
    String content = content();
    String standing =
        http.query(
            "SELECT count() FROM star.calendar FINAL WHERE content = '%s'".formatted(content));
    if (Long.parseLong(standing) == CalendarDays.COUNT) {
      return false;
    }
    CalendarDays days = new CalendarDays(PublicHolidays.announced());
    String columns = String.join(", ", days.columns());
    // One block is one part, which appears as a whole; a block of an older calendar that comes
    // again is not a repeat, since newer rows stand over it.
    Map<String, String> oneBlock =
        Map.of(
            "input_format_parallel_parsing",
            "0",
            "max_insert_block_size",
            String.valueOf(CalendarDays.COUNT),
            "min_insert_block_size_rows",
            String.valueOf(CalendarDays.COUNT),
            "insert_deduplicate",
            "0");
    http.insert(
        "INSERT INTO star.calendar (%s, content) SELECT %s, '%s' FROM input('%s') FORMAT TabSeparated"
            .formatted(columns, columns, content, structure(days)),
        oneBlock,
        days.tabSeparated(),
        "");
    progress.accept("calendar: %,d days".formatted(CalendarDays.COUNT));
    return true;
  }

  private static String structure(CalendarDays days) {
    return String.join(", ", days.columns().stream().map(column -> column + " String").toList());
  }

  /** What the rows depend on: the rules, with the library behind them, and the holiday file. */
  private static String content() {
    return sha256(rules().getBytes(StandardCharsets.UTF_8), PublicHolidays.file());
  }

  static String rules() {
    try (InputStream in = CalendarLoader.class.getResourceAsStream(RULES)) {
      if (in == null) {
        throw new IllegalStateException(RULES + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + RULES, e);
    }
  }

  static String sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
