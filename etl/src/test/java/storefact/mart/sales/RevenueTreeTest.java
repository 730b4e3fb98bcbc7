package storefact.mart.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static storefact.mart.sales.AreaMonth.AREA_MONTH;
import static storefact.mart.sales.RevenueTree.REVENUE_TREE;

import java.util.List;
import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** Why net sales changed: four causes that add up. */
class RevenueTreeTest {
  private static final String COLUMNS =
      "level area month customers number receipts lines net_sales";
  private static final String EFFECTS =
      "change customers_effect frequency_effect basket_effect price_effect";

  @Test
  void theChangeIsSplitByLogarithmicMeans() {
    try (MartCase given = new MartCase()) {
      given.rows(
          AREA_MONTH.table(),
          COLUMNS,
          "chain - 2024-01-01 members 100 200 1000 5000.00",
          "chain - 2024-02-01 members 110 200  900 5400.00");

      List<String> rows = given.when(REVENUE_TREE, "compared_with " + EFFECTS);

      double mean = 400 / Math.log(5400.0 / 5000);
      assertThat(rows).hasSize(1);
      String[] row = rows.getFirst().replace("month before ", "").split(" ", -1);
      assertThat(Double.parseDouble(row[0])).isEqualTo(400);
      assertThat(Double.parseDouble(row[1])).isCloseTo(mean * Math.log(1.1), within(0.005));
      assertThat(Double.parseDouble(row[2])).isCloseTo(mean * Math.log(1 / 1.1), within(0.005));
      assertThat(Double.parseDouble(row[3])).isCloseTo(mean * Math.log(0.9), within(0.005));
      assertThat(Double.parseDouble(row[4])).isCloseTo(mean * Math.log(6.0 / 5), within(0.02));
    }
  }

  @Test
  void oneCauseAloneHasTheWholeChange() {
    try (MartCase given = new MartCase()) {
      given.rows(
          AREA_MONTH.table(),
          COLUMNS,
          "store S1 2024-01-01 members 10 20 40 100.00",
          "store S1 2024-02-01 members 10 20 40 130.01");

      assertThat(given.when(REVENUE_TREE, EFFECTS)).containsExactly("30.01 0 0 0 30.01");
    }
  }

  @Test
  void aStoreThatOpensOrClosesChangesItsCustomersOnly() {
    try (MartCase given = new MartCase()) {
      given.rows(
          AREA_MONTH.table(),
          COLUMNS,
          "store S1 2024-01-01 others 20 20 40 100.00",
          "store S2 2024-02-01 others 5  5  6  30.00");

      assertThat(given.when(REVENUE_TREE, "area net_sales net_sales_before " + EFFECTS))
          .containsExactly("S1 0 100 -100 -100 0 0 0", "S2 30 0 30 30 0 0 0");
    }
  }

  @Test
  void aYearIsComparedWhereBothMonthsAreThere() {
    try (MartCase given = new MartCase()) {
      given.rows(
          AREA_MONTH.table(),
          COLUMNS,
          "chain - 2023-02-01 members 1 1 1 10.00",
          "chain - 2024-02-01 members 2 2 2 20.00",
          "chain - 2024-04-01 members 2 2 2 20.00");

      assertThat(given.when(REVENUE_TREE, "month compared_with " + EFFECTS))
          .containsExactly("2024-02-01 year before 10 10 0 0 0");
    }
  }

  @Test
  void moreReturnsThanSalesAreNoLogarithm() {
    try (MartCase given = new MartCase()) {
      given.rows(
          AREA_MONTH.table(),
          COLUMNS,
          "chain - 2024-01-01 members 1 1 1 -10.00",
          "chain - 2024-02-01 members 2 2 2 20.00");

      assertThat(given.when(REVENUE_TREE, EFFECTS)).containsExactly("30 30 0 0 0");
    }
  }
}
