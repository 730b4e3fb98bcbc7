package storefact.mart.promotion;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.ratioOrNull;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.promotion.PromotionEffect.PROMOTION_EFFECT;
import static storefact.mart.promotion.PromotionTrial.PROMOTION_TRIAL;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.PROMOTION;

import java.math.BigDecimal;
import java.time.Duration;
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
 * One row per promotion and department, and one of all departments: what it sold beyond the
 * baseline, at what price, and how many members it made buy for the first time.
 *
 * <p>Lift and gain are taken over rows with a baseline only, see {@link PromotionEffect}. New
 * buyers: {@link PromotionTrial}; they add up over goods, so over departments, too.
 */
public final class PromotionPerformance extends Mart {
  private static final String ROWS = "rows_of";
  private static final String TRIALS = "trials_of";

  /** The mart. */
  public static final PromotionPerformance PROMOTION_PERFORMANCE = new PromotionPerformance();

  public final MartColumn<String> promotion = column(Term.PROMOTION, of("promotion", String.class));
  public final MartColumn<String> department =
      column(Term.DEPARTMENT, of("department", String.class))
          .about("Category level 1, all for the whole promotion, empty for unknown goods");
  public final MartColumn<String> kind =
      column("kind", CODE, of("kind", String.class)).label("kind", "类别").about("Kind of promotion");
  public final MartColumn<Long> goods =
      column("goods", COUNT, of("goods", Long.class))
          .unit("goods")
          .label("goods", "商品数")
          .about("Goods that were shown and sold in a month of it");
  public final MartColumn<BigDecimal> quantity =
      column(Term.NET_QUANTITY, of("quantity", BigDecimal.class))
          .about("Quantity sold while shown");
  public final MartColumn<BigDecimal> measuredQuantity =
      column("measured_quantity", QUANTITY, of("measured_quantity", BigDecimal.class))
          .unit("pieces or kg")
          .label("measured quantity", "可比数量")
          .about("Of this, where there is a baseline");
  public final MartColumn<Double> baselineQuantity =
      column("baseline_quantity", RATIO, of("baseline_quantity", Double.class))
          .unit("pieces or kg")
          .label("baseline quantity", "基线数量")
          .about("What would have sold without");
  public final MartColumn<Double> lift =
      column("lift", RATIO_OR_NULL, ratioOrNull(measuredQuantity.own(), baselineQuantity.own()))
          .label("lift", "提升倍数")
          .about("Measured quantity over baseline, 1 = no effect, null without a baseline");
  public final MartColumn<BigDecimal> listSales =
      column(Term.LIST_SALES, of("list_sales", BigDecimal.class))
          .about("Sales before discounts of the chain");
  public final MartColumn<BigDecimal> discount =
      column("discount", MONEY, of("discount", BigDecimal.class))
          .unit("currency")
          .label("discount", "折扣")
          .about("Discounts of the chain");
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, of("net_sales", BigDecimal.class)).about("What the chain received");
  public final MartColumn<Double> gainedSales =
      column("gained_sales", RATIO, of("gained_sales", Double.class))
          .unit("currency")
          .label("gained sales", "增量销售额")
          .about(
              "Net sales less those of the baseline at list price, where there is a baseline; what did not sell at all counts as lost");
  public final MartColumn<BigDecimal> grossMargin =
      column(Term.GROSS_MARGIN, of("gross_margin", BigDecimal.class))
          .about("Net sales with a known cost less the cost");
  public final MartColumn<Long> newBuyers =
      column(PromotionTrial.NEW_BUYERS, tried("new_buyers"))
          .about(
              "Members whose first purchase of a goods in the data fell into the promotion, once for each of its goods");
  public final MartColumn<Long> followedBuyers =
      column(PromotionTrial.FOLLOWED_BUYERS, tried("followed_buyers"));
  public final MartColumn<Long> repeatBuyers =
      column(PromotionTrial.REPEAT_BUYERS, tried("repeat_buyers"));
  public final MartColumn<Double> repeatRate =
      column(
          PromotionTrial.REPEAT_RATE,
          ratioOrNull(tried("repeat_buyers"), tried("followed_buyers")));

  private PromotionPerformance() {
    super(
        "promotion_performance",
        "One row per promotion and department, and for all: sales, lift, discount, margin, new buyers",
        "每促销和一级分类一行（含合计）：销售、提升、折扣、毛利与新购会员");
    owner("marketing");
    freshWithin(Duration.ofHours(24));
    grain(promotion, department);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(ROWS, column, type);
  }

  private static Field<Long> tried(String column) {
    return derived(TRIALS, column, Long.class);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT promotion, if(grouping(goods_department) = 1, 'all', goods_department) AS department, any(kind) AS kind, uniqExact(goods) AS goods, sum(quantity) AS quantity,"
                    + " sumIf(effects.quantity, baseline IS NOT NULL) AS measured_quantity, ifNull(sum(baseline), 0) AS baseline_quantity,"
                    + " sum(list_sales) AS list_sales, sum(discount) AS discount, sum(net_sales) AS net_sales,"
                    + " ifNull(sumIf(toFloat64(effects.net_sales) - baseline * if(effects.quantity = 0, usual_price, toFloat64(effects.list_sales) / toFloat64(effects.quantity)), baseline IS NOT NULL), 0) AS gained_sales,"
                    + " sum(costed_sales) - sum(cost) AS gross_margin"
                    + " FROM ({0}) AS effects LEFT JOIN ({1}) AS described USING (goods) LEFT JOIN ({2}) AS kinds USING (promotion)"
                    // What did not sell has no price there: that of the goods in all promotions.
                    + " LEFT JOIN (SELECT goods, sum(toFloat64(list_sales)) / sum(toFloat64(quantity)) AS usual_price FROM ({0}) WHERE quantity > 0 GROUP BY goods) AS prices USING (goods)"
                    + " GROUP BY GROUPING SETS ((promotion, goods_department), (promotion))) AS {3}"
                    + " LEFT JOIN (SELECT promotion, if(grouping(goods_department) = 1, 'all', goods_department) AS department,"
                    + " sum(new_buyers) AS new_buyers, sum(followed_buyers) AS followed_buyers, sum(repeat_buyers) AS repeat_buyers"
                    + " FROM ({4}) AS trials LEFT JOIN ({5}) AS trials_described USING (goods)"
                    + " GROUP BY GROUPING SETS ((promotion, goods_department), (promotion))) AS {6} USING (promotion, department)",
                DSL.select(
                        PROMOTION_EFFECT.promotion.as("promotion"),
                        PROMOTION_EFFECT.goods.as("goods"),
                        PROMOTION_EFFECT.quantity.as("quantity"),
                        PROMOTION_EFFECT.baselineQuantity.as("baseline"),
                        PROMOTION_EFFECT.listSales.as("list_sales"),
                        PROMOTION_EFFECT.discount.as("discount"),
                        PROMOTION_EFFECT.netSales.as("net_sales"),
                        PROMOTION_EFFECT.cost.as("cost"),
                        PROMOTION_EFFECT.costedSales.as("costed_sales"))
                    .from(PROMOTION_EFFECT.table()),
                departments(),
                DSL.select(PROMOTION.PROMOTION_.as("promotion"), PROMOTION.KIND.as("kind"))
                    .from(PROMOTION),
                DSL.name(ROWS),
                DSL.select(
                        PROMOTION_TRIAL.promotion.as("promotion"),
                        PROMOTION_TRIAL.goods.as("goods"),
                        PROMOTION_TRIAL.newBuyers.as("new_buyers"),
                        PROMOTION_TRIAL.followedBuyers.as("followed_buyers"),
                        PROMOTION_TRIAL.repeatBuyers.as("repeat_buyers"))
                    .from(PROMOTION_TRIAL.table()),
                departments(),
                DSL.name(TRIALS)));
  }

  private static Select<?> departments() {
    return DSL.select(GOODS.GOODS_.as("goods"), GOODS.DEPARTMENT.as("goods_department"))
        .from(GOODS);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "departments sum to the promotion",
            DSL.select(promotion, DSL.sum(quantity), DSL.sum(netSales), DSL.sum(newBuyers))
                .from(table())
                .where(department.ne("all"))
                .groupBy(promotion),
            DSL.select(promotion, quantity, netSales, newBuyers)
                .from(table())
                .where(department.eq("all"))));
  }
}
