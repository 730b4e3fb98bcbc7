package storefact.mart.goods;

import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.TEXT;
import static storefact.mart.member.MemberMonth.MEMBER_MONTH;
import static storefact.mart.sales.SettledMonth.firstOpenMonth;
import static storefact.mart.sales.SettledMonth.settledMonth;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.MEMBER;
import static storefact.warehouse.jooq.dw.Tables.MEMBER_CARD;
import static storefact.warehouse.jooq.dw.Tables.TURNOVER_LINE;

import java.math.BigDecimal;
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
 * One row per member, category, brand and month: what the member spent in months that are over. A
 * member's purchases of one category in the brands that stand for it; gains and losses between
 * brands are told from it.
 */
public final class MemberBrandMonth extends Mart {

  /** The mart. */
  public static final MemberBrandMonth MEMBER_BRAND_MONTH = new MemberBrandMonth();

  public final MartColumn<LocalDate> month =
      column(Term.MONTH, monthOf(TURNOVER_LINE.BUSINESS_DATE));
  public final MartColumn<String> department =
      column("department", CODE, GOODS.DEPARTMENT)
          .label("department", "一级分类")
          .about("Category level 1, empty where unknown");
  public final MartColumn<String> category =
      column("category", CODE, GOODS.CATEGORY)
          .label("category", "二级分类")
          .about("Category level 2, empty where unknown");
  public final MartColumn<String> member =
      column("member", TEXT, MEMBER_CARD.MEMBER).label("member", "会员").about("Member");
  public final MartColumn<String> brand =
      column("brand", CODE, GOODS.BRAND).label("brand", "品牌").about("Brand, empty where unknown");
  public final MartColumn<Long> lines =
      column("lines", COUNT, countIf(TURNOVER_LINE.KIND.eq("sale")))
          .unit("lines")
          .label("lines", "行数")
          .about("Lines bought");
  public final MartColumn<BigDecimal> netSales =
      column("net_sales", MONEY, sum(TURNOVER_LINE.NET_AMOUNT))
          .unit("currency")
          .label("net sales", "净销售额")
          .about("What the chain received, less returns of the month");

  private MemberBrandMonth() {
    super(
        "member_brand_month",
        "One row per member, category, brand and month with a purchase or return, of months that are over",
        "每位会员、二级分类、品牌和有购买或退货的月份一行，限已结束的月");
    owner("goods");
    freshWithin(Duration.ofHours(24));
    grain(department, category, member, brand, month);
    partitionedByMonth(month);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(TURNOVER_LINE)
        .join(MEMBER_CARD)
        .on(slice.joins(MEMBER_CARD.CARD, TURNOVER_LINE.CARD))
        .leftJoin(GOODS)
        .on(slice.joins(GOODS.GOODS_, TURNOVER_LINE.GOODS))
        .where(settledMonth(slice, TURNOVER_LINE.BUSINESS_DATE))
        .and(TURNOVER_LINE.CARD.ne(""))
        .groupBy(
            GOODS.DEPARTMENT,
            GOODS.CATEGORY,
            MEMBER_CARD.MEMBER,
            GOODS.BRAND,
            monthOf(TURNOVER_LINE.BUSINESS_DATE));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.filled(member),
        Check.refersTo(member, MEMBER.MEMBER_, MEMBER),
        Check.same(
            name(),
            "sums equal the members' months",
            DSL.select(month, sum(netSales), sum(lines))
                .from(table())
                .where(month.lt(firstOpenMonth()))
                .groupBy(month),
            DSL.select(MEMBER_MONTH.month, sum(MEMBER_MONTH.netSales), sum(MEMBER_MONTH.lines))
                .from(MEMBER_MONTH.table())
                .where(MEMBER_MONTH.month.lt(firstOpenMonth()))
                .groupBy(MEMBER_MONTH.month)));
  }
}
