package storefact.cli;

import java.util.ArrayList;
import java.util.List;
import storefact.reader.ReaderAccess;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.Home;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.WarehouseException;
import storefact.warehouse.engine.Account;
import storefact.warehouse.engine.ServerUsers;
import storefact.warehouse.migration.Topology;

/**
 * The accounts on a server. Not tried on one: no package that this project can install has a
 * ClickHouse server, and the embedded engine takes no accounts by SQL. The engine parses the
 * statements in tests; docs/decisions/readers.md says so, too.
 */
final class ServerAccounts {
  private static final int ACCESS_DENIED = 497;

  private ServerAccounts() {}

  /**
   * Creates the owner of the readers' views where it is missing.
   *
   * @throws WarehouseException if the user of the address may not create users
   */
  static void createOwner(ClickHouseHttp http, Home home, Topology topology) {
    Account owner = Account.VIEW_OWNER;
    if (http.query("SELECT count() FROM system.users WHERE name = '" + owner.name() + "'")
        .equals("0")) {
      run(http, topology, ServerUsers.statements(home, List.of(owner)));
    }
  }

  /**
   * Makes the readers' accounts what their list says; who is not on it any more has none.
   *
   * @throws IllegalStateException if somebody else made an account of such a name, or if the server
   *     lets accounts read its system tables without a grant
   * @throws WarehouseException if the user of the address may not create users
   */
  static void bring(WarehouseAddress address, Home home, Topology topology, List<Account> readers) {
    try (ClickHouseHttp http = new ClickHouseHttp(address)) {
      String foreign = http.query(ServerUsers.foreign(readers));
      if (!foreign.isEmpty()) {
        throw new IllegalStateException(
            "%s has accounts %s that Storefact did not make: name the readers otherwise in readers.yaml, or drop the accounts"
                .formatted(address, foreign.lines().toList()));
      }
      List<Account> kept = new ArrayList<>(readers);
      kept.add(Account.VIEW_OWNER);
      for (String name : http.query(ServerUsers.gone(kept)).lines().toList()) {
        run(http, topology, List.of("DROP USER IF EXISTS " + name + " {{on cluster}}"));
      }
      run(http, topology, ServerUsers.statements(home, readers));
    }
    requireClosedSystem(address, home);
  }

  private static void run(ClickHouseHttp http, Topology topology, List<String> statements) {
    statements.forEach(statement -> topology.render(statement).forEach(http::query));
  }

  /** What other readers ask, and what tables hold, stands in system tables. */
  private static void requireClosedSystem(WarehouseAddress address, Home home) {
    String nobody = ReaderAccess.NOBODY;
    WarehouseAddress asNobody =
        new WarehouseAddress(address.host(), address.httpPort(), nobody, home.secret(nobody));
    try (ClickHouseHttp http = new ClickHouseHttp(asNobody)) {
      http.query("SELECT count() FROM system.parts");
    } catch (WarehouseException refused) {
      if (refused.code() == ACCESS_DENIED) {
        return;
      }
      throw refused;
    }
    throw new IllegalStateException(
        "%s lets every account read its system tables: set access_control_improvements.select_from_system_db_requires_grant to true in its configuration, then run this again"
            .formatted(address));
  }
}
