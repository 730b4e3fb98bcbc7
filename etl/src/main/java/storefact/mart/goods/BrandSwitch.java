package storefact.mart.goods;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.distinct;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.goods.MemberBrandMonth.MEMBER_BRAND_MONTH;
import static storefact.mart.sales.SettledMonth.firstOpenMonth;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per category, kind and pair of brands: where the members' money went, the last {@value
 * #MONTHS} whole months against those before them. The gain–loss matrix of consumer panels.
 *
 * <p>Told member by member and category by category: what a brand lost is shared out over the
 * brands that gained, in proportion to their gains, up to the smaller of both sums; what is left is
 * money that came into the category or went out of it. So the gains of a brand less its losses are
 * the change of its sales, and what one brand gains from another, the other loses to it. Source: A.
 * S. C. Ehrenberg, Repeat-Buying: Facts, Theory and Applications, 2nd ed. 1988, on gain–loss
 * analysis. The length of the periods is an own choice.
 */
public final class BrandSwitch extends Mart {
  /** Months on each side. */
  public static final int MONTHS = 3;

  private static final List<String> KINDS =
      List.of("switched", "new buyers", "bought more", "lost buyers", "bought less");
  private static final String FLOW = "flow";

  /** The mart. */
  public static final BrandSwitch BRAND_SWITCH = new BrandSwitch();

  public final MartColumn<String> department =
      column(Term.DEPARTMENT, derived(FLOW, "department", String.class))
          .about("Category level 1, empty where unknown");
  public final MartColumn<String> category =
      column(Term.CATEGORY, derived(FLOW, "category", String.class))
          .about("Category level 2, empty where unknown");
  public final MartColumn<String> kind =
      column("kind", CODE, part(1, String.class))
          .label("kind", "类别")
          .about(
              "switched: from one brand to the other; new buyers, bought more: money that came into the category;"
                  + " lost buyers, bought less: money that went out of it");
  public final MartColumn<String> fromBrand =
      column("from_brand", CODE, part(2, String.class))
          .label("from brand", "流出品牌")
          .about("Brand that lost; empty where unknown, and where the money came in");
  public final MartColumn<String> toBrand =
      column("to_brand", CODE, part(3, String.class))
          .label("to brand", "流入品牌")
          .about("Brand that gained; empty where unknown, and where the money went out");
  public final MartColumn<LocalDate> since =
      column("since", DATE, field("any({0})", LocalDate.class, now()))
          .label("since", "起始月")
          .about("First of the three months that are compared with the three before");
  public final MartColumn<Long> members =
      column("members", COUNT, distinct(derived(FLOW, "member", String.class)))
          .unit("members")
          .label("members", "会员数")
          .about("Members whose money it was");
  public final MartColumn<BigDecimal> amount =
      column("amount", MONEY, field("round({0}, 2)", sum(part(4, BigDecimal.class))))
          .unit("currency")
          .label("amount", "金额")
          .about("Net sales that moved, not below 0");

  private BrandSwitch() {
    super(
        "brand_switch",
        "One row per category, kind and pair of brands: members' money that moved between them, three months against three",
        "每二级分类、类别和品牌对一行：会员消费在品牌间的转移，近三个月对比前三个月");
    owner("goods");
    freshWithin(Duration.ofHours(24));
    grain(department, category, kind, fromBrand, toBrand);
  }

  private static <T> Field<T> part(int number, Class<T> type) {
    return field(
        "tupleElement({0}, {1})", type, derived(FLOW, "moved", Object.class), inline(number));
  }

  private static Field<LocalDate> now() {
    return field("subtractMonths({0}, {1})", LocalDate.class, firstOpenMonth(), inline(MONTHS));
  }

  private static Condition compared(Field<LocalDate> month) {
    return DSL.condition(
        "{0} >= subtractMonths({1}, {2}) AND {0} < {1}",
        month, firstOpenMonth(), inline(2 * MONTHS));
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(DSL.table("({0}) AS {1}", flows(slice), DSL.name(FLOW)))
        .groupBy(
            derived(FLOW, "department", String.class),
            derived(FLOW, "category", String.class),
            part(1, String.class),
            part(2, String.class),
            part(3, String.class));
  }

  /** What moved, of each member: kind, from, to, amount. */
  private static Select<?> flows(Slice slice) {
    return DSL.select(
            field("department", String.class),
            field("category", String.class),
            field("member", String.class),
            field(
                    """
                    arrayJoin(arrayConcat(
                      arrayFlatten(arrayMap(l -> arrayMap(g -> ('switched', l.1, g.1, toDecimal128(toFloat64(l.2) * toFloat64(g.3) / greatest(lost, gained), 9)), gainers), losers)),
                      if(gained > lost, arrayMap(g -> (if(had, 'bought more', 'new buyers'), '', g.1, toDecimal128(toFloat64(g.3) * (1 - lost / gained), 9)), gainers), []),
                      if(lost > gained, arrayMap(l -> (if(has, 'bought less', 'lost buyers'), l.1, '', toDecimal128(toFloat64(l.2) * (1 - gained / lost), 9)), losers), [])))
                    """,
                    Object.class)
                .as("moved"))
        .from(DSL.table("({0})", byMember(slice)));
  }

  private static Select<?> byMember(Slice slice) {
    return DSL.select(
            field("department", String.class),
            field("category", String.class),
            field("member", String.class),
            field("groupArrayIf((brand, loss, gain), loss > 0)").as("losers"),
            field("groupArrayIf((brand, loss, gain), gain > 0)").as("gainers"),
            field("toFloat64(sum(loss))").as("lost"),
            field("toFloat64(sum(gain))").as("gained"),
            field("max(before) > 0").as("had"),
            field("max(later) > 0").as("has"))
        .from(DSL.table("({0})", byBrand(slice)))
        .groupBy(
            field("department", String.class),
            field("category", String.class),
            field("member", String.class));
  }

  /** A member's loss and gain per brand; exact sums. */
  private static Select<?> byBrand(Slice slice) {
    Field<BigDecimal> change =
        field(
            "sumIf({0}, {1} >= {2}) - sumIf({0}, {1} < {2})",
            BigDecimal.class, MEMBER_BRAND_MONTH.netSales, MEMBER_BRAND_MONTH.month, now());
    return DSL.select(
            MEMBER_BRAND_MONTH.department.as("department"),
            MEMBER_BRAND_MONTH.category.as("category"),
            field("toString({0})", MEMBER_BRAND_MONTH.brand).as("brand"),
            MEMBER_BRAND_MONTH.member.as("member"),
            field("greatest(-({0}), 0)", change).as("loss"),
            field("greatest({0}, 0)", change).as("gain"),
            field("countIf({0} < {1})", MEMBER_BRAND_MONTH.month, now()).as("before"),
            field("countIf({0} >= {1})", MEMBER_BRAND_MONTH.month, now()).as("later"))
        .from(MEMBER_BRAND_MONTH.table())
        .where(slice.only(MEMBER_BRAND_MONTH.month, compared(MEMBER_BRAND_MONTH.month)))
        .groupBy(
            MEMBER_BRAND_MONTH.department,
            MEMBER_BRAND_MONTH.category,
            MEMBER_BRAND_MONTH.brand,
            MEMBER_BRAND_MONTH.member);
  }

  @Override
  protected List<Check> checks() {
    Field<BigDecimal> brandsChange =
        field(
            "if({0} >= {1}, -1, 1) * {2}",
            BigDecimal.class, MEMBER_BRAND_MONTH.month, now(), MEMBER_BRAND_MONTH.netSales);
    return List.of(
        Check.accepted(kind, KINDS),
        Check.none(
            this,
            "nothing moves below 0 or from a brand to itself",
            DSL.selectFrom(table())
                .where(amount.own().lt(BigDecimal.ZERO))
                .or(kind.own().eq("switched").and(fromBrand.own().eq(toBrand.own())))),
        Check.none(
            this,
            "gains less losses are the change of each brand's sales",
            DSL.select(
                    field("department"),
                    field("category"),
                    field("brand"),
                    field("sum(change)").as("difference"))
                .from(
                    DSL.table(
                        "({0} UNION ALL {1} UNION ALL {2})",
                        DSL.select(
                                department.as("department"),
                                category.as("category"),
                                toBrand.as("brand"),
                                amount.as("change"))
                            .from(table())
                            .where(kind.in("switched", "new buyers", "bought more")),
                        DSL.select(department, category, fromBrand, amount.neg())
                            .from(table())
                            .where(kind.in("switched", "lost buyers", "bought less")),
                        DSL.select(
                                MEMBER_BRAND_MONTH.department,
                                MEMBER_BRAND_MONTH.category,
                                MEMBER_BRAND_MONTH.brand,
                                brandsChange)
                            .from(MEMBER_BRAND_MONTH.table())
                            .where(compared(MEMBER_BRAND_MONTH.month))))
                .groupBy(field("department"), field("category"), field("brand"))
                // Rows are rounded to the cent.
                .having(DSL.condition("abs(difference) > 0.01 * count()"))));
  }
}
