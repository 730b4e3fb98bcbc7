package storefact.mart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The truth of a simulated chain is there to judge marts by: none may look at it. */
class TruthIsNotReadTest {

  @Test
  void noMartReadsTheDatabaseTruth() {
    for (Mart mart : Marts.ALL) {
      assertThat(mart.sources())
          .as(mart.name())
          .isNotEmpty()
          .noneMatch(source -> source.startsWith("truth."));
    }
  }

  @Test
  void noViewThatReadersOrMartsUseReadsTheDatabaseTruth() {
    try (TestWarehouse warehouse = TestWarehouse.empty()) {
      List<String> definitions =
          warehouse.lines(
              "SELECT concat(database, '.', name, ' ', as_select) FROM system.tables"
                  + " WHERE database IN ('dw', 'star', 'ops', 'cfg') AND as_select != '' FORMAT TSVRaw");

      assertThat(definitions).hasSizeGreaterThan(20).noneMatch(text -> text.contains("truth."));
    }
  }
}
