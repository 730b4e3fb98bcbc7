package storefact.mart.loyalty;

import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.last;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.loyalty.PointsMonth.POINTS_MONTH;
import static storefact.warehouse.jooq.dw.Tables.POINTS_LOT;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Select;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;
import storefact.warehouse.Warehouse;

/** One row per member with a points event: the balance and where it came from and went. */
public final class PointsBalances extends Mart {
  /** The mart. */
  public static final PointsBalances POINTS_BALANCES = new PointsBalances();

  public final MartColumn<String> member = column(Term.MEMBER, POINTS_MONTH.member);
  public final MartColumn<BigDecimal> earned =
      column("earned", MONEY, sum(POINTS_MONTH.earned))
          .unit("points")
          .label("earned", "累计积分")
          .about("Points earned");
  public final MartColumn<BigDecimal> adjusted =
      column("adjusted", MONEY, sum(POINTS_MONTH.granted).minus(sum(POINTS_MONTH.taken)))
          .unit("points")
          .label("adjusted", "调整积分")
          .about("Points granted or taken by adjustments");
  public final MartColumn<BigDecimal> redeemed =
      column("redeemed", MONEY, sum(POINTS_MONTH.redeemed))
          .unit("points")
          .label("redeemed", "已兑换积分")
          .about("Points redeemed for gifts or against cash");
  public final MartColumn<BigDecimal> expired =
      column("expired", MONEY, sum(POINTS_MONTH.expired))
          .unit("points")
          .label("expired", "已过期积分")
          .about("Points that lapsed");
  public final MartColumn<BigDecimal> balance =
      column("balance", MONEY, last(POINTS_MONTH.balance, POINTS_MONTH.month))
          .unit("points")
          .label("balance", "积分余额")
          .about("Points that the member has");
  public final MartColumn<Long> events =
      column("events", COUNT, sum(POINTS_MONTH.events))
          .unit("events")
          .label("events", "事件数")
          .about("Points events");
  public final MartColumn<Long> faults =
      column("faults", COUNT, sum(POINTS_MONTH.faults))
          .unit("events")
          .label("faults", "异常数")
          .about("Events that should not have been possible; dw.points_ledger names them");
  public final MartColumn<LocalDate> lastEvent =
      column("last_event", DATE, max(POINTS_MONTH.lastEvent))
          .label("last event", "最近事件")
          .about("Business day of the last event");

  private PointsBalances() {
    super(
        "points_balances",
        "One row per member with a points event: the balance and where it came from and went",
        "每位有积分事件的会员一行：积分余额及其来源与去向");
    owner("loyalty");
    freshWithin(Duration.ofHours(24));
    grain(member);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns().from(POINTS_MONTH.table()).groupBy(POINTS_MONTH.member);
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
                            earned
                                .own()
                                .plus(adjusted.own())
                                .minus(redeemed.own())
                                .minus(expired.own())))),
        Check.same(
            name(),
            "what is left of the lots adds up to the balances",
            Warehouse.renderer()
                .select(sum(greatest(balance.own(), inline(BigDecimal.ZERO))))
                .from(table()),
            Warehouse.renderer().select(sum(POINTS_LOT.REMAINING)).from(POINTS_LOT)));
  }
}
