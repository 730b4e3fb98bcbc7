package storefact.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.impl.DSL;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.Warehouse;
import storefact.warehouse.engine.Account;

/** What a list of readers means in ClickHouse: an account each, and whose rows they see. */
public final class ReaderAccess {
  /** Who asks without being a reader: no grant at all. */
  public static final String NOBODY = "nobody";

  /**
   * Readers change nothing, not even settings; a question ends after a minute. The cache of
   * conditions is off: it knows questions by their text, and the readers' views answer the same
   * text differently.
   */
  private static final Map<String, String> SETTINGS =
      Map.of("max_execution_time", "60", "use_query_condition_cache", "0", "readonly", "1");

  private ReaderAccess() {}

  /** The accounts; their passwords are the home's secrets of their names. */
  public static List<Account> accounts(List<Reader> readers) {
    List<Account> accounts = new ArrayList<>();
    accounts.add(account(NOBODY, List.of()));
    readers.forEach(reader -> accounts.add(account(reader.name(), reader.role().grants())));
    return accounts;
  }

  private static Account account(String name, List<String> grants) {
    return new Account(name, Optional.of(name), grants, Map.of(), SETTINGS);
  }

  /**
   * Writes whose rows the readers see. Whoever is not on the list loses theirs, save the account
   * that asks.
   *
   * @throws storefact.warehouse.WarehouseException if the account of the connection may not write
   *     settings
   */
  public static void map(ClickHouseHttp http, List<Reader> readers) {
    List<String> rows = new ArrayList<>();
    for (Reader reader : readers) {
      List<String> regions = reader.role().seesChain() ? List.of("*") : reader.regions();
      regions.forEach(region -> rows.add("(" + text(reader.name()) + ", " + text(region) + ")"));
    }
    String all = rows.stream().collect(Collectors.joining(", "));
    // A deletion runs in the background, where currentUser() is somebody else.
    String keeper = http.query("SELECT currentUser()");
    // First what is taken away: in between a reader sees less, never more.
    http.query(
        "DELETE FROM cfg.reader_region WHERE reader != "
            + text(keeper)
            + (rows.isEmpty() ? "" : " AND (reader, region) NOT IN (" + all + ")"));
    if (!rows.isEmpty()) {
      http.query(
          "INSERT INTO cfg.reader_region (reader, region) SELECT * FROM values('reader String, region String', "
              + all
              + ") WHERE (reader, region) NOT IN (SELECT reader, region FROM cfg.reader_region)",
          Map.of("insert_deduplicate", "0"));
    }
  }

  private static String text(String value) {
    return Warehouse.renderer().render(DSL.inline(value.replace("\\", "\\\\")));
  }
}
