package storefact.mart.money;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.loyalty.CardBalances.CARD_BALANCES;
import static storefact.warehouse.jooq.dw.Tables.CARD_EVENT;
import static storefact.warehouse.jooq.dw.Tables.CARD_LEDGER;

import java.math.BigDecimal;
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

/**
 * One row per number of months that stored-value cards with a balance lay unused: what may never be
 * spent. Days count to the last event of any card.
 */
public final class CardDormancy extends Mart {
  private static final String CARDS = "cards_of";
  private static final Condition EXPIRED = condition(of("expired", Boolean.class));

  /** The mart. */
  public static final CardDormancy CARD_DORMANCY = new CardDormancy();

  public final MartColumn<Long> monthsUnused =
      column("months_unused", COUNT, of("months_unused", Long.class))
          .unit("months")
          .label("months unused", "未使用月数")
          .about("Whole months from the last deposit or payment to the last event of any card");
  public final MartColumn<Long> cards =
      column("cards", COUNT, count())
          .unit("cards")
          .label("cards", "卡数")
          .about("Cards with a balance above zero");
  public final MartColumn<BigDecimal> balance =
      column("balance", MONEY, sum(of("balance", BigDecimal.class)))
          .unit("currency")
          .label("balance", "余额")
          .about("What lies on them");
  public final MartColumn<Long> expiredCards =
      column("expired_cards", COUNT, countIf(EXPIRED))
          .unit("cards")
          .label("expired cards", "过期卡数")
          .about("Cards whose last day of validity has passed");
  public final MartColumn<BigDecimal> expiredBalance =
      column("expired_balance", MONEY, sumIf(of("balance", BigDecimal.class), EXPIRED))
          .unit("currency")
          .label("expired balance", "过期余额")
          .about("What lies on expired cards: breakage, unless they are extended");
  public final MartColumn<Double> share =
      column("share", RATIO, ratio(balance.own(), sum(balance.own()).over()))
          .unit("share")
          .label("share of balances", "余额占比")
          .about("Balance as a part of all balances above zero, 1 = all");

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
    return derived(CARDS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    Field<LocalDate> lastDay = field(DSL.select(max(CARD_EVENT.BUSINESS_DATE)).from(CARD_EVENT));
    Field<LocalDate> lastUse =
        field(
            "maxIf({0}, {1})",
            LocalDate.class,
            CARD_LEDGER.BUSINESS_DATE,
            CARD_LEDGER.KIND.in("issue", "deposit", "spend", "replaced_from"));
    return selectColumns()
        .from(
            DSL.table(
                "({0}) AS {1}",
                DSL.select(
                        CARD_LEDGER.CARD,
                        sum(CARD_LEDGER.CHANGE).as("balance"),
                        field("toUInt64(age('month', {0}, {1}))", Long.class, lastUse, lastDay)
                            .as("months_unused"),
                        field(
                                "ifNull(argMax({0}, ({1}, {2}, {3})) < {4}, false)",
                                Boolean.class,
                                CARD_LEDGER.VALID_UNTIL,
                                CARD_LEDGER.AT,
                                CARD_LEDGER.BUSINESS_DATE,
                                CARD_LEDGER.EVENT,
                                lastDay)
                            .as("expired"))
                    .from(CARD_LEDGER)
                    .groupBy(CARD_LEDGER.CARD)
                    .having(sum(CARD_LEDGER.CHANGE).gt(BigDecimal.ZERO)),
                DSL.name(CARDS)))
        .groupBy(of("months_unused", Long.class));
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
                .where(CARD_BALANCES.balance.gt(BigDecimal.ZERO))));
  }
}
