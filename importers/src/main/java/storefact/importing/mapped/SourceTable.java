package storefact.importing.mapped;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A table of texts, read once from its first row to its last. Not thread-safe. */
sealed interface SourceTable extends Closeable permits DelimitedTable, WorkbookTable {

  /**
   * Opens a file by its ending and reads its header.
   *
   * @throws IOException if it cannot be read, or is no table
   */
  static SourceTable open(Path file, Mapping mapping) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file + "; check the path");
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".xlsx") || name.endsWith(".xlsm")) {
      return WorkbookTable.open(file, mapping);
    }
    if (name.endsWith(".xls") || name.endsWith(".et") || name.endsWith(".ods")) {
      throw new IOException(
          file + " is a workbook of a kind that is not read; save it as .xlsx or .csv");
    }
    return DelimitedTable.open(file, mapping);
  }

  Header header();

  /** The next row, or nothing behind the last. */
  Optional<SourceRow> next() throws IOException;

  /** Tells which columns feed days and moments: a workbook keeps those as numbers. */
  void dateColumns(Set<Integer> columns);

  /** How far the reading is, in the unit of {@link #length}. */
  long position();

  /** Bytes of the file, or 0 where the way through it cannot be told before its end. */
  long length();

  /** How a file of rejected rows is delimited so that the same mapping reads it. */
  char delimiter();

  /** How a file of rejected rows is quoted so that the same mapping reads it. */
  char quote();
}
