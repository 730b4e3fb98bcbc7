package storefact.warehouse.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One account of the engine: who logs in, with what rights. Rendered into the engine's users file,
 * which is read at start.
 *
 * @param name as in {@code currentUser()}
 * @param secretName which secret of the home is its password; empty for an account that only owns
 *     views, whose password is random and kept nowhere
 * @param grants statements after GRANT, without the receiver: {@code SELECT ON star.*}; databases
 *     need not exist yet
 * @param rowFilters condition on the rows that it may read, by {@code database.table}
 * @param settings ClickHouse settings that differ from the common profile
 */
public record Account(
    String name,
    Optional<String> secretName,
    List<String> grants,
    Map<String, String> rowFilters,
    Map<String, String> settings) {

  /** The account that Storefact's own commands use: every right. */
  public static final Account STOREFACT = login("storefact", "ALL ON *.*");

  /**
   * Owns the readers' views, which select through its rights and row filters. Nobody logs in as it.
   */
  public static final Account VIEW_OWNER =
      new Account(
          "view_owner",
          Optional.empty(),
          List.of("SELECT ON star.*", "SELECT ON mart.*", "SELECT ON cfg.*", "SELECT ON ops.*"),
          Map.of(),
          Map.of());

  /** Keeps its own copies. */
  public Account {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "account name \"" + name + "\": use letters, digits and _, not starting with a digit");
    }
    grants = List.copyOf(grants);
    rowFilters = Map.copyOf(rowFilters);
    settings = Map.copyOf(settings);
  }

  /** An account whose password is the home's secret of the same name. */
  public static Account login(String name, String... grants) {
    return new Account(name, Optional.of(name), List.of(grants), Map.of(), Map.of());
  }

  /** The same account, reading only some rows of a table. */
  public Account filtering(String table, String condition) {
    Map<String, String> filters = new java.util.LinkedHashMap<>(rowFilters);
    filters.put(table, condition);
    return new Account(name, secretName, grants, filters, settings);
  }
}
