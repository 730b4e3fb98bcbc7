package storefact.mart.loyalty;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.loyalty.PointsMonth.POINTS_MONTH;
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
import storefact.mart.ClickHouse;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/** One row per store and business day with points events: what came in there and what went out. */
public final class PointsDay extends Mart {
  /** The mart. */
  public static final PointsDay POINTS_DAY = new PointsDay();

  public final MartColumn<String> store =
      column(Term.STORE, POINTS_EVENT.STORE)
          .about("Store where it happened, empty outside of stores");
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, POINTS_EVENT.BUSINESS_DATE).about("Business day");
  public final MartColumn<BigDecimal> earned =
      points("earned", POINTS_EVENT.KIND.eq("earn")).label("earned", "获得积分").about("Points earned");
  public final MartColumn<BigDecimal> granted =
      points("granted", adjusts(POINTS_EVENT.POINTS.gt(BigDecimal.ZERO)))
          .label("granted", "调增积分")
          .about("Points granted by adjustments");
  public final MartColumn<BigDecimal> taken =
      column(
              "taken",
              MONEY,
              sumIf(POINTS_EVENT.POINTS.neg(), adjusts(POINTS_EVENT.POINTS.lt(BigDecimal.ZERO))))
          .unit("points")
          .label("taken", "调减积分")
          .about("Points taken by adjustments, as for returns");
  public final MartColumn<BigDecimal> redeemedGift =
      points("redeemed_gift", POINTS_EVENT.KIND.eq("redeem_gift"))
          .label("redeemed for gifts", "兑换礼品积分")
          .about("Points redeemed for gifts");
  public final MartColumn<BigDecimal> redeemedCash =
      points("redeemed_cash", POINTS_EVENT.KIND.eq("redeem_cash"))
          .label("redeemed against cash", "抵现积分")
          .about("Points redeemed at tills");
  public final MartColumn<BigDecimal> expired =
      points("expired", POINTS_EVENT.KIND.eq("expire"))
          .label("expired", "过期积分")
          .about("Points that lapsed");
  public final MartColumn<BigDecimal> cash =
      column("cash", MONEY, sumIf(POINTS_EVENT.CASH, POINTS_EVENT.KIND.eq("redeem_cash")))
          .unit("currency")
          .label("cash", "抵扣金额")
          .about("What points redeemed at tills were worth");
  public final MartColumn<Long> events =
      column("events", COUNT, count()).unit("events").label("events", "事件数").about("Points events");

  private PointsDay() {
    super(
        "points_day",
        "One row per store and business day with points events: points in and out",
        "每门店和有积分事件的营业日一行：积分增减");
    owner("loyalty");
    freshWithin(Duration.ofHours(24));
    grain(store, businessDate);
    partitionedByMonth(businessDate);
  }

  private MartColumn<BigDecimal> points(String name, Condition condition) {
    return column(name, MONEY, sumIf(POINTS_EVENT.POINTS, condition)).unit("points");
  }

  private static Condition adjusts(Condition condition) {
    return POINTS_EVENT.KIND.eq("adjust").and(condition);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(POINTS_EVENT)
        .where(slice.covers(POINTS_EVENT.BUSINESS_DATE))
        .groupBy(POINTS_EVENT.STORE, POINTS_EVENT.BUSINESS_DATE);
  }

  @Override
  protected List<Check> checks() {
    Field<LocalDate> month = ClickHouse.monthOf(businessDate);
    return List.of(
        Check.same(
            name(),
            "points of stores add up to those of members",
            DSL.select(month)
                .select(sums(List.of(earned, granted, taken, expired)))
                .select(sum(redeemedGift).plus(sum(redeemedCash)))
                .from(table())
                .groupBy(month),
            DSL.select(POINTS_MONTH.month)
                .select(
                    sums(
                        List.of(
                            POINTS_MONTH.earned,
                            POINTS_MONTH.granted,
                            POINTS_MONTH.taken,
                            POINTS_MONTH.expired)))
                .select(sum(POINTS_MONTH.redeemed))
                .from(POINTS_MONTH.table())
                .groupBy(POINTS_MONTH.month)));
  }

  private static List<? extends Field<?>> sums(List<MartColumn<BigDecimal>> columns) {
    return columns.stream().map(DSL::sum).toList();
  }
}
