package storefact.mart;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a build will do to a mart.
 *
 * @param swap whether the table is exchanged as a whole or partition by partition
 * @param due partitions to compute, and why
 * @param gone partitions to drop
 * @param kept partitions that are up to date
 * @param states what every partition will have been built from
 */
record MartPlan(
    Swap swap,
    SortedMap<String, String> due,
    List<String> gone,
    List<String> kept,
    SortedMap<String, PartitionLedger.Entry> states) {

  enum Swap {
    TABLE,
    PARTITIONS
  }

  /** What is known of the mart before the build. */
  record Known(
      SortedMap<String, PartitionLedger.Entry> now,
      SortedMap<String, PartitionLedger.Entry> before,
      Optional<String> whole) {}

  static MartPlan of(Known known) {
    SortedMap<String, String> due = new TreeMap<>();
    List<String> kept =
        known.now().keySet().stream()
            .filter(
                p -> known.whole().isEmpty() && known.now().get(p).equals(known.before().get(p)))
            .toList();
    for (String partition : known.now().keySet()) {
      if (!kept.contains(partition)) {
        due.put(partition, known.whole().orElseGet(() -> why(known, partition)));
      }
    }
    List<String> gone =
        known.before().keySet().stream().filter(p -> !known.now().containsKey(p)).toList();
    Swap swap =
        known.whole().isPresent() || due.containsKey(Slice.ALL) ? Swap.TABLE : Swap.PARTITIONS;
    return new MartPlan(swap, due, gone, kept, known.now());
  }

  private static String why(Known known, String partition) {
    return known.before().containsKey(partition) ? "sources changed" : "new";
  }
}
