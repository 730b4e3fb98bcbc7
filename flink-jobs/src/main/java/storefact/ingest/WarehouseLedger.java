package storefact.ingest;

import static storefact.warehouse.jooq.ops.Tables.INGESTED_FILE;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Record2;
import org.jooq.impl.DSL;
import storefact.ingest.source.FileLedger;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseAddress;

/** The ledger in {@code ops.ingested_file}, whose rows the star sink commits. */
final class WarehouseLedger implements FileLedger {
  private static final long serialVersionUID = 1L;

  /** Up to so many paths are named in the question; beyond, the whole ledger is cheaper. */
  private static final int MOST_NAMED = 200;

  private final WarehouseAddress address;

  WarehouseLedger(WarehouseAddress address) {
    this.address = address;
  }

  private Warehouse connect() {
    return Warehouse.connect(address);
  }

  @Override
  public Map<String, Long> taken(Collection<String> paths) {
    Set<String> asked = new HashSet<>(paths);
    Condition named =
        paths.size() > MOST_NAMED ? DSL.noCondition() : INGESTED_FILE.FILE.in(List.copyOf(asked));
    Map<String, Long> taken = new HashMap<>();
    try (Warehouse warehouse = connect()) {
      for (Record2<String, Long> row :
          warehouse
              .sql()
              .select(INGESTED_FILE.FILE, INGESTED_FILE.SIZE)
              .from(INGESTED_FILE)
              .where(named)
              .orderBy(INGESTED_FILE.FINISHED_AT)) {
        if (asked.contains(row.value1())) {
          taken.put(row.value1(), row.value2());
        }
      }
    }
    return taken;
  }

  @Override
  public Set<Content> ofSizes(Collection<Long> sizes) {
    Set<Long> asked = new HashSet<>(sizes);
    Condition named =
        asked.size() > MOST_NAMED ? DSL.noCondition() : INGESTED_FILE.SIZE.in(List.copyOf(asked));
    try (Warehouse warehouse = connect()) {
      return new HashSet<>(
          warehouse
              .sql()
              .select(INGESTED_FILE.SIZE, INGESTED_FILE.CHECKSUM)
              .from(INGESTED_FILE)
              .where(named)
              .fetch(row -> new Content(row.value1(), row.value2())));
    }
  }
}
