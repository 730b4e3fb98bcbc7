package storefact.mart.goods;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.hash;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.TEXT;
import static storefact.mart.sales.SettledMonth.settledMonth;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.TURNOVER_LINE;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.GroupField;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per month and pair of goods of one type: receipts and cards of the month that had both.
 * With an empty first one, those that had the second at all.
 *
 * <p>Of a receipt or card the first {@value #MOST_GOODS} goods of a type count: nobody needs more
 * of one type, and pairs grow with the square.
 */
public final class GoodsPair extends Mart {
  static final int MOST_GOODS = 20;

  private static final String PAIRED = "paired";
  private static final String FIRST = "first_goods";
  private static final String SECOND = "second_goods";

  /** The mart. */
  public static final GoodsPair GOODS_PAIR = new GoodsPair();

  public final MartColumn<LocalDate> month = column(Term.MONTH, paired("month", LocalDate.class));
  public final MartColumn<String> department =
      column("department", CODE, second("department"))
          .label("department", "一级分类")
          .about("Category level 1");
  public final MartColumn<String> category =
      column("category", CODE, second("category"))
          .label("category", "二级分类")
          .about("Category level 2");
  public final MartColumn<String> type =
      column("type", CODE, second("type"))
          .label("type", "三级分类")
          .about("Category level 3, never empty: goods without a type have no pairs");
  public final MartColumn<String> goods =
      column(Term.GOODS, derived(FIRST, "goods", String.class))
          .about("The first of the pair by its code; empty in the row of the second alone");
  public final MartColumn<String> other =
      column("other", TEXT, second("goods"))
          .label("other goods", "另一商品")
          .about("The second of the pair");
  public final MartColumn<Long> receipts =
      column("receipts", COUNT, paired("receipts", Long.class))
          .unit("receipts")
          .label("receipts", "小票数")
          .about("Receipts with both");
  public final MartColumn<Long> cards =
      column("cards", COUNT, paired("cards", Long.class))
          .unit("cards")
          .label("cards", "会员卡数")
          .about("Member cards that bought both in the month, on whatever receipts");

  private GoodsPair() {
    super(
        "goods_pair",
        "One row per month that is over and pair of goods of one type: receipts and cards that had both",
        "每个已结束月份和同一三级分类的商品对一行：同时购买的小票数与会员卡数");
    owner("goods");
    freshWithin(Duration.ofHours(24));
    grain(department, category, type, goods, other, month);
    partitionedByMonth(month);
  }

  private static <T> Field<T> paired(String column, Class<T> type) {
    return derived(PAIRED, column, type);
  }

  private static Field<String> second(String column) {
    return derived(SECOND, column, String.class);
  }

  @Override
  protected Select<?> select(Slice slice) {
    Select<?> ofReceipts =
        sets(
            slice,
            DSL.trueCondition(),
            1,
            0,
            TURNOVER_LINE.BUSINESS_DATE,
            hash(TURNOVER_LINE.STORE, TURNOVER_LINE.TILL, TURNOVER_LINE.RECEIPT));
    Select<?> ofCards = sets(slice, TURNOVER_LINE.CARD.ne(""), 0, 1, TURNOVER_LINE.CARD);
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT month, pair.1 AS first, pair.2 AS second, sum(receipt) AS receipts, sum(card) AS cards FROM"
                    + " (SELECT month, receipt, card, arrayJoin(arrayFlatten(arrayMap(type -> arrayMap((b, i) ->"
                    + " arrayPushFront(arrayMap(a -> (a, b), arraySlice(type, 1, i - 1)), (toUInt64(0), b)),"
                    + " arraySlice(type, 1, {2}), arraySlice(arrayEnumerate(type), 1, {2})),"
                    // A lambda that reads another array gets a copy of it for each element.
                    + " arraySplit((b, before) -> bitShiftRight(b, 32) != bitShiftRight(before, 32), bought, arrayPushFront(arrayPopBack(bought), 0))))) AS pair"
                    + " FROM ({0} UNION ALL {1}))"
                    + " GROUP BY month, first, second) AS {3}"
                    + " INNER JOIN ({4}) AS {5} ON {5}.number = {3}.second LEFT JOIN ({4}) AS {6} ON {6}.number = {3}.first",
                ofReceipts,
                ofCards,
                inline(MOST_GOODS),
                DSL.name(PAIRED),
                numbered(),
                DSL.name(SECOND),
                DSL.name(FIRST)));
  }

  /**
   * Goods by numbers that sort by type and then by code, the type in the upper half: sets of
   * numbers take a third of the time of sets of texts.
   */
  private static Select<?> numbered() {
    return DSL.select(
            GOODS.GOODS_,
            GOODS.DEPARTMENT,
            GOODS.CATEGORY,
            GOODS.TYPE,
            field(
                    "bitShiftLeft(dense_rank() OVER (ORDER BY {0}, {1}, {2}), 32) + row_number() OVER (PARTITION BY {0}, {1}, {2} ORDER BY {3})",
                    GOODS.DEPARTMENT, GOODS.CATEGORY, GOODS.TYPE, GOODS.GOODS_)
                .as("number"))
        .from(GOODS)
        .where(GOODS.TYPE.ne(""));
  }

  /** The goods that one receipt or card bought in the month, sorted by their numbers. */
  private static Select<?> sets(
      Slice slice, Condition where, int receipt, int card, GroupField... holder) {
    slice.describes(GOODS.GOODS_, TURNOVER_LINE.GOODS);
    List<GroupField> keys = new ArrayList<>(List.of(holder));
    keys.add(monthOf(TURNOVER_LINE.BUSINESS_DATE));
    return DSL.select(
            monthOf(TURNOVER_LINE.BUSINESS_DATE).as("month"),
            field("arraySort(arrayDistinct(groupArray(numbered.number)))").as("bought"),
            inline(receipt).as("receipt"),
            inline(card).as("card"))
        .from(TURNOVER_LINE)
        .join(DSL.table("({0}) AS numbered", numbered()))
        .on(derived("numbered", "goods", String.class).eq(TURNOVER_LINE.GOODS))
        .where(settledMonth(slice, TURNOVER_LINE.BUSINESS_DATE))
        .and(TURNOVER_LINE.KIND.eq("sale"))
        .and(where)
        .groupBy(keys);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.filled(other),
        Check.filled(type),
        Check.none(
            this,
            "the first comes before the second",
            DSL.selectFrom(table()).where(goods.own().ge(other.own()))));
  }
}
