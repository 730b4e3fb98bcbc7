package storefact.mart;

import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Which rows of a mart its readers' view gives to whom: all to readers of the whole chain, those of
 * their stores and regions to regional readers, those of their members to customer managers, none
 * to anybody else. Migrations V015 and V018 have the views that it asks.
 */
final class ReaderRows {
  private static final Condition OF_CHAIN_READERS =
      DSL.condition("(SELECT count() FROM cfg.chain_reader) > 0");

  static final String MEMBER = "member";

  /** Columns with which a row is about a single person. */
  private static final Set<String> PERSONS = Set.of(MEMBER, "card", "pass");

  private ReaderRows() {}

  /** The condition of the view. */
  static Condition of(Mart mart) {
    Condition rows = OF_CHAIN_READERS;
    if (mart.isReadByRegion()) {
      rows = rows.or(ofRegion(mart));
    }
    if (mart.isReadByMember()) {
      rows =
          rows.or(
              DSL.condition(
                  "{0} IN (SELECT member FROM cfg.readable_member)", column(mart, MEMBER)));
    }
    return rows;
  }

  private static Condition ofRegion(Mart mart) {
    return mart.readAreas()
        .map(
            areas ->
                DSL.condition(
                    "{0} = 'store' AND {1} IN (SELECT store FROM cfg.readable_store)"
                        + " OR {0} = 'region' AND {1} IN (SELECT region FROM cfg.readable_region)",
                    areas.level().own(), areas.area().own()))
        .orElseGet(() -> ofStores(mart));
  }

  /**
   * A set that a view fills is one that ClickHouse does not ask of the sums beside the rows; a
   * function of the store is.
   */
  private static Condition ofStores(Mart mart) {
    Field<?> store = column(mart, "store");
    return mart.summedBy().isEmpty()
        ? DSL.condition("{0} IN (SELECT store FROM cfg.readable_store)", store)
        : DSL.condition(
            "transform({0}, {1}, {1}, '') != ''",
            store, DSL.field("(SELECT groupArray(store) FROM cfg.readable_store)"));
  }

  static boolean has(Mart mart, String name) {
    return mart.columns().stream().anyMatch(column -> column.getName().equals(name));
  }

  static boolean areOfPersons(Mart mart) {
    return PERSONS.stream().anyMatch(name -> has(mart, name));
  }

  private static Field<?> column(Mart mart, String name) {
    return mart.columns().stream()
        .filter(column -> column.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .own();
  }
}
