package storefact.mart.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.member.CardMonth.CARD_MONTH;
import static storefact.mart.sales.AreaMonth.AREA_MONTH;
import static storefact.mart.sales.CashierSales.CASHIER_SALES;
import static storefact.mart.sales.GoodsDistribution.GOODS_DISTRIBUTION;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.mart.sales.HourlySales.HOURLY_SALES;
import static storefact.mart.sales.ReceiptSales.RECEIPT_SALES;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.mart.sales.RegionBenchmark.REGION_BENCHMARK;
import static storefact.mart.sales.SalesGrowth.SALES_GROWTH;
import static storefact.mart.sales.StoreDay.STORE_DAY;
import static storefact.mart.sales.StoreMonth.STORE_MONTH;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.MEMBER_CARD;
import static storefact.warehouse.jooq.dw.Tables.SALES_TARGET;
import static storefact.warehouse.jooq.dw.Tables.STORE;
import static storefact.warehouse.jooq.dw.Tables.STORE_CLOCK;

import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** Sales by hour, cashier, store, area and month. */
class StoreMonthTest {

  @Test
  void anHourIsThatOfTheStoresClock() {
    try (MartCase given = new MartCase()) {
      given.rows(STORE_CLOCK, "store time_zone", "S1 Asia/Shanghai");
      given.rows(
          RECEIPT_SALES.table(),
          "store business_date kind receipt at lines net_sales",
          "S1 2024-02-29 sale   R1 2024-02-29T16:30:00 2 5.00",
          "S1 2024-02-29 return B1 2024-02-29T16:40:00 1 -1.00",
          "S3 2024-07-01 sale   R1 2024-07-01T16:30:00 1 5.00");

      assertThat(
              given.when(HOURLY_SALES, "store business_date hour receipts lines returns net_sales"))
          .containsExactly("S1 2024-02-29 0 1 2 1 4", "S3 2024-07-01 16 1 1 0 5");
    }
  }

  @Test
  void aCashierAnswersForSalesNotForReturns() {
    try (MartCase given = new MartCase()) {
      given.rows(
          RECEIPT_SALES.table(),
          "store business_date kind till receipt cashier card lines net_sales",
          "S1 2024-03-01 sale   T1 R1 K1 C1 2 5.00",
          "S1 2024-03-01 sale   T2 R1 K1 -  1 1.00",
          "S1 2024-03-01 sale   T2 R2 -  -  1 2.00",
          "S1 2024-03-01 return T9 B1 -  -  1 -1.00");

      assertThat(
              given.when(
                  CASHIER_SALES,
                  "cashier tills receipts member_receipts lines sold_amount average_receipt lines_per_receipt"))
          .containsExactly(" 1 1 0 1 2 2 1", "K1 2 2 1 3 6 3 1.5");
    }
  }

  @Test
  void aMonthOfAStoreHasItsMarginWhereCostsAreKnown() {
    try (MartCase given = new MartCase()) {
      given.rows(
          RECEIPT_STATISTICS.table(),
          "store business_date receipts lines returns net_sales",
          "S1 2024-02-28 2 4 0 8.00",
          "S1 2024-02-29 0 0 1.00 -1.00",
          "S2 2024-02-29 1 1 0 1.00");
      given.rows(
          STORE_DAY.table(),
          "store business_date cost costed_sales net_sales",
          "S1 2024-02-28 3.00 6.00 8.00",
          "S1 2024-02-29 null 0 -1.00",
          "S2 2024-02-29 null 0 1.00");

      assertThat(
              given.when(
                  STORE_MONTH,
                  "202402",
                  "store month days receipts returns net_sales average_receipt cost gross_margin gross_margin_rate"))
          .containsExactly(
              "S1 2024-02-01 1 2 1 7 4 3 3 0.5", "S2 2024-02-01 1 1 0 1 1 \\N \\N \\N");
    }
  }

  @Test
  void aRegionStandsBesideTheAverageOfTheChain() {
    try (MartCase given = new MartCase()) {
      given.rows(STORE, "store region", "S1 East", "S2 East", "S3 West", "S4 North");
      given.rows(
          STORE_MONTH.table(),
          "store month days receipts lines list_sales returns net_sales costed_sales gross_margin",
          "S1 2024-03-01 10 10 30 120 10 100 50 10",
          "S2 2024-03-01 10 10 10 60 0 50 0 null",
          "S3 2024-03-01 10 5 20 200 0 150 150 50",
          "S3 2024-04-01 0 0 0 0 5 -5 0 null",
          "S1 2024-05-01 10 10 10 100 0 100 100 10",
          "S3 2024-05-01 10 10 10 100 0 100 100 20",
          // nothing sold: it makes no third region
          "S4 2024-05-01 0 0 0 0 5 -5 0 null",
          "S4 2024-03-01 10 6 2 0 0 0 0 null");

      assertThat(
              given.when(
                  REGION_BENCHMARK,
                  "level area month stores sales_per_store_day chain_sales_per_store_day average_receipt chain_average_receipt"
                      + " items_per_receipt chain_items_per_receipt margin_rate chain_margin_rate"
                      + " round(discount_rate,4) round(chain_discount_rate,4) return_rate round(chain_return_rate,4)"))
          .containsExactly(
              "region East 2024-03-01 2 7.5 7.5 8 10 2 2 0.2 0.3 0.1111 0.1842 0.0625 0.0323",
              // two regions: each could tell the other from the average
              "region East 2024-05-01 1 10 \\N 10 \\N 1 \\N 0.1 \\N 0 \\N 0 \\N",
              "region North 2024-03-01 1 0 7.5 0 10 0.3333333333333333 2 \\N 0.3 \\N 0.1842 \\N 0.0323",
              "region North 2024-05-01 0 \\N \\N \\N \\N \\N \\N \\N \\N \\N \\N \\N \\N",
              "region West 2024-03-01 1 15 7.5 30 10 4 2 0.3333333333333333 0.3 0.25 0.1842 0 0.0323",
              "region West 2024-04-01 0 \\N \\N \\N \\N \\N \\N \\N \\N \\N \\N \\N \\N",
              "region West 2024-05-01 1 10 \\N 10 \\N 1 \\N 0.2 \\N 0 \\N 0 \\N");
    }
  }

  @Test
  void membersAreCountedAnewInEveryArea() {
    try (MartCase given = new MartCase()) {
      given.rows(STORE, "store region format", "S1 East hyper", "S2 East small", "S3 West small");
      given.rows(MEMBER_CARD, "card member", "C1 M1", "C1b M1", "C2 M2");
      given.rows(
          CARD_MONTH.table(),
          "month store card receipts lines net_sales",
          "2024-03-01 S1 C1  1 1 1.00",
          "2024-03-01 S2 C1b 1 1 1.00",
          "2024-03-01 S3 C1  1 1 1.00",
          "2024-03-01 S3 C2  0 0 -1.00",
          "2024-03-01 S3 -   4 4 4.00",
          "2024-03-01 S3 P1  1 1 1.00");

      assertThat(given.when(AREA_MONTH, "level area customers number receipts net_sales"))
          .containsExactly(
              "chain  members 1 3 2",
              "chain  others 5 5 5",
              "format hyper members 1 1 1",
              "format small members 1 2 1",
              "format small others 5 5 5",
              "region East members 1 2 2",
              "region West members 1 1 0",
              "region West others 5 5 5",
              "store S1 members 1 1 1",
              "store S2 members 1 1 1",
              "store S3 members 1 1 0",
              "store S3 others 5 5 5");
    }
  }

  @Test
  void growthLeavesStoresThatOpenedOrClosedBetweenOut() {
    try (MartCase given = new MartCase()) {
      given.rows(
          STORE,
          "store region opened_on closed_on",
          "S1 East 2015-01-01 null",
          "S2 East 2023-02-15 null",
          "S3 East null       2023-03-31");
      given.rows(
          STORE_MONTH.table(),
          "store month receipts days net_sales",
          "S1 2023-02-01 9 28 100.00",
          "S2 2023-02-01 9 14 50.00",
          "S3 2023-02-01 9 28 10.00",
          "S1 2024-02-01 9 29 110.00",
          "S2 2024-02-01 9 29 100.00",
          "S1 2024-03-01 9 31 121.00",
          "S2 2024-03-01 9 31 100.00");
      given.rows(
          SALES_TARGET,
          "store month department net_amount",
          "S1 2024-02-01 all  220.00",
          "S1 2024-02-01 food 20.00");

      assertThat(
              given.when(
                  SALES_GROWTH,
                  "level area month stores net_sales month_before growth_on_month year_before growth_on_year"
                      + " same_stores_on_year same_store_sales same_store_year_before round(same_store_growth_on_year,3)"
                      + " target target_reached"))
          .contains(
              "store S1 2024-02-01 1 110 0 \\N 100 0.1 1 110 100 0.1 220 0.5",
              "store S2 2024-02-01 1 100 0 \\N 50 1 0 0 0 \\N 0 \\N",
              // S2 has no target: its sales reach none
              "region East 2024-02-01 2 210 0 \\N 160 0.3125 1 110 100 0.1 220 0.5",
              "store S1 2024-03-01 1 121 110 0.1 0 \\N 0 0 0 \\N 0 \\N")
          .contains(
              given
                  .when(
                      SALES_GROWTH,
                      "level area month stores net_sales month_before growth_on_month year_before growth_on_year"
                          + " same_stores_on_year same_store_sales same_store_year_before round(same_store_growth_on_year,3)"
                          + " target target_reached")
                  .stream()
                  .filter(row -> row.startsWith("region"))
                  .map(row -> row.replace("region East", "chain "))
                  .toArray(String[]::new));
    }
  }

  @Test
  void distributionIsWeighedByAllThatTheStoresSell() {
    try (MartCase given = new MartCase()) {
      given.rows(GOODS, "goods brand", "apple Acme", "pear Acme");
      given.rows(
          STORE_MONTH.table(),
          "store month receipts net_sales",
          "S1 2024-03-01 9 75.00",
          "S2 2024-03-01 9 25.00",
          "S3 2024-03-01 0 0");
      given.rows(
          GOODS_SALES.table(),
          "store business_date goods lines net_sales",
          "S1 2024-03-01 apple 1 2.00",
          "S1 2024-03-02 apple 1 2.00",
          "S2 2024-03-01 pear  1 1.00",
          // only brought back
          "S2 2024-03-01 apple 0 -1.00",
          "S2 2024-03-01 odd   1 1.00");

      assertThat(
              given.when(
                  GOODS_DISTRIBUTION,
                  "202403",
                  "level item stores_selling stores share_of_stores acv_share net_sales"))
          .containsExactly(
              "brand  1 2 0.5 0.25 1",
              "brand Acme 2 2 1 1 5",
              "goods apple 1 2 0.5 0.75 4",
              "goods odd 1 2 0.5 0.25 1",
              "goods pear 1 2 0.5 0.25 1");
    }
  }
}
