package storefact.warehouse.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import storefact.warehouse.Home;

/** Renders {@code users.xml} from the accounts. It holds hashes of passwords only. */
final class EngineUsers {
  private EngineUsers() {}

  static String render(Home home, EngineOptions options, EngineKind kind) {
    StringBuilder profiles = new StringBuilder();
    StringBuilder users = new StringBuilder(ownSession(kind));
    for (Account account : options.accounts()) {
      profiles.append(profile(account));
      users.append(user(home, account));
    }
    return """
        <clickhouse>
          <!-- accounts %s -->
          <profiles>
            <default>
              <max_memory_usage>%d</max_memory_usage>
              <max_bytes_before_external_group_by>400000000</max_bytes_before_external_group_by>
              <max_bytes_before_external_sort>400000000</max_bytes_before_external_sort>
              <async_insert>0</async_insert>
            </default>
            <own_session><max_sessions_for_user>1</max_sessions_for_user></own_session>
        %s  </profiles>
          <quotas><default/></quotas>
          <users>
        %s  </users>
        </clickhouse>
        """
        .formatted(fingerprint(options), options.memory() * 2 / 3, profiles, users);
  }

  /** Tells one set of accounts and rights from another; passwords stay the same. */
  static String fingerprint(EngineOptions options) {
    return sha256(
        options.accounts().stream()
            .map(
                account ->
                    String.join(
                        "|",
                        account.name(),
                        account.grants().toString(),
                        new TreeMap<>(account.rowFilters()).toString(),
                        new TreeMap<>(account.settings()).toString()))
            .sorted()
            .toList()
            .toString());
  }

  /**
   * clickhouse-local logs itself in as "default" from 127.0.0.1 with an empty password, and nothing
   * can change that. So that nobody else can: its one session is all that the account may have, it
   * begins before the listeners open and lasts as long as they do. Its rights are those of the
   * statements that the host runs. A real server has no such session; there the account gets a
   * random password.
   */
  private static String ownSession(EngineKind kind) {
    return switch (kind) {
      case LIBRARY ->
          userXml(
              "default",
              "",
              "own_session",
              "<query>GRANT SYSTEM LISTEN ON *.*</query><query>GRANT FILE, READ, CREATE TEMPORARY TABLE ON *.*</query>",
              "");
      case BINARY ->
          userXml(
              "default",
              Home.randomSecret(),
              "own_session",
              "<query>REVOKE ALL ON *.*</query>",
              "");
    };
  }

  private static String profile(Account account) {
    StringBuilder settings = new StringBuilder();
    new TreeMap<>(account.settings())
        .forEach(
            (name, value) ->
                settings.append("<%s>%s</%1$s>".formatted(name, EngineConfig.xml(value))));
    return "    <account_%s><profile>default</profile>%s</account_%1$s>\n"
        .formatted(account.name(), settings);
  }

  private static String user(Home home, Account account) {
    StringBuilder grants = new StringBuilder();
    for (String grant : account.grants()) {
      grants.append("<query>GRANT %s</query>".formatted(EngineConfig.xml(grant)));
    }
    if (account.grants().isEmpty()) {
      // Without any grant the engine would give an account all rights.
      grants.append("<query>REVOKE ALL ON *.*</query>");
    }
    String password = account.secretName().map(home::secret).orElseGet(Home::randomSecret);
    return userXml(
        account.name(), password, "account_" + account.name(), grants.toString(), filters(account));
  }

  private static String filters(Account account) {
    if (account.rowFilters().isEmpty()) {
      return "";
    }
    StringBuilder databases = new StringBuilder("<databases>");
    for (Map.Entry<String, String> filter : new TreeMap<>(account.rowFilters()).entrySet()) {
      String[] table = filter.getKey().split("\\.", -1);
      if (table.length != 2) {
        throw new IllegalArgumentException(
            "row filter on \"" + filter.getKey() + "\": name the table as database.table");
      }
      databases.append(
          "<%s><%s><filter>%s</filter></%2$s></%1$s>"
              .formatted(table[0], table[1], EngineConfig.xml(filter.getValue())));
    }
    return databases.append("</databases>").toString();
  }

  private static String userXml(
      String name, String password, String profile, String grants, String databases) {
    return """
            <%s>
              <password_sha256_hex>%s</password_sha256_hex>
              <networks><ip>127.0.0.1</ip></networks>
              <profile>%s</profile>
              <quota>default</quota>
              <grants>%s</grants>
              %s
            </%1$s>
        """
        .formatted(name, sha256(password), profile, grants, databases);
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
