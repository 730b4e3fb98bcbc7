package storefact.dashboard;

import java.util.List;
import java.util.Optional;
import storefact.reader.Role;
import storefact.report.Overview.Words;

/**
 * A dashboard, as its file says it.
 *
 * @param name of the file, and in addresses
 * @param about whom it serves and with what
 * @param readers who may open it
 * @param filters in the order of the bar
 * @param rows from top to bottom
 */
record Dashboard(
    String name,
    Words title,
    Words about,
    List<Role> readers,
    List<Filter> filters,
    List<Row> rows) {

  /** A choice of the reader: a column's values, or days where there is none. */
  record Filter(Words title, Optional<String> column) {}

  /** Charts side by side, so many units of eight pixels high. */
  record Row(int height, List<Chart> charts) {}

  Optional<Chart> chart(String name) {
    return charts().stream().filter(chart -> chart.name().equals(name)).findFirst();
  }

  List<Chart> charts() {
    return rows.stream().flatMap(row -> row.charts().stream()).toList();
  }
}
