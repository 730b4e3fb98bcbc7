package storefact.mart.goods;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.goods.BrandSwitch.BRAND_SWITCH;
import static storefact.mart.goods.MemberBrandMonth.MEMBER_BRAND_MONTH;
import static storefact.mart.sales.SettledMonth.SETTLED_MONTH;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.MEMBER_CARD;
import static storefact.warehouse.jooq.dw.Tables.TURNOVER_LINE;

import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** Where the members' money went, brand by brand. */
class BrandSwitchTest {
  private static final String SPENT = "department category member brand month net_sales";
  private static final String MOVED = "kind from_brand to_brand members amount since";

  @Test
  void spendingOfAllCardsOfAMember() {
    try (MartCase given = new MartCase()) {
      given.rows(GOODS, "goods department category brand", "g1 D C Alpha", "g2 D C Alpha");
      given.rows(MEMBER_CARD, "card member", "c1 M1", "c2 M1");
      given.rows(SETTLED_MONTH.table(), "month", "2024-03-01");
      given.rows(
          TURNOVER_LINE,
          "store business_date kind card goods net_amount",
          "S1 2024-03-01 sale   c1 g1 5.00",
          "S1 2024-03-05 sale   c2 g2 4.00",
          "S1 2024-03-06 return c2 g2 -1.00",
          "S1 2024-03-05 sale   -  g2 9.00",
          "S1 2024-03-05 sale   c9 g2 9.00",
          "S1 2024-04-01 sale   c1 g1 9.00");

      assertThat(given.when(MEMBER_BRAND_MONTH, "category member brand month lines net_sales"))
          .containsExactly("C M1 Alpha 2024-03-01 2 8");
    }
  }

  @Test
  void aMemberWhoChangesTheBrandSwitchesAndSpendsMore() {
    try (MartCase given = given("2024-06-01")) {
      given.rows(
          MEMBER_BRAND_MONTH.table(),
          SPENT,
          "D C M1 Alpha 2024-01-01 10",
          "D C M1 Beta  2024-05-01 14");

      assertThat(given.when(BRAND_SWITCH, MOVED))
          .containsExactly(
              "bought more  Beta 1 4 2024-04-01", "switched Alpha Beta 1 10 2024-04-01");
    }
  }

  @Test
  void lossesAreSharedOutInProportionToGains() {
    try (MartCase given = given("2024-06-01")) {
      given.rows(
          MEMBER_BRAND_MONTH.table(),
          SPENT,
          "D C M1 Alpha 2024-01-01 30",
          "D C M1 Beta  2024-03-01 10",
          "D C M1 Gamma 2024-04-01 15",
          "D C M1 Delta 2024-06-01 5");

      assertThat(given.when(BRAND_SWITCH, "kind from_brand to_brand amount"))
          .containsExactly(
              "bought less Alpha  15",
              "bought less Beta  5",
              "switched Alpha Delta 3.75",
              "switched Alpha Gamma 11.25",
              "switched Beta Delta 1.25",
              "switched Beta Gamma 3.75");
    }
  }

  @Test
  void buyersComeAndGoAndOtherCategoriesAreNotTheirs() {
    try (MartCase given = given("2024-06-01")) {
      given.rows(
          MEMBER_BRAND_MONTH.table(),
          SPENT,
          "D C M1 Alpha 2024-03-01 10",
          "D K M1 Alpha 2024-04-01 7",
          "D C M2 Alpha 2024-06-01 8",
          "D C M2 Alpha 2024-07-01 800",
          "D C M2 Alpha 2023-12-01 800");

      assertThat(given.when(BRAND_SWITCH, "category kind from_brand to_brand members amount"))
          .containsExactly(
              "C lost buyers Alpha  1 10", "C new buyers  Alpha 1 8", "K new buyers  Alpha 1 7");
    }
  }

  private static MartCase given(String settledMonth) {
    return new MartCase().rows(SETTLED_MONTH.table(), "month", settledMonth);
  }
}
