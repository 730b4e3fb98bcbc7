package storefact.mart.money;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.loyalty.PointsBalances.POINTS_BALANCES;
import static storefact.warehouse.jooq.dw.Tables.CALENDAR;
import static storefact.warehouse.jooq.dw.Tables.POINTS_EVENT;

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
 * One row per day from the first points event: what the chain owes to members in points, and how it
 * moved. A point is worth what points were taken for at tills so far: cash over points.
 */
public final class PointsLiability extends Mart {
  private static final String DAYS_OF = "days_of";
  private static final String EVENTS = "events_of";
  private static final Field<LocalDate> DAY = derived(DAYS_OF, "day", LocalDate.class);

  /** The mart. */
  public static final PointsLiability POINTS_LIABILITY = new PointsLiability();

  public final MartColumn<LocalDate> day =
      column("day", DATE, DAY)
          .label("day", "日期")
          .about("Calendar day; from the first event to the last one without gaps");
  public final MartColumn<BigDecimal> opening =
      column(
              "opening",
              MONEY,
              sum(of("change")).over().orderBy(DAY).rowsUnboundedPreceding().minus(of("change")))
          .unit("points")
          .label("opening", "期初积分")
          .about("Points in the morning");
  public final MartColumn<BigDecimal> earned =
      column("earned", MONEY, of("earned"))
          .unit("points")
          .label("earned", "获得积分")
          .about("Points earned");
  public final MartColumn<BigDecimal> granted =
      column("granted", MONEY, of("granted"))
          .unit("points")
          .label("granted", "调增积分")
          .about("Points granted by adjustments");
  public final MartColumn<BigDecimal> taken =
      column("taken", MONEY, of("taken"))
          .unit("points")
          .label("taken", "调减积分")
          .about("Points taken by adjustments, as for returns");
  public final MartColumn<BigDecimal> redeemedGift =
      column("redeemed_gift", MONEY, of("redeemed_gift"))
          .unit("points")
          .label("redeemed for gifts", "兑换礼品积分")
          .about("Points redeemed for gifts");
  public final MartColumn<BigDecimal> redeemedCash =
      column("redeemed_cash", MONEY, of("redeemed_cash"))
          .unit("points")
          .label("redeemed against cash", "抵现积分")
          .about("Points redeemed at tills");
  public final MartColumn<BigDecimal> expired =
      column("expired", MONEY, of("expired"))
          .unit("points")
          .label("expired", "过期积分")
          .about("Points that lapsed");
  public final MartColumn<BigDecimal> closing =
      column(
              "closing",
              MONEY,
              opening
                  .own()
                  .plus(earned.own())
                  .plus(granted.own())
                  .minus(taken.own())
                  .minus(redeemedGift.own())
                  .minus(redeemedCash.own())
                  .minus(expired.own()))
          .unit("points")
          .label("closing", "期末积分")
          .about("Points in the evening");
  public final MartColumn<BigDecimal> cash =
      column("cash", MONEY, of("cash"))
          .unit("currency")
          .label("cash", "抵扣金额")
          .about("What points redeemed at tills were worth");
  public final MartColumn<Double> valueOfPoint =
      column(
              "value_of_point",
              RATIO_OR_NULL,
              ratioOrNull(
                  sum(of("cash")).over().orderBy(DAY).rowsUnboundedPreceding(),
                  sum(of("redeemed_cash")).over().orderBy(DAY).rowsUnboundedPreceding()))
          .unit("currency per point")
          .label("value of a point", "每分价值")
          .about("Cash over points of all redemptions at tills so far, null before the first");

  private PointsLiability() {
    super(
        "points_liability",
        "One row per day: what the chain owes to members in points, and how it moved",
        "每日一行：积分负债及其变动");
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
                            DSL.select(field("minOrNull({0})", POINTS_EVENT.BUSINESS_DATE))
                                .from(POINTS_EVENT),
                            DSL.select(field("maxOrNull({0})", POINTS_EVENT.BUSINESS_DATE))
                                .from(POINTS_EVENT))),
                DSL.name(DAYS_OF),
                sums(),
                DSL.name(EVENTS)));
  }

  private static Select<?> sums() {
    return DSL.select(
            POINTS_EVENT.BUSINESS_DATE.as("business_date"),
            sumIf(POINTS_EVENT.POINTS, POINTS_EVENT.KIND.eq("earn")).as("earned"),
            sumIf(
                    POINTS_EVENT.POINTS,
                    POINTS_EVENT.KIND.eq("adjust").and(POINTS_EVENT.POINTS.gt(BigDecimal.ZERO)))
                .as("granted"),
            sumIf(
                    POINTS_EVENT.POINTS.neg(),
                    POINTS_EVENT.KIND.eq("adjust").and(POINTS_EVENT.POINTS.lt(BigDecimal.ZERO)))
                .as("taken"),
            sumIf(POINTS_EVENT.POINTS, POINTS_EVENT.KIND.eq("redeem_gift")).as("redeemed_gift"),
            sumIf(POINTS_EVENT.POINTS, POINTS_EVENT.KIND.eq("redeem_cash")).as("redeemed_cash"),
            sumIf(POINTS_EVENT.POINTS, POINTS_EVENT.KIND.eq("expire")).as("expired"),
            sumIf(POINTS_EVENT.CASH, POINTS_EVENT.KIND.eq("redeem_cash")).as("cash"),
            field("earned + granted - taken - redeemed_gift - redeemed_cash - expired")
                .as("change"))
        .from(POINTS_EVENT)
        .groupBy(POINTS_EVENT.BUSINESS_DATE);
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
                                .plus(earned.own())
                                .plus(granted.own())
                                .minus(taken.own())
                                .minus(redeemedGift.own())
                                .minus(redeemedCash.own())
                                .minus(expired.own())))),
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
            "the last day closes at the balances of all members",
            DSL.select(
                    sum(earned)
                        .plus(sum(granted))
                        .minus(sum(taken))
                        .minus(sum(redeemedGift))
                        .minus(sum(redeemedCash))
                        .minus(sum(expired)))
                .from(table()),
            DSL.select(sum(POINTS_BALANCES.balance)).from(POINTS_BALANCES.table())));
  }
}
