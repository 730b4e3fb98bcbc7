package storefact.mart;

import static storefact.warehouse.jooq.ops.Tables.MART_PARTITION;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import storefact.warehouse.Warehouse;

/** What every partition of every mart was built from, in {@code ops.mart_partition}. */
final class PartitionLedger {
  private final Warehouse warehouse;

  PartitionLedger(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * What a partition was built from.
   *
   * @param sources hash of the state of its sources
   * @param definition hash of the mart's definition
   */
  record Entry(String sources, String definition) {}

  SortedMap<String, Entry> entries(Mart mart) {
    SortedMap<String, Entry> entries = new TreeMap<>();
    warehouse
        .sql()
        .select(MART_PARTITION.PARTITION, MART_PARTITION.SOURCE_STATE, MART_PARTITION.DEFINITION)
        .from("{0} FINAL", MART_PARTITION)
        .where(MART_PARTITION.MART.eq(mart.name()))
        .forEach(row -> entries.put(row.value1(), new Entry(row.value2(), row.value3())));
    return entries;
  }

  void remember(Mart mart, Map<String, Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    var insert =
        Warehouse.renderer()
            .insertInto(
                MART_PARTITION,
                MART_PARTITION.MART,
                MART_PARTITION.PARTITION,
                MART_PARTITION.SOURCE_STATE,
                MART_PARTITION.DEFINITION,
                MART_PARTITION.BUILT_AT);
    for (var entry : entries.entrySet()) {
      insert =
          insert.values(
              DSL.val(mart.name()),
              DSL.val(entry.getKey()),
              DSL.val(entry.getValue().sources()),
              DSL.val(entry.getValue().definition()),
              DSL.field("now64(3)", MART_PARTITION.BUILT_AT.getDataType()));
    }
    warehouse.http().query(Warehouse.renderer().render(insert), Statements.SETTINGS);
  }

  void forget(Mart mart, String partition) {
    delete(mart, MART_PARTITION.PARTITION.eq(partition));
  }

  void forgetAll(Mart mart) {
    delete(mart, DSL.noCondition());
  }

  private void delete(Mart mart, Condition which) {
    warehouse
        .http()
        .query(
            Warehouse.renderer()
                .render(
                    DSL.deleteFrom(MART_PARTITION)
                        .where(MART_PARTITION.MART.eq(mart.name()))
                        .and(which)));
  }
}
