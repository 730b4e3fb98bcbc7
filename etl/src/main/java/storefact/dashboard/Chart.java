package storefact.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import storefact.report.Overview.Words;

/**
 * A chart of a dashboard, as its file says it.
 *
 * @param name within the dashboard
 * @param kind how it is drawn
 * @param title in both languages
 * @param about what question it answers
 * @param source whose columns it shows
 * @param width of the twelve columns of a dashboard
 * @param x column along the axis
 * @param grain to which a date on the axis is truncated
 * @param by columns that split it, or columns of a table
 * @param figures metrics, or {@code sum_<column>}
 * @param where which rows
 * @param order figure or column by which it is sorted
 * @param ascending whether the lowest comes first
 * @param limit most rows or bars
 * @param stacked whether figures are stacked
 */
record Chart(
    String name,
    Kind kind,
    Words title,
    Words about,
    Source source,
    int width,
    Optional<String> x,
    Optional<Grain> grain,
    List<String> by,
    List<String> figures,
    List<Where> where,
    Optional<String> order,
    boolean ascending,
    int limit,
    boolean stacked) {

  private static final Set<String> OF_DAYS = Set.of("business_date", "seven_days_ending");

  /** How a chart is drawn. */
  enum Kind {
    /** One figure, its line over periods, and the change against the period before. */
    NUMBER,
    /** Lines over time. */
    LINE,
    /** Columns along an axis of time or order. */
    COLUMN,
    /** Bars of names, the longest on top. */
    BAR,
    /** Flows from what one column names to what another does. */
    SANKEY,
    /** Provinces of China by ISO 3166-2 code, the darker the more. */
    MAP,
    /** Figures by columns. */
    TABLE,
    /** Rows as they are. */
    ROWS
  }

  /** To what a date is truncated. */
  enum Grain {
    DAY("P1D", "toStartOfDay(toDateTime(%s))"),
    WEEK("P1W", "toMonday(%s)"),
    MONTH("P1M", "toStartOfMonth(%s)");

    private final String superset;
    private final String clickHouse;

    Grain(String superset, String clickHouse) {
      this.superset = superset;
      this.clickHouse = clickHouse;
    }

    String superset() {
      return superset;
    }

    String truncated(String column) {
      return clickHouse.formatted(column);
    }
  }

  /** Rows whose column has one of some values. */
  record Where(String column, List<String> values) {}

  Chart titled(Words newTitle, Words newAbout) {
    return new Chart(
        name, kind, newTitle, newAbout, source, width, x, grain, by, figures, where, order,
        ascending, limit, stacked);
  }

  Chart wide(int newWidth) {
    return new Chart(
        name, kind, title, about, source, newWidth, x, grain, by, figures, where, order, ascending,
        limit, stacked);
  }

  /** The column on the axis: truncated dates have a copy of their own. */
  Optional<String> axis() {
    return x.map(column -> grain.isPresent() ? column + Dataset.AXIS : column);
  }

  /** Whether its axis tells business days or weeks, so that marks can explain what stands out. */
  boolean showsDays() {
    return (kind == Kind.LINE || kind == Kind.COLUMN)
        && x.filter(OF_DAYS::contains).isPresent()
        && grain.filter(Grain.MONTH::equals).isEmpty();
  }

  /** Whether it is a picture, not a table. */
  boolean isDrawn() {
    return kind != Kind.TABLE && kind != Kind.ROWS;
  }

  /** Every column that it names. */
  List<String> columns() {
    List<String> all = new ArrayList<>();
    axis().ifPresent(all::add);
    all.addAll(by);
    where.forEach(condition -> all.add(condition.column()));
    return all;
  }
}
