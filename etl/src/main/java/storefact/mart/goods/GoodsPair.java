package storefact.mart.goods;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
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
import org.jooq.SelectField;
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

  /** The mart. */
  public static final GoodsPair GOODS_PAIR = new GoodsPair();

  public final MartColumn<LocalDate> month = column(Term.MONTH, paired("month", LocalDate.class));
  public final MartColumn<String> department =
      column("department", CODE, paired("department", String.class))
          .label("department", "一级分类")
          .about("Category level 1");
  public final MartColumn<String> category =
      column("category", CODE, paired("category", String.class))
          .label("category", "二级分类")
          .about("Category level 2");
  public final MartColumn<String> type =
      column("type", CODE, paired("type", String.class))
          .label("type", "三级分类")
          .about("Category level 3, never empty: goods without a type have no pairs");
  public final MartColumn<String> goods =
      column(Term.GOODS, field("tupleElement({0}, 1)", String.class, paired("pair", Object.class)))
          .about("The first of the pair by its code; empty in the row of the second alone");
  public final MartColumn<String> other =
      column(
              "other",
              TEXT,
              field("tupleElement({0}, 2)", String.class, paired("pair", Object.class)))
          .label("other goods", "另一商品")
          .about("The second of the pair");
  public final MartColumn<Long> receipts =
      column("receipts", COUNT, sum(paired("receipts", Long.class)))
          .unit("receipts")
          .label("receipts", "小票数")
          .about("Receipts with both");
  public final MartColumn<Long> cards =
      column("cards", COUNT, sum(paired("cards", Long.class)))
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

  @Override
  protected Select<?> select(Slice slice) {
    Select<?> ofReceipts =
        pairs(
            sets(
                slice,
                DSL.trueCondition(),
                TURNOVER_LINE.BUSINESS_DATE,
                hash(TURNOVER_LINE.STORE, TURNOVER_LINE.TILL, TURNOVER_LINE.RECEIPT)),
            1,
            0);
    Select<?> ofCards = pairs(sets(slice, TURNOVER_LINE.CARD.ne(""), TURNOVER_LINE.CARD), 0, 1);
    return selectColumns()
        .from(DSL.table("({0} UNION ALL {1}) AS {2}", ofReceipts, ofCards, DSL.name(PAIRED)))
        .groupBy(
            paired("month", LocalDate.class),
            paired("department", String.class),
            paired("category", String.class),
            paired("type", String.class),
            paired("pair", Object.class));
  }

  /** The goods of a type that one receipt or card bought in the month, and none, in order. */
  private static Select<?> sets(Slice slice, Condition where, GroupField... holder) {
    List<GroupField> keys = new ArrayList<>(List.of(holder));
    keys.addAll(
        List.of(
            monthOf(TURNOVER_LINE.BUSINESS_DATE), GOODS.DEPARTMENT, GOODS.CATEGORY, GOODS.TYPE));
    List<SelectField<?>> named =
        List.of(
            monthOf(TURNOVER_LINE.BUSINESS_DATE).as("month"),
            GOODS.DEPARTMENT.as("department"),
            GOODS.CATEGORY.as("category"),
            GOODS.TYPE.as("type"),
            field(
                    "arrayPushFront(arraySlice(arraySort(groupUniqArray({0})), 1, {1}), '')",
                    TURNOVER_LINE.GOODS, inline(MOST_GOODS))
                .as("bought"));
    return DSL.select(named)
        .from(TURNOVER_LINE)
        .join(GOODS)
        .on(slice.joins(GOODS.GOODS_, TURNOVER_LINE.GOODS))
        .where(settledMonth(slice, TURNOVER_LINE.BUSINESS_DATE))
        .and(TURNOVER_LINE.KIND.eq("sale"))
        .and(GOODS.TYPE.ne(""))
        .and(where)
        .groupBy(keys);
  }

  private static Select<?> pairs(Select<?> sets, int receipt, int card) {
    return DSL.select(
            field("month"),
            field("department"),
            field("category"),
            field("type"),
            field(
                    "arrayJoin(arrayFlatten(arrayMap((a, i) -> arrayMap(b -> (a, b), arraySlice(bought, i + 1)), bought, arrayEnumerate(bought))))")
                .as("pair"),
            inline(receipt).as("receipts"),
            inline(card).as("cards"))
        .from(DSL.table("({0})", sets));
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
