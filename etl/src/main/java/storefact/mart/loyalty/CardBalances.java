package storefact.mart.loyalty;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.newest;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.TEXT;
import static storefact.warehouse.jooq.dw.Tables.CARD_EVENT;
import static storefact.warehouse.jooq.dw.Tables.CARD_LEDGER;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Select;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;
import storefact.warehouse.Warehouse;

/** One row per stored-value card: its balance and where it came from and went. */
public final class CardBalances extends Mart {
  /** The mart. */
  public static final CardBalances CARD_BALANCES = new CardBalances();

  public final MartColumn<String> card =
      column("card", TEXT, CARD_LEDGER.CARD)
          .label("stored-value card", "储值卡")
          .about("Stored-value card");
  public final MartColumn<String> member =
      column(Term.MEMBER, max(CARD_LEDGER.MEMBER))
          .about("Member, empty where no event of the card names one");
  public final MartColumn<BigDecimal> paidIn =
      column("paid_in", MONEY, sumIf(CARD_LEDGER.CHANGE, kind("issue", "deposit")))
          .unit("currency")
          .label("paid in", "充值")
          .about("Paid in at issue and by deposits, bonus included");
  public final MartColumn<BigDecimal> carried =
      column("carried", MONEY, sumIf(CARD_LEDGER.CHANGE, kind("replace", "replaced_from")))
          .unit("currency")
          .label("carried over", "换卡结转")
          .about("Taken over from the card before, negative on the card that was replaced");
  public final MartColumn<BigDecimal> spent =
      column(Term.SPENT, sumIf(CARD_LEDGER.CHANGE, kind("spend")).neg());
  public final MartColumn<BigDecimal> withdrawn =
      column(Term.WITHDRAWN, sumIf(CARD_LEDGER.CHANGE, kind("withdraw", "cancel")).neg());
  public final MartColumn<BigDecimal> balance =
      column("balance", MONEY, sum(CARD_LEDGER.CHANGE))
          .unit("currency")
          .label("balance", "余额")
          .about("What the chain owes the holder");
  public final MartColumn<Long> events =
      column("events", COUNT, count())
          .unit("events")
          .label("events", "事件数")
          .about("Events that touch the card");
  public final MartColumn<Long> faults =
      column("faults", COUNT, countIf(CARD_LEDGER.FAULT.ne("")))
          .unit("events")
          .label("faults", "异常数")
          .about("Events that should not have been possible; dw.card_ledger names them");
  public final MartColumn<LocalDate> lastEvent =
      column("last_event", DATE, newest(CARD_LEDGER.BUSINESS_DATE, CARD_LEDGER.AT))
          .label("last event", "最近事件")
          .about("Business day of the last event");

  private CardBalances() {
    super(
        "card_balances",
        "One row per stored-value card: its balance and where it came from and went",
        "每张储值卡一行：余额及其来源与去向");
    owner("loyalty");
    freshWithin(Duration.ofHours(24));
    grain(card);
  }

  private static Condition kind(String... kinds) {
    return CARD_LEDGER.KIND.in(kinds);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns().from(CARD_LEDGER).groupBy(CARD_LEDGER.CARD);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.none(
            this,
            "balance is what came in less what went out",
            Warehouse.renderer()
                .selectFrom(table())
                .where(
                    balance
                        .own()
                        .ne(
                            paidIn
                                .own()
                                .plus(carried.own())
                                .minus(spent.own())
                                .minus(withdrawn.own())))),
        Check.same(
            name(),
            "balances add up to the events of dw.card_event",
            Warehouse.renderer().select(sum(balance.own())).from(table()),
            Warehouse.renderer()
                .select(
                    sumIf(
                            CARD_EVENT.AMOUNT.plus(CARD_EVENT.BONUS),
                            CARD_EVENT.KIND.in("issue", "deposit"))
                        .minus(
                            sumIf(
                                CARD_EVENT.AMOUNT,
                                CARD_EVENT
                                    .KIND
                                    .in("spend", "withdraw", "cancel")
                                    .or(
                                        CARD_EVENT
                                            .KIND
                                            .eq("replace")
                                            .and(CARD_EVENT.NEW_CARD.eq(""))))))
                .from(CARD_EVENT)));
  }
}
