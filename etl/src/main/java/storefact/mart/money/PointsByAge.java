package storefact.mart.money;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.DATE_OR_NULL;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.loyalty.PointsLotMonth.POINTS_LOT_MONTH;
import static storefact.warehouse.jooq.dw.Tables.POINTS_EVENT;
import static storefact.warehouse.jooq.dw.Tables.POINTS_LOT;

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
 * One row per month in which points were earned and month of their age: what was used and what
 * lapsed of them then, the oldest points being drawn first.
 *
 * <p>On a member's axis of points, what a month brought is a stretch and each draw is a stretch;
 * where both overlap, the draw took from what the month brought.
 */
public final class PointsByAge extends Mart {
  private static final String PARTS = "parts";

  /** Whether an event brings points; all others draw them. */
  private static final Condition BRINGS =
      POINTS_EVENT
          .KIND
          .eq("earn")
          .or(POINTS_EVENT.KIND.eq("adjust").and(POINTS_EVENT.POINTS.gt(BigDecimal.ZERO)));

  /** Points that were drawn before they were there count as drawn when they came. */
  private static final Field<LocalDate> DRAWN_IN =
      field(
          "greatest({0}, {1})",
          LocalDate.class, of("lot_month", LocalDate.class), of("drawn_month", LocalDate.class));

  private static final Field<Long> AGE =
      field(
          "toUInt64(dateDiff('month', {0}, {1}))",
          Long.class, of("lot_month", LocalDate.class), DRAWN_IN);

  /** The mart. */
  public static final PointsByAge POINTS_BY_AGE = new PointsByAge();

  public final MartColumn<LocalDate> earnedMonth =
      column("earned_month", DATE, of("lot_month", LocalDate.class))
          .label("month earned", "获得月份")
          .about("First day of the month in which the points were earned or granted");
  public final MartColumn<Long> age =
      column("age", COUNT, AGE)
          .unit("months")
          .label("age", "月龄")
          .about("Months from that month to the one in which they were drawn, 0 = the same");
  public final MartColumn<LocalDate> month =
      column("month", DATE, DRAWN_IN)
          .label("month of age", "使用月份")
          .about("First day of the month in which the points had that age");
  public final MartColumn<BigDecimal> earned =
      column("earned", MONEY, sum(of("earned", BigDecimal.class)))
          .unit("points")
          .label("earned", "获得积分")
          .about("Points earned or granted, at age 0");
  public final MartColumn<BigDecimal> used =
      column("used", MONEY, sum(of("used", BigDecimal.class)))
          .unit("points")
          .label("used", "使用积分")
          .about("Points redeemed at that age, or taken by adjustments");
  public final MartColumn<BigDecimal> lapsed =
      column("lapsed", MONEY, sum(of("lapsed", BigDecimal.class)))
          .unit("points")
          .label("lapsed", "过期积分")
          .about("Points that lapsed at that age");
  public final MartColumn<LocalDate> lapsesBy =
      column(
              "lapses_by",
              DATE_OR_NULL,
              field(
                  "if(countIf({0} IS NULL AND {1} > 0) > 0, NULL, max({0}))",
                  LocalDate.class,
                  of("expires_on", LocalDate.class),
                  of("earned", BigDecimal.class)))
          .label("lapses by", "最晚到期日")
          .about(
              "Last day on which points of the month lapse, on rows of age 0; null where some never do");

  private PointsByAge() {
    super(
        "points_by_age",
        "One row per month of earning and age in months: points used and lapsed at that age, oldest drawn first",
        "每获得月份和月龄一行：该月龄使用与过期的积分（先进先出）");
    owner("finance");
    freshWithin(Duration.ofHours(24));
    grain(earnedMonth, age);
    partitionedByMonth(month);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(PARTS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0} UNION ALL {1}) AS {2}", earnings(slice), overlaps(slice), DSL.name(PARTS)))
        .groupBy(of("lot_month", LocalDate.class), DRAWN_IN);
  }

  private static Select<?> earnings(Slice slice) {
    return DSL.select(
            monthOf(POINTS_EVENT.BUSINESS_DATE).as("lot_month"),
            monthOf(POINTS_EVENT.BUSINESS_DATE).as("drawn_month"),
            field("toDecimal128({0}, 2)", BigDecimal.class, POINTS_EVENT.POINTS).as("earned"),
            field("toDecimal128(0, 2)", BigDecimal.class).as("used"),
            field("toDecimal128(0, 2)", BigDecimal.class).as("lapsed"),
            POINTS_EVENT.EXPIRES_ON.as("expires_on"))
        .from(POINTS_EVENT)
        .where(BRINGS.and(slice.covers(POINTS_EVENT.BUSINESS_DATE)));
  }

  /**
   * Stretches of a month's points that a draw took. Draws before the slice matter to it where they
   * took what was not there yet; of others only the sum does, where the slice begins on the axis.
   */
  private static Select<?> overlaps(Slice slice) {
    Field<BigDecimal> stretch = field("stretch", BigDecimal.class);
    Field<String> kind = field("draw.1", String.class);
    return DSL.select(
            field("lot.1", LocalDate.class),
            field("draw.2", LocalDate.class),
            field("toDecimal128(0, 2)", BigDecimal.class),
            field("if({0} = 'expire', toDecimal128(0, 2), {1})", BigDecimal.class, kind, stretch),
            field("if({0} = 'expire', {1}, toDecimal128(0, 2))", BigDecimal.class, kind, stretch),
            field("CAST(NULL, 'Nullable(Date)')", LocalDate.class))
        .from(
            DSL.table(
                "(SELECT draw, draw_end, arrayJoin(arraySlice(lots, from_lot, if(to_lot = 0, toInt64(length(lots)), to_lot - from_lot + 1))) AS lot,"
                    + " least(draw_end, lot.3) - greatest(draw_end - draw.3, lot.3 - lot.2) AS stretch FROM"
                    + " (SELECT lots, draw, draw_end,"
                    + " arrayFirstIndex(lot -> lot.3 > draw_end - draw.3, lots) AS from_lot,"
                    + " arrayFirstIndex(lot -> lot.3 >= draw_end, lots) AS to_lot FROM"
                    + " (SELECT member, draws, arrayMap(so_far -> if(drawn_before > before, toDecimal128(0, 2), drawn_before) + so_far, arrayCumSum(draw -> draw.3, draws)) AS draw_ends,"
                    + " lots, before FROM ({0}) AS drawn INNER JOIN ({1}) AS brought USING (member))"
                    + " ARRAY JOIN draws AS draw, draw_ends AS draw_end"
                    + " WHERE draw.2 >= {2} OR draw_end > before) WHERE from_lot > 0)",
                draws(slice), lots(slice), slice.begin()))
        .where(
            DSL.condition("greatest(lot.1, draw.2) >= {0}", slice.begin())
                .and(stretch.gt(BigDecimal.ZERO)));
  }

  /**
   * A row per member: draws in their order, as kind, month and points. Those before the slice are
   * read only if some member had drawn more than there was, and taken only of such members.
   */
  private static Select<?> draws(Slice slice) {
    return DSL.select(
            POINTS_EVENT.MEMBER.as("member"),
            field(
                    "arrayMap(draw -> (draw.4, draw.5, draw.6), arraySort(draw -> (draw.1, draw.2, draw.3),"
                        + " groupArray(({0}, {1}, {2}, toString({3}), {4}, toDecimal128(abs({5}), 2)))))",
                    POINTS_EVENT.AT,
                    POINTS_EVENT.BUSINESS_DATE,
                    POINTS_EVENT.EVENT,
                    POINTS_EVENT.KIND,
                    monthOf(POINTS_EVENT.BUSINESS_DATE),
                    POINTS_EVENT.POINTS)
                .as("draws"))
        .from(POINTS_EVENT)
        .where(drawn(slice))
        .groupBy(POINTS_EVENT.MEMBER);
  }

  private static Condition drawn(Slice slice) {
    return slice
        .upTo(POINTS_EVENT.BUSINESS_DATE)
        .and(
            DSL.condition(
                "{0} >= if(empty({1}), {2}, toDate(0))",
                POINTS_EVENT.BUSINESS_DATE, overdrawn(slice), slice.begin()))
        .and(
            POINTS_EVENT
                .BUSINESS_DATE
                .ge(slice.begin())
                .or(
                    DSL.condition(
                        "{0} IN (SELECT arrayJoin({1}))", POINTS_EVENT.MEMBER, overdrawn(slice))))
        .and(DSL.not(BRINGS))
        .and(POINTS_EVENT.POINTS.ne(BigDecimal.ZERO));
  }

  /**
   * Members who had drawn more than there was when the slice began: one value, which ClickHouse
   * computes once however often it stands here.
   */
  private static Field<?> overdrawn(Slice slice) {
    return DSL.field(
        "(SELECT groupArray(member) FROM ({0}))",
        DSL.select(POINTS_LOT_MONTH.member)
            .from(POINTS_LOT_MONTH.table())
            .where(slice.upTo(POINTS_LOT_MONTH.month))
            .and(POINTS_LOT_MONTH.month.lt(slice.begin()))
            .groupBy(POINTS_LOT_MONTH.member)
            .having(sum(POINTS_LOT_MONTH.drawn).gt(sum(POINTS_LOT_MONTH.brought))));
  }

  /**
   * A row per member who drew: what came in, as month, points, and where they end on the axis; and
   * both axes where the slice begins.
   */
  private static Select<?> lots(Slice slice) {
    Field<BigDecimal> brought = POINTS_LOT_MONTH.brought;
    Condition before = POINTS_LOT_MONTH.month.lt(slice.begin());
    return DSL.select(
            POINTS_LOT_MONTH.member.as("member"),
            field(
                    "arraySort(groupArrayIf(({0}, toDecimal128({1}, 2)), {1} > 0))",
                    POINTS_LOT_MONTH.month, brought)
                .as("months"),
            field(
                    "arrayMap((lot, lot_end) -> (lot.1, lot.2, lot_end), months, arrayCumSum(lot -> lot.2, months))")
                .as("lots"),
            sumIf(brought, before).as("before"),
            sumIf(POINTS_LOT_MONTH.drawn, before).as("drawn_before"))
        .from(POINTS_LOT_MONTH.table())
        .where(slice.upTo(POINTS_LOT_MONTH.month))
        .and(
            POINTS_LOT_MONTH.member.in(
                DSL.select(POINTS_EVENT.MEMBER).from(POINTS_EVENT).where(drawn(slice))))
        .groupBy(POINTS_LOT_MONTH.member);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "what is left is what is left of the lots",
            DSL.select(sum(earned).minus(sum(used)).minus(sum(lapsed))).from(table()),
            DSL.select(sum(POINTS_LOT.REMAINING)).from(POINTS_LOT)),
        Check.same(
            name(),
            "what was earned is what the lots held",
            DSL.select(earnedMonth, sum(earned)).from(table()).groupBy(earnedMonth),
            DSL.select(monthOf(POINTS_LOT.BUSINESS_DATE), sum(POINTS_LOT.POINTS))
                .from(POINTS_LOT)
                .groupBy(monthOf(POINTS_LOT.BUSINESS_DATE))));
  }
}
