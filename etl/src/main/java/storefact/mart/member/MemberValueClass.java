package storefact.mart.member;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.member.MemberPurchases.MEMBER_PURCHASES;
import static storefact.mart.member.ValueClass.ABANDONED;
import static storefact.mart.member.ValueClass.ABANDONED_AFTER_DAYS;
import static storefact.mart.member.ValueClass.CORE;
import static storefact.mart.member.ValueClass.CORE_PERCENT;
import static storefact.mart.member.ValueClass.DEVELOPABLE;
import static storefact.mart.member.ValueClass.KEY;
import static storefact.mart.member.ValueClass.KEY_PERCENT;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;
import storefact.warehouse.Warehouse;

/**
 * One row per member with at least one purchase: the share of sales, and the value class.
 *
 * <p>Members stand by falling net sales (equal ones by name). The member who crosses a cut belongs
 * to the class above it; shares are of all members' sales, the abandoned included.
 */
public final class MemberValueClass extends Mart {
  private static final Field<BigDecimal> TOTAL = sum(MEMBER_PURCHASES.netSales).over();
  private static final Field<BigDecimal> RUNNING =
      sum(MEMBER_PURCHASES.netSales)
          .over()
          .orderBy(MEMBER_PURCHASES.netSales.desc(), MEMBER_PURCHASES.member.asc())
          .rowsUnboundedPreceding();

  /** The mart. */
  public static final MemberValueClass MEMBER_VALUE_CLASS = new MemberValueClass();

  public final MartColumn<String> member = column(Term.MEMBER, MEMBER_PURCHASES.member);
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, MEMBER_PURCHASES.netSales).about("What the chain received");
  public final MartColumn<Double> salesShare =
      column("sales_share", RATIO, ratio(MEMBER_PURCHASES.netSales, TOTAL))
          .unit("share")
          .label("share of sales", "销售占比")
          .about("Part of all members' net sales, 1 = all");
  public final MartColumn<Double> cumulativeShare =
      column("cumulative_share", RATIO, ratio(RUNNING, TOTAL))
          .unit("share")
          .label("cumulative share", "累计销售占比")
          .about("Part of all members' net sales of this member and all bigger ones, 1 = all");
  public final MartColumn<Long> recencyDays =
      column(Term.RECENCY_DAYS, MEMBER_PURCHASES.recencyDays);
  public final MartColumn<String> valueClass =
      column(
              "value_class",
              CODE,
              when(MEMBER_PURCHASES.recencyDays.gt((long) ABANDONED_AFTER_DAYS), ABANDONED.code())
                  .when(biggerOnesBringLessThan(CORE_PERCENT), CORE.code())
                  .when(biggerOnesBringLessThan(KEY_PERCENT), KEY.code())
                  .otherwise(DEVELOPABLE.code()))
          .label("value class", "价值等级")
          .about(
              "abandoned: no purchase for more than %d days; core: first %d %% of sales; key: up to %d %%; developable: the rest"
                  .formatted(ABANDONED_AFTER_DAYS, CORE_PERCENT, KEY_PERCENT));

  private MemberValueClass() {
    super(
        "member_value_class",
        "One row per member with at least one purchase: the share of sales and the value class",
        "每位有购买的会员一行：销售占比与价值等级");
    owner("members");
    freshWithin(Duration.ofHours(24));
    grain(member);
  }

  /** In decimals, not in shares: a cut at exactly half must not hang on a rounding. */
  private static Condition biggerOnesBringLessThan(int percent) {
    return RUNNING.minus(MEMBER_PURCHASES.netSales).mul(inline(100)).lt(TOTAL.mul(inline(percent)));
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns().from(MEMBER_PURCHASES.table());
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.accepted(valueClass, ValueClass.codes()),
        Check.same(
            name(),
            "members and sales are those of the purchases",
            Warehouse.renderer().select(member, netSales).from(table()),
            Warehouse.renderer()
                .select(MEMBER_PURCHASES.member, MEMBER_PURCHASES.netSales)
                .from(MEMBER_PURCHASES.table())));
  }
}
