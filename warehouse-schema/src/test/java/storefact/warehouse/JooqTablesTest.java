package storefact.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.warehouse.engine.EmbeddedWarehouse;
import storefact.warehouse.engine.EngineOptions;
import storefact.warehouse.migration.Migrations;
import storefact.warehouse.migration.Topology;

/** The committed jOOQ tables are those of the migrations. */
class JooqTablesTest {

  private static final Path COMMITTED = Path.of("src/main/java");
  private static final String PACKAGE = "storefact/warehouse/jooq";

  @TempDir private Path folder;

  @Test
  void committedTablesAreThoseOfAFreshlyMigratedWarehouse() throws Exception {
    EmbeddedWarehouse warehouse = EmbeddedWarehouse.start(EngineOptions.defaults());
    WarehouseAddress address =
        new WarehouseAddress(
            "127.0.0.1", warehouse.engine().httpPort(), warehouse.user(), warehouse.password());
    try (ClickHouseHttp http = new ClickHouseHttp(address)) {
      new Migrations(http, Topology.SINGLE).run(_ -> {});
    }

    JooqTables.generate(address, folder);

    Map<String, String> generated = sources(folder.resolve(PACKAGE));
    if (Boolean.getBoolean("jooq.write")) {
      JooqTables.generate(address, COMMITTED);
    }
    assertThat(sources(COMMITTED.resolve(PACKAGE)))
        .as(
            "the jOOQ tables are stale; write them anew with: mvn -o -pl warehouse-schema"
                + " test -Dtest=JooqTablesTest -Djooq.write=true"
                + " and commit them")
        .isEqualTo(generated);
  }

  private static Map<String, String> sources(Path root) throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        sources.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return sources;
  }
}
