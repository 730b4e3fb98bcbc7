package storefact.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.event.LineFormat;
import storefact.simulator.truth.TruthTable;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.engine.EmbeddedWarehouse;

class TruthDatabaseTest {

  @Test
  void loadsEveryTableWithItsCommentsAndAgain(@TempDir Path folder) throws Exception {
    SimulatedDrop drop =
        SimulatedDrop.run(SimulatedDrop.settings(folder, 4, 300, 120, LineFormat.NDJSON, 0.01, 2));
    EmbeddedWarehouse warehouse = EmbeddedWarehouse.shared();
    WarehouseAddress address =
        new WarehouseAddress(
            "127.0.0.1", warehouse.engine().httpPort(), warehouse.user(), warehouse.password());
    try (ClickHouseHttp http = new ClickHouseHttp(address)) {
      TruthDatabase truth = new TruthDatabase(http);
      long rows = truth.load(drop.settings.truth(), _ -> {});
      assertThat(truth.load(drop.settings.truth(), _ -> {})).isEqualTo(rows);
      long found = 0;
      for (TruthTable table : TruthTable.values()) {
        long count = Long.parseLong(http.query("SELECT count() FROM truth." + table.table()));
        assertThat(count).as(table.table()).isEqualTo(drop.truth(table).size());
        found += count;
      }
      assertThat(found).isEqualTo(rows);
      assertThat(
              http.query(
                  "SELECT count() FROM system.tables WHERE database = 'truth' AND comment = ''"))
          .isEqualTo("0");
      assertThat(
              http.query(
                  "SELECT count() FROM system.columns WHERE database = 'truth' AND comment = ''"))
          .isEqualTo("0");
      assertThat(http.query("SELECT count() FROM system.tables WHERE database = 'truth'"))
          .isEqualTo(Integer.toString(TruthTable.values().length));
      assertThat(http.query("SELECT countIf(left_on IS NULL) > 0 FROM truth.member"))
          .isEqualTo("1");
    }
  }
}
