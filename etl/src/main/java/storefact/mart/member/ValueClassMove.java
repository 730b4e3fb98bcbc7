package storefact.mart.member;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.member.MemberMonth.MEMBER_MONTH;
import static storefact.mart.member.MemberValueClass.MEMBER_VALUE_CLASS;
import static storefact.mart.member.ValueClass.ABANDONED;
import static storefact.mart.member.ValueClass.ABANDONED_AFTER_DAYS;
import static storefact.mart.member.ValueClass.CORE;
import static storefact.mart.member.ValueClass.CORE_PERCENT;
import static storefact.mart.member.ValueClass.DEVELOPABLE;
import static storefact.mart.member.ValueClass.KEY;
import static storefact.mart.member.ValueClass.KEY_PERCENT;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;

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
import storefact.mart.Term;

/**
 * One row per month, class before and class after: how many members moved between value classes, or
 * stayed. A member's class at the end of a month is that of {@link MemberValueClass} as it stood on
 * the month's last day with sales.
 */
public final class ValueClassMove extends Mart {
  /** The class before of members whose first purchase lies in the month. */
  public static final String NEWCOMER = "newcomer";

  private static final String MOVES = "moves";

  /** The mart. */
  public static final ValueClassMove VALUE_CLASS_MOVE = new ValueClassMove();

  public final MartColumn<LocalDate> month = column(Term.MONTH, of("month", LocalDate.class));
  public final MartColumn<String> fromClass =
      column("from_class", CODE, of("from_class", String.class))
          .label("class before", "之前等级")
          .about(
              "Value class at the end of the month before; newcomer where the first purchase lies in this month");
  public final MartColumn<String> toClass =
      column("to_class", CODE, of("to_class", String.class))
          .label("class after", "之后等级")
          .about("Value class at the end of the month, in the last one as of now");
  public final MartColumn<Long> members =
      column("members", COUNT, count())
          .unit("members")
          .label("members", "会员数")
          .about("Members who moved so, or stayed where both classes are the same");
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, sum(of("sales", BigDecimal.class)))
          .about("What the chain received from them in the month, less returns");

  private ValueClassMove() {
    super(
        "value_class_move",
        "One row per month, value class before and after: members who moved or stayed",
        "每月份、之前与之后价值等级一行：变动或保持的会员数");
    owner("members");
    freshWithin(Duration.ofHours(24));
    grain(month, fromClass, toClass);
    partitionedByMonth(month);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(MOVES, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT month, sales, class AS to_class,"
                    + " lagInFrame(class, 1, {5}) OVER (PARTITION BY member ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS from_class FROM"
                    + " (SELECT member, month, sales,"
                    + " multiIf(dateDiff('day', last_so_far, as_of) > {6}, {7},"
                    + " bigger * 100 < total * {8}, {9}, bigger * 100 < total * {10}, {11}, {12}) AS class FROM"
                    + " (SELECT *, sum(spent) OVER (PARTITION BY month) AS total,"
                    + " sum(spent) OVER (PARTITION BY month ORDER BY spent DESC, member ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - spent AS bigger FROM"
                    + " (SELECT member, addMonths(flow_month, ahead) AS month, if(ahead = 0, flow, 0) AS sales, spent, last_so_far FROM"
                    + " (SELECT *, arrayJoin(range(greatest(1, toUInt32(dateDiff('month', flow_month, next_month))))) AS ahead FROM"
                    + " (SELECT *,"
                    + " leadInFrame(flow_month, 1, addMonths(greatest(assumeNotNull(({2})), {3}), 1)) OVER (PARTITION BY member ORDER BY flow_month ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS next_month,"
                    + " sum(flow) OVER so_far AS spent, sum(bought) OVER so_far AS purchases, max(last) OVER so_far AS last_so_far FROM ({0})"
                    + " WINDOW so_far AS (PARTITION BY member ORDER BY flow_month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)) WHERE purchases > 0)) AS of_members"
                    + " INNER JOIN ({1}) AS of_months USING (month))))"
                    + " AS {4}",
                flows(slice),
                ends(slice),
                DSL.select(field("maxOrNull({0})", MEMBER_MONTH.month))
                    .from(MEMBER_MONTH.table())
                    .where(slice.upTo(MEMBER_MONTH.month)),
                slice.lastMonth(),
                DSL.name(MOVES),
                DSL.inline(NEWCOMER),
                DSL.inline(ABANDONED_AFTER_DAYS),
                DSL.inline(ABANDONED.code()),
                DSL.inline(CORE_PERCENT),
                DSL.inline(CORE.code()),
                DSL.inline(KEY_PERCENT),
                DSL.inline(KEY.code()),
                DSL.inline(DEVELOPABLE.code())))
        .where(DSL.condition("{0} >= {1}", of("month", LocalDate.class), slice.begin()))
        .groupBy(
            of("month", LocalDate.class),
            of("from_class", String.class),
            of("to_class", String.class));
  }

  /** What came before the slice as one month. */
  private static Select<?> flows(Slice slice) {
    Field<LocalDate> month =
        field("greatest({0}, {1})", LocalDate.class, MEMBER_MONTH.month, slice.carried());
    return DSL.select(
            MEMBER_MONTH.member.as("member"),
            month.as("flow_month"),
            sum(MEMBER_MONTH.netSales).as("flow"),
            sum(MEMBER_MONTH.receipts).as("bought"),
            max(MEMBER_MONTH.lastPurchase).as("last"))
        .from(MEMBER_MONTH.table())
        .where(slice.upTo(MEMBER_MONTH.month))
        .groupBy(MEMBER_MONTH.member, month);
  }

  /** The last day with sales of each month. */
  private static Select<?> ends(Slice slice) {
    return DSL.select(
            monthOf(RECEIPT_STATISTICS.businessDate).as("month"),
            max(RECEIPT_STATISTICS.businessDate).as("as_of"))
        .from(RECEIPT_STATISTICS.table())
        .where(slice.upTo(RECEIPT_STATISTICS.businessDate))
        .and(RECEIPT_STATISTICS.receipts.gt(0L))
        .groupBy(monthOf(RECEIPT_STATISTICS.businessDate));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.accepted(toClass, ValueClass.codes()),
        Check.accepted(
            fromClass, Stream.concat(ValueClass.codes().stream(), Stream.of(NEWCOMER)).toList()),
        Check.same(
            name(),
            "the last month ends with the members' classes",
            DSL.select(toClass, sum(members))
                .from(table())
                .where(
                    month.eq(field("({0})", LocalDate.class, DSL.select(max(month)).from(table()))))
                .groupBy(toClass),
            DSL.select(MEMBER_VALUE_CLASS.valueClass, count())
                .from(MEMBER_VALUE_CLASS.table())
                .groupBy(MEMBER_VALUE_CLASS.valueClass)));
  }
}
