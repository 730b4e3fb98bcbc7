package storefact.mart;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jooq.DataType;
import org.jooq.impl.SQLDataType;

/**
 * What a mart's column holds, for ClickHouse and for Java. Few on purpose: a reader of any mart
 * meets the same handful.
 *
 * @param clickHouse ClickHouse type
 * @param java the same for jOOQ
 */
public record ColumnType<T>(String clickHouse, DataType<T> java) {
  /** Words with few different values: stores, categories, classes. */
  public static final ColumnType<String> CODE =
      new ColumnType<>("LowCardinality(String)", SQLDataType.VARCHAR.notNull());

  /** Words with many different values: members, cards. */
  public static final ColumnType<String> TEXT =
      new ColumnType<>("String", SQLDataType.VARCHAR.notNull());

  /** A business day, or the first day of a month. */
  public static final ColumnType<LocalDate> DATE =
      new ColumnType<>("Date", SQLDataType.LOCALDATE.notNull());

  /** Sums of money, to the cent. */
  public static final ColumnType<BigDecimal> MONEY =
      new ColumnType<>("Decimal(18, 2)", SQLDataType.DECIMAL(18, 2).notNull());

  /** Sums of pieces or kilograms. */
  public static final ColumnType<BigDecimal> QUANTITY =
      new ColumnType<>("Decimal(18, 3)", SQLDataType.DECIMAL(18, 3).notNull());

  /** Pieces or kilograms that some rows do not have: a shelf that nobody counted. */
  public static final ColumnType<BigDecimal> QUANTITY_OR_NULL =
      new ColumnType<>("Nullable(Decimal(18, 3))", SQLDataType.DECIMAL(18, 3).null_());

  /** Whole numbers from 0. */
  public static final ColumnType<Long> COUNT =
      new ColumnType<>("UInt64", SQLDataType.BIGINT.notNull());

  /** Small whole numbers from 0 to 255: scores. */
  public static final ColumnType<Integer> SCORE =
      new ColumnType<>("UInt8", SQLDataType.INTEGER.notNull());

  /** Ratios: averages, quantiles, shares. Never sums of money. */
  public static final ColumnType<Double> RATIO =
      new ColumnType<>("Float64", SQLDataType.DOUBLE.notNull());

  /** Ratios that some rows do not have. */
  public static final ColumnType<Double> RATIO_OR_NULL =
      new ColumnType<>("Nullable(Float64)", SQLDataType.DOUBLE.null_());

  /** Sums of money that some rows do not have: a cost that nobody told. */
  public static final ColumnType<BigDecimal> MONEY_OR_NULL =
      new ColumnType<>("Nullable(Decimal(18, 2))", SQLDataType.DECIMAL(18, 2).null_());

  /** A moment in UTC, to the second. */
  public static final ColumnType<LocalDateTime> MOMENT =
      new ColumnType<>("DateTime('UTC')", SQLDataType.LOCALDATETIME.notNull());

  /** A set of days of one month, a bit each from the lowest for the first: unions are exact. */
  public static final ColumnType<Long> DAYS =
      new ColumnType<>("UInt32", SQLDataType.BIGINT.notNull());

  /** A sorted set of words: the stores that a member bought in. */
  public static final ColumnType<String[]> CODES =
      new ColumnType<>("Array(String)", SQLDataType.VARCHAR.array().notNull());

  /** Whole numbers below 0 too: differences of counts. */
  public static final ColumnType<Long> DIFFERENCE =
      new ColumnType<>("Int64", SQLDataType.BIGINT.notNull());

  /** Whole numbers that some rows do not have: days between two events. */
  public static final ColumnType<Long> DIFFERENCE_OR_NULL =
      new ColumnType<>("Nullable(Int64)", SQLDataType.BIGINT.null_());

  /** A day that some rows do not have. */
  public static final ColumnType<LocalDate> DATE_OR_NULL =
      new ColumnType<>("Nullable(Date)", SQLDataType.LOCALDATE.null_());

  /** Yes or no. */
  public static final ColumnType<Boolean> YES_NO =
      new ColumnType<>("Bool", SQLDataType.BOOLEAN.notNull());
}
