package storefact.mart;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a build will do to a mart, and why.
 *
 * @param mart the mart
 * @param swap whether the table or its only partition that changes is exchanged
 * @param due partitions to compute, and why
 * @param gone partitions to drop
 * @param kept partitions that are up to date
 * @param entries what every partition will have been built from
 * @param newlySeen kept partitions of which the ledger learns that a source changed without
 *     touching them
 */
public record MartPlan(
    Mart mart,
    Swap swap,
    SortedMap<String, String> due,
    List<String> gone,
    List<String> kept,
    SortedMap<String, PartitionLedger.Entry> entries,
    List<String> newlySeen) {

  /** How new rows take the place of old ones. */
  public enum Swap {
    /** The whole table is exchanged; partitions that are kept come along. */
    TABLE,
    /** The only partition that changes is replaced or dropped. */
    PARTITION
  }

  /** Whether the build does anything to the mart. */
  public boolean changes() {
    return !due.isEmpty() || !gone.isEmpty();
  }

  SortedMap<String, PartitionLedger.Entry> entriesOf(Iterable<String> partitions) {
    SortedMap<String, PartitionLedger.Entry> some = new TreeMap<>();
    partitions.forEach(partition -> some.put(partition, entries.get(partition)));
    return some;
  }
}
