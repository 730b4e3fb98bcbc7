package storefact.mart.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.warehouse.jooq.dw.Tables.GOODS_HISTORY;
import static storefact.warehouse.jooq.dw.Tables.TURNOVER_LINE;

import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** Goods by store and day, net of returns, at the cost of their day. */
class GoodsSalesTest {

  @Test
  void aReturnCountsOnItsOwnDay() {
    try (MartCase given = new MartCase()) {
      given.rows(
          TURNOVER_LINE,
          "store business_date kind goods quantity list_amount net_amount returned_amount returned_quantity",
          "S1 2024-03-01 sale   apple  3  6.00  5.00 0    0",
          "S1 2024-03-02 return apple -1  0    -2.50 2.50 1",
          "S1 2024-03-02 sale   apple  1  2.00  2.00 0    0");

      assertThat(
              given.when(
                  GOODS_SALES,
                  "business_date lines quantity returned_quantity list_sales returns net_sales"))
          .containsExactly("2024-03-01 1 3 0 6 0 5", "2024-03-02 1 0 1 2 2.5 -0.5");
    }
  }

  @Test
  void costIsThatOfTheDayAndTheFirstRowHoldsBeforeItsDay() {
    try (MartCase given = new MartCase()) {
      given.rows(
          TURNOVER_LINE,
          "store business_date kind goods quantity net_amount",
          "S1 2024-03-01 sale apple 2 5.00",
          "S1 2024-03-10 sale apple 2 5.00",
          "S1 2024-03-20 sale apple 2 5.00",
          "S1 2024-03-20 sale pear  1 1.00");
      given.rows(
          GOODS_HISTORY,
          "goods valid_from unit_cost",
          "apple 2024-03-05 1.00",
          "apple 2024-03-15 1.505",
          "pear  2024-01-01 null");

      assertThat(given.when(GOODS_SALES, "business_date goods cost costed_sales"))
          .containsExactly(
              "2024-03-01 apple 2 5",
              "2024-03-10 apple 2 5",
              "2024-03-20 apple 3.01 5",
              "2024-03-20 pear \\N 0");
    }
  }
}
