package storefact.warehouse.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets in, and what they see. */
class EngineAccessTest {
  private static EmbeddedWarehouse warehouse;

  @BeforeAll
  static void withTwoReaders() {
    Account owner =
        Account.VIEW_OWNER.filtering(
            "star.fact",
            "region IN (SELECT region FROM cfg.reader_region WHERE reader = currentUser() AND 1 < 2)");
    warehouse =
        EmbeddedWarehouse.start(
            EngineOptions.defaults()
                .withAccounts(
                    List.of(
                        Account.STOREFACT,
                        owner,
                        Account.login("reader_north", "SELECT ON mart.sales"),
                        Account.login("reader_nowhere", "SELECT ON mart.sales"),
                        new Account(
                            "nobody",
                            Optional.of("nobody"),
                            List.of(),
                            java.util.Map.of(),
                            java.util.Map.of("max_threads", "1")))));
  }

  @ParameterizedTest
  @CsvSource({
    "storefact,''",
    "storefact,wrong",
    "default,''",
    "default,wrong",
    "view_owner,''",
    "view_owner,wrong",
    "'',''",
    "stranger,''"
  })
  void nobodyEntersWithoutTheRightPassword(String user, String password) throws IOException {
    assertThat(Wire.query(port(), user, password, "SELECT 1").status()).isNotEqualTo(200);
  }

  @Test
  void theRightPasswordEntersByHttpNativeAndJdbc() throws Exception {
    assertThat(warehouse.query("SELECT currentUser()")).isEqualTo("storefact");
    assertThat(NativeHello.answer(warehouse.engine(), "storefact", warehouse.password())).isZero();
    try (Connection connection =
            DriverManager.getConnection(
                warehouse.jdbcUrl(), warehouse.user(), warehouse.password());
        ResultSet row = connection.createStatement().executeQuery("SELECT timezone(), version()")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("UTC");
      assertThat(row.getString(2)).isEqualTo(warehouse.engine().version());
    }
  }

  @Test
  void defaultStaysOutHoweverItAsks() throws IOException {
    for (String wish :
        List.of("max_sessions_for_user=9", "session_id=x", "profile=default", "query=SELECT+1")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
        socket
            .getOutputStream()
            .write(
                ("POST /?" + wish + " HTTP/1.0\r\nContent-Length: 8\r\n\r\nSELECT 1")
                    .getBytes(UTF_8));
        String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        assertThat(answer)
            .as(wish)
            .doesNotStartWith("HTTP/1.0 200")
            .doesNotStartWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void readersSeeTheirRowsThroughTheOwnersView() throws IOException {
    warehouse.query("CREATE DATABASE star");
    warehouse.query("CREATE DATABASE mart");
    warehouse.query("CREATE DATABASE cfg");
    warehouse.query("CREATE TABLE star.fact (region String, amount Int32) ORDER BY region");
    warehouse.query("INSERT INTO star.fact VALUES ('north', 1), ('south', 2)");
    warehouse.query(
        "CREATE TABLE cfg.reader_region (reader String, region String) ORDER BY reader");
    warehouse.query("INSERT INTO cfg.reader_region VALUES ('reader_north', 'north')");
    warehouse.query(
        "CREATE VIEW mart.sales DEFINER = view_owner SQL SECURITY DEFINER AS SELECT * FROM star.fact");

    assertThat(ask("reader_north", "SELECT * FROM mart.sales").body()).isEqualTo("north\t1\n");
    assertThat(ask("reader_nowhere", "SELECT count() FROM mart.sales").body()).isEqualTo("0\n");
    assertThat(ask("reader_north", "SELECT * FROM star.fact").body()).contains("ACCESS_DENIED");
    assertThat(ask("nobody", "SELECT * FROM mart.sales").body()).contains("ACCESS_DENIED");
    assertThat(ask("nobody", "SELECT getSetting('max_threads')").body()).isEqualTo("1\n");
    assertThat(warehouse.query("SELECT sum(amount) FROM star.fact")).isEqualTo("3");
  }

  @Test
  void listensOnLoopbackOnly() throws IOException {
    try (Stream<String> v4 = Files.lines(Path.of("/proc/net/tcp"));
        Stream<String> v6 = Files.lines(Path.of("/proc/net/tcp6"))) {
      List<String> listening =
          Stream.concat(v4, v6)
              .map(line -> line.strip().split("\\s+"))
              .filter(columns -> columns[3].equals("0A"))
              .map(columns -> columns[1])
              .filter(address -> ours(address))
              .toList();
      assertThat(listening).hasSize(2).allMatch(address -> address.startsWith("0100007F:"));
    }
  }

  private static boolean ours(String address) {
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    return port == warehouse.engine().httpPort() || port == warehouse.engine().tcpPort();
  }

  @Test
  void secretsAndConfigurationAreTheOwnersAlone() throws IOException {
    assertThat(warehouse.password()).matches("[A-Za-z0-9]{32}");
    assertThat(mode(warehouse.home().secrets())).isEqualTo("rwx------");
    assertThat(mode(warehouse.home().engine())).isEqualTo("rwx------");
    for (Path file :
        List.of(
            warehouse.home().secrets().resolve("storefact"),
            EngineConfig.users(warehouse.home()),
            EngineConfig.config(warehouse.home()))) {
      assertThat(mode(file)).as(file.toString()).isEqualTo("rw-------");
    }
    try (Stream<Path> secrets = Files.list(warehouse.home().secrets())) {
      assertThat(secrets.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("storefact", "nobody", "reader_north", "reader_nowhere");
    }
  }

  @Test
  void noAccountIsWithoutPasswordAndReadersReadNoFiles() throws IOException {
    assertThat(
            warehouse.query("SELECT count() FROM system.users WHERE has(auth_type, 'no_password')"))
        .isEqualTo("0");
    assertThat(ask("reader_north", "SELECT * FROM file('in.tsv', 'LineAsString')").body())
        .contains("ACCESS_DENIED");
    Files.writeString(warehouse.home().engine().resolve("user_files/in.tsv"), "7\n");
    assertThat(warehouse.query("SELECT * FROM file('in.tsv', 'TSV', 'x Int32')")).isEqualTo("7");
  }

  @Test
  void bigGroupingsSpillInsteadOfFailing() {
    assertThat(
            warehouse.query(
                "SELECT count() FROM (SELECT number, max(toString(number)) FROM numbers(12000000) GROUP BY number)"))
        .isEqualTo("12000000");
  }

  private static int port() {
    return warehouse.engine().httpPort();
  }

  private static Wire.Reply ask(String user, String sql) throws IOException {
    return Wire.query(port(), user, warehouse.home().secret(user), sql);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
