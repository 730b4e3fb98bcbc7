package storefact.mart;

import java.util.Set;
import org.jooq.Context;
import org.jooq.Field;
import org.jooq.impl.CustomField;
import org.jooq.impl.DSL;

/**
 * A column of a mart. As a jOOQ field it is the finished column, for marts that read this mart; in
 * the mart's own select, {@link #expression()} is what computes it and {@link #own()} refers to it.
 */
public final class MartColumn<T> extends CustomField<T> {
  private static final long serialVersionUID = 1L;

  private static final Set<ColumnType<?>> SUMMED =
      Set.of(
          ColumnType.MONEY,
          ColumnType.MONEY_OR_NULL,
          ColumnType.QUANTITY,
          ColumnType.COUNT,
          ColumnType.DIFFERENCE);

  private static final Set<ColumnType<?>> MEASURED =
      Set.of(ColumnType.RATIO, ColumnType.RATIO_OR_NULL);

  private final transient Mart mart;
  private final transient ColumnType<T> type;
  private final transient Field<?> expression;
  private String english = "";
  private String chinese = "";
  private String description = "";
  private String unit = "";

  MartColumn(Mart mart, String name, ColumnType<T> type, Field<?> expression) {
    super(DSL.name(name), type.java());
    this.mart = mart;
    this.type = type;
    this.expression = expression;
  }

  /** Short names for headings. */
  public MartColumn<T> label(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
    return this;
  }

  /** What it says, in a sentence without a full stop. */
  public MartColumn<T> about(String description) {
    this.description = description;
    return this;
  }

  /** Unit of the values, {@code currency} or {@code days} for example. */
  public MartColumn<T> unit(String unit) {
    this.unit = unit;
    return this;
  }

  /** The mart that it belongs to. */
  public Mart mart() {
    return mart;
  }

  /** Type of its values. */
  public ColumnType<T> type() {
    return type;
  }

  /** What computes it in the mart's select. */
  public Field<?> expression() {
    return expression;
  }

  /** The value of this column in the same select: ClickHouse resolves a select's own aliases. */
  public Field<T> own() {
    return DSL.field(getUnqualifiedName(), getDataType());
  }

  /** Heading in English. */
  public String english() {
    return english;
  }

  /** Heading in Chinese. */
  public String chinese() {
    return chinese;
  }

  /** What it says. */
  public String description() {
    return description;
  }

  /** Unit of the values, empty for those without. */
  public String unit() {
    return unit;
  }

  /** Whether sums of it mean something: amounts and counts, and money that a model computed. */
  public boolean addsUp() {
    return SUMMED.contains(type) || (isMeasured() && unit.equals("currency"));
  }

  /** Whether it is a ratio, or an amount that a model computed. */
  public boolean isMeasured() {
    return MEASURED.contains(type);
  }

  /** The comment in the warehouse: {@code description [unit] | english | chinese}. */
  String comment() {
    return description
        + (unit.isEmpty() ? "" : " [" + unit + "]")
        + " | "
        + english
        + " | "
        + chinese;
  }

  @Override
  public void accept(Context<?> context) {
    boolean declaring = context.declareTables();
    context
        .declareTables(false)
        .visit(mart.table())
        .declareTables(declaring)
        .sql('.')
        .visit(getUnqualifiedName());
  }
}
