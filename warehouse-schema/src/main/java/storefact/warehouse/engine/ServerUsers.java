package storefact.warehouse.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import storefact.warehouse.Home;

/**
 * Says the accounts in SQL, for a server: the same accounts that {@link EngineUsers} renders for
 * the embedded engine, which takes none by SQL.
 */
public final class ServerUsers {
  /** A role without rights. Whoever has it was made here, and goes when the lists lack them. */
  public static final String MARK = "storefact_account";

  private ServerUsers() {}

  /**
   * Statements, in order, that make the accounts what they are to be, whatever they were before;
   * {@code {{on cluster}}} is to be filled in. Rights change by one statement for each account.
   *
   * @throws IllegalArgumentException if an account has row filters: a policy would narrow only
   *     accounts that it names, and leave a table open to the others or closed to all
   */
  public static List<String> statements(Home home, List<Account> accounts) {
    List<String> all = new ArrayList<>();
    all.add("CREATE ROLE IF NOT EXISTS " + MARK + " {{on cluster}}");
    for (Account account : accounts) {
      if (!account.rowFilters().isEmpty()) {
        throw new IllegalArgumentException(
            "account %s has row filters, which servers are not given".formatted(account.name()));
      }
      String password =
          EngineUsers.sha256(account.secretName().map(home::secret).orElseGet(Home::randomSecret));
      all.add(
          "CREATE USER IF NOT EXISTS %s {{on cluster}} IDENTIFIED WITH sha256_hash BY '%s' DEFAULT ROLE %s"
              .formatted(account.name(), password, MARK));
      all.add(
          "ALTER USER %s {{on cluster}} IDENTIFIED WITH sha256_hash BY '%s' HOST %s%s"
              .formatted(
                  account.name(),
                  password,
                  account.secretName().isPresent() ? "ANY" : "NONE",
                  settings(account)));
      all.add(
          account.grants().isEmpty()
              ? "REVOKE {{on cluster}} ALL ON *.* FROM " + account.name()
              : "GRANT {{on cluster}} %s TO %s WITH REPLACE OPTION"
                  .formatted(String.join(", ", account.grants()), account.name()));
    }
    return all;
  }

  /** Accounts of these names that were not made here, one a line. */
  public static String foreign(List<Account> accounts) {
    return "SELECT name FROM system.users WHERE name IN (%s) AND name NOT IN (SELECT user_name FROM system.role_grants WHERE granted_role_name = '%s') ORDER BY name"
        .formatted(names(accounts), MARK);
  }

  /** Accounts that were made here and are not among these, one a line. */
  public static String gone(List<Account> accounts) {
    return "SELECT user_name FROM system.role_grants WHERE granted_role_name = '%s' AND user_name != '' AND user_name NOT IN (%s) ORDER BY user_name"
        .formatted(MARK, names(accounts));
  }

  private static String names(List<Account> accounts) {
    return accounts.stream()
        .map(account -> "'" + account.name() + "'")
        .collect(Collectors.joining(", "));
  }

  private static String settings(Account account) {
    return account.settings().isEmpty()
        ? ""
        : new TreeMap<>(account.settings())
            .entrySet().stream()
                .map(setting -> setting.getKey() + " = " + setting.getValue())
                .collect(Collectors.joining(", ", " SETTINGS ", ""));
  }
}
