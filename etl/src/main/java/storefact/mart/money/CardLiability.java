package storefact.mart.money;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.loyalty.CardBalances.CARD_BALANCES;
import static storefact.warehouse.jooq.dw.Tables.CALENDAR;
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
  private static final String DAYS_OF = "days_of";
  private static final String EVENTS = "events_of";
  private static final Field<LocalDate> DAY = derived(DAYS_OF, "day", LocalDate.class);

  /** The mart. */
  public static final CardLiability CARD_LIABILITY = new CardLiability();

  public final MartColumn<LocalDate> day =
      column("day", DATE, DAY)
          .label("day", "日期")
          .about("Calendar day; from the first event to the last one without gaps");
  public final MartColumn<BigDecimal> opening =
      column(
              "opening",
              MONEY,
              sum(of("change")).over().orderBy(DAY).rowsUnboundedPreceding().minus(of("change")))
          .unit("currency")
          .label("opening", "期初余额")
          .about("What was owed in the morning");
  public final MartColumn<BigDecimal> deposits = column(Term.DEPOSITS, of("deposits"));
  public final MartColumn<BigDecimal> bonus = column(Term.BONUS, of("bonus"));
  public final MartColumn<BigDecimal> spent = column(Term.SPENT, of("spent"));
  public final MartColumn<BigDecimal> withdrawn = column(Term.WITHDRAWN, of("withdrawn"));
  public final MartColumn<BigDecimal> dropped =
      column("dropped", MONEY, of("dropped"))
          .unit("currency")
          .label("dropped", "注销余额")
          .about("Balance of cards that were replaced by none");
  public final MartColumn<BigDecimal> closing =
      column(
              "closing",
              MONEY,
              opening
                  .own()
                  .plus(deposits.own())
                  .plus(bonus.own())
                  .minus(spent.own())
                  .minus(withdrawn.own())
                  .minus(dropped.own()))
          .unit("currency")
          .label("closing", "期末余额")
          .about("What was owed in the evening");
  public final MartColumn<Double> spentShare =
      column(
              "spent_share",
              RATIO_OR_NULL,
              ratioOrNull(
                  sum(spent.own()).over().orderBy(day.own()).rowsUnboundedPreceding(),
                  sum(deposits.own().plus(bonus.own()))
                      .over()
                      .orderBy(day.own())
                      .rowsUnboundedPreceding()))
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

  private static Field<BigDecimal> of(String column) {
    return derived(EVENTS, column, BigDecimal.class);
  }

  /** Every day from the first event to the last, with or without one. */
  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0}) AS {1} LEFT JOIN ({2}) AS {3} ON {3}.business_date = {1}.day",
                DSL.select(field("toDate({0})", LocalDate.class, CALENDAR.DAY).as("day"))
                    .from(CALENDAR)
                    .where(
                        DSL.condition(
                            "{0} BETWEEN ({1}) AND ({2})",
                            CALENDAR.DAY,
                            DSL.select(field("minOrNull({0})", CARD_EVENT.BUSINESS_DATE))
                                .from(CARD_EVENT),
                            DSL.select(field("maxOrNull({0})", CARD_EVENT.BUSINESS_DATE))
                                .from(CARD_EVENT))),
                DSL.name(DAYS_OF),
                sums(),
                DSL.name(EVENTS)));
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
        Check.none(
            this,
            "closing = opening + in - out",
            DSL.selectFrom(table())
                .where(
                    closing
                        .own()
                        .ne(
                            opening
                                .own()
                                .plus(deposits.own())
                                .plus(bonus.own())
                                .minus(spent.own())
                                .minus(withdrawn.own())
                                .minus(dropped.own())))),
        Check.none(
            this,
            "a day opens as the day before closed",
            DSL.selectFrom(
                    DSL.table(
                        "({0}) AS days_in_order",
                        DSL.select(
                                day.own().as("day"),
                                opening.own().as("opening"),
                                field(
                                        "lagInFrame({0}, 1, {1}) OVER (ORDER BY {2} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
                                        BigDecimal.class, closing.own(), opening.own(), day.own())
                                    .as("closed_before"))
                            .from(table())))
                .where("opening != closed_before")),
        Check.same(
            name(),
            "the last day closes at the balances of all cards",
            DSL.select(
                    sum(deposits)
                        .plus(sum(bonus))
                        .minus(sum(spent))
                        .minus(sum(withdrawn))
                        .minus(sum(dropped)))
                .from(table()),
            DSL.select(sum(CARD_BALANCES.balance)).from(CARD_BALANCES.table())));
  }
}
