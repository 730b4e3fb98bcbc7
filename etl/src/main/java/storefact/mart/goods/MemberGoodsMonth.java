package storefact.mart.goods;

import static org.jooq.impl.DSL.field;
import static storefact.mart.ClickHouse.daysOfMonthIf;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.DAYS;
import static storefact.mart.sales.SettledDay.settled;
import static storefact.warehouse.jooq.dw.Tables.MEMBER;
import static storefact.warehouse.jooq.dw.Tables.MEMBER_CARD;
import static storefact.warehouse.jooq.dw.Tables.TURNOVER_LINE;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per goods, member and month with a purchase in weeks that are over: on which days the
 * member bought the goods. Who bought what for the first time, and who bought it again, is told
 * from it without the lines; it lies by goods and member, so that the months of a pair come one
 * after the other.
 */
public final class MemberGoodsMonth extends Mart {

  /** The mart. */
  public static final MemberGoodsMonth MEMBER_GOODS_MONTH = new MemberGoodsMonth();

  public final MartColumn<String> goods = column(Term.GOODS, TURNOVER_LINE.GOODS);
  public final MartColumn<String> member = column(Term.MEMBER, MEMBER_CARD.MEMBER);
  public final MartColumn<LocalDate> month =
      column(Term.MONTH, monthOf(TURNOVER_LINE.BUSINESS_DATE));
  public final MartColumn<Long> days =
      column(
              "days",
              DAYS,
              daysOfMonthIf(TURNOVER_LINE.BUSINESS_DATE, TURNOVER_LINE.KIND.eq("sale")))
          .label("days", "日期")
          .about("Days with a purchase as a set of bits, the lowest for the first of the month");
  public final MartColumn<String> firstStore =
      column(
              "first_store",
              CODE,
              field(
                  "argMin({0}, ({1}, {2}, {0}))",
                  String.class, TURNOVER_LINE.STORE, TURNOVER_LINE.BUSINESS_DATE, TURNOVER_LINE.AT))
          .label("first store", "首购门店")
          .about("Store of the first of these purchases");

  private MemberGoodsMonth() {
    super(
        "member_goods_month",
        "One row per goods, member and month with a purchase in the weeks that are over: on which days",
        "每商品、会员和有购买的月份一行：购买日期，限已结束的周");
    owner("goods");
    freshWithin(Duration.ofHours(24));
    grain(goods, member, month);
    partitionedByMonth(month);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(TURNOVER_LINE)
        .join(MEMBER_CARD)
        .on(slice.joins(MEMBER_CARD.CARD, TURNOVER_LINE.CARD))
        .where(settled(slice, TURNOVER_LINE.BUSINESS_DATE))
        .and(TURNOVER_LINE.CARD.ne(""))
        .and(TURNOVER_LINE.KIND.eq("sale"))
        .groupBy(TURNOVER_LINE.GOODS, MEMBER_CARD.MEMBER, monthOf(TURNOVER_LINE.BUSINESS_DATE));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.filled(member),
        Check.refersTo(member, MEMBER.MEMBER_, MEMBER),
        Check.none(this, "no row without a day", DSL.selectFrom(table()).where(days.own().eq(0L))));
  }
}
