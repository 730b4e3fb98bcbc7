package storefact.mart.money;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
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
import storefact.mart.Term;

/**
 * One row per day from the first event of a stored-value card: what the chain owes to holders of
 * cards, and how it moved. A month opens as its first day does and closes as its last.
 */
public final class CardLiability extends Mart {
  /** The mart. */
  public static final CardLiability CARD_LIABILITY = new CardLiability();

  public final MartColumn<LocalDate> day = column(LedgerDays.DAY_COLUMN, LedgerDays.DAY);
  public final MartColumn<BigDecimal> opening =
      column("opening", MONEY, LedgerDays.opening())
          .unit("currency")
          .label("opening", "期初余额")
          .about("What was owed in the morning");
  public final MartColumn<BigDecimal> deposits =
      column(Term.DEPOSITS, LedgerDays.moved("deposits"));
  public final MartColumn<BigDecimal> bonus = column(Term.BONUS, LedgerDays.moved("bonus"));
  public final MartColumn<BigDecimal> spent = column(Term.SPENT, LedgerDays.moved("spent"));
  public final MartColumn<BigDecimal> withdrawn =
      column(Term.WITHDRAWN, LedgerDays.moved("withdrawn"));
  public final MartColumn<BigDecimal> dropped =
      column("dropped", MONEY, LedgerDays.moved("dropped"))
          .unit("currency")
          .label("dropped", "注销余额")
          .about("Balance of cards that were replaced by none");
  public final MartColumn<BigDecimal> closing =
      column("closing", MONEY, closed())
          .unit("currency")
          .label("closing", "期末余额")
          .about("What was owed in the evening");
  public final MartColumn<Double> spentShare =
      column(
              "spent_share",
              RATIO_OR_NULL,
              ratioOrNull(
                  LedgerDays.soFar(spent.own(), day.own()),
                  LedgerDays.soFar(deposits.own().plus(bonus.own()), day.own())))
          .unit("share")
          .label("spent of deposits", "充值消费率")
          .about(
              "All that was spent so far as a part of all that was paid in so far, bonus included");

  private CardLiability() {
    super(
        "card_liability",
        "One row per day: what the chain owes to holders of stored-value cards, and how it moved",
        "每日一行：储值卡负债及其变动");
    owner("finance");
    freshWithin(Duration.ofHours(24));
    grain(day);
  }

  /** What the day opened with, more what came in, less what went out. */
  private Field<BigDecimal> closed() {
    return opening
        .own()
        .plus(deposits.own())
        .plus(bonus.own())
        .minus(spent.own())
        .minus(withdrawn.own())
        .minus(dropped.own());
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns().from(LedgerDays.days(sums(), CARD_EVENT.BUSINESS_DATE, CARD_EVENT));
  }

  private static Select<?> sums() {
    return DSL.select(
            CARD_EVENT.BUSINESS_DATE.as("business_date"),
            sumIf(CARD_EVENT.AMOUNT, CARD_EVENT.KIND.in("issue", "deposit")).as("deposits"),
            sumIf(CARD_EVENT.BONUS, CARD_EVENT.KIND.in("issue", "deposit")).as("bonus"),
            sumIf(CARD_EVENT.AMOUNT, CARD_EVENT.KIND.eq("spend")).as("spent"),
            sumIf(CARD_EVENT.AMOUNT, CARD_EVENT.KIND.in("withdraw", "cancel")).as("withdrawn"),
            sumIf(CARD_EVENT.AMOUNT, CARD_EVENT.KIND.eq("replace").and(CARD_EVENT.NEW_CARD.eq("")))
                .as("dropped"),
            field("deposits + bonus - spent - withdrawn - dropped").as("change"))
        .from(CARD_EVENT)
        .groupBy(CARD_EVENT.BUSINESS_DATE);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        LedgerDays.closesByItsMoves(closing, closed()),
        LedgerDays.opensAsTheDayBeforeClosed(day, opening, closing),
        LedgerDays.closesAtTheBalances(
            closing,
            "the last day closes at the balances of all cards",
            sum(deposits)
                .plus(sum(bonus))
                .minus(sum(spent))
                .minus(sum(withdrawn))
                .minus(sum(dropped)),
            CARD_BALANCES.balance));
  }
}
