package storefact.mart.returns;

import static org.jooq.impl.DSL.field;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.returns.ReturnDetail.RETURN_DETAIL;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jooq.Field;
import storefact.mart.Term;

/**
 * What marts of returns by month are put together from: rows of returns in the month, and rows of
 * returns of what the month sold, each with nothing in the columns of the other.
 */
final class ReturnParts {
  static final String PARTS = "parts";
  static final Field<Long> NO_LINES = field("toUInt64(0)", Long.class);
  static final Field<Long> ONE_LINE = field("toUInt64(1)", Long.class);
  static final Field<BigDecimal> NO_MONEY = field("toDecimal64(0, 2)", BigDecimal.class);

  /** The month that sold what came back, of returns whose sale is known. */
  static final Field<LocalDate> MONTH_OF_SALE =
      monthOf(field("assumeNotNull({0})", LocalDate.class, RETURN_DETAIL.originalDate));

  static final Term<String> STORE =
      Term.STORE.about(
          "Store that took back in the month; for returns of what the month sold the store that had sold it");
  static final Term<Long> RETURNED_LINES_IN_MONTH =
      Term.of("returned_lines_in_month", COUNT)
          .unit("lines")
          .label("lines returned in the month", "当月退货行数")
          .about("Lines that came back in the month, whenever sold");
  static final Term<BigDecimal> RETURNS_IN_MONTH =
      Term.of("returns_in_month", MONEY)
          .unit("currency")
          .label("returns in the month", "当月退货金额")
          .about("What came back in the month, whenever sold: net sales are lessened by it");
  static final Term<Long> RETURNED_LINES_OF_MONTH =
      Term.of("returned_lines_of_month", COUNT)
          .unit("lines")
          .label("lines returned of the month", "所售商品退货行数")
          .about(
              "Lines sold in the month that have come back so far; a line that came back twice counts twice");
  static final Term<BigDecimal> RETURNS_OF_MONTH =
      Term.of("returns_of_month", MONEY)
          .unit("currency")
          .label("returns of the month", "所售商品退货金额")
          .about("What has come back so far of what the month sold");
  static final Term<BigDecimal> SOLD_AMOUNT =
      Term.of("sold_amount", MONEY)
          .unit("currency")
          .label("amount sold", "销售金额")
          .about("Net amount sold in the month, before returns");
  static final Term<Double> AMOUNT_RETURN_RATE =
      Term.of("amount_return_rate", RATIO_OR_NULL)
          .unit("share")
          .label("return rate of amount", "金额退货率")
          .about(
              "Amount of the month that has come back as a part of the amount sold, null without any");

  private ReturnParts() {}

  /** A column of the parts. */
  static <T> Field<T> part(String column, Class<T> type) {
    return derived(PARTS, column, type);
  }
}
