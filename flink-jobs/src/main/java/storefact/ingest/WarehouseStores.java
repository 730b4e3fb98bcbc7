package storefact.ingest;

import static storefact.warehouse.jooq.star.Tables.STORE;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import storefact.ingest.source.DropSource;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseAddress;

/** The stores in the warehouse; asked again when an unknown one comes, once a second at most. */
final class WarehouseStores implements DropSource.StoreDirectory {
  private static final long serialVersionUID = 1L;
  private static final long ASK_AGAIN_NANOS = 1_000_000_000L;

  private final WarehouseAddress address;

  WarehouseStores(WarehouseAddress address) {
    this.address = address;
  }

  @Override
  public Predicate<String> open() {
    return new Known();
  }

  private final class Known implements Predicate<String> {
    private Set<String> stores = Set.of();
    private long askedAt = System.nanoTime() - ASK_AGAIN_NANOS;

    @Override
    public boolean test(String store) {
      if (!stores.contains(store) && System.nanoTime() - askedAt >= ASK_AGAIN_NANOS) {
        try (Warehouse warehouse = Warehouse.connect(address)) {
          stores =
              new HashSet<>(warehouse.sql().select(STORE.STORE_).from(STORE).fetch(STORE.STORE_));
        }
        askedAt = System.nanoTime();
      }
      return stores.contains(store);
    }
  }
}
