package storefact.mart.goods;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.ColumnType.TEXT;
import static storefact.mart.ColumnType.YES_NO;
import static storefact.mart.goods.GoodsMonth.GOODS_MONTH;
import static storefact.mart.goods.GoodsPair.GOODS_PAIR;
import static storefact.mart.member.CardMonth.CARD_MONTH;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.mart.sales.SettledMonth.firstOpenMonth;

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
 * One row per pair of goods of one type that sell enough to tell: whether one takes the place of
 * the other. Counted over the last {@value #MONTHS} months, the one that runs included.
 *
 * <p>Goods of one type meet one need. Those that the same cards buy, but not on the same receipt,
 * stand in for each other; those on the same receipt complement each other or are bought for
 * variety. Receipt lift: receipts with both against those to expect if neither knew of the other
 * (S. Brin, R. Motwani, J. D. Ullman, S. Tsur, Dynamic itemset counting and implication rules for
 * market basket data, SIGMOD 1997); card lift: the same of cards and months. What to expect is
 * summed over stores, n₁ n₂ / n of each: goods that different stores sell never meet, and goods of
 * the same few stores meet more often than the chain's receipts tell, without either knowing of the
 * other. Receipts of goods and store: those of the goods by its lines in the store. Source of the
 * idea: A. D. Shocker, B. L. Bayus, N. Kim, Product complements and substitutes in the real world,
 * Journal of Marketing 68 (2004): complements are used on one occasion, substitutes on different
 * ones.
 *
 * <p>Substitutes: receipt lift below 1 by {@value #SIGNIFICANT} standard deviations, and below the
 * card lift: an own definition on that idea. It is association, not proof.
 */
public final class GoodsSubstitute extends Mart {
  /** Months that count. */
  public static final int MONTHS = 6;

  /** Receipts with both that there should be at least by chance, for anyone to tell. */
  public static final int LEAST_EXPECTED = 5;

  /** Standard deviations below chance: a one-sided level of 1 %. */
  public static final double SIGNIFICANT = 2.33;

  private static final String FIRST = "first_goods";
  private static final String SECOND = "second_goods";
  private static final String BOTH = "both_goods";
  private static final String MET = "met_goods";

  /** The mart. */
  public static final GoodsSubstitute GOODS_SUBSTITUTE = new GoodsSubstitute();

  public final MartColumn<String> department =
      column(Term.DEPARTMENT, derived(FIRST, "department", String.class))
          .about("Category level 1 of both");
  public final MartColumn<String> category =
      column(Term.CATEGORY, derived(FIRST, "category", String.class))
          .about("Category level 2 of both");
  public final MartColumn<String> type =
      column("type", CODE, derived(FIRST, "type", String.class))
          .label("type", "三级分类")
          .about("Category level 3 of both: the need");
  public final MartColumn<String> goods =
      column(Term.GOODS, derived(FIRST, "goods", String.class))
          .about("The first of the pair by its code");
  public final MartColumn<String> other =
      column("other", TEXT, derived(SECOND, "goods", String.class))
          .label("other goods", "另一商品")
          .about("The second of the pair");
  public final MartColumn<Long> goodsReceipts =
      column("goods_receipts", COUNT, derived(FIRST, "receipts", Long.class))
          .unit("receipts")
          .label("receipts with the first", "含前者小票数")
          .about("Receipts with the first");
  public final MartColumn<Long> otherReceipts =
      column("other_receipts", COUNT, derived(SECOND, "receipts", Long.class))
          .unit("receipts")
          .label("receipts with the second", "含后者小票数")
          .about("Receipts with the second");
  public final MartColumn<Long> receiptsTogether =
      column("receipts_together", COUNT, derived(BOTH, "receipts", Long.class))
          .unit("receipts")
          .label("receipts with both", "同时购买小票数")
          .about("Receipts with both");
  public final MartColumn<Double> expected =
      column(
              "expected",
              RATIO,
              field(
                  "toFloat64({0}) * {1} * {2}",
                  Double.class,
                  goodsReceipts.own(),
                  otherReceipts.own(),
                  derived(MET, "chance", Double.class)))
          .unit("receipts")
          .label("expected receipts with both", "期望同时购买小票数")
          .about("Receipts with both if neither knew of the other, summed over stores");
  public final MartColumn<Double> receiptLift =
      column(
              "receipt_lift",
              RATIO,
              field("{0} / {1}", Double.class, receiptsTogether.own(), expected.own()))
          .unit("factor")
          .label("receipt lift", "小票提升度")
          .about("Receipts with both against the expected ones, 1 = chance");
  public final MartColumn<Double> cardLift =
      column(
              "card_lift",
              RATIO_OR_NULL,
              ratioOrNull(
                  field(
                      "toFloat64({0}) * {1}",
                      Double.class,
                      derived(BOTH, "cards", Long.class),
                      derived(MET, "all_cards", Double.class)),
                  field(
                      "toFloat64({0}) * {1}",
                      Double.class,
                      derived(FIRST, "cards", Long.class),
                      derived(SECOND, "cards", Long.class))))
          .unit("factor")
          .label("card lift", "会员提升度")
          .about("Cards that bought both in a month against the expected ones, null without cards");
  public final MartColumn<Double> deviations =
      column(
              "deviations",
              RATIO,
              field(
                  "({0} - {1}) / sqrt({1} * (1 - {2} / {4}) * (1 - {3} / {4}))",
                  Double.class,
                  receiptsTogether.own(),
                  expected.own(),
                  goodsReceipts.own(),
                  otherReceipts.own(),
                  derived(MET, "all_receipts", Double.class)))
          .unit("standard deviations")
          .label("deviations from chance", "偏离标准差")
          .about("How far receipts with both lie from the expected ones");
  public final MartColumn<Boolean> substitutes =
      column(
              "substitutes",
              YES_NO,
              field(
                  "{0} <= -{1} AND {2} < ifNull({3}, 1)",
                  Boolean.class,
                  deviations.own(),
                  inline(SIGNIFICANT),
                  receiptLift.own(),
                  cardLift.own()))
          .label("substitutes", "是否互为替代")
          .about("The same cards buy both, receipts seldom have both");

  private GoodsSubstitute() {
    super(
        "goods_substitute",
        "One row per pair of goods of one type that sell enough to tell: whether one takes the place of the other",
        "同一三级分类中销量足够的商品对一行：是否互为替代");
    owner("goods");
    freshWithin(Duration.ofHours(24));
    grain(department, category, type, goods, other);
  }

  private static Field<LocalDate> since() {
    return field(
        "subtractMonths(({0}), {1})",
        LocalDate.class,
        DSL.select(max(GOODS_PAIR.month)).from(GOODS_PAIR.table()),
        inline(MONTHS - 1));
  }

  private static Field<Double> allReceipts(Slice slice) {
    return field(
        "toFloat64(({0}))",
        Double.class,
        DSL.select(sum(RECEIPT_STATISTICS.receipts))
            .from(RECEIPT_STATISTICS.table())
            .where(
                slice.only(
                    RECEIPT_STATISTICS.businessDate, recent(RECEIPT_STATISTICS.businessDate))));
  }

  /** Cards and months with a purchase, as the pairs count them. */
  private static Field<Double> allCards(Slice slice) {
    return field(
        "toFloat64(({0}))",
        Double.class,
        DSL.select(
                field(
                    "uniqExactIf(({0}, {1}), {0} != '' AND {2} > 0)",
                    CARD_MONTH.card, CARD_MONTH.month, CARD_MONTH.receipts))
            .from(CARD_MONTH.table())
            .where(slice.only(CARD_MONTH.month, recent(CARD_MONTH.month))));
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0}) AS {1} INNER JOIN ({0}) AS {2} USING (department, category, type) LEFT JOIN ({3}) AS {4}"
                    + " ON {4}.department = {1}.department AND {4}.category = {1}.category AND {4}.type = {1}.type"
                    + " AND {4}.goods = {1}.goods AND {4}.other = {2}.goods"
                    + " INNER JOIN ({5}) AS {6} ON {6}.goods = {1}.goods AND {6}.other = {2}.goods",
                alone(),
                DSL.name(FIRST),
                DSL.name(SECOND),
                together(),
                DSL.name(BOTH),
                met(slice),
                DSL.name(MET)))
        .where(derived(FIRST, "goods", String.class).lt(derived(SECOND, "goods", String.class)))
        .and(
            DSL.condition(
                "toFloat64({0}) * {1} >= {2} * {3}",
                derived(FIRST, "receipts", Long.class),
                derived(SECOND, "receipts", Long.class),
                inline(LEAST_EXPECTED),
                derived(MET, "all_receipts", Double.class)))
        .and(DSL.condition("{0} >= {1}", expected.own(), inline(LEAST_EXPECTED)));
  }

  /**
   * Of pairs that stores have both of: the sum of shares of their lines in a store, one times the
   * other, by the store's receipts. Times the receipts of each it is what to expect together.
   */
  private static Select<?> met(Slice slice) {
    return DSL.select(
            field("here.goods").as("goods"),
            field("there.goods").as("other"),
            field(
                    "sum(toFloat64(here.lines) * there.lines / here.receipts) / (toFloat64(any(here.all_lines)) * any(there.all_lines))")
                .as("chance"),
            allReceipts(slice).as("all_receipts"),
            allCards(slice).as("all_cards"))
        .from(
            DSL.table(
                "({0}) AS here INNER JOIN ({0}) AS there ON there.department = here.department AND there.category = here.category AND there.type = here.type AND there.store = here.store",
                ofStores(slice)))
        .where(DSL.condition("here.goods < there.goods"))
        .groupBy(field("here.goods"), field("there.goods"));
  }

  /** Lines of goods by store, of those goods that sell enough for any pair of their type. */
  private static Select<?> ofStores(Slice slice) {
    return DSL.select(field("*"), field("sum(lines) OVER (PARTITION BY goods)").as("all_lines"))
        .from(
            DSL.table(
                "({0}) AS of_goods INNER JOIN (SELECT department, category, type, goods FROM (SELECT *, max(receipts) OVER (PARTITION BY department, category, type) AS most FROM ({1})) WHERE toFloat64(receipts) * most >= {2} * {3}) AS enough USING (goods)"
                    + " INNER JOIN ({4}) AS of_store USING (store)",
                DSL.select(
                        GOODS_MONTH.store.as("store"),
                        GOODS_MONTH.goods.as("goods"),
                        sum(GOODS_MONTH.lines).as("lines"))
                    .from(GOODS_MONTH.table())
                    .where(slice.only(GOODS_MONTH.month, recent(GOODS_MONTH.month)))
                    .groupBy(GOODS_MONTH.store, GOODS_MONTH.goods)
                    .having(DSL.condition("lines > 0")),
                alone(),
                inline(LEAST_EXPECTED),
                allReceipts(slice),
                DSL.select(
                        RECEIPT_STATISTICS.store.as("store"),
                        sum(RECEIPT_STATISTICS.receipts).as("receipts"))
                    .from(RECEIPT_STATISTICS.table())
                    .where(
                        slice.only(
                            RECEIPT_STATISTICS.businessDate,
                            recent(RECEIPT_STATISTICS.businessDate)))
                    .groupBy(RECEIPT_STATISTICS.store)));
  }

  /** True in the last months that are over, which are those that pairs are counted of. */
  private static Condition recent(Field<LocalDate> day) {
    return DSL.condition("{0} >= {1} AND {0} < {2}", day, since(), firstOpenMonth());
  }

  private static Select<?> alone() {
    return DSL.select(
            GOODS_PAIR.department.as("department"),
            GOODS_PAIR.category.as("category"),
            GOODS_PAIR.type.as("type"),
            GOODS_PAIR.other.as("goods"),
            sum(GOODS_PAIR.receipts).as("receipts"),
            sum(GOODS_PAIR.cards).as("cards"))
        .from(GOODS_PAIR.table())
        .where(recent(GOODS_PAIR.month))
        .and(GOODS_PAIR.goods.eq(""))
        .groupBy(GOODS_PAIR.department, GOODS_PAIR.category, GOODS_PAIR.type, GOODS_PAIR.other);
  }

  private static Select<?> together() {
    return DSL.select(
            GOODS_PAIR.department.as("department"),
            GOODS_PAIR.category.as("category"),
            GOODS_PAIR.type.as("type"),
            GOODS_PAIR.goods.as("goods"),
            GOODS_PAIR.other.as("other"),
            sum(GOODS_PAIR.receipts).as("receipts"),
            sum(GOODS_PAIR.cards).as("cards"))
        .from(GOODS_PAIR.table())
        .where(recent(GOODS_PAIR.month))
        .and(GOODS_PAIR.goods.ne(""))
        .groupBy(
            GOODS_PAIR.department,
            GOODS_PAIR.category,
            GOODS_PAIR.type,
            GOODS_PAIR.goods,
            GOODS_PAIR.other);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.none(
            this,
            "receipts with both are receipts with each",
            DSL.selectFrom(table())
                .where(receiptsTogether.own().gt(goodsReceipts.own()))
                .or(receiptsTogether.own().gt(otherReceipts.own()))),
        Check.none(
            this,
            "the first comes before the second",
            DSL.selectFrom(table()).where(goods.own().ge(other.own()))));
  }
}
