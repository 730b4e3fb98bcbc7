package storefact.mart.money;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.DATE_OR_NULL;
import static storefact.mart.ColumnType.MONEY;
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
 * <p>On a member's axis of points, each lot is a stretch and each draw is a stretch; where a lot's
 * and a draw's overlap, the draw took from the lot. So one sort of the ends of both finds every
 * pair.
 */
public final class PointsByAge extends Mart {
  private static final String PARTS = "parts";
  private static final String ENDS = "ends";

  /** Whether an event brings points; all others draw them. */
  private static final Condition BRINGS =
      POINTS_EVENT
          .KIND
          .eq("earn")
          .or(POINTS_EVENT.KIND.eq("adjust").and(POINTS_EVENT.POINTS.gt(BigDecimal.ZERO)));

  /** Points that were drawn before they were there count as drawn at once. */
  private static final Field<Long> AGE =
      field(
          "toUInt64(greatest(dateDiff('month', {0}, {1}), 0))",
          Long.class, of("lot_month", LocalDate.class), of("drawn_month", LocalDate.class));

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
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(PARTS, column, type);
  }

  private static <T> Field<T> end(String column, Class<T> type) {
    return derived(ENDS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(DSL.table("({0} UNION ALL {1}) AS {2}", earnings(), overlaps(), DSL.name(PARTS)))
        .groupBy(of("lot_month", LocalDate.class), AGE);
  }

  private static Select<?> earnings() {
    return DSL.select(
            monthOf(POINTS_EVENT.BUSINESS_DATE).as("lot_month"),
            monthOf(POINTS_EVENT.BUSINESS_DATE).as("drawn_month"),
            field("toDecimal128({0}, 2)", BigDecimal.class, POINTS_EVENT.POINTS).as("earned"),
            field("toDecimal128(0, 2)", BigDecimal.class).as("used"),
            field("toDecimal128(0, 2)", BigDecimal.class).as("lapsed"),
            POINTS_EVENT.EXPIRES_ON.as("expires_on"))
        .from(POINTS_EVENT)
        .where(BRINGS);
  }

  /** Stretches between neighbouring ends that have a lot and a draw above them. */
  private static Select<?> overlaps() {
    Field<LocalDate> lotMonth = field("lot_month", LocalDate.class);
    Field<LocalDate> drawnMonth = field("drawn_month", LocalDate.class);
    Field<String> kind = field("draw_kind", String.class);
    Field<BigDecimal> stretch = field("stretch", BigDecimal.class);
    return DSL.select(
            field("assumeNotNull({0})", LocalDate.class, lotMonth),
            field("assumeNotNull({0})", LocalDate.class, drawnMonth),
            field("toDecimal128(0, 2)", BigDecimal.class),
            field("if({0} = 'expire', toDecimal128(0, 2), {1})", BigDecimal.class, kind, stretch),
            field("if({0} = 'expire', {1}, toDecimal128(0, 2))", BigDecimal.class, kind, stretch),
            field("CAST(NULL, 'Nullable(Date)')", LocalDate.class))
        .from(
            DSL.table(
                "({0})",
                DSL.select(
                        field(
                                "last_value({0}) IGNORE NULLS OVER above",
                                end("lot_month", LocalDate.class))
                            .as("lot_month"),
                        field(
                                "last_value({0}) IGNORE NULLS OVER above",
                                end("drawn_month", LocalDate.class))
                            .as("drawn_month"),
                        field(
                                "last_value({0}) IGNORE NULLS OVER above",
                                end("draw_kind", String.class))
                            .as("draw_kind"),
                        field(
                                "{0} - leadInFrame({0}, 1, toDecimal128(0, 2)) OVER (PARTITION BY {1} ORDER BY {0} DESC, {2}, {3}"
                                    + " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)",
                                end("position", BigDecimal.class),
                                end("member", String.class),
                                end("is_draw", Integer.class),
                                end("event", String.class))
                            .as("stretch"))
                    .from(
                        DSL.table(
                            "({0}) AS {1} WINDOW above AS (PARTITION BY {2} ORDER BY {3} DESC, {4}, {5}"
                                + " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
                            ends(),
                            DSL.name(ENDS),
                            end("member", String.class),
                            end("position", BigDecimal.class),
                            end("is_draw", Integer.class),
                            end("event", String.class)))))
        .where(lotMonth.isNotNull().and(drawnMonth.isNotNull()).and(stretch.gt(BigDecimal.ZERO)));
  }

  /**
   * Where each lot and each draw ends on its member's axis; lots before draws at the same place.
   */
  private static Select<?> ends() {
    Field<BigDecimal> points = field("abs({0})", BigDecimal.class, POINTS_EVENT.POINTS);
    return DSL.select(
            POINTS_EVENT.MEMBER.as("member"),
            POINTS_EVENT.EVENT.as("event"),
            field("if({0}, 0, 1)", Integer.class, BRINGS).as("is_draw"),
            field("if({0}, toNullable({1}), NULL)", BRINGS, monthOf(POINTS_EVENT.BUSINESS_DATE))
                .as("lot_month"),
            field("if({0}, NULL, toNullable({1}))", BRINGS, monthOf(POINTS_EVENT.BUSINESS_DATE))
                .as("drawn_month"),
            field("if({0}, NULL, toNullable(toString({1})))", BRINGS, POINTS_EVENT.KIND)
                .as("draw_kind"),
            field(
                    "sum({0}) OVER (PARTITION BY {1}, {2} ORDER BY {3}, {4}, {5}"
                        + " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
                    points,
                    POINTS_EVENT.MEMBER,
                    field("{0}", BRINGS),
                    POINTS_EVENT.AT,
                    POINTS_EVENT.BUSINESS_DATE,
                    POINTS_EVENT.EVENT)
                .as("position"))
        .from(POINTS_EVENT)
        .where(POINTS_EVENT.POINTS.ne(BigDecimal.ZERO));
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
