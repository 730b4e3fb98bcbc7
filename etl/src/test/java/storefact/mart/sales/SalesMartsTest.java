package storefact.mart.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.sales.DailySales.DAILY_SALES;
import static storefact.mart.sales.HourlySales.HOURLY_SALES;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.mart.sales.StoreDay.STORE_DAY;

import org.junit.jupiter.api.Test;
import storefact.mart.TestWarehouse;

/** Known answers of the marts about sales. */
class SalesMartsTest {
  private static final String TWO_STORES =
      """
      S1 2024-03-01 R1 1 C1 apple  1.000 2.00
      S1 2024-03-01 R1 2 C1 bread  2.000 5.00
      S1 2024-03-01 R2 1 -  apple  1.500 3.00
      S1 2024-03-01 R3 1 -  secret 1.000 1.00
      S2 2024-03-02 R1 1 C2 apple  1.000 2.50
      """;

  @Test
  void salesOfADayStandByCategoryAndUnknownGoodsHaveNone() {
    try (TestWarehouse given =
        TestWarehouse.empty().only(DAILY_SALES, HOURLY_SALES, RECEIPT_STATISTICS)) {
      given.goods("apple food fruit\nbread food bakery", 1).sold(TWO_STORES).build();

      assertThat(
              given.lines(
                  """
                  SELECT store, business_date, department, category, net_sales, list_sales,
                    retail_discount, quantity, lines, receipts FROM dw.daily_sales ORDER BY ALL
                  """))
          .containsExactly(
              "S1\t2024-03-01\t\t\t1\t2\t1\t1\t1\t1",
              "S1\t2024-03-01\tfood\tbakery\t5\t6\t1\t2\t1\t1",
              "S1\t2024-03-01\tfood\tfruit\t5\t7\t2\t2.5\t2\t2",
              "S2\t2024-03-02\tfood\tfruit\t2.5\t3.5\t1\t1\t1\t1");
    }
  }

  @Test
  void aStoresDayIsTheSumOfItsCategoriesReturnsIncluded() {
    try (TestWarehouse given = TestWarehouse.empty().only(STORE_DAY)) {
      given.goods("apple food fruit\nbread food bakery", 1).sold(TWO_STORES);
      given
          .returned("S2 2024-03-02 B1 1 - apple 1 0.50\nS2 2024-03-05 B1 1 - apple 1 0.25")
          .build();

      assertThat(
              given.lines(
                  """
                  SELECT store, business_date, net_sales, list_sales, retail_discount, returns,
                    quantity, returned_quantity, lines, costed_sales, gross_margin
                  FROM dw.store_day ORDER BY ALL
                  """))
          .containsExactly(
              "S1\t2024-03-01\t11\t15\t4\t0\t5.5\t0\t4\t0\t\\N",
              "S2\t2024-03-02\t2\t3.5\t1\t0.5\t0\t1\t1\t0\t\\N",
              "S2\t2024-03-05\t-0.25\t0\t0\t0.25\t-1\t1\t0\t0\t\\N");
    }
  }

  @Test
  void aQuestionWithoutDaysReadsTheSumsThatAreKeptBesideTheRows() {
    try (TestWarehouse given = TestWarehouse.empty().only(DAILY_SALES)) {
      given.goods("apple food fruit\nbread food bakery", 1).sold(TWO_STORES).build();
      given.sold("S2 2024-03-03 R9 1 C2 bread 1.000 4.00\nS2 2024-04-03 R9 1 C2 apple 1 2").build();

      String sums =
          "SELECT store, category, sum(net_sales) FROM dw.daily_sales WHERE category != '' GROUP BY ALL ORDER BY ALL";
      assertThat(given.lines(sums))
          .containsExactly("S1\tbakery\t5", "S1\tfruit\t5", "S2\tbakery\t4", "S2\tfruit\t4.5")
          .isEqualTo(given.lines(sums + " SETTINGS optimize_use_projections = 0"));
      assertThat(given.lines("EXPLAIN " + sums))
          .anySatisfy(step -> assertThat(step).contains("by_store_department_category"));
      assertThat(
              given.lines(
                  "EXPLAIN SELECT business_date, sum(net_sales) FROM dw.daily_sales GROUP BY ALL"))
          .anySatisfy(step -> assertThat(step).contains("by_business_date_department"));
    }
  }

  @Test
  void receiptsOfADayAreCountedAndMeasured() {
    try (TestWarehouse given =
        TestWarehouse.empty().only(DAILY_SALES, HOURLY_SALES, RECEIPT_STATISTICS)) {
      given.sold(TWO_STORES).returned("S2 2024-03-02 B1 1 - apple 1 0.50").build();

      assertThat(
              given.lines(
                  """
                  SELECT store, receipts, member_receipts, lines, quantity, net_sales, list_sales,
                    round(average_receipt, 4), median_receipt, round(p90_receipt, 4), round(lines_per_receipt, 4)
                  FROM dw.receipt_statistics ORDER BY ALL
                  """))
          // receipts of S1: 7.00, 3.00, 1.00
          .containsExactly(
              "S1\t3\t1\t4\t5.5\t11\t15\t3.6667\t3\t6.2\t1.3333",
              "S2\t1\t1\t1\t0\t2\t3.5\t2.5\t2.5\t2.5\t1");
    }
  }

  @Test
  void anHourFollowsTheStoresClockInWinterAndSummer() {
    try (TestWarehouse given =
        TestWarehouse.empty().only(DAILY_SALES, HOURLY_SALES, RECEIPT_STATISTICS)) {
      given.sold("S1 2024-03-01 R1 1 - a 1 1.00\nN1 2024-03-01 R1 1 - a 1 1.00");
      given.sold("N1 2024-07-01 R1 1 - a 1 1.00");
      given.query("INSERT INTO star.store (store, country, version) VALUES ('N1', '', 2)");
      given.build();

      // sold at noon UTC
      assertThat(given.lines("SELECT store, business_date, hour FROM dw.hourly_sales ORDER BY ALL"))
          .containsExactly("N1\t2024-03-01\t7", "N1\t2024-07-01\t8", "S1\t2024-03-01\t20");
    }
  }
}
