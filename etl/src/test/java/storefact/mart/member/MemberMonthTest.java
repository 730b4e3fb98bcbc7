package storefact.mart.member;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.member.CardMonth.CARD_MONTH;
import static storefact.mart.member.MemberMonth.MEMBER_MONTH;
import static storefact.mart.sales.ReceiptSales.RECEIPT_SALES;
import static storefact.warehouse.jooq.dw.Tables.MEMBER_CARD;

import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** Months of cards, and of the members who hold them. */
class MemberMonthTest {
  private static final String RECEIPTS =
      "store business_date kind receipt card at lines net_sales list_sales";

  @Test
  void aReturnTakesItsAmountBackAndStaysNoVisit() {
    try (MartCase given = new MartCase()) {
      given.rows(
          RECEIPT_SALES.table(),
          RECEIPTS,
          "S1 2024-02-01 sale   R1 C1 2024-02-01T10:00:00 2 9.00 9.00",
          "S1 2024-02-29 sale   R2 C1 2024-02-29T10:00:00 1 4.00 5.00",
          "S1 2024-03-01 return B1 C1 2024-03-01T10:00:00 1 -4.00 0",
          "S1 2024-03-02 sale   R3 -  2024-03-02T10:00:00 1 1.00 1.00");

      assertThat(
              given.when(
                  CARD_MONTH,
                  "month card receipts bitCount(purchase_days) first_purchase last_purchase lines returns net_sales"))
          .containsExactly(
              "2024-02-01 C1 2 2 2024-02-01 2024-02-29 3 0 13",
              "2024-03-01  1 1 2024-03-02 2024-03-02 1 0 1",
              "2024-03-01 C1 0 0 \\N \\N 0 4 -4");
    }
  }

  @Test
  void aDayInTwoStoresAndWithTwoCardsIsOneDay() {
    try (MartCase given = new MartCase()) {
      given.rows(MEMBER_CARD, "card member", "C1 M1", "C2 M1");
      given.rows(
          CARD_MONTH.table(),
          "month store card receipts purchase_days last_shown net_sales",
          // days 1 and 3; day 3; a return only
          "2024-03-01 S1 C1 2 5 2024-03-03T10:00:00 5.00",
          "2024-03-01 S2 C2 1 4 2024-03-03T11:00:00 7.00",
          "2024-03-01 S3 C2 0 0 2024-03-03T09:00:00 -1.00",
          "2024-03-01 S1 -  9 1 2024-03-01T10:00:00 50.00",
          "2024-03-01 S1 P9 9 1 2024-03-01T10:00:00 50.00");

      assertThat(given.when(MEMBER_MONTH, "member card receipts active_days stores net_sales"))
          .containsExactly("M1 C2 3 2 ['S1','S2'] 11");
    }
  }
}
