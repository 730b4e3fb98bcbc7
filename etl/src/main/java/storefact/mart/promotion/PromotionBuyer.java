package storefact.mart.promotion;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.hash;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.goods.MemberGoodsMonth.MEMBER_GOODS_MONTH;
import static storefact.mart.promotion.PlacementMonth.PLACEMENT_MONTH;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per goods and member whose first purchase of the goods in the data fell on a day and in a
 * store where a promotion showed it, cut by the month of that purchase; in weeks that are over.
 *
 * <p>Of several promotions that did, the one of the highest name, as in {@link PromotionEffect}.
 * Who bought in an earlier month is asked for the buyers of the slice alone: memory follows the
 * month, not the history.
 */
public final class PromotionBuyer extends Mart {
  private static final String BUYERS = "buyers";

  /** The mart. */
  public static final PromotionBuyer PROMOTION_BUYER = new PromotionBuyer();

  public final MartColumn<String> goods = column(Term.GOODS, of("goods", String.class));
  public final MartColumn<String> member = column(Term.MEMBER, of("member", String.class));
  public final MartColumn<LocalDate> month =
      column(Term.MONTH, of("month", LocalDate.class))
          .about("First day of the month of the first purchase");
  public final MartColumn<LocalDate> firstDay =
      column("first_day", DATE, of("first_day", LocalDate.class))
          .label("first purchase", "首次购买日")
          .about("Business day of the first purchase");
  public final MartColumn<String> promotion = column(Term.PROMOTION, of("promotion", String.class));

  private PromotionBuyer() {
    super(
        "promotion_buyer",
        "One row per goods and member who bought it for the first time while it was shown: when, and by which promotion",
        "每商品和在其陈列或海报期间首次购买的会员一行：首购日与所属促销");
    owner("marketing");
    freshWithin(Duration.ofHours(24));
    grain(goods, member);
    partitionedByMonth(month);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(BUYERS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    slice.describes(PLACEMENT_MONTH.month, MEMBER_GOODS_MONTH.month);
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT goods, member, first_month AS month, first_month + first_bit AS first_day, promotion FROM ({0}) AS bought_before"
                    + " RIGHT ANTI JOIN (SELECT goods, member, {4} AS pair, first_month, first_bit, arrayFilter(s -> bitTest(s.2, first_bit), shown) AS shown_then, arrayReverseSort(arrayMap(s -> s.1, shown_then))[1] AS promotion FROM"
                    + " (SELECT goods, member, min(month) AS first_month, argMin(first_store, month) AS store, bitPositionsToArray(argMin(days, month))[1] AS first_bit FROM ({1}) GROUP BY goods, member) AS first_purchases"
                    + " INNER JOIN (SELECT store, goods, month AS first_month, groupArray((promotion, days)) AS shown FROM ({2}) GROUP BY store, goods, month) AS places USING (store, goods, first_month)"
                    + " WHERE length(shown_then) > 0) AS new_buyers"
                    + " USING (pair)) AS {3}",
                boughtBefore(slice),
                purchases(slice),
                placements(slice),
                DSL.name(BUYERS),
                hash(DSL.field(DSL.name("goods")), DSL.field(DSL.name("member")))));
  }

  private static Select<?> boughtBefore(Slice slice) {
    return DSL.select(hash(MEMBER_GOODS_MONTH.goods, MEMBER_GOODS_MONTH.member).as("pair"))
        .from(MEMBER_GOODS_MONTH.table())
        .where(slice.upTo(MEMBER_GOODS_MONTH.month))
        .and(MEMBER_GOODS_MONTH.month.lt(slice.begin()))
        .and(isShown(slice));
  }

  private static Select<?> purchases(Slice slice) {
    return DSL.select(
            MEMBER_GOODS_MONTH.goods.as("goods"),
            MEMBER_GOODS_MONTH.member.as("member"),
            MEMBER_GOODS_MONTH.month.as("month"),
            MEMBER_GOODS_MONTH.days.as("days"),
            MEMBER_GOODS_MONTH.firstStore.as("first_store"))
        .from(MEMBER_GOODS_MONTH.table())
        .where(slice.covers(MEMBER_GOODS_MONTH.month))
        .and(isShown(slice));
  }

  private static Condition isShown(Slice slice) {
    return MEMBER_GOODS_MONTH.goods.in(
        DSL.select(PLACEMENT_MONTH.goods).from(PLACEMENT_MONTH.table()).where(isOf(slice)));
  }

  private static Select<?> placements(Slice slice) {
    return DSL.select(
            PLACEMENT_MONTH.store.as("store"),
            PLACEMENT_MONTH.goods.as("goods"),
            PLACEMENT_MONTH.month.as("month"),
            PLACEMENT_MONTH.promotion.as("promotion"),
            PLACEMENT_MONTH.days.as("days"))
        .from(PLACEMENT_MONTH.table())
        .where(isOf(slice));
  }

  private static Condition isOf(Slice slice) {
    return PLACEMENT_MONTH.month.ge(slice.begin()).and(slice.ended(PLACEMENT_MONTH.month));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.none(
            this,
            "the first purchase lies in its month",
            DSL.selectFrom(table()).where(monthOf(firstDay.own()).ne(month.own()))));
  }
}
