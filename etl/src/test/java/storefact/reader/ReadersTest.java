package storefact.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storefact.warehouse.Home;

/** A home's list of readers: written, read, and refused by name. */
class ReadersTest {
  @TempDir private Path folder;
  private Home home;

  @BeforeEach
  void aHome() {
    home = Home.at(folder);
  }

  @Test
  void aFirstListIsReadAsItWasWritten() {
    List<Reader> first =
        Readers.first(List.of("East China", "华东", "华北"), List.of("CM1-1", "CM1 1", "经理\"甲"));
    assertThat(Readers.writeFirst(home, first)).isTrue();
    assertThat(Readers.of(home)).isEqualTo(first);
    assertThat(first)
        .extracting(Reader::name)
        .doesNotHaveDuplicates()
        .contains("manager_east_china", "manager_without_region", "customer_manager_cm1_1");
    assertThat(Readers.writeFirst(home, List.of())).isFalse();
  }

  @Test
  void aCustomerManagerHasOneCodeOrSeveralOrNone() throws IOException {
    assertThat(managers("manager: CM1")).containsExactly("CM1");
    assertThat(managers("manager: 17")).containsExactly("17");
    assertThat(managers("manager: [CM1, CM2]")).containsExactly("CM1", "CM2");
    assertThat(managers("regions: []")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "role: analyst, manager: CM1 | \"x\" is analyst and sees the whole chain: take away manager, or make it customer_manager",
        "role: regional_manager, manager: CM1 | take away manager, or make it customer_manager",
        "role: customer_manager, regions: [North] | take away regions, or make it regional_manager",
        "role: executive, regions: [North] | take away regions",
        "role: customer_manager, manager: '' | not empty",
        "role: customer_manager, managers: CM1 | nothing else",
        "role: customermanager | choose one of",
        "role: regional_manager, regions: ['*'] | not empty and not *",
      })
  void whatCannotBeIsRefused(String rest, String message) throws IOException {
    write("{name: x, " + rest + "}");
    assertThatThrownBy(() -> Readers.of(home))
        .hasMessageContaining("readers.yaml")
        .hasMessageContaining(message);
  }

  private List<String> managers(String entry) throws IOException {
    write("{name: x, role: customer_manager, " + entry + "}");
    return Readers.of(home).getFirst().managers();
  }

  private void write(String entry) throws IOException {
    Files.writeString(Readers.file(home), "- " + entry + "\n");
  }
}
