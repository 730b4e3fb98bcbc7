package storefact.mart.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.goods.GoodsMonth.GOODS_MONTH;
import static storefact.mart.season.PriceElasticity.PRICE_ELASTICITY;
import static storefact.mart.season.SeasonIndex.SEASON_INDEX;
import static storefact.mart.stock.MarkdownCandidate.MARKDOWN_CANDIDATE;
import static storefact.mart.stock.StockPosition.STOCK_POSITION;
import static storefact.mart.stock.StockedGoods.STOCKED_GOODS;
import static storefact.warehouse.jooq.dw.Tables.GOODS;

import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** What lies too long, and the price that moves it. */
class MarkdownCandidateTest {

  @Test
  void thePriceRatioSellsWhatIsThereByTheDate() {
    try (MartCase given = given("fan", 112, "2024-01-01")) {
      given.rows(
          PRICE_ELASTICITY.table(),
          "level department category elasticity standard_error",
          "all - - -1 0.1",
          "category Home Fans -2 0.2");

      // 28 in 28 days, 112 there: (1 - markdown) ^ -2 = 4. Sold at 5 each, cost 3, instead of 28 at
      // 10.
      assertThat(
              given.when(
                  MARKDOWN_CANDIDATE,
                  "goods on_hand demand days_of_supply planned_days sell_by elasticity_of elasticity markdown sells"
                      + " discount_cost margin_change last_sale days_since_sale"))
          .containsExactly("fan 112 28 112 11 2024-09-27 category -2 0.5 112 560 28 2024-08-28 2");
    }
  }

  @Test
  void noMoreThanTheMostIsTakenOffAndThenSomeIsLeft() {
    try (MartCase given = given("fan", 112, "2024-01-01")) {
      given.rows(
          PRICE_ELASTICITY.table(),
          "level department category elasticity standard_error",
          "all - - -1 0.1",
          "category Home Fans -2 0.6");

      // The category's own is not sharp. At half the price twice as many.
      assertThat(
              given.when(
                  MARKDOWN_CANDIDATE, "elasticity_of markdown sells discount_cost margin_change"))
          .containsExactly("all 0.5 56 280 -84");
    }
  }

  @Test
  void theEndOfASeasonMakesCandidates() {
    // 30 days are less than 3 times 11.
    try (MartCase given = given("fan", 30, "2024-01-01")) {
      assertThat(given.when(MARKDOWN_CANDIDATE, "goods")).isEmpty();
      // To come: 31 August at 1.5 and 27 days of September at 0.5, after two months at 1.5.
      given.rows(
          SEASON_INDEX.table(),
          "area level department category kind position index",
          "all category Home Fans month 7 1.5",
          "all category Home Fans month 8 1.5",
          "all category Home Fans month 9 0.5",
          "all category Home Fans event 9 9",
          "East category Home Fans month 9 9");
      assertThat(
              given.when(
                  MARKDOWN_CANDIDATE, "goods round(season_factor,4) round(demand,3) markdown"))
          .containsExactly("fan 0.3571 10 \\N");
    }
  }

  @Test
  void whatNobodyBuysIsOneWithoutAMarkdownAndWhatJustCameIsNone() {
    try (MartCase given = given("dead", 5, "2024-01-01")) {
      assertThat(
              given.when(
                  MARKDOWN_CANDIDATE, "goods demand days_of_supply markdown sells last_sale"))
          .containsExactly("dead 0 \\N \\N \\N \\N");
    }
    try (MartCase given = given("dead", 5, "2024-08-03")) {
      assertThat(given.when(MARKDOWN_CANDIDATE, "goods")).isEmpty();
    }
  }

  /** Goods and what lies there of them on 30 August, one a day sold of the fan. */
  private static MartCase given(String goods, int onHand, String since) {
    MartCase given = new MartCase();
    given.rows(
        STOCK_POSITION.table(),
        "store goods on_hand as_of lead_time daily_demand",
        "S1 " + goods + " " + onHand + " 2024-08-30 3 " + (goods.equals("fan") ? "1" : "null"));
    given.rows(STOCKED_GOODS.table(), "store goods first_moved_on", "S1 " + goods + " " + since);
    given.rows(
        GOODS_MONTH.table(),
        "store goods month last_sale",
        "S1 fan 2024-07-01 2024-07-30",
        "S1 fan 2024-08-01 2024-08-28");
    given.rows(GOODS, "goods department category list_price unit_cost", goods + " Home Fans 10 3");
    return given;
  }
}
