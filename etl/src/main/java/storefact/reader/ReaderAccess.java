package storefact.reader;

import static storefact.mart.ClickHouse.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.engine.Account;

/** What a list of readers means in ClickHouse: an account each, and which rows they see. */
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
   * Writes whose rows and members the readers see. Whoever is not on the list loses theirs, save
   * the account that asks.
   *
   * @throws storefact.warehouse.WarehouseException if the account of the connection may not write
   *     settings
   */
  public static void map(ClickHouseHttp http, List<Reader> readers) {
    List<Mapping> mappings =
        List.of(
            Mapping.of(
                readers,
                "region",
                reader -> reader.role().seesChain() ? List.of("*") : reader.regions()),
            Mapping.of(readers, "manager", Reader::managers));
    // A deletion runs in the background, where currentUser() is somebody else.
    String keeper = http.query("SELECT currentUser()");
    // First what is taken away: in between a reader sees less, never more.
    mappings.forEach(mapping -> mapping.takeAway(http, keeper));
    mappings.forEach(mapping -> mapping.add(http));
  }

  /**
   * Which readers have which regions or managers.
   *
   * @param column of {@code cfg.reader_<column>}, beside the reader
   * @param rows of the table, as ClickHouse writes them
   */
  private record Mapping(String column, List<String> rows) {
    static Mapping of(List<Reader> readers, String column, Function<Reader, List<String>> values) {
      List<String> rows = new ArrayList<>();
      for (Reader reader : readers) {
        for (String value : values.apply(reader)) {
          rows.add("(" + text(reader.name()) + ", " + text(value) + ")");
        }
      }
      return new Mapping(column, rows);
    }

    void takeAway(ClickHouseHttp http, String keeper) {
      http.query(
          "DELETE FROM %s WHERE reader != %s%s"
              .formatted(
                  table(),
                  text(keeper),
                  rows.isEmpty() ? "" : " AND " + key() + " NOT IN (" + all() + ")"));
    }

    void add(ClickHouseHttp http) {
      if (!rows.isEmpty()) {
        http.query(
            "INSERT INTO %1$s %2$s SELECT * FROM values('reader String, %3$s String', %4$s) WHERE %2$s NOT IN (SELECT reader, %3$s FROM %1$s)"
                .formatted(table(), key(), column, all()),
            Map.of("insert_deduplicate", "0"));
      }
    }

    private String table() {
      return "cfg.reader_" + column;
    }

    private String key() {
      return "(reader, " + column + ")";
    }

    private String all() {
      return String.join(", ", rows);
    }
  }
}
