package storefact.mart.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.sales.GoodsGroupSales.GOODS_GROUP_SALES;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.TURNOVER_LINE;

import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** Groups of goods on four levels, each with receipts of its own. */
class GoodsGroupSalesTest {

  @Test
  void everyLevelCountsItsReceiptsOnce() {
    try (MartCase given = new MartCase()) {
      given.rows(
          GOODS,
          "goods department category type brand",
          "apple food fruit pome Acme",
          "pear  food fruit pome Bell",
          "soap  home care  bar  Acme");
      given.rows(
          TURNOVER_LINE,
          "store business_date kind till receipt goods",
          "S1 2024-02-29 sale   T1 R1 apple",
          "S1 2024-02-29 sale   T1 R1 pear",
          "S1 2024-02-29 sale   T1 R2 soap",
          // the same number of another till is another receipt
          "S1 2024-02-29 sale   T2 R2 soap",
          "S1 2024-02-29 sale   T1 R3 unknown",
          "S1 2024-02-29 return T9 B1 soap");
      given.rows(
          GOODS_SALES.table(),
          "store business_date goods lines net_sales cost costed_sales",
          "S1 2024-02-29 apple   1 2.00 1.50 2.00",
          "S1 2024-02-29 pear    1 3.00 null 0",
          "S1 2024-02-29 soap    2 4.00 5.00 4.00",
          "S1 2024-02-29 unknown 1 1.00 null 0");

      assertThat(
              given.when(
                  GOODS_GROUP_SALES,
                  "level department category type brand receipts lines net_sales gross_margin"))
          .containsExactly(
              "brand     1 1 1 \\N",
              "brand    Acme 3 3 6 -0.5",
              "brand    Bell 1 1 3 \\N",
              "category     1 1 1 \\N",
              "category food fruit   1 2 5 0.5",
              "category home care   2 2 4 -1",
              "department     1 1 1 \\N",
              "department food    1 2 5 0.5",
              "department home    2 2 4 -1",
              "type     1 1 1 \\N",
              "type food fruit pome  1 2 5 0.5",
              "type home care bar  2 2 4 -1");
    }
  }

  @Test
  void goodsThatOnlyCameBackHaveNoReceipts() {
    try (MartCase given = new MartCase()) {
      given.rows(
          GOODS_SALES.table(),
          "store business_date goods lines returns net_sales",
          "S1 2024-03-01 apple 0 2.00 -2.00");

      assertThat(given.when(GOODS_GROUP_SALES, "level receipts returns net_sales"))
          .containsExactly("brand 0 2 -2", "category 0 2 -2", "department 0 2 -2", "type 0 2 -2");
    }
  }
}
