package storefact.mart.service;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE_OR_NULL;
import static storefact.mart.service.ServicePass.SERVICE_PASS;
import static storefact.warehouse.jooq.dw.Tables.MEMBER;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Select;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per member and service with an active pass: what the member can still use, and until
 * when.
 */
public final class ServiceBalance extends Mart {

  /** The mart. */
  public static final ServiceBalance SERVICE_BALANCE = new ServiceBalance();

  public final MartColumn<String> member = column(Term.MEMBER, SERVICE_PASS.member);
  public final MartColumn<String> goods = column(Term.GOODS, SERVICE_PASS.goods).about("Service");
  public final MartColumn<String> kind =
      column("kind", CODE, max(SERVICE_PASS.kind)).label("kind", "类别").about("count or time");
  public final MartColumn<Long> passes =
      column("passes", COUNT, count())
          .unit("passes")
          .label("active passes", "有效卡数")
          .about("Passes that can still be used");
  public final MartColumn<Long> usesLeft =
      column("uses_left", COUNT, sum(SERVICE_PASS.usesLeft))
          .unit("uses")
          .label("uses left", "剩余次数")
          .about("Uses that can still be taken, 0 for time-based services");
  public final MartColumn<LocalDate> endsFirst =
      column("ends_first", DATE_OR_NULL, min(SERVICE_PASS.endsOn))
          .label("first end", "最早到期日")
          .about("Day on which the first of them ends, null for no end");
  public final MartColumn<LocalDate> endsLast =
      column("ends_last", DATE_OR_NULL, max(SERVICE_PASS.endsOn))
          .label("last end", "最晚到期日")
          .about("Day on which the last of them ends, null for no end");
  public final MartColumn<LocalDate> lastUse =
      column("last_use", DATE_OR_NULL, max(SERVICE_PASS.lastUse))
          .label("last use", "最近使用日")
          .about("Business day of the last use, null without");

  private ServiceBalance() {
    super(
        "service_balance",
        "One row per member and service with an active pass: what can still be used, and until when",
        "每位会员和有效服务一行：余次与到期日");
    owner("services");
    freshWithin(Duration.ofHours(24));
    grain(member, goods);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(SERVICE_PASS.table())
        .where(SERVICE_PASS.state.eq("active"))
        .and(SERVICE_PASS.member.ne(""))
        .groupBy(SERVICE_PASS.member, SERVICE_PASS.goods);
  }

  @Override
  protected List<Check> checks() {
    return List.of(Check.filled(member), Check.refersTo(member, MEMBER.MEMBER_, MEMBER));
  }
}
