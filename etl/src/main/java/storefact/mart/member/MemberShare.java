package storefact.mart.member;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.distinctIf;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.warehouse.jooq.dw.Tables.RECEIPT;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Select;
import storefact.mart.Check;
import storefact.mart.ClickHouse;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.warehouse.Warehouse;

/** One row per store and month: the members' share of sales. A member is who shows a card. */
public final class MemberShare extends Mart {
  private static final Condition WITH_CARD = RECEIPT.CARD.ne("");

  /** The mart. */
  public static final MemberShare MEMBER_SHARE = new MemberShare();

  public final MartColumn<String> store =
      column("store", CODE, RECEIPT.STORE).label("store", "门店").about("Store that sold");
  public final MartColumn<LocalDate> month =
      column("month", DATE, ClickHouse.monthOf(RECEIPT.BUSINESS_DATE))
          .label("month", "月份")
          .about("First day of the month");
  public final MartColumn<BigDecimal> netSales =
      column("net_sales", MONEY, sum(RECEIPT.NET_AMOUNT))
          .unit("currency")
          .label("net sales", "净销售额")
          .about("What the chain receives");
  public final MartColumn<BigDecimal> memberSales =
      column("member_sales", MONEY, sumIf(RECEIPT.NET_AMOUNT, WITH_CARD))
          .unit("currency")
          .label("member sales", "会员销售额")
          .about("Net sales of receipts with a member card");
  public final MartColumn<Double> memberShare =
      column("member_share", RATIO, ratio(memberSales.own(), netSales.own()))
          .unit("share")
          .label("members' share", "会员销售占比")
          .about("Member sales as a part of net sales, 1 = all, 0 without sales");
  public final MartColumn<Long> receipts =
      column("receipts", COUNT, count())
          .unit("receipts")
          .label("receipts", "小票数")
          .about("Receipts");
  public final MartColumn<Long> memberReceipts =
      column("member_receipts", COUNT, countIf(WITH_CARD))
          .unit("receipts")
          .label("member receipts", "会员小票数")
          .about("Receipts with a member card");
  public final MartColumn<Long> activeMembers =
      column("active_members", COUNT, distinctIf(RECEIPT.CARD, WITH_CARD))
          .unit("members")
          .label("active members", "活跃会员数")
          .about("Member cards shown in the month; don't add them up over stores or months");

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
        .from(RECEIPT)
        .where(slice.covers(RECEIPT.BUSINESS_DATE))
        .groupBy(RECEIPT.STORE, month.expression());
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.none(
            this,
            "member receipts are receipts",
            Warehouse.renderer()
                .select(store, month)
                .from(table())
                .where(memberReceipts.gt(receipts))),
        Check.same(
            name(),
            "sums equal the receipts",
            Warehouse.renderer()
                .select(month, sum(netSales), sum(receipts))
                .from(table())
                .groupBy(month),
            Warehouse.renderer()
                .select(month.expression(), sum(RECEIPT.NET_AMOUNT), count())
                .from(RECEIPT)
                .groupBy(month.expression())));
  }
}
