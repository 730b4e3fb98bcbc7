package storefact.mart.promotion;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.goods.MemberGoodsMonth.MEMBER_GOODS_MONTH;
import static storefact.mart.promotion.PlacementMonth.PLACEMENT_MONTH;
import static storefact.mart.sales.SettledWeek.SETTLED_WEEK;
import static storefact.warehouse.jooq.dw.Tables.PROMOTION;

import java.time.Duration;
import java.util.List;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per promotion and goods that it brought new buyers: how many members bought the goods for
 * the first time while it was shown, and how many of them again afterwards.
 *
 * <p>Trial and repeat as in panels (Fourt, Woodlock, Early prediction of market success for new
 * grocery products, Journal of Marketing 25(2), 1960; Parfitt, Collins, Use of consumer panels for
 * brand-share prediction, Journal of Marketing Research 5(2), 1968), told by goods. Own definition
 * of what belongs to a promotion: a member's first purchase of the goods in the data, on a day and
 * in a store where the promotion showed it; of several that did, the one of the highest name, as in
 * {@link PromotionEffect}. Again: on a day of the {@value #REPEAT_DAYS} after the last day of the
 * promotion. A placement that names no promotion has no end, so nobody is followed from it. Where
 * the data begins every buyer looks new.
 *
 * <p>Purchases lie by goods and member, so each pair is grouped as it is read: memory does not grow
 * with the history. It reads weeks that are over, so that six builds of seven have nothing to do.
 */
public final class PromotionTrial extends Mart {
  /** Days after the end of a promotion in which a purchase counts as a repeat: four weeks. */
  static final int REPEAT_DAYS = 28;

  /** Terms that the promotion as a whole has, too. */
  static final Term<Long> NEW_BUYERS =
      Term.of("new_buyers", COUNT)
          .unit("members")
          .label("new buyers", "新购会员")
          .about("Members whose first purchase of the goods in the data fell into the promotion");

  static final Term<Long> FOLLOWED_BUYERS =
      Term.of("followed_buyers", COUNT)
          .unit("members")
          .label("followed", "已跟踪会员")
          .about("Of these, whose 28 days after the promotion are over");
  static final Term<Long> REPEAT_BUYERS =
      Term.of("repeat_buyers", COUNT)
          .unit("members")
          .label("bought again", "复购会员")
          .about("Of those followed, who bought the goods again in these 28 days");
  static final Term<Double> REPEAT_RATE =
      Term.of("repeat_rate", RATIO_OR_NULL)
          .unit("share")
          .label("repeat rate", "复购率")
          .about("Bought again as a part of those followed, 1 = all, null where nobody was");

  private static final String TRIALS = "trials_of";

  /** The mart. */
  public static final PromotionTrial PROMOTION_TRIAL = new PromotionTrial();

  public final MartColumn<String> promotion =
      column("promotion", CODE, of("promotion", String.class))
          .label("promotion", "促销")
          .about("Promotion, empty for placements that name none");
  public final MartColumn<String> goods = column(Term.GOODS, of("goods", String.class));
  public final MartColumn<Long> newBuyers = column(NEW_BUYERS, of("new_buyers", Long.class));
  public final MartColumn<Long> followedBuyers =
      column(FOLLOWED_BUYERS, of("followed_buyers", Long.class));
  public final MartColumn<Long> repeatBuyers =
      column(REPEAT_BUYERS, of("repeat_buyers", Long.class));
  public final MartColumn<Double> repeatRate =
      column(REPEAT_RATE, ratioOrNull(repeatBuyers.own(), followedBuyers.own()));

  private PromotionTrial() {
    super(
        "promotion_trial",
        "One row per promotion and goods with new buyers: how many, and how many bought again",
        "每促销和有新购会员的商品一行：新购会员数与复购会员数");
    owner("marketing");
    freshWithin(Duration.ofHours(24));
    grain(promotion, goods);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(TRIALS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT promotion, goods, count() AS new_buyers, countIf(followed) AS followed_buyers, countIf(followed AND again) AS repeat_buyers FROM"
                    + " (SELECT trials.promotion AS promotion, trials.goods AS goods, ends_on > toDate(0) AND ends_on + {0} <= ({1}) AS followed,"
                    + " arrayExists(m -> arrayExists(d -> m.1 + d > greatest(ends_on, first_month + first_bit) AND m.1 + d <= ends_on + {0}, bitPositionsToArray(m.2)), bought) AS again FROM"
                    // Of the first day: the promotion of the highest name that showed the goods.
                    + " (SELECT goods, first_month, first_bit, bought, arrayFilter(s -> bitTest(s.2, first_bit), shown) AS shown_then, arrayReverseSort(arrayMap(s -> s.1, shown_then))[1] AS promotion FROM"
                    + " (SELECT goods, min(month) AS first_month, argMin(first_store, month) AS store, bitPositionsToArray(argMin(days, month))[1] AS first_bit, groupArray((month, days)) AS bought"
                    + " FROM ({2}) GROUP BY goods, member SETTINGS optimize_aggregation_in_order = 1) AS pairs"
                    + " INNER JOIN (SELECT store, goods, month AS first_month, groupArray((promotion, days)) AS shown FROM ({3}) GROUP BY store, goods, month) AS places USING (store, goods, first_month)"
                    + " WHERE length(shown_then) > 0) AS trials"
                    + " LEFT JOIN ({4}) AS ends USING (promotion)) GROUP BY promotion, goods) AS {5}",
                DSL.inline(REPEAT_DAYS),
                DSL.select(SETTLED_WEEK.lastDay).from(SETTLED_WEEK.table()),
                purchases(),
                placements(),
                DSL.select(PROMOTION.PROMOTION_.as("promotion"), PROMOTION.ENDS_ON.as("ends_on"))
                    .from(PROMOTION),
                DSL.name(TRIALS)));
  }

  private static Select<?> purchases() {
    return DSL.select(
            MEMBER_GOODS_MONTH.goods.as("goods"),
            MEMBER_GOODS_MONTH.member.as("member"),
            MEMBER_GOODS_MONTH.month.as("month"),
            MEMBER_GOODS_MONTH.days.as("days"),
            MEMBER_GOODS_MONTH.firstStore.as("first_store"))
        .from(MEMBER_GOODS_MONTH.table())
        .where(
            MEMBER_GOODS_MONTH.goods.in(
                DSL.select(PLACEMENT_MONTH.goods).from(PLACEMENT_MONTH.table())));
  }

  /** Only where a member bought: the many other placements would fill the join for nothing. */
  private static Select<?> placements() {
    return DSL.select(
            PLACEMENT_MONTH.store.as("store"),
            PLACEMENT_MONTH.goods.as("goods"),
            PLACEMENT_MONTH.month.as("month"),
            PLACEMENT_MONTH.promotion.as("promotion"),
            PLACEMENT_MONTH.days.as("days"))
        .from(PLACEMENT_MONTH.table())
        .where(
            DSL.row(PLACEMENT_MONTH.store, PLACEMENT_MONTH.goods, PLACEMENT_MONTH.month)
                .in(
                    DSL.select(
                            MEMBER_GOODS_MONTH.firstStore,
                            MEMBER_GOODS_MONTH.goods,
                            MEMBER_GOODS_MONTH.month)
                        .from(MEMBER_GOODS_MONTH.table())));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.refersTo(promotion, PROMOTION.PROMOTION_, PROMOTION),
        Check.none(
            this,
            "repeat <= followed <= new",
            DSL.selectFrom(table())
                .where(
                    repeatBuyers
                        .own()
                        .gt(followedBuyers.own())
                        .or(followedBuyers.own().gt(newBuyers.own())))));
  }
}
