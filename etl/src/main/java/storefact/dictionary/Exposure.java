package storefact.dictionary;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import storefact.mart.ColumnLineage;
import storefact.report.Overview.Words;
import storefact.warehouse.Warehouse;

/**
 * Something that shows columns to people, so that a change of a column tells whom it touches.
 *
 * @param name stable name
 * @param kind what it is
 * @param title in both languages
 * @param columns what it shows or narrows by, as {@code database.table.column}
 */
public record Exposure(
    String name, Kind kind, Words title, SortedSet<ColumnLineage.Column> columns) {

  /** What shows columns. */
  public enum Kind {
    /** A chart of a dashboard. */
    CHART,
    /** A report mail. */
    MAIL,
    /** A page. */
    PAGE
  }

  /**
   * One that asks these statements: its columns are those that they read.
   *
   * @throws storefact.warehouse.WarehouseException if ClickHouse refuses a statement
   */
  public static Exposure of(
      Warehouse warehouse, String name, Kind kind, Words title, Collection<String> statements) {
    SortedSet<ColumnLineage.Column> columns = new TreeSet<>();
    for (String statement : statements) {
      columns.addAll(ColumnLineage.of(warehouse, statement).all());
    }
    return new Exposure(name, kind, title, columns);
  }
}
