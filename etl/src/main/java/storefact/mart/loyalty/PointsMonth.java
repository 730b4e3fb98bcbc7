package storefact.mart.loyalty;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.last;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.newest;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.loyalty.PointsLotMonth.POINTS_LOT_MONTH;
import static storefact.warehouse.jooq.dw.Tables.POINTS_EVENT;

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
import storefact.mart.Term;

/**
 * One row per member and month with a points event: what came in, what went out, the balance after
 * it, and events that should not have been possible.
 *
 * <p>Faults are those of {@code dw.points_ledger}: more drawn than was there, and more lapsed than
 * was due, the oldest points being drawn first. Of what came before the month, they need one row
 * for each member: what there was, what was drawn, and what lapses when.
 */
public final class PointsMonth extends Mart {
  private static final String EVENTS = "events_of";

  /** The mart. */
  public static final PointsMonth POINTS_MONTH = new PointsMonth();

  public final MartColumn<String> member = column(Term.MEMBER, of("member", String.class));
  public final MartColumn<LocalDate> month =
      column(Term.MONTH, monthOf(of("business_date", LocalDate.class)));
  public final MartColumn<BigDecimal> earned =
      column("earned", MONEY, moved(kind("earn")))
          .unit("points")
          .label("earned", "获得积分")
          .about("Points earned");
  public final MartColumn<BigDecimal> granted =
      column("granted", MONEY, moved(kind("adjust").and(change().gt(BigDecimal.ZERO))))
          .unit("points")
          .label("granted", "调增积分")
          .about("Points granted by adjustments");
  public final MartColumn<BigDecimal> taken =
      column("taken", MONEY, moved(kind("adjust").and(change().lt(BigDecimal.ZERO))).neg())
          .unit("points")
          .label("taken", "调减积分")
          .about("Points taken by adjustments");
  public final MartColumn<BigDecimal> redeemed =
      column("redeemed", MONEY, moved(kind("redeem_gift", "redeem_cash")).neg())
          .unit("points")
          .label("redeemed", "兑换积分")
          .about("Points redeemed for gifts or against cash");
  public final MartColumn<BigDecimal> expired =
      column("expired", MONEY, moved(kind("expire")).neg())
          .unit("points")
          .label("expired", "过期积分")
          .about("Points that lapsed");
  public final MartColumn<BigDecimal> balance =
      column("balance", MONEY, newest(of("balance", BigDecimal.class), of("position", Long.class)))
          .unit("points")
          .label("balance", "积分余额")
          .about("Points that the member had after the last event of the month");
  public final MartColumn<Long> events =
      column("events", COUNT, count()).unit("events").label("events", "事件数").about("Points events");
  public final MartColumn<Long> faults =
      column("faults", COUNT, countIf(DSL.condition("{0}", of("fault", Boolean.class))))
          .unit("events")
          .label("faults", "异常数")
          .about("Events that should not have been possible; dw.points_ledger names them");
  public final MartColumn<LocalDate> lastEvent =
      column("last_event", DATE, max(of("business_date", LocalDate.class)))
          .label("last event", "最近事件")
          .about("Business day of the last event of the month");

  private PointsMonth() {
    super(
        "points_month",
        "One row per member and month with a points event: points in and out, the balance after it, faults",
        "每会员和有积分事件的月份一行：积分增减、月末余额与异常");
    owner("loyalty");
    freshWithin(Duration.ofHours(24));
    grain(member, month);
    partitionedByMonth(month);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(EVENTS, column, type);
  }

  private static Field<BigDecimal> change() {
    return of("change", BigDecimal.class);
  }

  private static Condition kind(String... kinds) {
    return of("kind", String.class).in(kinds);
  }

  private static Field<BigDecimal> moved(Condition condition) {
    return sumIf(change(), condition);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT member, position, event.2 AS business_date, event.4 AS kind, event.5 AS change,"
                    + " balances[position] AS balance, has(faulty, position) AS fault FROM"
                    + " (SELECT member, arraySort(event -> (event.1, event.2, event.3), unsorted) AS events,"
                    + " arrayMap(so_far -> opening + so_far, arrayCumSum(event -> event.5, events)) AS balances,"
                    + " arrayCumSum(event -> greatest(-event.5, toDecimal128(0, 2)), events) AS drawn,"
                    + " arrayFilter((i, event, left_over) -> (left_over < 0 AND event.5 < 0), arrayEnumerate(events), events, balances) AS beyond,"
                    + " arrayFilter(i -> drawn_before + drawn[i] > due_before"
                    + " + arraySum(lot -> if(lot.1 <= events[i].2, lot.2, toDecimal128(0, 2)), lots)"
                    + " + arraySum(lot -> if(lot.5 > 0 AND lot.6 <= events[i].2, lot.5, toDecimal128(0, 2)), arraySlice(events, 1, i)),"
                    + " arrayFilter((i, event) -> event.4 = 'expire', arrayEnumerate(events), events)) AS too_early,"
                    + " arrayConcat(beyond, too_early) AS faulty FROM ({0}) AS happened LEFT JOIN ({1}) AS carried USING (member))"
                    + " ARRAY JOIN events AS event, arrayEnumerate(events) AS position) AS {2}",
                happened(slice), carried(slice), DSL.name(EVENTS)))
        .groupBy(of("member", String.class), monthOf(of("business_date", LocalDate.class)));
  }

  /** A row per member with events of the slice: those. */
  private static Select<?> happened(Slice slice) {
    return DSL.select(
            POINTS_EVENT.MEMBER.as("member"),
            field(
                    "groupArray(({0}, {1}, {2}, toString({3}), {4}, {5}))",
                    POINTS_EVENT.AT,
                    POINTS_EVENT.BUSINESS_DATE,
                    POINTS_EVENT.EVENT,
                    POINTS_EVENT.KIND,
                    PointsLotMonth.CHANGE,
                    PointsLotMonth.EXPIRES_ON)
                .as("unsorted"))
        .from(POINTS_EVENT)
        .where(slice.covers(POINTS_EVENT.BUSINESS_DATE))
        .groupBy(POINTS_EVENT.MEMBER);
  }

  /** A row per member with events before the slice: sums of them. */
  private static Select<?> carried(Slice slice) {
    return DSL.select(
            POINTS_LOT_MONTH.member.as("member"),
            sum(POINTS_LOT_MONTH.brought).minus(sum(POINTS_LOT_MONTH.drawn)).as("opening"),
            sum(POINTS_LOT_MONTH.drawn).as("drawn_before"),
            sumIf(POINTS_LOT_MONTH.brought, POINTS_LOT_MONTH.expiresOn.lt(slice.begin()))
                .as("due_before"),
            field(
                    "groupArrayIf(({0}, toDecimal128({1}, 2)), {2})",
                    POINTS_LOT_MONTH.expiresOn,
                    POINTS_LOT_MONTH.brought,
                    POINTS_LOT_MONTH
                        .expiresOn
                        .ge(slice.begin())
                        .and(slice.ended(POINTS_LOT_MONTH.expiresOn)))
                .as("lots"))
        .from(POINTS_LOT_MONTH.table())
        .where(slice.upTo(POINTS_LOT_MONTH.month))
        .and(POINTS_LOT_MONTH.month.lt(slice.begin()))
        .groupBy(POINTS_LOT_MONTH.member);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "members' last months close at what came in less what went out",
            DSL.select(
                    member,
                    sum(earned)
                        .plus(sum(granted))
                        .minus(sum(taken))
                        .minus(sum(redeemed))
                        .minus(sum(expired)))
                .from(table())
                .groupBy(member),
            DSL.select(member, last(balance, month)).from(table()).groupBy(member)));
  }
}
