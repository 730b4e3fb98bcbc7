package storefact.mart.season;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.season.MarkdownEffect.MARKDOWN_EFFECT;
import static storefact.mart.season.PriceElasticity.PRICE_ELASTICITY;

import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** One elasticity of many markdowns. */
class PriceElasticityTest {
  private static final String COLUMNS =
      "goods starts_on department category quantity baseline price_ratio elasticity";

  @Test
  void markdownsThatFollowOneElasticityGiveIt() {
    try (MartCase given = new MartCase()) {
      // 100 × 0.5 ^ -2 and 10 × 0.8 ^ -2; the last one cannot be told.
      given.rows(
          MARKDOWN_EFFECT.table(),
          COLUMNS,
          "cola 2024-03-01 Drinks Soft 400    100 0.5 -2",
          "zero 2024-03-01 Drinks Soft 15.625 10  0.8 -2",
          "rare 2024-03-01 Drinks Soft 3      1   0.8 null");

      assertThat(
              given.when(
                  PRICE_ELASTICITY,
                  "level department category markdowns quantity baseline round(elasticity,9) round(standard_error,6)"))
          .containsExactly(
              // 1 / sqrt(400 ln² 0.5 + 15.625 ln² 0.8)
              "all   2 415.625 110 -2 0.071989", "category Drinks Soft 2 415.625 110 -2 0.071989");
    }
  }

  @Test
  void aLargeMarkdownCountsMoreThanASmallOneAndSpreadWidensTheError() {
    try (MartCase given = new MartCase()) {
      given.rows(
          MARKDOWN_EFFECT.table(),
          COLUMNS,
          "cola 2024-03-01 Drinks Soft 300 100 0.5 -1.585",
          "zero 2024-03-01 Drinks Soft 100 100 0.5 0",
          "bun  2024-03-01 Bakery Buns 20  10  0.5 -1");

      // 400 sold of 200: -1. Each is 100 from 200: Pearson's statistic is 100, over 1 degree.
      assertThat(
              given.when(
                  PRICE_ELASTICITY,
                  "category markdowns round(elasticity,9) round(standard_error,6)"))
          .containsExactlyInAnyOrder(" 3 -1 0.497777", "Soft 2 -1 0.721348", "Buns 1 -1 \\N");
    }
  }

  @Test
  void withoutMarkdownsThereIsNone() {
    try (MartCase given = new MartCase()) {
      assertThat(given.when(PRICE_ELASTICITY, "level")).isEmpty();
    }
  }
}
