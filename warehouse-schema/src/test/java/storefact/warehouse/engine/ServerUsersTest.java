package storefact.warehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storefact.warehouse.Home;
import storefact.warehouse.migration.Topology;

/**
 * The accounts in SQL. The embedded engine parses the statements and answers the questions; it
 * takes no account by SQL, and no server can be installed here to run them on.
 */
class ServerUsersTest {
  private static final Account READER =
      new Account(
          "manager_north",
          Optional.of("manager_north"),
          List.of("SELECT ON dw.daily_sales", "SELECT(mart, failures) ON dw.check_result"),
          Map.of(),
          Map.of("readonly", "1", "max_execution_time", "60"));
  private static final Account NOBODY =
      new Account("nobody", Optional.of("nobody"), List.of(), Map.of(), Map.of());

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Topology.class)
  void theEngineParsesEveryStatement(Topology topology) {
    EmbeddedWarehouse warehouse = EmbeddedWarehouse.shared();
    List<String> statements =
        ServerUsers.statements(Home.at(folder), List.of(Account.VIEW_OWNER, READER, NOBODY));
    assertThat(statements).hasSize(1 + 3 * 3);
    for (String statement : statements) {
      for (String rendered : topology.render(statement)) {
        assertThat(warehouse.query("EXPLAIN AST " + rendered)).as(rendered).contains("Query");
      }
    }
  }

  @Test
  void anAccountGetsItsRightsAndSettingsAndNothingElse() {
    Home home = Home.at(folder);
    List<String> statements = ServerUsers.statements(home, List.of(READER, NOBODY));
    assertThat(statements)
        .contains(
            "GRANT {{on cluster}} SELECT ON dw.daily_sales, SELECT(mart, failures) ON dw.check_result TO manager_north WITH REPLACE OPTION",
            "REVOKE {{on cluster}} ALL ON *.* FROM nobody")
        .anyMatch(s -> s.endsWith(" HOST ANY SETTINGS max_execution_time = 60, readonly = 1"))
        .noneMatch(s -> s.contains(home.secret("manager_north")));
    assertThat(ServerUsers.statements(home, List.of(Account.VIEW_OWNER)))
        .anyMatch(s -> s.endsWith(" HOST NONE"));
  }

  @Test
  void accountsOfOthersAreToldFromOurs() {
    EmbeddedWarehouse warehouse = EmbeddedWarehouse.shared();
    List<Account> accounts = List.of(READER, Account.STOREFACT);
    assertThat(warehouse.query(ServerUsers.foreign(accounts))).isEqualTo("storefact");
    assertThat(warehouse.query(ServerUsers.gone(accounts))).isEmpty();
  }

  @Test
  void anAccountWithRowFiltersIsRefused() {
    Account narrowed = READER.filtering("star.store", "region = 'North China'");
    assertThatThrownBy(() -> ServerUsers.statements(Home.at(folder), List.of(narrowed)))
        .hasMessageContaining("manager_north");
  }
}
