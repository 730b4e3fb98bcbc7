package storefact.mart;

import java.util.List;

/**
 * What a build did.
 *
 * @param build its id in {@code ops.build_log}
 * @param marts in the order of building
 * @param seconds from having the lock to the end
 */
public record BuildReport(String build, List<MartResult> marts, double seconds) {

  /**
   * What it did to one mart.
   *
   * @param mart name
   * @param built partitions computed and swapped in
   * @param dropped partitions that are gone from the sources
   * @param skipped partitions that were up to date
   * @param rows rows of the mart afterwards
   * @param seconds how long it took
   */
  public record MartResult(
      String mart,
      List<String> built,
      List<String> dropped,
      List<String> skipped,
      long rows,
      double seconds) {}

  /** Partitions that changed for readers. */
  public int changes() {
    return marts.stream().mapToInt(mart -> mart.built().size() + mart.dropped().size()).sum();
  }

  /** The result of a mart. */
  public MartResult of(Mart mart) {
    return marts.stream()
        .filter(result -> result.mart().equals(mart.name()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("mart " + mart + " was not asked for"));
  }
}
