package storefact.mart.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.returns.ReturnDetail.RETURN_DETAIL;
import static storefact.mart.returns.ReturnMonth.RETURN_MONTH;
import static storefact.mart.returns.ReturnReasons.RETURN_REASONS;
import static storefact.mart.returns.ReturnedSale.RETURNED_SALE;
import static storefact.mart.sales.CategoryMonth.CATEGORY_MONTH;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.RETURN_LINE;
import static storefact.warehouse.jooq.dw.Tables.SALES_LINE;

import java.util.List;
import org.junit.jupiter.api.Test;
import storefact.mart.BuildOptions;
import storefact.mart.MartCase;
import storefact.mart.TestWarehouse;

/** Goods that came back, and the sales that they belong to. */
class ReturnMartsTest {

  @Test
  void onlyTheLinesThatSomeReturnNamesAreKept() {
    try (MartCase given = new MartCase()) {
      given.rows(
          SALES_LINE,
          "store business_date till receipt line sold_at goods quantity net_amount",
          "S1 2024-02-29 T1 R1 1 2024-02-29T10:00:00 apple 3 6.00",
          "S1 2024-02-29 T1 R1 2 2024-02-29T10:00:00 pear  1 1.00",
          "S1 2024-03-01 T1 R1 1 2024-03-01T10:00:00 apple 1 2.00");
      given.rows(
          RETURN_LINE,
          "store business_date till receipt line original_store original_business_date original_till original_receipt original_line",
          "S2 2024-03-01 T9 B1 1 S1 2024-02-29 T1 R1 1",
          "S1 2024-03-02 T9 B1 1 -  null       -  -  0");

      assertThat(
              given.when(RETURNED_SALE, "business_date receipt line sold_at quantity net_amount"))
          .containsExactly("2024-02-29 R1 1 2024-02-29 10:00:00 3 6");
    }
  }

  /** Two months later, the return names a sale of which nothing else changed. */
  @Test
  void aReturnHasTheMonthOfItsSaleLookedThroughAndNoOther() {
    try (TestWarehouse test = TestWarehouse.empty()) {
      test.query(
          """
          INSERT INTO star.sales_line (store, business_date, till, receipt, line, sold_at, goods, quantity, net_amount, version)
          SELECT 'S1', toDate('2024-01-10') + INTERVAL number MONTH AS day, 'T1', 'R1', 1, toDateTime(day) + 40000, 'apple', 2, 4, 1
          FROM numbers(4)
          """);
      BuildOptions details = BuildOptions.changed().only(List.of("return_detail"));
      test.build(details);

      test.query(
          """
          INSERT INTO star.return_line (store, business_date, till, receipt, line, returned_at, goods, quantity, net_amount,
            original_store, original_business_date, original_till, original_receipt, original_line, version)
          VALUES ('S1', '2024-04-02', 'T1', 'B1', 1, '2024-04-02 12:00:00', 'apple', 1, 2, 'S1', '2024-02-10', 'T1', 'R1', 1, 1)
          """);

      assertThat(test.build(details).of(RETURNED_SALE).built()).containsExactly("202402");
      assertThat(test.lines("SELECT fault, sold_quantity, days_between FROM dw.return_detail"))
          .containsExactly("\t2\t52");
      assertThat(test.build(details).changes()).isZero();
    }
  }

  @Test
  void aReturnFindsItsSaleOrSaysWhyNot() {
    try (MartCase given = new MartCase()) {
      given.rows(GOODS, "goods department", "apple food");
      given.rows(
          RETURNED_SALE.table(),
          "store business_date till receipt line sold_at quantity net_amount",
          "S1 2024-02-29 T1 R1 1 2024-02-29T10:00:00 3 6.00",
          "S1 2024-02-29 T1 R1 2 2024-02-29T10:00:00 1 1.00",
          "S1 2024-02-29 T1 R2 1 2024-02-29T10:00:00 1 2.00");
      given.rows(
          RETURN_LINE,
          "store business_date till receipt line returned_at original_store original_business_date original_till original_receipt original_line goods quantity net_amount",
          "S2 2024-03-01 T9 B1 1 2024-03-01T10:00:00 S1 2024-02-29 T1 R1 1 apple 1 2.00",
          "S1 2024-03-02 T9 B1 1 2024-03-02T10:00:00 -  null       -  -  0 pear  1 1.00",
          "S1 2024-03-03 T9 B1 1 2024-03-03T10:00:00 S1 2024-02-29 T1 R7 1 apple 1 2.00",
          // twice one piece of a line that sold one
          "S1 2024-03-04 T9 B1 1 2024-03-04T10:00:00 S1 2024-02-29 T1 R2 1 apple 1 2.00",
          "S1 2024-03-04 T9 B2 1 2024-03-04T10:00:00 S1 2024-02-29 T1 R2 1 apple 1 2.00",
          "S1 2024-02-29 T9 B1 1 2024-02-29T09:00:00 S1 2024-02-29 T1 R1 2 pear  1 1.00");

      assertThat(
              given.when(
                  RETURN_DETAIL,
                  "business_date receipt goods department days_between sold_quantity sold_amount fault"))
          .containsExactly(
              "2024-02-29 B1 pear  0 1 1 before the sale",
              "2024-03-01 B1 apple food 1 3 6 ",
              "2024-03-02 B1 pear  \\N 0 0 no original",
              "2024-03-03 B1 apple food 3 0 0 unknown original",
              "2024-03-04 B1 apple food 4 1 2 more than sold",
              "2024-03-04 B2 apple food 4 1 2 more than sold");
    }
  }

  private static void monthsOfReturns(MartCase given) {
    given.rows(
        CATEGORY_MONTH.table(),
        "store month department category lines net_sales returns",
        "S1 2024-02-01 food fruit 4 100.00 0",
        "S1 2024-03-01 food fruit 1 30.00 20.00",
        "S2 2024-03-01 food fruit 0 -5.00 5.00");
    given.rows(
        RETURN_DETAIL.table(),
        "store business_date department category reason returns original_store original_date fault",
        "S1 2024-03-01 food fruit spoiled 12.00 S1 2024-02-29 -",
        "S1 2024-03-01 food fruit broken   8.00 -  null no_original",
        // bought in one store, brought to another
        "S2 2024-03-01 food fruit broken   5.00 S1 2024-02-29 -");
  }

  @Test
  void aRateIsOfTheMonthThatSold() {
    try (MartCase given = new MartCase()) {
      monthsOfReturns(given);

      assertThat(
              given.when(
                  RETURN_MONTH,
                  "month store sold_lines sold_amount returned_lines_in_month returns_in_month"
                      + " returns_of_unknown_sale returned_lines_of_month returns_of_month line_return_rate amount_return_rate"))
          .containsExactly(
              "2024-02-01 S1 4 100 0 0 0 2 17 0.5 0.17",
              "2024-03-01 S1 1 50 2 20 8 0 0 0 0",
              "2024-03-01 S2 0 0 1 5 0 0 0 \\N \\N");
    }
  }

  @Test
  void reasonsShareTheReturnsOfAMonth() {
    try (MartCase given = new MartCase()) {
      monthsOfReturns(given);
      given.rows(
          RETURN_MONTH.table(),
          "month store department category sold_amount",
          "2024-02-01 S1 food fruit 60.00",
          "2024-02-01 S1 food other 40.00",
          "2024-03-01 S1 food fruit 50.00");

      assertThat(
              given.when(
                  RETURN_REASONS,
                  "month store reason returned_lines_in_month returns_in_month share_in_month returns_of_month sold_amount amount_return_rate"))
          .containsExactly(
              "2024-02-01 S1 broken 0 0 0 5 100 0.05",
              "2024-02-01 S1 spoiled 0 0 0 12 100 0.12",
              "2024-03-01 S1 broken 1 8 0.4 0 50 0",
              "2024-03-01 S1 spoiled 1 12 0.6 0 50 0",
              "2024-03-01 S2 broken 1 5 1 0 0 \\N");
    }
  }
}
