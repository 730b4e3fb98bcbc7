package storefact.mart.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.goods.MemberGoodsMonth.MEMBER_GOODS_MONTH;
import static storefact.mart.promotion.PlacementLift.PLACEMENT_LIFT;
import static storefact.mart.promotion.PlacementMonth.PLACEMENT_MONTH;
import static storefact.mart.promotion.PromotionBuyer.PROMOTION_BUYER;
import static storefact.mart.promotion.PromotionEffect.PROMOTION_EFFECT;
import static storefact.mart.promotion.PromotionPerformance.PROMOTION_PERFORMANCE;
import static storefact.mart.promotion.PromotionTrial.PROMOTION_TRIAL;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.mart.sales.SettledDay.SETTLED_DAY;
import static storefact.mart.sales.SettledWeek.SETTLED_WEEK;
import static storefact.mart.sales.StoreDay.STORE_DAY;
import static storefact.mart.sales.StoreMonth.STORE_MONTH;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.MEMBER_CARD;
import static storefact.warehouse.jooq.dw.Tables.PROMOTION;
import static storefact.warehouse.jooq.dw.Tables.PROMOTION_PLACEMENT;
import static storefact.warehouse.jooq.dw.Tables.TURNOVER_LINE;

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
          STORE_DAY.table(),
          "store business_date lines",
          "S1 2024-03-01 100",
          "S1 2024-03-02 100",
          "S1 2024-03-03 300",
          "S1 2024-03-04 200",
          "S1 2024-03-05 500");
      given.rows(
          SETTLED_DAY.table(),
          "business_date",
          "2024-03-01",
          "2024-03-02",
          "2024-03-03",
          "2024-03-04");
      given.rows(
          GOODS_SALES.table(),
          "store business_date goods quantity returned_quantity net_sales",
          "S1 2024-03-01 apple 2 1 5",
          "S1 2024-03-02 apple 6 0 9",
          "S1 2024-03-03 apple 18 0 27",
          "S1 2024-03-04 apple 6 0 9",
          "S1 2024-03-05 apple 50 0 90",
          "S1 2024-03-03 pear 1 0 1");

      assertThat(
              given.when(
                  PROMOTION_EFFECT,
                  "202403",
                  "goods promotion days quantity baseline_quantity net_sales"))
          .containsExactly(
              // The last day's week is not over. Without: 3 pieces in 100 lines. Shown on 400
              // lines: 12; in the mailer on 200: 6.
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
          // It did not sell here; elsewhere its list price is 2.
          "S2 apple 2024-03-01 P1 0  3    0  0  0  null 0",
          "S1 milk  2024-03-01 P1 5  null 10 0  10 null 0");

      assertThat(
              given.when(
                  PROMOTION_PERFORMANCE,
                  "department kind quantity measured_quantity baseline_quantity lift discount net_sales gained_sales gross_margin"))
          .containsExactly(
              "all price 29 24 15 1.6 12 46 6 16",
              "dairy price 5 0 0 \\N 0 10 0 \\N",
              "fruit price 24 24 15 1.6 12 36 6 16");
    }
  }

  @Test
  void membersAreToldOnceForTheGoodsAndTheirMonthsAreSets() {
    try (MartCase given = new MartCase()) {
      given.rows(MEMBER_CARD, "card member", "c1 M1", "c2 M1");
      given.rows(SETTLED_DAY.table(), "business_date", "2024-03-01", "2024-03-05", "2024-04-02");
      given.rows(
          TURNOVER_LINE,
          "store business_date at kind card goods",
          "S2 2024-03-05 2024-03-05T08:00:00 sale c1 apple",
          "S9 2024-03-01 2024-03-01T18:00:00 sale c1 apple",
          "S1 2024-03-01 2024-03-01T09:00:00 sale c2 apple",
          "S1 2024-04-02 2024-04-02T09:00:00 sale c2 apple",
          "S1 2024-03-01 2024-03-01T07:00:00 return c2 pear",
          "S1 2024-03-01 2024-03-01T07:00:00 sale - apple",
          // of a week that is not over
          "S1 2024-04-09 2024-04-09T09:00:00 sale c2 apple");

      assertThat(
              given.when(
                  MEMBER_GOODS_MONTH, "goods member month bitPositionsToArray(days) first_store"))
          .containsExactly("apple M1 2024-03-01 [0,4] S1", "apple M1 2024-04-01 [1] S1");
    }
  }

  @Test
  void newBuyersBoughtFirstWhileShown() {
    try (MartCase given = new MartCase()) {
      // Days 1 to 4 of March are the bits 1, 2, 4, 8.
      given.rows(
          PLACEMENT_MONTH.table(),
          "store goods month promotion days",
          "S1 apple 2024-03-01 P1 15",
          "S1 pear  2024-03-01 P1 15",
          "S1 pear  2024-03-01 P2 2",
          "S1 plum  2024-03-01 -  1",
          "S1 apple 2024-05-01 P3 1023");
      given.rows(
          MEMBER_GOODS_MONTH.table(),
          "goods member month days first_store",
          "apple M1 2024-03-01 1 S1",
          "apple M1 2024-05-01 1 S1",
          "apple M2 2024-03-01 8 S1",
          // not new: bought before
          "apple M5 2024-02-01 1 S1",
          "apple M5 2024-03-01 1 S1",
          // new, but elsewhere, or on another day
          "apple M6 2024-03-01 1 S2",
          "apple M7 2024-03-01 16 S1",
          "apple M8 2024-05-01 1536 S1",
          // of two promotions the one of the higher name
          "pear M1 2024-03-01 6 S1",
          "pear M2 2024-03-01 4 S1",
          "plum M1 2024-03-01 1 S1",
          // never shown
          "fig  M1 2024-03-01 1 S1");

      String columns = "promotion goods member month first_day";
      assertThat(given.when(PROMOTION_BUYER, "202403", columns))
          .containsExactly(
              " plum M1 2024-03-01 2024-03-01",
              "P1 apple M1 2024-03-01 2024-03-01",
              "P1 apple M2 2024-03-01 2024-03-04",
              "P1 pear M2 2024-03-01 2024-03-03",
              "P2 pear M1 2024-03-01 2024-03-02");
      assertThat(given.when(PROMOTION_BUYER, "202405", columns))
          .containsExactly("P3 apple M8 2024-05-01 2024-05-10");
      assertThat(given.when(PROMOTION_BUYER, columns)).hasSize(6);
    }
  }

  @Test
  void repeatBuyersBoughtAgainAfterTheEnd() {
    try (MartCase given = new MartCase()) {
      given.rows(SETTLED_WEEK.table(), "last_day", "2024-05-19");
      given.rows(
          PROMOTION,
          "promotion starts_on ends_on",
          "P1 2024-03-01 2024-03-04",
          "P2 2024-03-02 2024-03-02",
          "P3 2024-05-01 2024-05-10");
      given.rows(
          PROMOTION_BUYER.table(),
          "promotion goods member month first_day",
          "P1 apple M1 2024-03-01 2024-03-01",
          "P1 apple M2 2024-03-01 2024-03-04",
          "P1 apple M3 2024-03-01 2024-03-01",
          "P1 apple M4 2024-03-01 2024-03-04",
          "P3 apple M8 2024-05-01 2024-05-10",
          "P3 apple M9 2024-05-01 2024-05-10",
          "P2 pear  M1 2024-03-01 2024-03-02",
          "P1 pear  M2 2024-03-01 2024-03-03",
          "-  plum  M1 2024-03-01 2024-03-01");
      given.rows(
          MEMBER_GOODS_MONTH.table(),
          "goods member month days first_store",
          // again on 1 April, 28 days after the end
          "apple M1 2024-03-01 1 S1",
          "apple M1 2024-04-01 1 S1",
          // again, but a day later
          "apple M2 2024-03-01 8 S1",
          "apple M2 2024-04-01 2 S1",
          // again while it is still shown
          "apple M3 2024-03-01 3 S1",
          // again in the same month
          "apple M4 2024-03-01 24 S1",
          // of the promotion whose 28 days are not over
          "apple M8 2024-05-01 1536 S1",
          "apple M9 2024-05-01 512 S1",
          // again after the end of the promotion
          "pear M1 2024-03-01 6 S1",
          "pear M2 2024-03-01 4 S1",
          "plum M1 2024-03-01 3 S1");

      assertThat(
              given.when(
                  PROMOTION_TRIAL,
                  "promotion goods new_buyers followed_buyers repeat_buyers repeat_rate"))
          .containsExactly(
              " plum 1 0 0 \\N",
              "P1 apple 4 4 2 0.5",
              "P1 pear 1 1 0 0",
              "P2 pear 1 1 1 1",
              "P3 apple 2 0 0 \\N");
    }
  }

  @Test
  void newBuyersAddUpOverTheGoodsOfAPromotion() {
    try (MartCase given = new MartCase()) {
      given.rows(GOODS, "goods department", "apple fruit", "pear fruit", "milk dairy");
      given.rows(
          PROMOTION_EFFECT.table(),
          "store goods month promotion quantity",
          "S1 apple 2024-03-01 P1 9",
          "S1 milk  2024-03-01 P1 5",
          "S1 pear  2024-03-01 P1 5",
          "S1 milk  2024-03-01 P2 5");
      given.rows(
          PROMOTION_TRIAL.table(),
          "promotion goods new_buyers followed_buyers repeat_buyers",
          "P1 apple 6 4 3",
          "P1 pear  2 0 0",
          "P1 milk  1 1 1");

      assertThat(
              given.when(
                  PROMOTION_PERFORMANCE,
                  "promotion department new_buyers followed_buyers repeat_buyers repeat_rate"))
          .containsExactly(
              "P1 all 9 5 4 0.8",
              "P1 dairy 1 1 1 1",
              "P1 fruit 8 4 3 0.75",
              "P2 all 0 0 0 \\N",
              "P2 dairy 0 0 0 \\N");
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
      assertThat(given.when(PROMOTION_TRIAL, "promotion")).isEmpty();
    }
  }
}
