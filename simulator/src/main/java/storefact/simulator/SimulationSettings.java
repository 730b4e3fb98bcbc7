package storefact.simulator;

import java.nio.file.Path;
import java.time.LocalDate;
import storefact.event.LineFormat;
import storefact.simulator.chain.ChainParameters;

/**
 * What is simulated and where it goes. The same settings give the same bytes, whatever the number
 * of threads.
 *
 * @param out gets the folders {@code drop} and {@code truth}
 * @param stores stores, headquarters aside
 * @param members members in all
 * @param days business days from {@code start} on
 * @param faults share of sales lines with a planted fault, 0 to 0.1
 * @param threads areas simulated at a time
 */
public record SimulationSettings(
    Path out,
    int stores,
    int members,
    LocalDate start,
    int days,
    long seed,
    LineFormat format,
    boolean gzip,
    double faults,
    int threads,
    ChainParameters parameters) {

  private static final int MOST_STORES = 20_000;
  private static final int MOST_MEMBERS_AN_AREA = 999_999;
  private static final LocalDate FIRST_START = LocalDate.of(2001, 1, 1);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the value that cannot be simulated
   */
  public SimulationSettings {
    check(stores >= 1 && stores <= MOST_STORES, "stores " + stores, "1 to " + MOST_STORES);
    long most = (long) MOST_MEMBERS_AN_AREA * ((stores + 3) / 4);
    check(members >= 1 && members <= most, "members " + members, "1 to " + most);
    check(days >= 1 && days <= 3_660, "days " + days, "1 to 3660");
    check(!start.isBefore(FIRST_START), "start " + start, FIRST_START + " or later");
    check(
        start.plusDays(days - 1L).isBefore(LocalDate.now(java.time.ZoneOffset.UTC)),
        "start " + start + " with days " + days,
        "days that all lie before today");
    check(faults >= 0 && faults <= 0.1, "faults " + faults, "0 to 0.1");
    check(threads >= 1 && threads <= 64, "threads " + threads, "1 to 64");
  }

  private static void check(boolean holds, String value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException("cannot simulate " + value + "; give " + allowed);
    }
  }

  /** A small chain: 12 stores, 3,000 members, the year 2024, one sales line in 2,000 at fault. */
  public static SimulationSettings small(Path out) {
    return new SimulationSettings(
        out,
        12,
        3_000,
        LocalDate.of(2024, 1, 1),
        365,
        1,
        LineFormat.NDJSON,
        false,
        0.0005,
        Math.min(8, Runtime.getRuntime().availableProcessors()),
        ChainParameters.usual());
  }

  /** Where the event files go. */
  public Path drop() {
    return out.resolve("drop");
  }

  /** Where the truth goes. */
  public Path truth() {
    return out.resolve("truth");
  }

  /** What two runs must share to write the same bytes, one setting a line. */
  String fingerprint() {
    return String.join(
        "\n",
        "stores=" + stores,
        "members=" + members,
        "start=" + start,
        "days=" + days,
        "seed=" + seed,
        "format=" + format,
        "gzip=" + gzip,
        "faults=" + faults,
        "parameters=" + parameters,
        "");
  }
}
