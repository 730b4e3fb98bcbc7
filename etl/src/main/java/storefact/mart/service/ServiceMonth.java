package storefact.mart.service;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.service.ServicePass.SERVICE_PASS;
import static storefact.warehouse.jooq.dw.Tables.SERVICE_USE;

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
 * One row per month and service: passes and uses sold, uses taken, passes ended, uses lost,
 * renewals.
 */
public final class ServiceMonth extends Mart {
  private static final String PARTS = "parts";
  private static final Field<Long> NONE = field("toUInt64(0)", Long.class);
  private static final Field<Long> ONE = field("toUInt64(1)", Long.class);

  /** The mart. */
  public static final ServiceMonth SERVICE_MONTH = new ServiceMonth();

  public final MartColumn<LocalDate> month = column(Term.MONTH, of("month", LocalDate.class));
  public final MartColumn<String> goods =
      column(Term.GOODS, of("goods", String.class)).about("Service");
  public final MartColumn<Long> passesSold =
      column("passes_sold", COUNT, sum(of("passes", Long.class)))
          .unit("passes")
          .label("passes sold", "售出卡数")
          .about("Lines sold in the month");
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, sum(of("net_sales", BigDecimal.class)))
          .about("What the chain received for them, before returns");
  public final MartColumn<Long> usesSold =
      column("uses_sold", COUNT, sum(of("uses_sold", Long.class)))
          .unit("uses")
          .label("uses sold", "售出次数")
          .about("Uses that they give");
  public final MartColumn<Long> usesTaken =
      column("uses_taken", COUNT, sum(of("uses_taken", Long.class)))
          .unit("uses")
          .label("uses taken", "使用次数")
          .about("Uses in the month, of whatever pass");
  public final MartColumn<Long> passesEnded =
      column("passes_ended", COUNT, sum(of("ended", Long.class)))
          .unit("passes")
          .label("passes ended", "结束卡数")
          .about("Passes used up or expired in the month");
  public final MartColumn<Long> usesLost =
      column("uses_lost", COUNT, sum(of("uses_lost", Long.class)))
          .unit("uses")
          .label("uses expired unused", "过期未用次数")
          .about("Uses of passes that expired in the month, paid and never taken");
  public final MartColumn<Long> renewalsDue =
      column("renewals_due", COUNT, sum(of("due", Long.class)))
          .unit("passes")
          .label("renewals decided", "已定续购数")
          .about("Passes that ended in the month and were renewed, or whose time to renew is over");
  public final MartColumn<Long> renewed =
      column("renewed", COUNT, sum(of("renewed", Long.class)))
          .unit("passes")
          .label("renewed", "续购数")
          .about("Those that were renewed");
  public final MartColumn<Double> renewalRate =
      column("renewal_rate", RATIO_OR_NULL, ratioOrNull(renewed.own(), renewalsDue.own()))
          .unit("share")
          .label("renewal rate", "续购率")
          .about("Renewed as a part of those decided, null without any");

  private ServiceMonth() {
    super(
        "service_month",
        "One row per month and service: passes and uses sold, uses taken, passes ended, uses lost, renewals",
        "每月份和服务一行：售出、使用、到期、未用与续购");
    owner("services");
    freshWithin(Duration.ofHours(24));
    grain(month, goods);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(PARTS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0} UNION ALL {1} UNION ALL {2}) AS {3}",
                sold(), taken(), ended(), DSL.name(PARTS)))
        .groupBy(of("month", LocalDate.class), of("goods", String.class));
  }

  private static Select<?> sold() {
    return DSL.select(
            monthOf(SERVICE_PASS.soldOn).as("month"),
            SERVICE_PASS.goods.as("goods"),
            ONE.as("passes"),
            SERVICE_PASS.netSales.as("net_sales"),
            SERVICE_PASS.usesSold.as("uses_sold"),
            NONE.as("uses_taken"),
            NONE.as("ended"),
            NONE.as("uses_lost"),
            NONE.as("due"),
            NONE.as("renewed"))
        .from(SERVICE_PASS.table());
  }

  private static Select<?> taken() {
    return DSL.select(
            monthOf(SERVICE_USE.BUSINESS_DATE),
            SERVICE_USE.GOODS,
            NONE,
            field("toDecimal64(0, 2)", BigDecimal.class),
            NONE,
            field("toUInt64({0})", Long.class, SERVICE_USE.USES),
            NONE,
            NONE,
            NONE,
            NONE)
        .from(SERVICE_USE);
  }

  private static Select<?> ended() {
    return DSL.select(
            monthOf(field("assumeNotNull({0})", LocalDate.class, SERVICE_PASS.endedOn)),
            SERVICE_PASS.goods,
            NONE,
            field("toDecimal64(0, 2)", BigDecimal.class),
            NONE,
            NONE,
            ONE,
            SERVICE_PASS.usesLost,
            field("toUInt64({0} IN ('renewed', 'not renewed'))", Long.class, SERVICE_PASS.renewal),
            field("toUInt64({0} = 'renewed')", Long.class, SERVICE_PASS.renewal))
        .from(SERVICE_PASS.table())
        .where(SERVICE_PASS.state.in("used up", "expired"));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "sums equal the passes and uses",
            DSL.select(sum(passesSold), sum(netSales), sum(usesSold), sum(usesLost)).from(table()),
            DSL.select(
                    count(),
                    sum(SERVICE_PASS.netSales),
                    sum(SERVICE_PASS.usesSold),
                    sum(SERVICE_PASS.usesLost))
                .from(SERVICE_PASS.table())),
        Check.none(
            this,
            "renewed are decided",
            DSL.selectFrom(table()).where(renewed.own().gt(renewalsDue.own()))));
  }
}
