package storefact.dashboard;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.TableField;
import storefact.dictionary.Translations;
import storefact.mart.ColumnType;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Marts;
import storefact.mart.stock.DemandForecast;
import storefact.reader.OperationsView;
import storefact.reader.Role;
import storefact.report.Overview.Words;

/**
 * What charts draw from: a mart, or a view of how the warehouse is kept.
 *
 * @param name of the readers' view, without its database
 * @param about what a row is
 * @param mart empty for a view
 * @param view empty for a mart
 */
record Source(
    String name,
    Words about,
    List<Field> fields,
    Optional<Mart> mart,
    Optional<OperationsView> view) {

  /** {@code description [unit] | english | chinese}. */
  private static final Pattern COMMENT =
      Pattern.compile("(.*?)(?: \\[(.*)])? \\| (.*) \\| (.*)", Pattern.DOTALL);

  /**
   * A column of it.
   *
   * @param type in ClickHouse
   * @param addsUp whether sums of it mean something
   * @param averaged whether it is a ratio
   */
  record Field(
      String name,
      Words label,
      String about,
      String unit,
      String type,
      boolean addsUp,
      boolean averaged) {

    boolean isDay() {
      return type.equals(ColumnType.DATE.clickHouse());
    }

    boolean isMoment() {
      return type.startsWith("DateTime");
    }

    boolean isCount() {
      return type.equals(ColumnType.COUNT.clickHouse());
    }
  }

  static Source of(Mart mart) {
    return new Source(
        mart.name(),
        new Words(mart.english(), mart.chinese()),
        mart.columns().stream().map(Source::field).toList(),
        Optional.of(mart),
        Optional.empty());
  }

  static Source of(OperationsView view) {
    return new Source(
        view.view().getName(),
        Translations.of(view.view().getComment()),
        view.columns().stream().map(Source::field).toList(),
        Optional.empty(),
        Optional.of(view));
  }

  /**
   * The mart or view of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Source named(String name) {
    return OperationsView.ALL.stream()
        .filter(view -> view.view().getName().equals(name))
        .findFirst()
        .map(Source::of)
        .orElseGet(() -> of(Marts.named(name)));
  }

  private static Field field(MartColumn<?> column) {
    return new Field(
        column.getName(),
        new Words(column.english(), column.chinese()),
        column.description(),
        column.unit(),
        column.type().clickHouse(),
        addsUp(column),
        column.isMeasured());
  }

  /** Expected demand adds up; medians and ends of ranges do not. */
  private static boolean addsUp(MartColumn<?> column) {
    return column.addsUp() || column.equals(DemandForecast.DEMAND_FORECAST.mean);
  }

  static Field field(TableField<?, ?> column) {
    Matcher comment = COMMENT.matcher(column.getComment());
    if (!comment.matches()) {
      throw new IllegalStateException(
          "comment of %s: \"%s\" is not: description [unit] | english | chinese"
              .formatted(column, column.getComment()));
    }
    String unit = comment.group(2) == null ? "" : comment.group(2);
    return new Field(
        column.getName(),
        new Words(comment.group(3), comment.group(4)),
        comment.group(1),
        unit,
        type(column.getType()),
        !unit.isEmpty(),
        false);
  }

  private static String type(Class<?> java) {
    if (java == LocalDate.class) {
      return ColumnType.DATE.clickHouse();
    }
    if (java == LocalDateTime.class) {
      return "DateTime64(3, 'UTC')";
    }
    if (java == Long.class) {
      return ColumnType.COUNT.clickHouse();
    }
    if (java == Double.class) {
      return ColumnType.RATIO.clickHouse();
    }
    return java == Boolean.class ? ColumnType.YES_NO.clickHouse() : "String";
  }

  boolean isReadBy(Role role) {
    return mart.map(role.marts()::contains).orElse(true)
        && view.map(role.views()::contains).orElse(true);
  }

  /** Whether it is about members of whom everybody who reads it may know who they are. */
  boolean tellsMembers() {
    return mart.filter(Mart::isReadByMember).isPresent()
        && Stream.of(Role.values()).filter(this::isReadBy).allMatch(Role::readsMembers);
  }

  boolean has(String name) {
    return fields.stream().anyMatch(field -> field.name().equals(name));
  }

  @Override
  public String toString() {
    return name;
  }
}
