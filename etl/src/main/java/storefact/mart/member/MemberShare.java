package storefact.mart.member;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.distinctIf;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.member.CardMonth.CARD_MONTH;
import static storefact.mart.member.MemberMonth.MEMBER_MONTH;
import static storefact.warehouse.jooq.dw.Tables.MEMBER_CARD;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per store and month: the members' share of sales. A member is whose card is known; cards
 * of alliance partners, and cards that nobody knows yet, are not members'.
 */
public final class MemberShare extends Mart {
  private static final Condition OF_MEMBER = MEMBER_CARD.MEMBER.ne("");

  /** The mart. */
  public static final MemberShare MEMBER_SHARE = new MemberShare();

  public final MartColumn<String> store = column(Term.STORE_OF_SALE, CARD_MONTH.store);
  public final MartColumn<LocalDate> month = column(Term.MONTH, CARD_MONTH.month);
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, sum(CARD_MONTH.netSales))
          .about("What the chain receives, less returns");
  public final MartColumn<BigDecimal> memberSales =
      column("member_sales", MONEY, sumIf(CARD_MONTH.netSales, OF_MEMBER))
          .unit("currency")
          .label("member sales", "会员销售额")
          .about("Net sales to members");
  public final MartColumn<Double> memberShare =
      column("member_share", RATIO, ratio(memberSales.own(), netSales.own()))
          .unit("share")
          .label("members' share", "会员销售占比")
          .about("Member sales as a part of net sales, 1 = all, 0 without sales");
  public final MartColumn<Long> receipts = column(Term.RECEIPTS, sum(CARD_MONTH.receipts));
  public final MartColumn<Long> memberReceipts =
      column("member_receipts", COUNT, sumIf(CARD_MONTH.receipts, OF_MEMBER))
          .unit("receipts")
          .label("member receipts", "会员小票数")
          .about("Receipts of sales to members");
  public final MartColumn<Long> activeMembers =
      column(
              "active_members",
              COUNT,
              distinctIf(MEMBER_CARD.MEMBER, OF_MEMBER.and(CARD_MONTH.receipts.gt(0L))))
          .unit("members")
          .label("active members", "活跃会员数")
          .about("Members who bought in the month; don't add them up over stores or months");

  private MemberShare() {
    super(
        "member_share",
        "One row per store and month: the members' share of sales",
        "每门店和月份一行：会员销售占比");
    owner("members");
    freshWithin(Duration.ofHours(24));
    grain(store, month);
    partitionedByMonth(month);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(CARD_MONTH.table())
        .leftJoin(MEMBER_CARD)
        .on(slice.joins(MEMBER_CARD.CARD, CARD_MONTH.card))
        .where(slice.covers(CARD_MONTH.month))
        .groupBy(CARD_MONTH.store, CARD_MONTH.month);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.none(
            this,
            "member receipts are receipts",
            DSL.select(store, month).from(table()).where(memberReceipts.gt(receipts))),
        Check.same(
            name(),
            "members' sums equal those of the members",
            DSL.select(month, sum(memberSales), sum(memberReceipts))
                .from(table())
                .groupBy(month)
                .having(sum(activeMembers).gt(BigDecimal.ZERO)),
            DSL.select(MEMBER_MONTH.month, sum(MEMBER_MONTH.netSales), sum(MEMBER_MONTH.receipts))
                .from(MEMBER_MONTH.table())
                .groupBy(MEMBER_MONTH.month)
                .having(sum(MEMBER_MONTH.receipts).gt(BigDecimal.ZERO))));
  }
}
