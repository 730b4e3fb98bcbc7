package storefact.mart.money;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.loyalty.PointsLotMonth.POINTS_LOT_MONTH;
import static storefact.mart.money.CardDormancy.CARD_DORMANCY;
import static storefact.mart.money.CardLiability.CARD_LIABILITY;
import static storefact.mart.money.CashBook.CASH_BOOK;
import static storefact.mart.money.DepositSpend.DEPOSIT_SPEND;
import static storefact.mart.money.PointsBreakage.POINTS_BREAKAGE;
import static storefact.mart.money.PointsByAge.POINTS_BY_AGE;
import static storefact.mart.money.PointsLiability.POINTS_LIABILITY;
import static storefact.mart.sales.ReceiptSales.RECEIPT_SALES;
import static storefact.warehouse.jooq.dw.Tables.CALENDAR;
import static storefact.warehouse.jooq.dw.Tables.CARD_EVENT;
import static storefact.warehouse.jooq.dw.Tables.POINTS_EVENT;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** What came in and went out, and what the chain owes. */
class MoneyMartsTest {

  @Test
  void aReceiptIsSplitIntoWhatPaidForIt() {
    try (MartCase given = new MartCase()) {
      given.rows(
          RECEIPT_SALES.table(),
          "store business_date kind receipt payment coupon_discount net_sales",
          "S1 2024-03-01 sale   R1 wechat 0 10.00",
          "S1 2024-03-01 sale   R2 points+stored_card+cash 1.50 100.00",
          "S1 2024-03-01 sale   R3 -      0 7.00",
          // no money ever changed hands
          "S1 2024-03-01 sale   R4 cash   0 0",
          "S1 2024-03-01 return B1 -      0 -4.00");
      given.rows(
          CARD_EVENT,
          "business_date event card kind store receipt amount bonus",
          "2024-03-01 1 V1 deposit  S1 -  50.00 5.00",
          "2024-03-01 2 V1 spend    S1 R2 40.00 0",
          // the same number on the next day, and a receipt that says wechat
          "2024-03-02 3 V1 spend    S1 R2 1.00 0",
          "2024-03-01 4 V1 spend    S1 R1 9.00 0",
          "2024-03-01 5 V1 withdraw S1 -  3.00 0");
      given.values(
          POINTS_EVENT,
          "business_date, event, member, kind, store, receipt, points, cash",
          "('2024-03-01', '1', 'M1', 'redeem_cash', 'S1', 'R2', 2000, 20)");

      assertThat(given.when(CASH_BOOK, "entry payment money entries amount_in amount_out"))
          .containsExactly(
              "card deposit  1 1 50 0",
              "card withdrawal  1 1 0 3",
              "return  1 1 0 4",
              "sale cash 1 1 38.5 0",
              "sale manufacturer coupon 0 1 1.5 0",
              "sale points 0 1 20 0",
              "sale stored card 0 1 40 0",
              "sale unknown 1 1 7 0",
              "sale wechat 1 1 10 0");
    }
  }

  @Test
  void everyDayOpensAsTheDayBeforeClosed() {
    try (MartCase given = new MartCase()) {
      given.rows(
          CALENDAR, "day", "2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-02");
      given.rows(
          CARD_EVENT,
          "business_date event card kind amount bonus new_card",
          "2024-02-28 1 V1 deposit 100.00 10.00 -",
          "2024-03-01 2 V1 spend    30.00 0 -",
          "2024-03-01 3 V2 issue    20.00 0 -",
          "2024-03-01 4 V1 replace  80.00 0 V3",
          "2024-03-01 5 V2 cancel   20.00 0 -");

      assertThat(
              given.when(
                  CARD_LIABILITY, "day opening deposits bonus spent withdrawn dropped closing"))
          .containsExactly(
              "2024-02-28 0 100 10 0 0 0 110",
              "2024-02-29 110 0 0 0 0 0 110",
              "2024-03-01 110 20 0 30 20 0 80");
    }
  }

  @Test
  void noEventsOweNothing() {
    try (MartCase given = new MartCase()) {
      given.rows(CALENDAR, "day", "1970-01-01", "2024-03-01");

      assertThat(given.when(CARD_LIABILITY, "day")).isEmpty();
      assertThat(given.when(POINTS_LIABILITY, "day")).isEmpty();
      assertThat(given.when(POINTS_BREAKAGE, "earned_month")).isEmpty();
    }
  }

  @Test
  void depositsStandAgainstWhatCardsPaid() {
    try (MartCase given = new MartCase()) {
      given.rows(
          CARD_EVENT,
          "business_date event card kind store amount bonus",
          "2024-02-01 1 V1 deposit S1 100.00 25.00",
          "2024-02-29 2 V2 deposit S1 100.00 0",
          "2024-02-29 3 V1 spend   S1 45.00 0",
          "2024-02-29 4 V1 freeze  S1 0 0",
          "2024-03-01 5 V1 spend   S2 5.00 0");

      assertThat(
              given.when(
                  DEPOSIT_SPEND,
                  "store month cards_depositing deposits bonus cards_spending payments spent bonus_rate spent_per_deposit"))
          .containsExactly(
              "S1 2024-02-01 2 200 25 1 1 45 0.125 0.2", "S2 2024-03-01 0 0 0 1 1 5 \\N \\N");
    }
  }

  @Test
  void balancesLieUnusedByWholeMonths() {
    try (MartCase given = new MartCase()) {
      given.rows(
          CARD_EVENT,
          "card business_date event kind at amount valid_until",
          "V1 2024-03-31 1 deposit 2024-03-31T10:00:00 50.00 2024-04-30",
          // looked at, not used
          "V1 2024-05-01 2 freeze  2024-05-01T10:00:00 0     2024-04-30",
          "V2 2024-04-01 3 deposit 2024-04-01T10:00:00 30.00 null",
          "V3 2024-04-01 4 deposit 2024-04-01T10:00:00 10.00 null",
          "V3 2024-05-31 5 spend   2024-05-31T10:00:00 10.00 null");

      assertThat(
              given.when(
                  CARD_DORMANCY,
                  "months_unused cards balance expired_cards expired_balance share round(expected_rate,4) expected_to_stay"))
          .containsExactly(
              // of 90 that ever lay for a month, 10 moved in the next
              "1 1 30 0 0 0.375 0.8889 26.67", "2 1 50 1 50 0.625 1 50");
    }
  }

  @Test
  void balancesStayAsThoseOfTheirAgeDid() {
    try (MartCase given = new MartCase()) {
      given.rows(
          CARD_EVENT,
          "card business_date event kind at amount",
          "V1 2024-01-10 1 deposit  2024-01-10T10:00:00 100.00",
          "V1 2024-01-20 2 spend    2024-01-20T10:00:00 40.00",
          "V1 2024-03-25 3 spend    2024-03-25T10:00:00 60.00",
          "V2 2024-02-01 4 deposit  2024-02-01T10:00:00 20.00",
          "V2 2024-03-15 5 withdraw 2024-03-15T10:00:00 20.00",
          "V2 2024-06-20 6 deposit  2024-06-20T10:00:00 40.00",
          "V3 2024-05-01 7 deposit  2024-05-01T10:00:00 30.00",
          "V4 2024-01-01 8 deposit  2024-01-01T10:00:00 10.00",
          // nothing ever lay on it
          "V5 2024-01-01 0 freeze   2024-01-01T10:00:00 0",
          "V5 2024-06-30 9 freeze   2024-06-30T10:00:00 0");

      // Lies: 100 for 0 months, then moved; 60 for 2, moved; 20 for 1, moved; now 40 for 0, 30 for
      // 1, 10 for 5. At month 2: 60 of 70 moved; at 1: 20 of 120; at 0: 100 of 260.
      assertThat(
              given.when(
                  CARD_DORMANCY, "months_unused balance round(expected_rate,6) expected_to_stay"))
          .containsExactly("0 40 0.07326 2.93", "1 30 0.119048 3.57", "5 10 1 10");
    }
  }

  private static void pointsOfTwoMembers(MartCase given) {
    given.values(
        POINTS_EVENT,
        "business_date, event, member, kind, at, points, expires_on",
        """
        ('2024-01-10', '1', 'M1', 'earn', '2024-01-10 10:00:00', 100, '2024-03-31'),
        ('2024-02-10', '2', 'M1', 'adjust', '2024-02-10 10:00:00', 50, '2024-04-30'),
        ('2024-02-11', '3', 'M1', 'redeem_cash', '2024-02-11 10:00:00', 70, NULL),
        ('2024-03-31', '4', 'M1', 'expire', '2024-03-31 10:00:00', 30, NULL),
        ('2024-04-02', '5', 'M1', 'adjust', '2024-04-02 10:00:00', -10, NULL),
        ('2024-04-01', '6', 'M2', 'redeem_gift', '2024-04-01 10:00:00', 5, NULL),
        ('2024-04-03', '7', 'M2', 'earn', '2024-04-03 10:00:00', 20, '2024-06-30')
        """);
  }

  @Test
  void theOldestPointsAreDrawnFirst() {
    try (MartCase given = new MartCase()) {
      pointsOfTwoMembers(given);
      given.rows(
          POINTS_LOT_MONTH.table(),
          "member month expires_on brought drawn",
          "M1 2024-01-01 2024-03-31 100 0",
          "M1 2024-02-01 2024-04-30 50 0",
          "M1 2024-02-01 2149-06-06 0 70",
          "M1 2024-03-01 2149-06-06 0 30",
          "M1 2024-04-01 2149-06-06 0 10",
          "M2 2024-04-01 2149-06-06 0 5",
          "M2 2024-04-01 2024-06-30 20 0");

      assertThat(given.when(POINTS_BY_AGE, "earned_month age earned used lapsed lapses_by"))
          .containsExactly(
              "2024-01-01 0 100 0 0 2024-03-31",
              "2024-01-01 1 0 70 0 \\N",
              "2024-01-01 2 0 0 30 \\N",
              "2024-02-01 0 50 0 0 2024-04-30",
              "2024-02-01 2 0 10 0 \\N",
              // drawn before it was earned
              "2024-04-01 0 20 5 0 2024-06-30");
    }
  }

  @Test
  void aMonthOfDrawsByItselfIsWhatItIsAmongAll() {
    try (MartCase given = new MartCase()) {
      given.values(
          POINTS_EVENT,
          "business_date, event, member, kind, at, points, expires_on",
          """
          ('2024-01-10', '1', 'M1', 'earn', '2024-01-10 10:00:00', 10, '2024-03-31'),
          ('2024-01-11', '2', 'M1', 'redeem_cash', '2024-01-11 10:00:00', 15, NULL),
          ('2024-01-12', '3', 'M1', 'expire', '2024-01-12 10:00:00', 2, NULL),
          ('2024-02-10', '4', 'M1', 'earn', '2024-02-10 10:00:00', 40, NULL),
          ('2024-03-10', '5', 'M1', 'earn', '2024-03-10 10:00:00', 7, NULL),
          ('2024-03-11', '6', 'M1', 'redeem_gift', '2024-03-11 10:00:00', 36, NULL)
          """);
      given.rows(
          POINTS_LOT_MONTH.table(),
          "member month expires_on brought drawn",
          "M1 2024-01-01 2024-03-31 10 0",
          "M1 2024-01-01 2149-06-06 0 17",
          "M1 2024-02-01 2149-06-06 40 0",
          "M1 2024-03-01 2149-06-06 7 36");
      String columns = "earned_month age month earned used lapsed";

      List<String> all = given.when(POINTS_BY_AGE, columns);
      assertThat(all)
          .containsExactly(
              "2024-01-01 0 2024-01-01 10 10 0",
              // 5 redeemed and 2 lapsed before they came
              "2024-02-01 0 2024-02-01 40 5 2",
              "2024-02-01 1 2024-03-01 0 33 0",
              "2024-03-01 0 2024-03-01 7 3 0");
      assertThat(
              Stream.of("202401", "202402", "202403")
                  .flatMap(month -> given.when(POINTS_BY_AGE, month, columns).stream()))
          .containsExactlyElementsOf(all);
    }
  }

  @Test
  void openPointsLapseAsThoseOfTheirAgeDid() {
    try (MartCase given = new MartCase()) {
      given.rows(POINTS_LIABILITY.table(), "day", "2024-04-15");
      given.rows(
          POINTS_BY_AGE.table(),
          "earned_month age earned used lapsed lapses_by",
          "2024-01-01 0 100 0  0  2024-03-31",
          "2024-01-01 1 0   70 0  null",
          "2024-01-01 2 0   10 20 null",
          "2024-03-01 0 50  10 0  2024-05-31",
          "2024-04-01 0 40  0  0  null");

      assertThat(
              given.when(
                  POINTS_BREAKAGE,
                  "earned_month age ended open lapsed_share round(expected_rate,4) expected_to_lapse"))
          .containsExactly(
              "2024-01-01 3 1 0 0.2 \\N 0",
              // of 30 open at age 1, 20 lapsed
              "2024-03-01 1 0 40 0 0.6667 26.67",
              "2024-04-01 0 0 40 0 0.2 8");
    }
  }
}
