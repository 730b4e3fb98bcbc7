package storefact.mart.season;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.sales.GoodsGroupSales.GOODS_GROUP_SALES;
import static storefact.mart.sales.SettledDay.SETTLED_DAY;
import static storefact.mart.season.GroupDay.GROUP_DAY;
import static storefact.warehouse.jooq.dw.Tables.STORE;

import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** Sales of groups of goods by day, for the chain and its regions. */
class GroupDayTest {

  @Test
  void aStoreCountsInItsRegionAndInTheChainInWeeksThatAreOverAndReturnsAreNotTakenOff() {
    try (MartCase given = new MartCase()) {
      given.rows(STORE, "store region", "S1 East", "S2 West", "S3 West");
      given.rows(
          GOODS_GROUP_SALES.table(),
          "store business_date level department category lines quantity returned_quantity net_sales returns",
          "S1 2024-03-01 department Food -     1 3 1 9.00 1.00",
          "S1 2024-03-01 category   Food Fruit 1 1 0 4.00 0",
          "S1 2024-03-01 category   Food Bread 1 2 1 5.00 1.00",
          "S2 2024-03-01 department Food -     1 1 0 2.00 0",
          "S2 2024-03-01 category   Food Fruit 1 1 0 2.00 0",
          "S3 2024-03-01 department Food -     0 -2 2 -1.00 1.00",
          "S3 2024-03-01 category   Food Fruit 0 -2 2 -1.00 1.00",
          "S2 2024-03-04 category   Food Fruit 1 9 0 9.00 0");
      given.rows(SETTLED_DAY.table(), "business_date", "2024-03-01");

      assertThat(given.when(GROUP_DAY, "area level category stores quantity sales"))
          .containsExactly(
              "East all  1 4 10",
              "East category Bread 1 3 6",
              "East category Fruit 1 1 4",
              "East department  1 4 10",
              "West all  1 1 2",
              "West category Fruit 1 1 2",
              "West department  1 1 2",
              "all all  2 5 12",
              "all category Bread 2 3 6",
              "all category Fruit 2 2 6",
              "all department  2 5 12");
    }
  }
}
