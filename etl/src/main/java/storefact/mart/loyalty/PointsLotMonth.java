package storefact.mart.loyalty;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.warehouse.jooq.dw.Tables.POINTS_EVENT;
import static storefact.warehouse.jooq.dw.Tables.POINTS_LOT;

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
 * One row per member, month and day on which points lapse: what came in with that end, and what
 * went out. It is what later months need of this one, in fewer rows than events.
 */
public final class PointsLotMonth extends Mart {
  /** What an event adds to the points, below 0 for what it takes. */
  static final Field<BigDecimal> CHANGE =
      DSL.field(
          "if({0} IN ('earn', 'adjust'), {1}, -{1})::Decimal(38, 2)",
          BigDecimal.class, POINTS_EVENT.KIND, POINTS_EVENT.POINTS);

  /** The day on which what an event brought lapses, the last day of all where it never does. */
  static final Field<LocalDate> EXPIRES_ON =
      DSL.field("ifNull({0}, toDate('2149-06-06'))", LocalDate.class, POINTS_EVENT.EXPIRES_ON);

  /** The mart. */
  public static final PointsLotMonth POINTS_LOT_MONTH = new PointsLotMonth();

  public final MartColumn<String> member = column(Term.MEMBER, POINTS_EVENT.MEMBER);
  public final MartColumn<LocalDate> month =
      column(Term.MONTH, monthOf(POINTS_EVENT.BUSINESS_DATE));
  public final MartColumn<LocalDate> expiresOn =
      column("expires_on", DATE, EXPIRES_ON)
          .label("expires on", "到期日")
          .about(
              "Day on which what came in lapses; 2149-06-06, the last day of all, where it never does, and for what went out");
  public final MartColumn<BigDecimal> brought =
      column("brought", MONEY, sumIf(CHANGE, CHANGE.gt(BigDecimal.ZERO)))
          .unit("points")
          .label("points in", "转入积分")
          .about("Points earned or granted");
  public final MartColumn<BigDecimal> drawn =
      column("drawn", MONEY, sumIf(CHANGE.neg(), CHANGE.lt(BigDecimal.ZERO)))
          .unit("points")
          .label("points out", "转出积分")
          .about("Points redeemed, lapsed or taken");

  private PointsLotMonth() {
    super(
        "points_lot_month",
        "One row per member, month and day on which points lapse: points in with that end, points out",
        "每会员、月份和到期日一行：该到期日的转入积分与转出积分");
    owner("loyalty");
    freshWithin(Duration.ofHours(24));
    grain(member, month, expiresOn);
    partitionedByMonth(month);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(POINTS_EVENT)
        .where(slice.covers(POINTS_EVENT.BUSINESS_DATE))
        .groupBy(POINTS_EVENT.MEMBER, monthOf(POINTS_EVENT.BUSINESS_DATE), EXPIRES_ON);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.none(
            this,
            "what comes in and goes out is not below 0",
            DSL.selectFrom(table())
                .where(
                    brought
                        .own()
                        .lt(inline(BigDecimal.ZERO))
                        .or(drawn.own().lt(inline(BigDecimal.ZERO))))),
        Check.same(
            name(),
            "what came in is what the lots held",
            DSL.select(month, sum(brought)).from(table()).groupBy(month),
            DSL.select(monthOf(POINTS_LOT.BUSINESS_DATE), sum(POINTS_LOT.POINTS))
                .from(POINTS_LOT)
                .groupBy(monthOf(POINTS_LOT.BUSINESS_DATE))));
  }
}
