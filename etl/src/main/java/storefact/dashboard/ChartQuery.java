package storefact.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a chart asks, as one statement: for lineage and for tests beside Superset's own. */
final class ChartQuery {
  private ChartQuery() {}

  /** What it reads: its statement, and where the names come from that this has as constants. */
  static List<String> reads(Chart chart, Language language) {
    List<String> columns = new ArrayList<>(chart.by());
    chart.axis().ifPresent(columns::add);
    chart.where().forEach(condition -> columns.add(condition.column()));
    List<String> reads = new ArrayList<>(new Dataset(chart.source(), language).lookups(columns));
    reads.addFirst(sql(chart, language));
    return reads;
  }

  static String sql(Chart chart, Language language) {
    Dataset dataset = new Dataset(chart.source(), language);
    List<String> fields = new ArrayList<>();
    chart
        .axis()
        .ifPresent(
            axis ->
                fields.add(
                    chart
                        .grain()
                        .map(grain -> grain.truncated(axis) + " AS x")
                        .orElse(axis + " AS x")));
    fields.addAll(chart.by());
    List<String> keys = fields.stream().map(field -> field.replaceFirst("^.* AS ", "")).toList();
    chart
        .figures()
        .forEach(
            figure ->
                fields.add(dataset.figures().get(figure).expression() + " AS " + figure + "_"));
    String where =
        chart.where().stream()
            .map(
                condition ->
                    "toString(%s) IN (%s)"
                        .formatted(
                            condition.column(),
                            condition.values().stream()
                                .map(value -> "'" + value.replace("'", "''") + "'")
                                .collect(Collectors.joining(", "))))
            .collect(Collectors.joining(" AND "));
    return "SELECT "
        + String.join(", ", fields)
        + "\nFROM (\n"
        + dataset.sql()
        + "\n)"
        + (where.isEmpty() ? "" : "\nWHERE " + where)
        + (keys.isEmpty() || chart.figures().isEmpty()
            ? ""
            : "\nGROUP BY " + String.join(", ", keys));
  }
}
