package storefact.mart.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.sales.GoodsGroupSales.GOODS_GROUP_SALES;
import static storefact.mart.sales.GroupGrowth.GROUP_GROWTH;
import static storefact.mart.sales.GroupMonth.GROUP_MONTH;
import static storefact.warehouse.jooq.dw.Tables.SALES_TARGET;

import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** Departments and brands by month, beside what they sold before and were to sell. */
class GroupGrowthTest {

  @Test
  void aMonthOfADepartmentSumsStoresAndKnowsThoseWithATarget() {
    try (MartCase given = new MartCase()) {
      given.rows(
          GOODS_GROUP_SALES.table(),
          "store business_date level department brand receipts lines net_sales gross_margin",
          "S1 2024-03-01 department food - 2 3 10.00 4.00",
          "S1 2024-03-31 department food - 1 1 5.00  null",
          "S2 2024-03-01 department food - 1 1 1.00  1.00",
          "S1 2024-03-01 brand      -    Acme 1 1 7.00 null");
      given.rows(
          SALES_TARGET,
          "store month department net_amount",
          "S1 2024-03-01 food 30.00",
          "S2 2024-03-01 all  99.00",
          "S2 2024-04-01 food 99.00");

      assertThat(
              given.when(
                  GROUP_MONTH,
                  "202403",
                  "level department brand month receipts lines net_sales gross_margin targeted_sales"))
          .containsExactly(
              "brand  Acme 2024-03-01 1 1 7 \\N 0", "department food  2024-03-01 4 5 16 5 15");
    }
  }

  @Test
  void growthIsAgainstTheMonthAndTheYearBefore() {
    try (MartCase given = new MartCase()) {
      given.rows(
          GROUP_MONTH.table(),
          "level department brand month net_sales targeted_sales",
          "department food - 2023-03-01 80.00 0",
          "department food - 2024-02-01 50.00 0",
          "department food - 2024-03-01 60.00 30.00",
          "brand - Acme 2024-03-01 6.00 0");
      given.rows(
          SALES_TARGET,
          "store month department net_amount",
          "S1 2024-03-01 food 20.00",
          "S2 2024-03-01 food 40.00",
          "S1 2024-03-01 all  99.00");

      assertThat(
              given.when(
                  GROUP_GROWTH,
                  "level department brand month net_sales month_before growth_on_month year_before growth_on_year target target_reached"))
          .contains(
              "brand  Acme 2024-03-01 6 0 \\N 0 \\N 0 \\N",
              "department food  2024-03-01 60 50 0.2 80 -0.25 60 0.5");
    }
  }
}
