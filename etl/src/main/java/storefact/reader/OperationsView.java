package storefact.reader;

import static storefact.warehouse.jooq.dw.Tables.BUILD_LOG;
import static storefact.warehouse.jooq.dw.Tables.CHECK_RESULT;

import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;

/** A view of how the warehouse is kept, and those of its columns that readers may see. */
public final class OperationsView {
  /** Quality rules and how they came out. Not the sample: it may be a member's row. */
  public static final OperationsView CHECKS =
      new OperationsView(
          CHECK_RESULT,
          List.of(
              CHECK_RESULT.CHECKED_AT,
              CHECK_RESULT.MART,
              CHECK_RESULT.CHECK,
              CHECK_RESULT.SEVERITY,
              CHECK_RESULT.FAILURES,
              CHECK_RESULT.SECONDS,
              CHECK_RESULT.LATEST));

  /** Builds of marts. */
  public static final OperationsView BUILDS =
      new OperationsView(
          BUILD_LOG,
          List.of(
              BUILD_LOG.STARTED_AT,
              BUILD_LOG.ENVIRONMENT,
              BUILD_LOG.MART,
              BUILD_LOG.PARTITION,
              BUILD_LOG.WHY,
              BUILD_LOG.SECONDS,
              BUILD_LOG.ROWS,
              BUILD_LOG.OUTCOME));

  /** All of them. */
  public static final List<OperationsView> ALL = List.of(CHECKS, BUILDS);

  private final Table<?> view;
  private final List<TableField<?, ?>> columns;

  private OperationsView(Table<?> view, List<TableField<?, ?>> columns) {
    this.view = view;
    this.columns = List.copyOf(columns);
  }

  /** The view, without its database. */
  public Table<?> view() {
    return view;
  }

  /** What readers see of it; their comments describe them. */
  public List<TableField<?, ?>> columns() {
    return columns;
  }

  /** What follows GRANT: columns, never the view. */
  String grant() {
    return columns.stream()
        .map(Field::getName)
        .collect(Collectors.joining("`, `", "SELECT(`", "`) ON dw." + view.getName()));
  }
}
