package storefact.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import storefact.simulator.truth.TruthTable;
import storefact.warehouse.ClickHouseHttp;

/**
 * The database {@code truth}: what a simulation drew and planted, to judge marts and models by. No
 * mart reads it, and no reader's account has a right to it.
 */
public final class TruthDatabase {

  private static final int CHUNK_BYTES = 8 << 20;

  private final ClickHouseHttp http;

  /** The database of a warehouse, asked as a user who may create databases. */
  public TruthDatabase(ClickHouseHttp http) {
    this.http = http;
  }

  /**
   * Replaces the tables by what the files say.
   *
   * @param truth folder of the truth, see {@link SimulationSettings#truth()}
   * @param progress is told which table is under way
   * @return rows loaded
   * @throws IOException if a file cannot be read
   * @throws storefact.warehouse.WarehouseException if the warehouse refuses a statement
   */
  public long load(Path truth, Consumer<String> progress) throws IOException {
    http.query(
        "CREATE DATABASE IF NOT EXISTS truth COMMENT 'What a simulation drew and planted; no mart"
            + " may read it'");
    long rows = 0;
    for (TruthTable table : TruthTable.values()) {
      progress.accept("truth: " + table.table());
      // Filled aside and put in place as a whole: nobody sees half a table.
      http.query(create(table));
      for (Path file : files(truth.resolve(table.table()))) {
        rows += insert(table, file);
      }
      http.query("CREATE TABLE IF NOT EXISTS truth." + table.table() + " AS truth." + aside(table));
      http.query("EXCHANGE TABLES truth." + table.table() + " AND truth." + aside(table));
      http.query("DROP TABLE truth." + aside(table));
    }
    return rows;
  }

  private static String aside(TruthTable table) {
    return table.table() + "_loading";
  }

  private static String create(TruthTable table) {
    String columns =
        table.columns().stream()
            .map(column -> column.name() + " " + column.type() + " COMMENT " + text(column.about()))
            .collect(Collectors.joining(", "));
    return "CREATE OR REPLACE TABLE truth."
        + aside(table)
        + " ("
        + columns
        + ") ENGINE = MergeTree ORDER BY tuple() COMMENT "
        + text(table.about());
  }

  private static String text(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file -> {
                String name = String.valueOf(file.getFileName());
                return name.endsWith(".csv") && !name.startsWith(".");
              })
          .sorted()
          .toList();
    }
  }

  private long insert(TruthTable table, Path file) throws IOException {
    long rows = 0;
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      boolean header = true;
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        line.write(b);
        if (b != '\n') {
          continue;
        }
        if (header) {
          header = false;
        } else {
          line.writeTo(chunk);
          rows++;
        }
        line.reset();
        if (chunk.size() >= CHUNK_BYTES) {
          send(table, chunk);
        }
      }
    }
    send(table, chunk);
    return rows;
  }

  private void send(TruthTable table, ByteArrayOutputStream chunk) {
    if (chunk.size() > 0) {
      http.insert(
          "INSERT INTO truth." + aside(table) + " (" + table.header() + ") FORMAT CSV",
          Map.of("input_format_csv_empty_as_default", "1"),
          chunk.toByteArray(),
          "");
      chunk.reset();
    }
  }
}
