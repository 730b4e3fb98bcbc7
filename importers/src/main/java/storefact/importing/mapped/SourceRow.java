package storefact.importing.mapped;

import java.util.List;

/**
 * One row of a source.
 *
 * @param number the line in its text file, or the row in its sheet, where the row begins; from 1
 * @param cells texts in the order of the columns
 */
record SourceRow(long number, List<String> cells) {

  boolean isBlank() {
    for (String cell : cells) {
      if (!Value.stripped(cell).isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
