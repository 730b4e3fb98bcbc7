package storefact.simulator.truth;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes one file of a table of truth; it appears under its name when it is closed. */
public final class TruthWriter implements AutoCloseable {

  private final Path part;
  private final Path file;
  private final BufferedWriter out;
  private final TruthTable table;

  /**
   * Begins a file.
   *
   * @param truth folder of the truth
   * @param name of the file, without its ending
   * @throws IOException if it cannot be written
   */
  public TruthWriter(Path truth, TruthTable table, String name) throws IOException {
    Path folder = Files.createDirectories(truth.resolve(table.table()));
    this.table = table;
    this.file = folder.resolve(name + ".csv");
    this.part = folder.resolve("." + name + ".csv.part");
    this.out =
        new BufferedWriter(
            new OutputStreamWriter(Files.newOutputStream(part), StandardCharsets.UTF_8));
    out.write(table.header());
    out.write('\n');
  }

  /**
   * One row, values in the order of the table's columns; null is empty.
   *
   * @throws IOException if it cannot be written
   */
  public void row(Object... values) throws IOException {
    if (values.length != table.columns().size()) {
      throw new IllegalArgumentException(
          table.table() + " has " + table.columns().size() + " columns, not " + values.length);
    }
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      String text = values[i] == null ? "" : values[i].toString();
      if (text.indexOf(',') >= 0 || text.indexOf('"') >= 0) {
        text = '"' + text.replace("\"", "\"\"") + '"';
      }
      out.write(text);
    }
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
