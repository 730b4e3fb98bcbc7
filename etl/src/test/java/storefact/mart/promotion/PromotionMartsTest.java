package storefact.mart.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.promotion.PlacementLift.PLACEMENT_LIFT;
import static storefact.mart.promotion.PlacementMonth.PLACEMENT_MONTH;
import static storefact.mart.promotion.PromotionEffect.PROMOTION_EFFECT;
import static storefact.mart.promotion.PromotionPerformance.PROMOTION_PERFORMANCE;
import static storefact.mart.sales.DailySales.DAILY_SALES;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.mart.sales.StoreMonth.STORE_MONTH;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.PROMOTION;
import static storefact.warehouse.jooq.dw.Tables.PROMOTION_PLACEMENT;

import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** What a promotion, a display and a mailer add. */
class PromotionMartsTest {

  @Test
  void aPlacementIsASetOfDaysInEachOfItsMonths() {
    try (MartCase given = new MartCase()) {
      given.rows(
          PROMOTION_PLACEMENT,
          "store goods starts_on ends_on display mailer promotion",
          "S1 apple 2024-01-30 2024-02-02 shelf -    P1",
          "S1 apple 2024-02-04 2024-02-04 shelf -    P1",
          "S1 pear  2024-01-01 2024-01-31 -     page P1",
          "S1 plum  2024-01-02 2024-01-01 -     page P1");

      assertThat(
              given.when(PLACEMENT_MONTH, "goods month display mailer bitPositionsToArray(days)"))
          .containsExactly(
              "apple 2024-01-01 shelf  [29,30]",
              "apple 2024-02-01 shelf  [0,1,3]",
              "pear 2024-01-01  page [0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30]");
    }
  }

  @Test
  void theBaselineIsTheShareOfOtherDaysInTheLinesOfTheStore() {
    try (MartCase given = new MartCase()) {
      given.rows(STORE_MONTH.table(), "store month", "S1 2024-03-01");
      given.rows(
          PLACEMENT_MONTH.table(),
          "store goods month promotion display mailer days",
          "S1 apple 2024-03-01 P1 shelf - 6",
          "S1 apple 2024-03-01 P2 -  page 8",
          "S1 pear  2024-03-01 P1 shelf - 15",
          "S1 plum  2024-03-01 P1 shelf - 2");
      given.rows(
          DAILY_SALES.table(),
          "store business_date lines",
          "S1 2024-03-01 100",
          "S1 2024-03-02 100",
          "S1 2024-03-03 300",
          "S1 2024-03-04 200");
      given.rows(
          GOODS_SALES.table(),
          "store business_date goods quantity returned_quantity net_sales",
          "S1 2024-03-01 apple 2 1 5",
          "S1 2024-03-02 apple 6 0 9",
          "S1 2024-03-03 apple 18 0 27",
          "S1 2024-03-04 apple 6 0 9",
          "S1 2024-03-03 pear 1 0 1");

      assertThat(
              given.when(
                  PROMOTION_EFFECT,
                  "202403",
                  "goods promotion days quantity baseline_quantity net_sales"))
          .containsExactly(
              // Without: 3 pieces in 100 lines. Shown on 400 lines: 12; in the mailer on 200: 6.
              "apple P1 2 24 12 36", "apple P2 1 6 6 9", "pear P1 4 1 \\N 1");
    }
  }

  @Test
  void performanceAddsUpAndComparesOnlyWhereThereIsABaseline() {
    try (MartCase given = new MartCase()) {
      given.rows(GOODS, "goods department", "apple fruit", "milk dairy");
      given.rows(PROMOTION, "promotion kind", "P1 price");
      given.rows(
          PROMOTION_EFFECT.table(),
          "store goods month promotion quantity baseline_quantity list_sales discount net_sales cost costed_sales",
          "S1 apple 2024-03-01 P1 24 12   48 12 36 20 36",
          "S1 milk  2024-03-01 P1 5  null 10 0  10 null 0");

      assertThat(
              given.when(
                  PROMOTION_PERFORMANCE,
                  "department kind quantity measured_quantity baseline_quantity lift discount net_sales gained_sales gross_margin"))
          .containsExactly(
              "all price 29 24 12 2 12 46 12 16",
              "dairy price 5 0 0 \\N 0 10 0 \\N",
              "fruit price 24 24 12 2 12 36 12 16");
    }
  }

  @Test
  void displayAndMailerAreToldApart() {
    try (MartCase given = new MartCase()) {
      given.rows(GOODS, "goods department", "apple fruit", "milk dairy");
      // Display 2, mailer 1.5, both 3.
      given.rows(
          PROMOTION_EFFECT.table(),
          "store goods month display mailer quantity baseline_quantity",
          "S1 apple 2024-03-01 shelf -    200 100",
          "S1 apple 2024-03-01 -     page 60  40",
          "S1 apple 2024-03-01 shelf page 90  30",
          "S1 milk  2024-03-01 shelf -    20  10");

      assertThat(
              given.when(PLACEMENT_LIFT, "department round(display_lift,6) round(mailer_lift,6)"))
          .containsExactly("all 2 1.5", "dairy 2 \\N", "fruit 2 1.5");
    }
  }

  @Test
  void nothingComesOfNothing() {
    try (MartCase given = new MartCase()) {
      assertThat(given.when(PLACEMENT_LIFT, "department")).isEmpty();
      assertThat(given.when(PROMOTION_PERFORMANCE, "promotion")).isEmpty();
    }
  }
}
