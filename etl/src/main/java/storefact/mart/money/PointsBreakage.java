package storefact.mart.money;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.cents;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.ColumnType.YES_NO;
import static storefact.mart.money.PointsByAge.POINTS_BY_AGE;
import static storefact.mart.money.PointsLiability.POINTS_LIABILITY;

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
 * One row per month in which points were earned: used, lapsed, still open, and how much of what is
 * open is expected to lapse.
 *
 * <p>Expected by age: of the points of ended months (all of which could have lapsed) that were open
 * at the same age, the part that lapsed at that age or later: the month that runs may still see it.
 * That is the development of cohorts by age that actuaries call chain ladder; source: T. Mack,
 * Distribution-free calculation of the standard error of chain ladder reserve estimates, ASTIN
 * Bulletin 23 (1993) 213–225.
 */
public final class PointsBreakage extends Mart {
  private static final String COHORTS = "cohorts";
  private static final String ENDED = "ended_ones";
  private static final Field<LocalDate> LAST_DAY =
      field(DSL.select(max(POINTS_LIABILITY.day)).from(POINTS_LIABILITY.table()));

  private static final Field<Double> EXPECTED =
      ratioOrNull(
          field(
              "sumIf({0}, {1} >= {2})",
              BigDecimal.class,
              derived(ENDED, "lapsed", BigDecimal.class),
              derived(ENDED, "age", Long.class),
              of("age", Long.class)),
          field(
              "sum({0}) - sumIf({1}, {3} <= {4}) - sumIf({2}, {3} < {4})",
              BigDecimal.class,
              derived(ENDED, "earned", BigDecimal.class),
              derived(ENDED, "used", BigDecimal.class),
              derived(ENDED, "lapsed", BigDecimal.class),
              derived(ENDED, "age", Long.class),
              of("age", Long.class)));

  /** The mart. */
  public static final PointsBreakage POINTS_BREAKAGE = new PointsBreakage();

  public final MartColumn<LocalDate> earnedMonth =
      column("earned_month", DATE, of("earned_month", LocalDate.class))
          .label("month earned", "获得月份")
          .about("First day of the month in which the points were earned or granted");
  public final MartColumn<Long> age =
      column("age", COUNT, of("age", Long.class))
          .unit("months")
          .label("age", "月龄")
          .about("Months from that month to that of the last points event");
  public final MartColumn<Boolean> ended =
      column("ended", YES_NO, of("ended", Boolean.class))
          .label("ended", "已到期")
          .about("True where all points of the month could have lapsed");
  public final MartColumn<BigDecimal> earned =
      column("earned", MONEY, of("earned", BigDecimal.class))
          .unit("points")
          .label("earned", "获得积分")
          .about("Points earned or granted");
  public final MartColumn<BigDecimal> used =
      column("used", MONEY, of("used", BigDecimal.class))
          .unit("points")
          .label("used", "使用积分")
          .about("Points redeemed, or taken by adjustments");
  public final MartColumn<BigDecimal> lapsed =
      column("lapsed", MONEY, of("lapsed", BigDecimal.class))
          .unit("points")
          .label("lapsed", "过期积分")
          .about("Points that lapsed");
  public final MartColumn<BigDecimal> open =
      column("open", MONEY, earned.own().minus(used.own()).minus(lapsed.own()))
          .unit("points")
          .label("open", "未用积分")
          .about("Points that are still there");
  public final MartColumn<Double> lapsedShare =
      column("lapsed_share", RATIO, ratio(lapsed.own(), earned.own()))
          .unit("share")
          .label("lapsed share", "过期率")
          .about("Lapsed points as a part of the earned ones: breakage so far");
  public final MartColumn<Double> expectedRate =
      column("expected_rate", RATIO_OR_NULL, EXPECTED)
          .unit("share")
          .label("expected to lapse", "预计过期率")
          .about(
              "Part of the open points that is expected to lapse: of ended months, what was open at the same age and lapsed then or later; null where no month has ended");
  public final MartColumn<BigDecimal> expectedToLapse =
      column(
              "expected_to_lapse",
              MONEY,
              cents(
                  field(
                      "ifNull({0}, 0) * toFloat64({1})",
                      Double.class, expectedRate.own(), open.own())))
          .unit("points")
          .label("points expected to lapse", "预计过期积分")
          .about("Open points times the expected rate, 0 where that is not known");

  private PointsBreakage() {
    super(
        "points_breakage",
        "One row per month of earning: points used, lapsed and open, and what of the open ones is expected to lapse",
        "每获得月份一行：已用、已过期、未用积分及预计过期");
    owner("finance");
    freshWithin(Duration.ofHours(24));
    grain(earnedMonth);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(COHORTS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0}) AS {1} CROSS JOIN ({2}) AS {3}",
                cohorts(), DSL.name(COHORTS), endedOnes(), DSL.name(ENDED)))
        .groupBy(
            of("earned_month", LocalDate.class),
            of("age", Long.class),
            of("ended", Boolean.class),
            of("earned", BigDecimal.class),
            of("used", BigDecimal.class),
            of("lapsed", BigDecimal.class));
  }

  private static Select<?> cohorts() {
    return DSL.select(
            POINTS_BY_AGE.earnedMonth.as("earned_month"),
            field(
                    "toUInt64(dateDiff('month', {0}, {1}))",
                    Long.class, POINTS_BY_AGE.earnedMonth, LAST_DAY)
                .as("age"),
            field("ifNull(max({0}) <= {1}, false)", Boolean.class, POINTS_BY_AGE.lapsesBy, LAST_DAY)
                .as("ended"),
            sum(POINTS_BY_AGE.earned).as("earned"),
            sum(POINTS_BY_AGE.used).as("used"),
            sum(POINTS_BY_AGE.lapsed).as("lapsed"))
        .from(POINTS_BY_AGE.table())
        .groupBy(POINTS_BY_AGE.earnedMonth);
  }

  /** What ended months did, by age; a row of nothing where none has ended. */
  private static Select<?> endedOnes() {
    return DSL.select(
            POINTS_BY_AGE.age.as("age"),
            sum(POINTS_BY_AGE.earned).as("earned"),
            sum(POINTS_BY_AGE.used).as("used"),
            sum(POINTS_BY_AGE.lapsed).as("lapsed"))
        .from(POINTS_BY_AGE.table())
        .where(
            POINTS_BY_AGE.earnedMonth.in(
                DSL.select(POINTS_BY_AGE.earnedMonth)
                    .from(POINTS_BY_AGE.table())
                    .groupBy(POINTS_BY_AGE.earnedMonth)
                    .having(
                        DSL.condition(
                            "ifNull(max({0}) <= {1}, false)", POINTS_BY_AGE.lapsesBy, LAST_DAY))))
        .groupBy(POINTS_BY_AGE.age)
        .unionAll(
            DSL.select(
                field("toUInt64(0)", Long.class),
                field("toDecimal128(0, 2)", BigDecimal.class),
                field("toDecimal128(0, 2)", BigDecimal.class),
                field("toDecimal128(0, 2)", BigDecimal.class)));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.between(lapsedShare, 0.0, 1.0),
        Check.none(
            this,
            "no more is expected to lapse than is open",
            DSL.selectFrom(table()).where(expectedToLapse.own().gt(open.own()))));
  }
}
