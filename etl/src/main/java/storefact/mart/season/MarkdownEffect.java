package storefact.mart.season;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.cents;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.MONEY_OR_NULL;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.goods.GoodsDay.GOODS_DAY;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.mart.sales.SettledWeek.weekIsOver;
import static storefact.warehouse.jooq.dw.Tables.GOODS;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per goods and markdown: sales before, during and after it, what it brought beyond the
 * baseline and what it cost.
 *
 * <p>A markdown is a run of days on which the chain's discount is at least {@value #LEAST_DISCOUNT}
 * of list sales and moves by no more than that; up to {@value #GAP_DAYS} days without a sale do not
 * end it. It has at least {@value #LEAST_DAYS} days of sales. The baseline is the quantity sold per
 * receipt of the chain on the days without markdown in the {@value #WINDOW_DAYS} days before and
 * after, times the receipts during it: that takes out how busy the days were, and, as there is time
 * on both sides, a trend. Price elasticity: ln(quantity / baseline) / ln(price / price without).
 * Goods that sold on less than half of the days around it have no uplift: a markdown is known by
 * its sales, so that of goods that seldom sell only the lucky ones are seen, from a sale to a sale.
 * It is told by the week: days of one that is not over do not count.
 *
 * <p>What a markdown is, is an own definition; the baseline from the days without is that of M. M.
 * Abraham, L. M. Lodish, PROMOTER: an automated promotion evaluation system, Marketing Science 6
 * (1987), and R. C. Blattberg, S. A. Neslin, Sales Promotion: Concepts, Methods, and Strategies,
 * 1990.
 */
public final class MarkdownEffect extends Mart {
  /** Discount from which days are marked down, and by which it may change within a markdown. */
  public static final double LEAST_DISCOUNT = 0.05;

  /** Days without a sale that do not end a markdown. */
  public static final int GAP_DAYS = 3;

  /** Days of sales that a markdown has at least. */
  public static final int LEAST_DAYS = 3;

  /** Days before and after with which it is compared. */
  public static final int WINDOW_DAYS = 28;

  /** Days without markdown that there are at least to compare with. */
  public static final int LEAST_FREE_DAYS = 14;

  /** Share of the days around it with a sale, from which its uplift can be told. */
  public static final double LEAST_SOLD = 0.5;

  private static final String RUN = "run";
  private static final String FIRST = "first_day";
  private static final String LAST = "last_day";
  private static final String TOLD = "told";
  private static final String BUSY = "busy";

  /** The mart. */
  public static final MarkdownEffect MARKDOWN_EFFECT = new MarkdownEffect();

  public final MartColumn<String> goods = column(Term.GOODS, run("goods", String.class));
  public final MartColumn<LocalDate> startsOn =
      column("starts_on", DATE, run("starts_on", LocalDate.class))
          .label("starts on", "开始日期")
          .about("First day of the markdown with a sale");
  public final MartColumn<LocalDate> endsOn =
      column("ends_on", DATE, run("ends_on", LocalDate.class))
          .label("ends on", "结束日期")
          .about("Last day of the markdown with a sale");
  public final MartColumn<String> department =
      column(Term.DEPARTMENT, derived(TOLD, "department", String.class))
          .about("Category level 1, empty where unknown");
  public final MartColumn<String> category =
      column(Term.CATEGORY, derived(TOLD, "category", String.class))
          .about("Category level 2, empty where unknown");
  public final MartColumn<Long> days =
      column(
              "days",
              COUNT,
              field("dateDiff('day', {0}, {1}) + 1", Long.class, startsOn.own(), endsOn.own()))
          .unit("days")
          .label("days", "天数")
          .about("Days from the first to the last");
  public final MartColumn<Double> discountRate =
      column(
              "discount_rate",
              RATIO,
              ratio(run("discount", BigDecimal.class), run("list", BigDecimal.class)))
          .unit("share")
          .label("discount rate", "折扣率")
          .about("Discount of the chain as a part of list sales during it");
  public final MartColumn<Double> before =
      column(
              "before_per_day",
              RATIO_OR_NULL,
              ratioOrNull(run("before_quantity", BigDecimal.class), freeBefore()))
          .unit("pieces or kg")
          .label("sold per day before", "之前日均销量")
          .about("Mean quantity a day on days without markdown in the 28 days before");
  public final MartColumn<Double> during =
      column("during_per_day", RATIO, ratio(run("quantity", BigDecimal.class), days.own()))
          .unit("pieces or kg")
          .label("sold per day during", "期间日均销量")
          .about("Mean quantity a day during it");
  public final MartColumn<Double> after =
      column(
              "after_per_day",
              RATIO_OR_NULL,
              ratioOrNull(run("after_quantity", BigDecimal.class), freeAfter()))
          .unit("pieces or kg")
          .label("sold per day after", "之后日均销量")
          .about("Mean quantity a day on days without markdown in the 28 days after");
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, run("quantity", BigDecimal.class))
          .unit("pieces or kg")
          .label("quantity sold", "销售数量")
          .about("Quantity sold during it, returns not taken off");
  public final MartColumn<Double> baseline =
      column(
              "baseline",
              RATIO,
              field(
                  "toFloat64({0} + {1}) / ({2} + {3}) * {4}",
                  Double.class,
                  run("before_quantity", BigDecimal.class),
                  run("after_quantity", BigDecimal.class),
                  receiptsOfFreeDays(FIRST, "before_"),
                  receiptsOfFreeDays(LAST, "after_"),
                  receiptsDuring()))
          .unit("pieces or kg")
          .label("baseline", "基线销量")
          .about("Quantity that the receipts of these days would have bought without markdown");
  public final MartColumn<Double> soldShare =
      column(
              "sold_share",
              RATIO,
              field(
                  "{0} / ({1} + {2})",
                  Double.class, run("free_sold", Long.class), freeBefore(), freeAfter()))
          .unit("share")
          .label("days with sales around it", "前后有售天数占比")
          .about("Days with a sale as a part of the days around it without markdown");
  public final MartColumn<Double> uplift =
      column(
              "uplift",
              RATIO_OR_NULL,
              field(
                  "if({0} = 0 OR {2} < {3}, NULL, toFloat64({1}) / {0} - 1)",
                  Double.class,
                  baseline.own(),
                  quantity.own(),
                  soldShare.own(),
                  inline(LEAST_SOLD)))
          .unit("share")
          .label("uplift", "增量率")
          .about(
              "Quantity beyond the baseline as a part of it, 1 = twice as much; null where it sold on less than half of the days around it");
  public final MartColumn<Double> priceRatio =
      column(
              "price_ratio",
              RATIO_OR_NULL,
              field(
                  "if({0} = 0 OR {2} = {3}, NULL, toFloat64({0} - {1}) / toFloat64({0}) / (toFloat64({2} - {3}) / toFloat64({2})))",
                  Double.class,
                  run("list", BigDecimal.class),
                  run("discount", BigDecimal.class),
                  run("free_list", BigDecimal.class),
                  run("free_discount", BigDecimal.class)))
          .unit("share")
          .label("price ratio", "价格比")
          .about("Price paid as a part of list price, during it against the days without");
  public final MartColumn<Double> elasticity =
      column(
              "elasticity",
              RATIO_OR_NULL,
              field(
                  "if({0} > 0 AND {1} > 0 AND {2} > 0 AND {2} < 1 AND {3} >= {4}, log(toFloat64({0}) / {1}) / log({2}), NULL)",
                  Double.class,
                  quantity.own(),
                  baseline.own(),
                  priceRatio.own(),
                  soldShare.own(),
                  inline(LEAST_SOLD)))
          .unit("factor")
          .label("price elasticity", "价格弹性")
          .about(
              "Percent more sold per percent of price, -2 = two percent more per percent less price");
  public final MartColumn<BigDecimal> discountCost =
      column("discount_cost", MONEY, run("discount", BigDecimal.class))
          .unit("currency")
          .label("discount cost", "折扣成本")
          .about("Discount granted by the chain during it");
  public final MartColumn<BigDecimal> margin =
      column("margin", MONEY_OR_NULL, run("margin", BigDecimal.class))
          .unit("currency")
          .label("gross margin", "毛利")
          .about("Gross margin during it, null without cost");
  public final MartColumn<BigDecimal> marginChange =
      column(
              "margin_change",
              MONEY_OR_NULL,
              field(
                  "if({0} IS NULL OR {1} IS NULL OR {2} = 0 OR {3} < {4}, NULL, {5})",
                  BigDecimal.class,
                  run("margin", BigDecimal.class),
                  run("free_margin", BigDecimal.class),
                  run("free_costed_quantity", BigDecimal.class),
                  soldShare.own(),
                  inline(LEAST_SOLD),
                  cents(
                      field(
                          "toFloat64({0}) - toFloat64({1}) / toFloat64({2}) * {3}",
                          Double.class,
                          run("margin", BigDecimal.class),
                          run("free_margin", BigDecimal.class),
                          run("free_costed_quantity", BigDecimal.class),
                          baseline.own()))))
          .unit("currency")
          .label("margin change", "毛利变化")
          .about(
              "Gross margin during it less that of the baseline; below 0 the markdown gave margin away");

  private MarkdownEffect() {
    super(
        "markdown_effect",
        "One row per goods and markdown: sales before, during and after, uplift against the baseline, margin given away",
        "每商品和每次降价一行：降价前、中、后的销售，相对基线的增量与让利");
    owner("goods");
    freshWithin(Duration.ofHours(24));
    grain(goods, startsOn);
  }

  private static <T> Field<T> run(String column, Class<T> type) {
    return derived(RUN, column, type);
  }

  private static Field<Long> freeBefore() {
    return field(
        "(toInt64({0}) - {1})",
        Long.class, derived(FIRST, "before_days", Long.class), run("before_marked", Long.class));
  }

  private static Field<Long> freeAfter() {
    return field(
        "(toInt64({0}) - {1})",
        Long.class, derived(LAST, "after_days", Long.class), run("after_marked", Long.class));
  }

  /** Receipts of the window's days without markdown. */
  private static Field<Long> receiptsOfFreeDays(String day, String side) {
    return field(
        "(toInt64({0}) - {1})",
        Long.class,
        derived(day, side + "receipts", Long.class),
        run(side + "marked_receipts", Long.class));
  }

  private static Field<Long> receiptsDuring() {
    return field(
        "({0} - {1} + {2})",
        Long.class,
        derived(LAST, "so_far", Long.class),
        derived(FIRST, "so_far", Long.class),
        derived(FIRST, "receipts", Long.class));
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0}) AS {1} INNER JOIN ({2}) AS {3} ON {3}.day = {1}.starts_on INNER JOIN ({2}) AS {4} ON {4}.day = {1}.ends_on"
                    + " LEFT JOIN ({5}) AS {6} ON {6}.goods = {1}.goods",
                runs(slice),
                DSL.name(RUN),
                chainDays(slice),
                DSL.name(FIRST),
                DSL.name(LAST),
                DSL.select(GOODS.GOODS_, GOODS.DEPARTMENT, GOODS.CATEGORY).from(GOODS),
                DSL.name(TOLD)))
        .where(freeBefore().plus(freeAfter()).ge((long) LEAST_FREE_DAYS));
  }

  /** How busy the chain was, each day and around it. */
  private static Select<?> chainDays(Slice slice) {
    return DSL.select(
            field("day"),
            field("receipts"),
            field("sum(receipts) OVER (ORDER BY day ROWS UNBOUNDED PRECEDING)").as("so_far"),
            around("sum(receipts)", true).as("before_receipts"),
            around("count()", true).as("before_days"),
            around("sum(receipts)", false).as("after_receipts"),
            around("count()", false).as("after_days"))
        .from(DSL.table("({0})", receipts(slice)));
  }

  private static Select<?> receipts(Slice slice) {
    return DSL.select(
            RECEIPT_STATISTICS.businessDate.as("day"),
            sum(RECEIPT_STATISTICS.receipts).as("receipts"))
        .from(RECEIPT_STATISTICS.table())
        .where(
            slice.only(
                RECEIPT_STATISTICS.businessDate, weekIsOver(RECEIPT_STATISTICS.businessDate)))
        .groupBy(RECEIPT_STATISTICS.businessDate);
  }

  private static Field<Long> around(String aggregate, boolean before) {
    return field(
        aggregate
            + " OVER (ORDER BY toInt32(day) RANGE BETWEEN {0} "
            + (before ? "PRECEDING AND 1 PRECEDING)" : "FOLLOWING AND {1} FOLLOWING)"),
        Long.class,
        inline(before ? WINDOW_DAYS : 1),
        inline(WINDOW_DAYS));
  }

  /** Markdowns with what lies around them. */
  private static Select<?> runs(Slice slice) {
    return DSL.select(
            field("goods"),
            field("min(day)").as("starts_on"),
            field("max(day)").as("ends_on"),
            field("sum(quantity)").as("quantity"),
            field("sum(list)").as("list"),
            field("sum(discount)").as("discount"),
            field("sum(margin)").as("margin"),
            // At its first day for what was before, at its last for what was after.
            field("argMin(before, day).1").as("before_quantity"),
            field("toInt64(argMin(before, day).2)").as("before_marked"),
            field("toInt64(argMin(before, day).7)").as("before_marked_receipts"),
            field("argMax(after, day).1").as("after_quantity"),
            field("toInt64(argMax(after, day).2)").as("after_marked"),
            field("toInt64(argMax(after, day).7)").as("after_marked_receipts"),
            field("argMin(before, day).8 + argMax(after, day).8").as("free_costed_quantity"),
            field("argMin(before, day).3 + argMax(after, day).3").as("free_list"),
            field("argMin(before, day).4 + argMax(after, day).4").as("free_discount"),
            field("toInt64(argMin(before, day).6 + argMax(after, day).6)").as("free_sold"),
            field(
                    "if(argMin(before, day).5 IS NULL AND argMax(after, day).5 IS NULL, NULL,"
                        + " ifNull(argMin(before, day).5, 0) + ifNull(argMax(after, day).5, 0))")
                .as("free_margin"))
        .from(DSL.table("({0})", markedDays(slice)))
        .groupBy(field("goods"), field("number"))
        .having(DSL.condition("count() >= {0}", inline(LEAST_DAYS)));
  }

  /** Days of markdowns with what lies before and after them. */
  private static Select<?> markedDays(Slice slice) {
    return DSL.select(
            field("*"),
            free("until_yesterday", "until_window").as("before"),
            free("until_end", "until_today").as("after"))
        .from(DSL.table("({0})", numbered(slice)))
        .where(DSL.condition("marked"));
  }

  /** Days with the number of the markdown that they belong to, the last one begun. */
  private static Select<?> numbered(Slice slice) {
    return DSL.select(
            field("*"),
            field("sum(begins) OVER (PARTITION BY goods ORDER BY day ROWS UNBOUNDED PRECEDING)")
                .as("number"))
        .from(
            DSL.table(
                "({0})",
                DSL.select(
                        field("*"),
                        field(
                                """
                                marked AND NOT (lagInFrame(marked, 1, false) OVER previous
                                  AND day - lagInFrame(day, 1, day) OVER previous <= {0}
                                  AND abs(discount * lagInFrame(list, 1, list) OVER previous - lagInFrame(discount, 1, discount) OVER previous * list)
                                    <= {1} * list * lagInFrame(list, 1, list) OVER previous)
                                """,
                                inline(GAP_DAYS + 1), decimal(LEAST_DISCOUNT))
                            .as("begins"),
                        running("until_yesterday"),
                        running("until_window"),
                        running("until_end"),
                        running("until_today"))
                    .from(
                        DSL.table(
                            "({0}) WINDOW previous AS (PARTITION BY goods ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),"
                                + " until_window AS (PARTITION BY goods ORDER BY toInt32(day) RANGE BETWEEN UNBOUNDED PRECEDING AND {2} PRECEDING),"
                                + " until_yesterday AS (PARTITION BY goods ORDER BY toInt32(day) RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),"
                                + " until_today AS (PARTITION BY goods ORDER BY toInt32(day) RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),"
                                + " until_end AS (PARTITION BY goods ORDER BY toInt32(day) RANGE BETWEEN UNBOUNDED PRECEDING AND {1} FOLLOWING)",
                            days(slice), inline(WINDOW_DAYS), inline(WINDOW_DAYS + 1)))));
  }

  /**
   * Of the days without markdown in a window: quantity, (days with), list, discount, margin, days
   * with sales, (receipts of the chain on days with), quantity of days with a cost. As a difference
   * of running sums: ClickHouse adds up a window anew whenever its begin moves.
   */
  private static Field<Object> free(String until, String without) {
    return field(
        "({0}.1 - {1}.1, {0}.2 - {1}.2, {0}.3 - {1}.3, {0}.4 - {1}.4, if({0}.7 - {1}.7 = 0, NULL, {0}.5 - {1}.5), {0}.6 - {1}.6, {0}.8 - {1}.8, {0}.9 - {1}.9)",
        Object.class, DSL.raw(until), DSL.raw(without));
  }

  private static Field<Object> running(String window) {
    return field(
            "(sumIf(quantity, NOT marked) OVER {0}, countIf(marked) OVER {0}, sumIf(list, NOT marked) OVER {0},"
                + " sumIf(discount, NOT marked) OVER {0}, sumIf(ifNull(margin, 0), NOT marked) OVER {0}, countIf(NOT marked) OVER {0},"
                + " countIf(NOT marked AND margin IS NOT NULL) OVER {0}, sumIf(receipts, marked) OVER {0},"
                + " sumIf(quantity, NOT marked AND margin IS NOT NULL) OVER {0})",
            Object.class, DSL.raw(window))
        .as(window);
  }

  /** In decimals, for 5 % off as binary fractions may be a bit less than 5 %. */
  private static Select<?> days(Slice slice) {
    Field<BigDecimal> list = field("toDecimal128({0}, 2)", BigDecimal.class, GOODS_DAY.listSales);
    Field<BigDecimal> discount =
        field("toDecimal128({0}, 2)", BigDecimal.class, GOODS_DAY.retailDiscount);
    return DSL.select(
            GOODS_DAY.goods.as("goods"),
            GOODS_DAY.businessDate.as("day"),
            GOODS_DAY.quantity.as("quantity"),
            list.as("list"),
            discount.as("discount"),
            GOODS_DAY.costedSales.minus(GOODS_DAY.cost).as("margin"),
            derived(BUSY, "receipts", Long.class).as("receipts"),
            field("list > 0 AND discount >= {0} * list", decimal(LEAST_DISCOUNT)).as("marked"))
        .from(GOODS_DAY.table())
        .join(DSL.table("({0}) AS {1}", receipts(slice), DSL.name(BUSY)))
        .on(derived(BUSY, "day", LocalDate.class).eq(GOODS_DAY.businessDate))
        .where(
            slice.only(
                GOODS_DAY.businessDate,
                weekIsOver(GOODS_DAY.businessDate).and(GOODS_DAY.lines.gt(0L))));
  }

  private static Field<BigDecimal> decimal(double share) {
    return field("toDecimal128({0}, 2)", BigDecimal.class, inline(Double.toString(share)));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.between(discountRate, LEAST_DISCOUNT - 1e-9, 1.0),
        Check.none(
            this,
            "markdowns of goods do not overlap",
            DSL.select(field("goods"), field("starts_on"))
                .from(
                    DSL.table(
                        "({0})",
                        DSL.select(
                                goods.as("goods"),
                                startsOn.as("starts_on"),
                                field(
                                        "lagInFrame({0}, 1, toDate(0)) OVER (PARTITION BY {1} ORDER BY {2} ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
                                        LocalDate.class, endsOn, goods, startsOn)
                                    .as("ended_on"))
                            .from(table())))
                .where(DSL.condition("ended_on >= starts_on"))),
        Check.none(
            this,
            "baselines are not below 0",
            DSL.selectFrom(table()).where(baseline.own().lt(0.0))));
  }
}
