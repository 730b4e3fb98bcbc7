package storefact.mart.money;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.distinctIf;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.money.CardLiability.CARD_LIABILITY;
import static storefact.warehouse.jooq.dw.Tables.CARD_EVENT;
import static storefact.warehouse.jooq.dw.Tables.STORE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/** One row per store and month: deposits on stored-value cards against what cards paid there. */
public final class DepositSpend extends Mart {
  private static final Condition PAID_IN = CARD_EVENT.KIND.in("issue", "deposit");
  private static final Condition SPENT = CARD_EVENT.KIND.eq("spend");

  /** The mart. */
  public static final DepositSpend DEPOSIT_SPEND = new DepositSpend();

  public final MartColumn<String> store =
      column(Term.STORE, CARD_EVENT.STORE)
          .about("Store where it happened, empty outside of stores");
  public final MartColumn<LocalDate> month = column(Term.MONTH, monthOf(CARD_EVENT.BUSINESS_DATE));
  public final MartColumn<Long> cardsDepositing =
      column(
              "cards_depositing",
              COUNT,
              distinctIf(
                  CARD_EVENT.CARD,
                  PAID_IN.and(CARD_EVENT.AMOUNT.plus(CARD_EVENT.BONUS).gt(BigDecimal.ZERO))))
          .unit("cards")
          .label("cards depositing", "充值卡数")
          .about("Cards that were paid on; don't add them up over stores or months");
  public final MartColumn<BigDecimal> deposits =
      column(Term.DEPOSITS, sumIf(CARD_EVENT.AMOUNT, PAID_IN));
  public final MartColumn<BigDecimal> bonus = column(Term.BONUS, sumIf(CARD_EVENT.BONUS, PAID_IN));
  public final MartColumn<Long> cardsSpending =
      column("cards_spending", COUNT, distinctIf(CARD_EVENT.CARD, SPENT))
          .unit("cards")
          .label("cards spending", "消费卡数")
          .about("Cards that paid; don't add them up over stores or months");
  public final MartColumn<Long> payments =
      column("payments", COUNT, countIf(SPENT))
          .unit("events")
          .label("payments", "消费笔数")
          .about("Payments by card");
  public final MartColumn<BigDecimal> spent = column(Term.SPENT, sumIf(CARD_EVENT.AMOUNT, SPENT));
  public final MartColumn<BigDecimal> withdrawn =
      column(Term.WITHDRAWN, sumIf(CARD_EVENT.AMOUNT, CARD_EVENT.KIND.in("withdraw", "cancel")));
  public final MartColumn<Double> bonusRate =
      column("bonus_rate", RATIO_OR_NULL, ratioOrNull(bonus.own(), deposits.own()))
          .unit("share")
          .label("bonus rate", "赠送率")
          .about("Bonus as a part of deposits, null without deposits");
  public final MartColumn<Double> spentPerDeposit =
      column(
              "spent_per_deposit",
              RATIO_OR_NULL,
              ratioOrNull(spent.own(), deposits.own().plus(bonus.own())))
          .unit("share")
          .label("spent per deposit", "充值消费率")
          .about("Spent as a part of deposits and bonus of the month, null without deposits");

  private DepositSpend() {
    super(
        "deposit_spend",
        "One row per store and month: deposits on stored-value cards against what cards paid there",
        "每门店和月份一行：储值卡充值与消费");
    owner("finance");
    freshWithin(Duration.ofHours(24));
    grain(store, month);
    partitionedByMonth(month);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(CARD_EVENT)
        .where(slice.covers(CARD_EVENT.BUSINESS_DATE))
        .and(CARD_EVENT.KIND.in("issue", "deposit", "spend", "withdraw", "cancel"))
        .groupBy(CARD_EVENT.STORE, month.expression());
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.refersTo(store, STORE.STORE_, STORE),
        Check.same(
            name(),
            "sums equal the days",
            DSL.select(month, sum(deposits), sum(bonus), sum(spent), sum(withdrawn))
                .from(table())
                .groupBy(month),
            DSL.select(
                    monthOf(CARD_LIABILITY.day),
                    sum(CARD_LIABILITY.deposits),
                    sum(CARD_LIABILITY.bonus),
                    sum(CARD_LIABILITY.spent),
                    sum(CARD_LIABILITY.withdrawn))
                .from(CARD_LIABILITY.table())
                .where(monthOf(CARD_LIABILITY.day).in(DSL.select(month).from(table())))
                .groupBy(monthOf(CARD_LIABILITY.day))));
  }
}
