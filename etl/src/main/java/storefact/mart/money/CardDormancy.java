package storefact.mart.money;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.cents;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.loyalty.CardBalances.CARD_BALANCES;
import static storefact.warehouse.jooq.dw.Tables.CARD_EVENT;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;

/**
 * One row per number of months that stored-value cards with a balance lay unused: what may never be
 * spent. Days count to the last event of any card.
 *
 * <p>Expected to stay: money lies on a card from one movement of its balance to the next. Of all
 * that lay so long, month by month, the part whose card then moved is the hazard; what lies now
 * moves on with the hazards from its own month on. That is the product-limit estimate, weighted by
 * money, and money that still lies is censored; source: E. L. Kaplan and P. Meier, Nonparametric
 * estimation from incomplete observations, J. Am. Stat. Assoc. 53 (1958) 457–481. Beyond the
 * longest lie that ended nothing is known to move, so a short history expects more to stay.
 */
public final class CardDormancy extends Mart {
  private static final String MONTHS = "months_of";

  /** The mart. */
  public static final CardDormancy CARD_DORMANCY = new CardDormancy();

  public final MartColumn<Long> monthsUnused =
      column("months_unused", COUNT, of("months_unused", Long.class))
          .unit("months")
          .label("months unused", "未使用月数")
          .about(
              "Whole months from the last movement of the balance to the last event of any card");
  public final MartColumn<Long> cards =
      column("cards", COUNT, of("cards", Long.class))
          .unit("cards")
          .label("cards", "卡数")
          .about("Cards with a balance above zero");
  public final MartColumn<BigDecimal> balance =
      column("balance", MONEY, of("balance", BigDecimal.class))
          .unit("currency")
          .label("balance", "余额")
          .about("What lies on them");
  public final MartColumn<Long> expiredCards =
      column("expired_cards", COUNT, of("expired_cards", Long.class))
          .unit("cards")
          .label("expired cards", "过期卡数")
          .about("Cards whose last day of validity has passed");
  public final MartColumn<BigDecimal> expiredBalance =
      column("expired_balance", MONEY, of("expired_balance", BigDecimal.class))
          .unit("currency")
          .label("expired balance", "过期余额")
          .about("What lies on expired cards: breakage, unless they are extended");
  public final MartColumn<Double> share =
      column("share", RATIO, ratio(balance.own(), sum(balance.own()).over()))
          .unit("share")
          .label("share of balances", "余额占比")
          .about("Balance as a part of all balances above zero, 1 = all");
  public final MartColumn<Double> expectedRate =
      column("expected_rate", RATIO, of("stays", Double.class))
          .unit("share")
          .label("expected to stay", "预计沉淀率")
          .about(
              "Part of the balance that is expected never to move again: breakage, from how long balances lay before (Kaplan-Meier)");
  public final MartColumn<BigDecimal> expectedToStay =
      column(
              "expected_to_stay",
              MONEY,
              cents(field("{0} * toFloat64({1})", Double.class, expectedRate.own(), balance.own())))
          .unit("currency")
          .label("balance expected to stay", "预计沉淀余额")
          .about("Balance times the expected rate");

  private CardDormancy() {
    super(
        "card_dormancy",
        "One row per whole months without use: cards with a balance, and what lies on them",
        "按未使用月数一行：有余额的卡及其金额");
    owner("finance");
    freshWithin(Duration.ofHours(24));
    grain(monthsUnused);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(MONTHS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT *, exp(sum(log(1 - toFloat64(moved) / toFloat64(lay_so_long))) OVER from_now_on) AS stays FROM"
                    + " (SELECT *, sum(lay) OVER from_now_on AS lay_so_long FROM"
                    + " (SELECT toUInt64(age('month', begin, end)) AS months_unused, sum(lies) AS lay,"
                    + " sumIf(lies, NOT still) AS moved, countIf(still) AS cards, sumIf(lies, still) AS balance,"
                    + " countIf(still AND expired) AS expired_cards, sumIf(lies, still AND expired) AS expired_balance FROM"
                    + " (SELECT expired, begin, end, lies, position = length(begins) AS still FROM ({0})"
                    + " ARRAY JOIN begins AS begin, ends AS end, balances AS lies, arrayEnumerate(begins) AS position WHERE lies > 0)"
                    + " GROUP BY months_unused)"
                    + " WINDOW from_now_on AS (ORDER BY months_unused DESC))"
                    + " WINDOW from_now_on AS (ORDER BY months_unused DESC)) AS {1}",
                movements(), DSL.name(MONTHS)))
        .where(of("cards", Long.class).gt(0L));
  }

  /**
   * A row per card: days on which its balance moved, what lay on it from then on, and until when.
   */
  private static Select<?> movements() {
    Field<LocalDate> lastDay = field(DSL.select(max(CARD_EVENT.BUSINESS_DATE)).from(CARD_EVENT));
    return DSL.select(
            field("arraySort(groupArrayIf((at, business_date, event, change), change != 0))")
                .as("moves"),
            field("moves.2").as("begins"),
            field("arrayPushBack(arrayPopFront(begins), {0})", lastDay).as("ends"),
            field("arrayCumSum(moves.4)").as("balances"),
            field(
                    "ifNull(argMaxIf(valid_until, (at, business_date, event), valid_until IS NOT NULL) < {0}, false)",
                    lastDay)
                .as("expired"))
        .from(DSL.table("({0} UNION ALL {1})", events(), takenOver()))
        .groupBy(field("card"))
        .having(DSL.condition("notEmpty(moves)"));
  }

  /**
   * Events as {@code dw.card_ledger} has them, without what runs on in it from event to event: for
   * that all of them are sorted, which is most of its time.
   */
  private static Select<?> events() {
    return DSL.select(
            CARD_EVENT.CARD.as("card"),
            CARD_EVENT.AT.as("at"),
            CARD_EVENT.BUSINESS_DATE.as("business_date"),
            CARD_EVENT.EVENT.as("event"),
            field(
                    "multiIf({0}, toDecimal128({1} + {2}, 2), {3}, -toDecimal128({1}, 2), toDecimal128(0, 2))",
                    CARD_EVENT.KIND.in("issue", "deposit"),
                    CARD_EVENT.AMOUNT,
                    CARD_EVENT.BONUS,
                    CARD_EVENT.KIND.in("withdraw", "spend", "replace", "cancel"))
                .as("change"),
            CARD_EVENT.VALID_UNTIL.as("valid_until"))
        .from(CARD_EVENT);
  }

  /** What lay on a card that was replaced lies on the new one. */
  private static Select<?> takenOver() {
    return DSL.select(
            CARD_EVENT.NEW_CARD,
            CARD_EVENT.AT,
            CARD_EVENT.BUSINESS_DATE,
            CARD_EVENT.EVENT,
            field("toDecimal128({0}, 2)", CARD_EVENT.AMOUNT),
            field("CAST(NULL, 'Nullable(Date)')"))
        .from(CARD_EVENT)
        .where(CARD_EVENT.KIND.eq("replace"))
        .and(CARD_EVENT.NEW_CARD.ne(""));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "balances are those of the cards",
            DSL.select(sum(balance), sum(cards)).from(table()),
            DSL.select(sum(CARD_BALANCES.balance), count())
                .from(CARD_BALANCES.table())
                .where(CARD_BALANCES.balance.gt(BigDecimal.ZERO))),
        Check.between(expectedRate, 0.0, 1.0),
        Check.none(
            this,
            "no more is expected to stay than lies there",
            DSL.selectFrom(table()).where(expectedToStay.own().gt(balance.own()))));
  }
}
