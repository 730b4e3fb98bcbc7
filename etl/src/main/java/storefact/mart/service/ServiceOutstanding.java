package storefact.mart.service;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.service.ServiceBalance.SERVICE_BALANCE;

import java.time.Duration;
import java.util.List;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per service with active passes of members: what the chain still has to give. {@link
 * ServiceBalance} summed, for readers who may not see members.
 */
public final class ServiceOutstanding extends Mart {
  /** The mart. */
  public static final ServiceOutstanding SERVICE_OUTSTANDING = new ServiceOutstanding();

  public final MartColumn<String> goods =
      column(Term.GOODS, SERVICE_BALANCE.goods).about("Service");
  public final MartColumn<String> kind =
      column("kind", CODE, max(SERVICE_BALANCE.kind)).label("kind", "类别").about("count or time");
  public final MartColumn<Long> members =
      column("members", COUNT, count())
          .unit("members")
          .label("members", "会员数")
          .about("Members who can still use it");
  public final MartColumn<Long> membersWithoutUse =
      column("members_without_use", COUNT, countIf(SERVICE_BALANCE.lastUse.isNull()))
          .unit("members")
          .label("members without a use", "从未使用的会员数")
          .about("Those of them who have not used an active pass yet");
  public final MartColumn<Long> passes =
      column("passes", COUNT, sum(SERVICE_BALANCE.passes))
          .unit("passes")
          .label("active passes", "有效卡数")
          .about("Passes that can still be used");
  public final MartColumn<Long> usesLeft =
      column("uses_left", COUNT, sum(SERVICE_BALANCE.usesLeft))
          .unit("uses")
          .label("uses left", "剩余次数")
          .about("Uses that can still be taken, 0 for time-based services");

  private ServiceOutstanding() {
    super(
        "service_outstanding",
        "One row per service with active passes of members: what the chain still has to give",
        "每个有效服务一行：会员数、有效卡数与剩余次数");
    owner("services");
    freshWithin(Duration.ofHours(24));
    grain(goods);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns().from(SERVICE_BALANCE.table()).groupBy(SERVICE_BALANCE.goods);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "sums equal the balances of members",
            DSL.select(sum(members), sum(passes), sum(usesLeft)).from(table()),
            DSL.select(count(), sum(SERVICE_BALANCE.passes), sum(SERVICE_BALANCE.usesLeft))
                .from(SERVICE_BALANCE.table())));
  }
}
