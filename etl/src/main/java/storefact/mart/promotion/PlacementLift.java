package storefact.mart.promotion;

import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.promotion.PromotionEffect.PROMOTION_EFFECT;
import static storefact.warehouse.jooq.dw.Tables.GOODS;

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
 * One row per department, and one of all: what a display does and what a mailer does, apart.
 *
 * <p>Model: quantity = baseline × display factor × mailer factor, Poisson. With quantities q and
 * baselines b of display only (1), mailer only (2) and both (3), the likelihood is highest where q1
 * + q3 = D (b1 + b3 M) and q2 + q3 = M (b2 + b3 D): a quadratic equation in D. Baselines: {@link
 * PromotionEffect}.
 */
public final class PlacementLift extends Mart {
  private static final String ROWS = "rows_of";

  /** The mart. */
  public static final PlacementLift PLACEMENT_LIFT = new PlacementLift();

  public final MartColumn<String> department =
      column(Term.DEPARTMENT, of("department", String.class))
          .about("Category level 1, all for everything, empty for unknown goods");
  public final MartColumn<BigDecimal> displayQuantity =
      column("display_quantity", QUANTITY, of("display_quantity", BigDecimal.class))
          .unit("pieces or kg")
          .label("quantity on display only", "仅陈列数量")
          .about("Sold on display without a mailer, where there is a baseline");
  public final MartColumn<Double> displayBaseline =
      column("display_baseline", RATIO, of("display_baseline", Double.class))
          .unit("pieces or kg")
          .label("baseline of display only", "仅陈列基线")
          .about("What would have sold without");
  public final MartColumn<BigDecimal> mailerQuantity =
      column("mailer_quantity", QUANTITY, of("mailer_quantity", BigDecimal.class))
          .unit("pieces or kg")
          .label("quantity in mailer only", "仅海报数量")
          .about("Sold in the mailer without a display");
  public final MartColumn<Double> mailerBaseline =
      column("mailer_baseline", RATIO, of("mailer_baseline", Double.class))
          .unit("pieces or kg")
          .label("baseline of mailer only", "仅海报基线")
          .about("What would have sold without");
  public final MartColumn<BigDecimal> bothQuantity =
      column("both_quantity", QUANTITY, of("both_quantity", BigDecimal.class))
          .unit("pieces or kg")
          .label("quantity in both", "陈列加海报数量")
          .about("Sold on display and in the mailer");
  public final MartColumn<Double> bothBaseline =
      column("both_baseline", RATIO, of("both_baseline", Double.class))
          .unit("pieces or kg")
          .label("baseline of both", "陈列加海报基线")
          .about("What would have sold without");
  public final MartColumn<Double> displayLift =
      column("display_lift", RATIO_OR_NULL, of("display_lift", Double.class))
          .label("lift of display", "陈列提升倍数")
          .about("Factor of a display on sales, 1 = none, null without displays");
  public final MartColumn<Double> mailerLift =
      column(
              "mailer_lift",
              RATIO_OR_NULL,
              DSL.field(
                  "if({0} + {1} = 0, NULL, if({1} = 0, toFloat64({2}) / {0}, toFloat64({2} + {3}) / ({0} + {1} * {4})))",
                  Double.class,
                  mailerBaseline.own(),
                  bothBaseline.own(),
                  mailerQuantity.own(),
                  bothQuantity.own(),
                  displayLift.own()))
          .label("lift of mailer", "海报提升倍数")
          .about("Factor of the mailer on sales, 1 = none, null without mailers");

  private PlacementLift() {
    super(
        "placement_lift",
        "One row per department, and for all: the factors of display and mailer, apart",
        "每一级分类一行（含合计）：陈列与海报各自的提升倍数");
    owner("marketing");
    freshWithin(Duration.ofHours(24));
    grain(department);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(ROWS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "(SELECT *, toFloat64(display_quantity + both_quantity) AS q1, toFloat64(mailer_quantity + both_quantity) AS q2,"
                    + " display_baseline * both_baseline AS a, display_baseline * mailer_baseline + both_baseline * (q2 - q1) AS b,"
                    + " multiIf(display_baseline + both_baseline = 0, NULL, both_baseline = 0, toFloat64(display_quantity) / display_baseline,"
                    + " a = 0, if(b = 0, NULL, q1 * mailer_baseline / b), (sqrt(b * b + 4 * a * q1 * mailer_baseline) - b) / (2 * a)) AS display_lift FROM"
                    + " (SELECT if(grouping(goods_department) = 1, 'all', goods_department) AS department,"
                    + " sumIf(quantity, display != '' AND mailer = '') AS display_quantity, ifNull(sumIf(baseline, display != '' AND mailer = ''), 0) AS display_baseline,"
                    + " sumIf(quantity, display = '' AND mailer != '') AS mailer_quantity, ifNull(sumIf(baseline, display = '' AND mailer != ''), 0) AS mailer_baseline,"
                    + " sumIf(quantity, display != '' AND mailer != '') AS both_quantity, ifNull(sumIf(baseline, display != '' AND mailer != ''), 0) AS both_baseline"
                    + " FROM ({0}) AS effects LEFT JOIN ({1}) AS described USING (goods) GROUP BY GROUPING SETS ((goods_department), ()) HAVING count() > 0)) AS {2}",
                DSL.select(
                        PROMOTION_EFFECT.goods.as("goods"),
                        PROMOTION_EFFECT.display.as("display"),
                        PROMOTION_EFFECT.mailer.as("mailer"),
                        PROMOTION_EFFECT.quantity.as("quantity"),
                        PROMOTION_EFFECT.baselineQuantity.as("baseline"))
                    .from(PROMOTION_EFFECT.table())
                    .where(PROMOTION_EFFECT.baselineQuantity.isNotNull()),
                DSL.select(GOODS.GOODS_.as("goods"), GOODS.DEPARTMENT.as("goods_department"))
                    .from(GOODS),
                DSL.name(ROWS)));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.none(
            this,
            "no factor is negative",
            DSL.selectFrom(table()).where(displayLift.own().lt(0.0).or(mailerLift.own().lt(0.0)))));
  }
}
