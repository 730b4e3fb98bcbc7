package storefact.ingest;

import static org.jooq.impl.DSL.max;
import static storefact.warehouse.jooq.ops.Tables.KAFKA_OFFSET;

import java.util.Map;
import storefact.ingest.kafka.OffsetLedger;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseAddress;

/** The ledger in {@code ops.kafka_offset}, whose rows the star sink commits. */
final class WarehouseOffsets implements OffsetLedger {
  private static final long serialVersionUID = 1L;

  private final WarehouseAddress address;

  WarehouseOffsets(WarehouseAddress address) {
    this.address = address;
  }

  @Override
  public Map<Partition, Long> nextOffsets(String group) {
    try (Warehouse warehouse = Warehouse.connect(address)) {
      return warehouse
          .sql()
          .select(KAFKA_OFFSET.TOPIC_ID, KAFKA_OFFSET.PARTITION, max(KAFKA_OFFSET.NEXT_OFFSET))
          .from(KAFKA_OFFSET)
          .where(KAFKA_OFFSET.CONSUMER_GROUP.eq(group))
          .groupBy(KAFKA_OFFSET.TOPIC_ID, KAFKA_OFFSET.PARTITION)
          .fetchMap(
              row -> new Partition(row.value1(), row.value2().intValue()), row -> row.value3());
    }
  }
}
