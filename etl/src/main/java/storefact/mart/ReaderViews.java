package storefact.mart;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseException;

/** The views through which readers see marts. Builds make them; this makes them anew. */
public final class ReaderViews {
  private final Warehouse warehouse;

  /** Views of this warehouse. */
  public ReaderViews(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Makes the view of every mart that was built, so that a rule about readers that came since then
   * holds before anybody reads.
   *
   * @return the marts that are there to be read
   * @throws IllegalStateException if a mart was built by another definition; the message says what
   *     to do
   */
  public List<Mart> refresh() {
    Set<String> built =
        new HashSet<>(
            warehouse
                .http()
                .query("SELECT name FROM system.tables WHERE database = 'mart'")
                .lines()
                .toList());
    List<Mart> readable = new ArrayList<>();
    for (Mart mart : Marts.ALL) {
      if (built.contains(mart.name())) {
        create(mart);
        readable.add(mart);
      }
    }
    return readable;
  }

  private void create(Mart mart) {
    try {
      warehouse.http().query(new MartTable(mart, Environment.PRODUCTION).createView());
    } catch (WarehouseException e) {
      throw new IllegalStateException(
          "mart "
              + mart
              + " was built by another version of its definition: run ./storefact build first",
          e);
    }
  }
}
