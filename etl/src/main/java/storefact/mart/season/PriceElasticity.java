package storefact.mart.season;

import static org.jooq.impl.DSL.field;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.season.MarkdownEffect.MARKDOWN_EFFECT;

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
 * One row per category with markdowns that tell, and one of all: how demand answers to the price.
 *
 * <p>Of the markdowns of {@link MarkdownEffect} that have an elasticity each, the one that fits
 * them together: quantity ~ Poisson(baseline × price ratio ^ elasticity), by Newton's method. A
 * mean of their elasticities would count one that sold three pieces like one that sold three
 * thousand. The standard error allows for more spread than Poisson counts have, by Pearson's
 * statistic over n - 1: pieces of a line vary, baselines are estimates. Sources: A. C. Cameron, P.
 * K. Trivedi, Regression Analysis of Count Data, 2nd ed. 2013, chapter 3; for that error R. W. M.
 * Wedderburn, Quasi-likelihood functions, generalized linear models, and the Gauss–Newton method,
 * Biometrika 61 (1974).
 */
public final class PriceElasticity extends Mart {
  private static final String FITTED = "fitted";
  private static final int ROUNDS = 50;

  /** The mart. */
  public static final PriceElasticity PRICE_ELASTICITY = new PriceElasticity();

  public final MartColumn<String> level =
      column(Term.LEVEL, of("level", String.class)).about("all or category");
  public final MartColumn<String> department =
      column(Term.DEPARTMENT, of("department", String.class))
          .about("Category level 1, empty for all and where unknown");
  public final MartColumn<String> category =
      column(Term.CATEGORY, of("category", String.class))
          .about("Category level 2, empty for all and where unknown");
  public final MartColumn<Long> markdowns =
      column("markdowns", COUNT, of("markdowns", Long.class))
          .unit("markdowns")
          .label("markdowns", "降价次数")
          .about("Markdowns that it rests on");
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, of("quantity", BigDecimal.class))
          .unit("pieces or kg")
          .label("quantity sold", "销售数量")
          .about("Quantity sold during them, returns not taken off");
  public final MartColumn<Double> baseline =
      column("baseline", RATIO, of("baseline", Double.class))
          .unit("pieces or kg")
          .label("baseline", "基线销量")
          .about("Quantity to be expected without them");
  public final MartColumn<Double> elasticity =
      column("elasticity", RATIO, of("elasticity", Double.class))
          .unit("factor")
          .label("price elasticity", "价格弹性")
          .about(
              "Percent more sold per percent of price, -2 = two percent more per percent less price");
  public final MartColumn<Double> standardError =
      column("standard_error", RATIO_OR_NULL, of("standard_error", Double.class))
          .unit("factor")
          .label("standard error", "标准误")
          .about("Of the elasticity, null for a single markdown");

  private PriceElasticity() {
    super(
        "price_elasticity",
        "One row per category with markdowns, and one of all: how demand answers to the price",
        "每个有降价的二级分类一行（含合计）：需求对价格的反应");
    owner("goods");
    freshWithin(Duration.ofHours(24));
    grain(level, department, category);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(FITTED, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                """
                (SELECT *,
                  if(markdowns < 2, NULL, sqrt(
                    greatest(1, arraySum(m -> pow(m.1 - m.2 * exp(elasticity * m.3), 2) / (m.2 * exp(elasticity * m.3)), each_one) / (markdowns - 1))
                    / arraySum(m -> m.2 * exp(elasticity * m.3) * m.3 * m.3, each_one))) AS standard_error
                FROM
                  (SELECT if(grouping(category) = 1, 'all', 'category') AS level, department, category,
                    count() AS markdowns, sum(sold) AS quantity, sum(expected) AS baseline,
                    groupArray((toFloat64(sold), expected, log(price))) AS each_one,
                    arrayFold(
                      (e, round) -> e + arraySum(m -> m.3 * (m.1 - m.2 * exp(e * m.3)), each_one)
                        / arraySum(m -> m.3 * m.3 * m.2 * exp(e * m.3), each_one),
                      range({1}), toFloat64(-1)) AS elasticity
                  FROM ({0}) GROUP BY GROUPING SETS ((department, category), ()) HAVING markdowns > 0)) AS {2}
                """,
                DSL.select(
                        MARKDOWN_EFFECT.department.as("department"),
                        MARKDOWN_EFFECT.category.as("category"),
                        MARKDOWN_EFFECT.quantity.as("sold"),
                        MARKDOWN_EFFECT.baseline.as("expected"),
                        field("assumeNotNull({0})", MARKDOWN_EFFECT.priceRatio).as("price"))
                    .from(MARKDOWN_EFFECT.table())
                    .where(MARKDOWN_EFFECT.elasticity.isNotNull()),
                DSL.inline(ROUNDS),
                DSL.name(FITTED)));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.accepted(level, List.of("all", "category")),
        Check.none(
            this,
            "the fit has come to its end",
            DSL.selectFrom(table()).where(DSL.condition("NOT isFinite({0})", elasticity.own()))),
        Check.none(
                this,
                "more is sold at lower prices",
                DSL.selectFrom(table()).where(level.own().eq("all")).and(elasticity.own().gt(0.0)))
            .asWarning());
  }
}
