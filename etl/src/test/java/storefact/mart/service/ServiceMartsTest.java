package storefact.mart.service;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.returns.ReturnDetail.RETURN_DETAIL;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.mart.service.ServiceBalance.SERVICE_BALANCE;
import static storefact.mart.service.ServiceMonth.SERVICE_MONTH;
import static storefact.mart.service.ServiceOutstanding.SERVICE_OUTSTANDING;
import static storefact.mart.service.ServicePass.SERVICE_PASS;
import static storefact.mart.service.ServiceSale.SERVICE_SALE;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.MEMBER_CARD;
import static storefact.warehouse.jooq.dw.Tables.SALES_LINE;
import static storefact.warehouse.jooq.dw.Tables.SERVICE_USE;

import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** Services that are paid first and used later. */
class ServiceMartsTest {

  @Test
  void aPassIsALineThatSoldAService() {
    try (MartCase given = new MartCase()) {
      given.rows(
          GOODS,
          "goods kind uses days",
          "wash count 10 365",
          "entry time 0 30",
          "apple physical 0 0");
      given.rows(
          SALES_LINE,
          "store business_date till receipt line goods quantity net_amount",
          "S1 2024-02-29 T1 R1 1 apple 1 1.00",
          "S1 2024-02-29 T1 R1 2 wash  2 200.00",
          "S1 2024-02-29 T1 R2 1 entry 1 50.00");

      assertThat(given.when(SERVICE_SALE, "202402", "pass goods kind uses days net_sales"))
          .containsExactly(
              "S1-2024-02-29-R1-2 wash count 20 365 200", "S1-2024-02-29-R2-1 entry time 0 30 50");
    }
  }

  private static void passes(MartCase given) {
    given.rows(RECEIPT_STATISTICS.table(), "store business_date receipts", "S1 2024-06-30 1");
    given.rows(MEMBER_CARD, "card member", "C1 M1", "C2 M2");
    given.rows(
        SERVICE_SALE.table(),
        "pass store business_date till receipt line sold_at card goods type kind uses days net_sales",
        "P1 S1 2024-01-31 T1 R1 1 2024-01-31T10:00:00 C1 wash  car   count 3 60 30.00",
        "P2 S1 2024-03-01 T1 R2 1 2024-03-01T10:00:00 C1 wash  car   count 2 0  20.00",
        "P3 S1 2024-05-01 T1 R3 1 2024-05-01T10:00:00 C2 entry gym   time  0 31 50.00",
        "P4 S1 2024-06-01 T1 R4 1 2024-06-01T10:00:00 -  wash  car   count 3 60 30.00",
        "P5 S1 2024-06-02 T1 R5 1 2024-06-02T10:00:00 C2 wash  car   count 3 60 30.00",
        "P6 S1 2024-06-25 T1 R6 1 2024-06-25T10:00:00 C2 wash  car   count 3 60 30.00");
    given.rows(
        SERVICE_USE,
        "store business_date use pass goods uses",
        "S1 2024-02-10 U1 P1 wash 1",
        "S1 2024-04-10 U2 P2 wash 1",
        "S1 2024-04-11 U3 P2 wash 1",
        "S1 2024-05-02 U4 P3 entry 1");
    given.rows(
        RETURN_DETAIL.table(),
        "original_store original_date original_till original_receipt original_line quantity",
        "S1 2024-06-02 T1 R5 1 1");
  }

  @Test
  void aPassEndsIsLostOrIsRenewed() {
    try (MartCase given = new MartCase()) {
      passes(given);

      assertThat(
              given.when(
                  SERVICE_PASS,
                  "pass member state uses_taken uses_left uses_lost ends_on ended_on next_purchase renewal"))
          .containsExactly(
              // ended in a leap year's March, bought again before
              "P1 M1 expired 1 0 2 2024-03-31 2024-03-31 2024-03-01 renewed",
              "P2 M1 used up 2 0 0 \\N 2024-04-11 \\N not renewed",
              "P3 M2 expired 1 0 0 2024-06-01 2024-06-01 \\N open",
              "P4  active 0 3 0 2024-07-31 2024-07-31 \\N ",
              "P5 M2 returned 0 0 0 2024-08-01 2024-08-01 2024-06-25 ",
              "P6 M2 active 0 3 0 2024-08-24 2024-08-24 \\N open");
    }
  }

  @Test
  void monthsCountSalesUsesEndsAndRenewals() {
    try (MartCase given = new MartCase()) {
      given.rows(
          SERVICE_PASS.table(),
          "pass sold_on goods net_sales uses_sold uses_lost ended_on state renewal",
          "P1 2024-02-29 wash 30.00 3 2 2024-04-29 expired renewed",
          "P2 2024-02-29 wash 30.00 3 0 2024-04-01 used_up not_renewed",
          "P3 2024-04-01 wash 30.00 3 0 2024-09-01 active  open");
      given.rows(SERVICE_USE, "business_date goods uses", "2024-04-01 wash 2", "2024-04-02 wash 1");

      assertThat(
              given.when(
                  SERVICE_MONTH,
                  "month passes_sold net_sales uses_sold uses_taken passes_ended uses_lost renewals_due renewed renewal_rate"))
          .containsExactly("2024-02-01 2 60 6 0 0 0 0 0 \\N", "2024-04-01 1 30 3 3 2 2 2 1 0.5");
    }
  }

  @Test
  void aHolderSeesWhatCanStillBeUsed() {
    try (MartCase given = new MartCase()) {
      given.rows(
          SERVICE_PASS.table(),
          "pass member goods kind state uses_left ends_on",
          "P1 M1 wash count active  3 2024-08-01",
          "P2 M1 wash count active  1 2024-07-01",
          "P3 M1 wash count expired 0 2024-02-29",
          "P4 -  wash count active  9 2024-07-01");

      assertThat(given.when(SERVICE_BALANCE, "member goods passes uses_left ends_first ends_last"))
          .containsExactly("M1 wash 2 4 2024-07-01 2024-08-01");
    }
  }

  @Test
  void whatIsOutstandingOfAServiceNamesNobody() {
    try (MartCase given = new MartCase()) {
      given.rows(
          SERVICE_BALANCE.table(),
          "member goods kind passes uses_left last_use",
          "M1 wash count 2 4 2024-06-01",
          "M2 wash count 1 3 null",
          "M2 entry time 1 0 2024-06-02");

      assertThat(
              given.when(
                  SERVICE_OUTSTANDING, "goods kind members members_without_use passes uses_left"))
          .containsExactly("entry time 1 0 1 0", "wash count 2 1 3 7");
    }
    assertThat(SERVICE_OUTSTANDING.isAboutPersons()).isFalse();
  }
}
