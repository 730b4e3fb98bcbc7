package storefact.cli;

import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.Home;
import storefact.warehouse.engine.Account;

/** On a server the accounts are made by SQL; the embedded engine has them in its users file. */
final class ServerAccounts {

  private ServerAccounts() {}

  /**
   * Creates the owner of the readers' views where it is missing.
   *
   * @throws storefact.warehouse.WarehouseException if the user of the address may not create users
   */
  static void create(ClickHouseHttp http) {
    Account owner = Account.VIEW_OWNER;
    if (!http.query("SELECT count() FROM system.users WHERE name = '" + owner.name() + "'")
        .equals("0")) {
      return;
    }
    // Nobody logs in as it: a password that nobody keeps, and no host to come from.
    http.query(
        "CREATE USER %s IDENTIFIED WITH sha256_password BY '%s' HOST NONE"
            .formatted(owner.name(), Home.randomSecret()));
    for (String grant : owner.grants()) {
      http.query("GRANT " + grant + " TO " + owner.name());
    }
  }
}
