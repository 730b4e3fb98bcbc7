package storefact.mart.promotion;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.hash;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.goods.MemberGoodsMonth.MEMBER_GOODS_MONTH;
import static storefact.mart.promotion.PromotionBuyer.PROMOTION_BUYER;
import static storefact.mart.sales.SettledWeek.SETTLED_WEEK;
import static storefact.warehouse.jooq.dw.Tables.PROMOTION;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.types.ULong;
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
 * brand-share prediction, Journal of Marketing Research 5(2), 1968), told by goods. New buyers are
 * those of {@link PromotionBuyer}. Again: on a day of the {@value #REPEAT_DAYS} after the last day
 * of the promotion. A placement that names no promotion has no end, so nobody is followed from it.
 * Where the data begins every buyer looks new.
 *
 * <p>It reads weeks that are over, so that six builds of seven have nothing to do.
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

  public final MartColumn<String> promotion = column(Term.PROMOTION, of("promotion", String.class));
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
                "(SELECT promotion, goods, count() AS new_buyers, countIf(followed) AS followed_buyers, any(again.repeat_buyers) AS repeat_buyers FROM ({0}) AS buyers"
                    + " LEFT JOIN (SELECT promotion, goods, uniqExact(pair) AS repeat_buyers FROM ({1}) AS bought"
                    + " INNER JOIN ({0}) AS buyers USING (pair)"
                    + " WHERE followed AND arrayExists(d -> month + d > greatest(ends_on, first_day) AND month + d <= ends_on + {2}, bitPositionsToArray(days))"
                    + " GROUP BY promotion, goods) AS again USING (promotion, goods) GROUP BY promotion, goods) AS {3}",
                buyers(), purchases(), DSL.inline(REPEAT_DAYS), DSL.name(TRIALS)));
  }

  /** Of buyers alone: the join might else keep all purchases in memory. */
  private static Select<?> purchases() {
    Field<ULong> pair = hash(MEMBER_GOODS_MONTH.goods, MEMBER_GOODS_MONTH.member);
    return DSL.select(
            pair.as("pair"),
            MEMBER_GOODS_MONTH.month.as("month"),
            MEMBER_GOODS_MONTH.days.as("days"))
        .from(MEMBER_GOODS_MONTH.table())
        .where(pair.in(DSL.select(pairOfBuyer()).from(PROMOTION_BUYER.table())));
  }

  private static Field<ULong> pairOfBuyer() {
    return hash(PROMOTION_BUYER.goods, PROMOTION_BUYER.member);
  }

  /** With the last day of their promotion, and whether its {@value #REPEAT_DAYS} days are over. */
  private static Select<?> buyers() {
    Field<LocalDate> endsOn = PROMOTION.ENDS_ON;
    return DSL.select(
            PROMOTION_BUYER.promotion.as("promotion"),
            PROMOTION_BUYER.goods.as("goods"),
            pairOfBuyer().as("pair"),
            PROMOTION_BUYER.firstDay.as("first_day"),
            endsOn.as("ends_on"),
            DSL.field(
                    "{0} > toDate(0) AND {0} + {1} <= ({2})",
                    Boolean.class,
                    endsOn,
                    DSL.inline(REPEAT_DAYS),
                    DSL.select(SETTLED_WEEK.lastDay).from(SETTLED_WEEK.table()))
                .as("followed"))
        .from(PROMOTION_BUYER.table())
        .leftJoin(PROMOTION)
        .on(PROMOTION.PROMOTION_.eq(PROMOTION_BUYER.promotion));
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
