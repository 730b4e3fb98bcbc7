package storefact.mart.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.mart.sales.StoreDay.STORE_DAY;
import static storefact.mart.stock.StockAvailability.STOCK_AVAILABILITY;
import static storefact.mart.stock.StockDay.STOCK_DAY;
import static storefact.mart.stock.StockFlow.STOCK_FLOW;
import static storefact.mart.stock.StockFlowMonth.STOCK_FLOW_MONTH;
import static storefact.mart.stock.StockMonth.STOCK_MONTH;
import static storefact.mart.stock.StockPosition.STOCK_POSITION;
import static storefact.mart.stock.StockedGoods.STOCKED_GOODS;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.STOCK_MOVEMENT;
import static storefact.warehouse.jooq.dw.Tables.TURNOVER_LINE;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** What lies where, for how long, and what was missing. */
class StockMartsTest {

  @Test
  void onlyWhatCameAfterACountMovesIt() {
    try (MartCase given = new MartCase()) {
      given.rows(
          STOCK_MOVEMENT,
          "store business_date movement kind at goods quantity",
          "S1 2024-03-01 W1 receipt      2024-03-01_06:00:00 apple 10",
          "S1 2024-03-01 W2 count        2024-03-01_12:00:00 apple 8",
          "S1 2024-03-01 W3 spoilage     2024-03-01_20:00:00 apple 1",
          "S1 2024-03-01 W4 theft        2024-03-01_21:00:00 apple 2");
      given.rows(STOCKED_GOODS.table(), "store goods", "S1 apple");
      given.rows(
          GOODS_SALES.table(),
          "store business_date goods quantity returned_quantity",
          "S1 2024-03-01 apple 2 1",
          "S1 2024-03-01 service 1 0");
      given.rows(
          TURNOVER_LINE,
          "store business_date at goods quantity",
          "S1 2024-03-01 2024-03-01_11:00:00 apple 1",
          "S1 2024-03-01 2024-03-01_13:00:00 apple 2",
          "S1 2024-03-01 2024-03-01_14:00:00 apple -1");

      assertThat(
              given.when(
                  STOCK_FLOW,
                  "goods received transferred_out written_off sold returned change counted after_count"))
          .containsExactly("apple 10 0 3 3 1 5 8 -4");
    }
  }

  @Test
  void aMonthSumsItsFlowAndItsLastCountSaysWhereItCloses() {
    try (MartCase given = new MartCase()) {
      given.rows(
          STOCK_FLOW.table(),
          "store business_date goods month received sold change counted after_count",
          "S1 2024-01-10 apple 2024-01-01 10 0  10 null 0",
          "S1 2024-01-20 apple 2024-01-01 0  2  -2 7    -1",
          "S1 2024-01-25 apple 2024-01-01 0  3  -3 null 0",
          "S1 2024-03-02 apple 2024-03-01 0  1  -1 null 0");

      assertThat(
              given.when(
                  STOCK_FLOW_MONTH, "month first_moved_on received sold change counted_close"))
          .containsExactly("2024-01-01 2024-01-10 10 5 5 3", "2024-03-01 \\N 0 1 -1 \\N");
    }
  }

  @Test
  void aMonthClosesAtItsLastCountAndWhatCameAfterAndQuietMonthsStay() {
    try (MartCase given = new MartCase()) {
      given.rows(
          STOCK_FLOW_MONTH.table(),
          "store month goods first_moved_on received sold change counted_close",
          "S1 2024-01-01 apple 2024-01-10 10 5 5  3",
          "S1 2024-03-01 apple 2024-03-02 0  1 -1 null",
          "S1 2024-03-01 pear  2024-03-05 4  0 4  null");

      assertThat(
              given.when(STOCK_MONTH, "goods month opening received sold count_difference closing"))
          .containsExactly(
              "apple 2024-01-01 0 10 5 -2 3",
              "apple 2024-02-01 3 0 0 0 3",
              "apple 2024-03-01 3 0 1 0 2",
              "pear 2024-03-01 0 4 0 0 4");
    }
  }

  @Test
  void aMonthByItselfOpensAsAllBeforeItLeftIt() {
    try (MartCase given = new MartCase()) {
      given.rows(
          STOCK_FLOW_MONTH.table(),
          "store month goods first_moved_on received sold change counted_close",
          "S1 2023-10-01 apple 2023-10-10 9 0 9  null",
          "S1 2023-11-01 apple 2023-11-10 0 2 -2 4",
          "S1 2023-12-01 apple 2023-12-10 3 0 3  null",
          "S1 2024-02-01 apple 2024-02-10 0 1 -1 null",
          "S1 2024-02-01 pear  2024-02-05 4 0 4  null",
          "S1 2024-04-01 apple 2024-04-10 0 2 -2 3",
          "S1 2024-02-01 fig   null       0 1 -1 null",
          "S1 2024-03-01 fig   2024-03-09 5 0 5  null",
          "S1 2024-04-01 plum  2024-04-10 1 0 1  null");
      String columns = "goods month since opening received sold count_difference closing";

      List<String> all = given.when(STOCK_MONTH, columns);
      assertThat(all)
          .contains(
              "apple 2024-01-01 2023-10-10 7 0 0 0 7",
              "apple 2024-03-01 2023-10-10 6 0 0 0 6",
              "apple 2024-04-01 2023-10-10 6 0 2 -1 3",
              "pear 2024-04-01 2024-02-05 4 0 0 0 4",
              "fig 2024-02-01 \\N 0 0 1 0 -1",
              "fig 2024-03-01 2024-03-09 -1 5 0 0 4");
      assertThat(
              Stream.of("202310", "202311", "202312", "202401", "202402", "202403", "202404")
                  .flatMap(month -> given.when(STOCK_MONTH, month, columns).stream()))
          .containsExactlyInAnyOrderElementsOf(all);
    }
  }

  @Test
  void daysRunFromTheOpeningOfTheMonthAndStartAnewAtACount() {
    try (MartCase given = new MartCase()) {
      given.rows(STOCK_MONTH.table(), "store goods month opening", "S1 apple 2024-03-01 5");
      given.rows(
          STOCK_FLOW.table(),
          "store business_date goods month sold change counted after_count",
          "S1 2024-03-02 apple 2024-03-01 2 -2 null 0",
          "S1 2024-03-04 apple 2024-03-01 1 -1 4    -1",
          "S1 2024-03-09 apple 2024-03-01 3 -3 null 0");

      assertThat(
              given.when(
                  STOCK_DAY, "202403", "business_date opening change count_difference closing"))
          .containsExactly("2024-03-02 5 -2 0 3", "2024-03-04 3 -1 1 3", "2024-03-09 3 -3 0 0");
    }
  }

  @Test
  void aStoresShelvesOfAMonthAreAddedUp() {
    try (MartCase given = new MartCase()) {
      given.rows(
          STOCK_MONTH.table(),
          "store goods month written_off count_difference",
          "S1 apple 2024-03-01 2 -1",
          "S1 tile 2024-03-01 1 3",
          "S1 tile 2024-04-01 0 0",
          "S2 tile 2024-03-01 5 0");
      given.rows(
          STOCK_AVAILABILITY.table(),
          "store goods month days days_out lost_sales",
          "S1 apple 2024-03-01 20 5 10.5",
          "S1 tile 2024-03-01 20 1 null",
          "S2 tile 2024-03-01 10 0 0");
      assertThat(
              given.when(
                  StoreStockMonth.STORE_STOCK_MONTH,
                  "store month days days_out availability lost_sales written_off count_difference"))
          .containsExactly(
              "S1 2024-03-01 40 6 0.85 10.5 3 2",
              "S1 2024-04-01 0 0 \\N \\N 0 0",
              "S2 2024-03-01 10 0 1 0 5 0");
    }
  }

  @Test
  void demandOfDaysWithoutStockFollowsTheStoreAndTheGoodsOwnShare() {
    try (MartCase given = new MartCase()) {
      given.rows(
          STOCK_MONTH.table(),
          "store goods month opening since",
          "S1 apple 2024-03-01 6 2024-02-01");
      given.rows(
          STOCK_DAY.table(),
          "store business_date goods month sold closing",
          "S1 2024-03-01 apple 2024-03-01 4 2",
          "S1 2024-03-03 apple 2024-03-01 2 0");
      given.rows(
          STORE_DAY.table(),
          "store business_date lines",
          "S1 2024-03-01 100",
          "S1 2024-03-02 100",
          "S1 2024-03-03 200",
          "S1 2024-03-04 150");
      given.rows(
          GOODS_SALES.table(),
          "store business_date goods lines quantity net_sales",
          "S1 2024-03-01 apple 4 4 8",
          "S1 2024-03-03 apple 2 2 4");

      // Two days with stock: 4 pieces in 200 lines. Of the others, the first has a mean of 4 and
      // sold 2 before it ran out: 4 (1 - e^-4) / (1 - 5 e^-4) - 2 = 2.3226 were lost. The second
      // lost its mean, 3.
      assertThat(
              given.when(
                  STOCK_AVAILABILITY,
                  "days days_out availability quantity_in_stock quantity_out expected_out round(lost_quantity,4) round(lost_sales,4)"))
          .containsExactly("4 2 0.5 4 2 7 5.3226 10.6452");
    }
  }

  @Test
  void whatADayThatRanOutSoldBeyondItsMeanIsNotTakenFromTheNextDaysLoss() {
    try (MartCase given = shortOnTheSecondAndThirdDay(4, 4, 12, 12, 0)) {
      // A mean of 4 each day: beyond 12 sold, 0.4112 more; the day with nothing lost 4.
      assertThat(
              given.when(
                  STOCK_AVAILABILITY, "days_out quantity_out expected_out round(lost_quantity,4)"))
          .containsExactly("2 12 8 4.4112");
    }
  }

  @Test
  void ofLargeDemandNothingOverflows() {
    try (MartCase given = shortOnTheSecondAndThirdDay(1000, 1000, 1, 1, 0)) {
      assertThat(given.when(STOCK_AVAILABILITY, "days_out round(lost_quantity,4)"))
          .containsExactly("2 1999");
    }
    try (MartCase given = shortOnTheSecondAndThirdDay(400, 400, 380, 380, 0)) {
      // 25.5174 beyond 380 of a mean of 400, and 400 of the day without.
      assertThat(given.when(STOCK_AVAILABILITY, "days_out round(lost_quantity,4)"))
          .containsExactly("2 425.5174");
    }
  }

  @Test
  void lessThanALineBuysIsNoStock() {
    // Tiles: lines of 20. Twelve are left on the second and third day, 4 × 20 a day are wanted.
    try (MartCase given = shortOnTheSecondAndThirdDay(80, 4, 40, 2, 12)) {
      // In lines: 2 sold of a mean of 4, beyond it 2.3226; none sold, 4.
      assertThat(given.when(STOCK_AVAILABILITY, "days_out quantity_out round(lost_quantity,3)"))
          .containsExactly("2 40 126.452");
    }
    // Twenty are a line.
    try (MartCase given = shortOnTheSecondAndThirdDay(80, 4, 40, 2, 20)) {
      assertThat(given.when(STOCK_AVAILABILITY, "days_out lost_quantity")).containsExactly("0 0");
    }
  }

  @Test
  void whatCameOnADayThatTheStoreDidNotTradeLiesThereOnTheNext() {
    try (MartCase given = shortOnTheSecondAndThirdDay(4, 4, 4, 4, 0)) {
      // Nobody bought anything on the fourth; the fifth sold nothing of it, and had it.
      given.rows(
          STOCK_DAY.table(),
          "store business_date goods month sold closing",
          "S1 2024-03-04 tile 2024-03-01 0 9");
      given.rows(STORE_DAY.table(), "store business_date lines", "S1 2024-03-05 100");

      assertThat(given.when(STOCK_AVAILABILITY, "days days_out quantity_in_stock"))
          .containsExactly("4 2 4");
    }
  }

  /** A day with stock, a day that sold until little was left, a day that sold nothing of it. */
  private static MartCase shortOnTheSecondAndThirdDay(
      int first, int firstLines, int sold, int lines, int leftOver) {
    MartCase given = new MartCase();
    given.rows(STOCK_MONTH.table(), "store goods month since", "S1 tile 2024-03-01 2024-03-01");
    given.rows(
        STOCK_DAY.table(),
        "store business_date goods month sold closing",
        "S1 2024-03-01 tile 2024-03-01 " + first + " 500",
        "S1 2024-03-02 tile 2024-03-01 " + sold + " " + leftOver);
    given.rows(
        STORE_DAY.table(),
        "store business_date lines",
        "S1 2024-03-01 100",
        "S1 2024-03-02 100",
        "S1 2024-03-03 100");
    given.rows(
        GOODS_SALES.table(),
        "store business_date goods lines quantity net_sales",
        "S1 2024-03-01 tile " + firstLines + " " + first + " 8",
        "S1 2024-03-02 tile " + lines + " " + sold + " 4");
    return given;
  }

  @Test
  void anOrderFillsUpFromTheReorderPointAndAgesAreThoseOfTheNewestDeliveries() {
    try (MartCase given = new MartCase()) {
      given.rows(
          STOCK_MONTH.table(),
          "store goods month closing",
          "S1 apple 2024-03-01 10",
          "S1 pear  2024-03-01 20");
      given.rows(
          STOCK_FLOW.table(),
          "store business_date goods received",
          "S1 2024-03-31 apple 1",
          "S1 2024-03-01 apple 2",
          "S1 2024-02-20 apple 4",
          "S1 2024-01-15 apple 2",
          "S1 2023-06-01 apple 9");
      // Days of 2 and of 4 pieces: mean 3, deviation √2.
      given.rows(
          STOCK_AVAILABILITY.table(),
          "store goods month days days_out quantity_in_stock squares_in_stock",
          "S1 apple 2024-03-01 2 0 6 20");
      given.rows(GOODS, "goods unit_cost lead_time", "apple 1.505 3");

      assertThat(
              given.when(
                  STOCK_POSITION,
                  "goods stock_value daily_demand round(demand_deviation,4) round(days_of_supply,4) round(reorder_point,4) order_quantity age_to_30 age_to_60 age_to_90 age_over_90"))
          .containsExactly(
              // 3 × 4 + 1.645 × √2 × √4 = 16.65, and 21 more is 37.65: 28 pieces.
              "apple 15.05 3 1.4142 3.3333 16.6528 28 3 4 2 1",
              "pear \\N \\N \\N \\N \\N 0 0 0 0 20");
    }
  }
}
