package storefact.mart;

import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Which rows of a mart its readers' view gives to whom: all to readers of the whole chain, those of
 * their stores and regions to regional readers, none to anybody else. Migration V015 has the views
 * that it asks.
 */
final class ReaderRows {
  private static final Condition OF_CHAIN_READERS =
      DSL.condition("(SELECT count() FROM cfg.chain_reader) > 0");

  /** Columns with which a row is about a single person. */
  private static final Set<String> PERSONS = Set.of("member", "card", "pass");

  private ReaderRows() {}

  /** The condition of the view. */
  static Condition of(Mart mart) {
    return mart.isReadByRegion() ? OF_CHAIN_READERS.or(ofRegion(mart)) : OF_CHAIN_READERS;
  }

  private static Condition ofRegion(Mart mart) {
    return mart.readAreas()
        .map(
            areas ->
                DSL.condition(
                    "{0} = 'store' AND {1} IN (SELECT store FROM cfg.readable_store)"
                        + " OR {0} = 'region' AND {1} IN (SELECT region FROM cfg.readable_region)",
                    areas.level().own(), areas.area().own()))
        .orElseGet(
            () ->
                DSL.condition(
                    "{0} IN (SELECT store FROM cfg.readable_store)", column(mart, "store")));
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
