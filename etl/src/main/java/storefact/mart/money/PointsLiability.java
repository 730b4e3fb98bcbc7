package storefact.mart.money;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.loyalty.PointsBalances.POINTS_BALANCES;
import static storefact.mart.loyalty.PointsDay.POINTS_DAY;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
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
  /** The mart. */
  public static final PointsLiability POINTS_LIABILITY = new PointsLiability();

  public final MartColumn<LocalDate> day = column(LedgerDays.DAY_COLUMN, LedgerDays.DAY);
  public final MartColumn<BigDecimal> opening =
      points("opening", LedgerDays.opening())
          .label("opening", "期初积分")
          .about("Points in the morning");
  public final MartColumn<BigDecimal> earned = moved(POINTS_DAY.earned);
  public final MartColumn<BigDecimal> granted = moved(POINTS_DAY.granted);
  public final MartColumn<BigDecimal> taken = moved(POINTS_DAY.taken);
  public final MartColumn<BigDecimal> redeemedGift = moved(POINTS_DAY.redeemedGift);
  public final MartColumn<BigDecimal> redeemedCash = moved(POINTS_DAY.redeemedCash);
  public final MartColumn<BigDecimal> expired = moved(POINTS_DAY.expired);
  public final MartColumn<BigDecimal> closing =
      points("closing", closed()).label("closing", "期末积分").about("Points in the evening");
  public final MartColumn<BigDecimal> cash = moved(POINTS_DAY.cash);
  public final MartColumn<Double> valueOfPoint =
      column(
              "value_of_point",
              RATIO_OR_NULL,
              ratioOrNull(
                  LedgerDays.soFar(LedgerDays.moved("cash"), LedgerDays.DAY),
                  LedgerDays.soFar(LedgerDays.moved("redeemed_cash"), LedgerDays.DAY)))
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

  /** The same of all stores. */
  private MartColumn<BigDecimal> moved(MartColumn<BigDecimal> ofStore) {
    return column(ofStore.getName(), MONEY, LedgerDays.moved(ofStore.getName()))
        .unit(ofStore.unit())
        .label(ofStore.english(), ofStore.chinese())
        .about(ofStore.description());
  }

  private MartColumn<BigDecimal> points(String name, Field<BigDecimal> expression) {
    return column(name, MONEY, expression).unit("points");
  }

  /** What the day opened with, more what came in, less what went out. */
  private Field<BigDecimal> closed() {
    return opening
        .own()
        .plus(earned.own())
        .plus(granted.own())
        .minus(taken.own())
        .minus(redeemedGift.own())
        .minus(redeemedCash.own())
        .minus(expired.own());
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(LedgerDays.days(sums(), POINTS_DAY.businessDate, POINTS_DAY.table()));
  }

  private static Select<?> sums() {
    return DSL.select(POINTS_DAY.businessDate.as("business_date"))
        .select(
            Stream.of(
                    POINTS_DAY.earned,
                    POINTS_DAY.granted,
                    POINTS_DAY.taken,
                    POINTS_DAY.redeemedGift,
                    POINTS_DAY.redeemedCash,
                    POINTS_DAY.expired,
                    POINTS_DAY.cash)
                .map(moved -> sum(moved).as(moved.getName()))
                .toList())
        .select(
            sum(POINTS_DAY.earned)
                .plus(sum(POINTS_DAY.granted))
                .minus(sum(POINTS_DAY.taken))
                .minus(sum(POINTS_DAY.redeemedGift))
                .minus(sum(POINTS_DAY.redeemedCash))
                .minus(sum(POINTS_DAY.expired))
                .as("change"))
        .from(POINTS_DAY.table())
        .groupBy(POINTS_DAY.businessDate);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        LedgerDays.closesByItsMoves(closing, closed()),
        LedgerDays.opensAsTheDayBeforeClosed(day, opening, closing),
        LedgerDays.closesAtTheBalances(
            closing,
            "the last day closes at the balances of all members",
            sum(earned)
                .plus(sum(granted))
                .minus(sum(taken))
                .minus(sum(redeemedGift))
                .minus(sum(redeemedCash))
                .minus(sum(expired)),
            POINTS_BALANCES.balance));
  }
}
