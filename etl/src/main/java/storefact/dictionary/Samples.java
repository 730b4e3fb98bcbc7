package storefact.dictionary;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import storefact.dictionary.Dictionary.ColumnEntry;
import storefact.report.Overview.Words;

/** Queries to begin with, made from what the columns of a view are. */
final class Samples {
  private static final int MOST_SUMS = 4;

  private Samples() {}

  /** A query with its title. */
  record Query(Words title, String sql) {}

  static List<Query> of(String view, List<ColumnEntry> columns) {
    List<Query> queries = new ArrayList<>();
    queries.add(new Query(new Words("Ten rows", "十行数据"), "SELECT *\nFROM " + view + "\nLIMIT 10"));
    Optional<String> day =
        columns.stream()
            .filter(column -> column.type().equals("Date"))
            .map(ColumnEntry::name)
            .filter(name -> name.equals("business_date") || name.equals("month"))
            .findFirst();
    day.ifPresent(date -> queries.add(byMonth(view, date, sums(columns))));
    Optional<ColumnEntry> group =
        columns.stream()
            .filter(column -> column.type().equals("LowCardinality(String)") && !column.personal())
            .reduce((first, last) -> day.isPresent() ? first : last);
    group.ifPresent(column -> queries.add(byGroup(view, column)));
    return queries;
  }

  private static List<String> sums(List<ColumnEntry> columns) {
    return columns.stream()
        .filter(column -> !column.unit().en().isEmpty() && column.type().contains("Decimal"))
        .filter(column -> !column.name().endsWith("price") && !column.name().endsWith("cost"))
        .map(ColumnEntry::name)
        .limit(MOST_SUMS)
        .toList();
  }

  private static Query byMonth(String view, String date, List<String> sums) {
    String month = date.equals("month") ? "month" : "toStartOfMonth(" + date + ") AS month";
    String values =
        sums.isEmpty()
            ? "count() AS row_count"
            : sums.stream().map(c -> "sum(%s) AS %1$s".formatted(c)).collect(joining(",\n  "));
    return new Query(
        new Words("By month", "按月汇总"),
        "SELECT\n  %s,\n  %s\nFROM %s\nGROUP BY month\nORDER BY month"
            .formatted(month, values, view));
  }

  private static Query byGroup(String view, ColumnEntry group) {
    return new Query(
        new Words("Rows by " + group.label().en(), "按" + group.label().zh() + "统计行数"),
        "SELECT %s, count() AS row_count\nFROM %s\nGROUP BY %1$s\nORDER BY row_count DESC\nLIMIT 20"
            .formatted(group.name(), view));
  }
}
