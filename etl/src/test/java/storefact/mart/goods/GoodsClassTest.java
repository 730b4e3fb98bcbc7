package storefact.mart.goods;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.goods.GoodsClass.GOODS_CLASS;
import static storefact.mart.goods.GoodsDay.GOODS_DAY;
import static storefact.mart.goods.GoodsMonth.GOODS_MONTH;
import static storefact.mart.goods.GoodsWeek.GOODS_WEEK;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.warehouse.jooq.dw.Tables.GOODS;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** Weeks and months of goods, and the classes that follow from them. */
class GoodsClassTest {
  private static final String DAY = "goods business_date lines quantity net_sales";

  @Test
  void aWeekOverTheEndOfAMonthIsARowInEach() {
    try (MartCase given = new MartCase()) {
      given.rows(
          GOODS_SALES.table(),
          "store business_date goods lines quantity returned_quantity net_sales",
          "S1 2024-02-29 apple 1 2  0 4.00",
          "S1 2024-03-01 apple 1 3  0 6.00",
          "S1 2024-03-03 apple 0 -1 1 -2.00",
          "S1 2024-03-04 apple 2 1  0 2.00");

      assertThat(
              given.when(
                  GOODS_WEEK, "month week first_sale last_sale days_sold quantity net_sales"))
          .containsExactly(
              "2024-02-01 2024-02-26 2024-02-29 2024-02-29 1 2 4",
              "2024-03-01 2024-02-26 2024-03-01 2024-03-01 1 2 4",
              "2024-03-01 2024-03-04 2024-03-04 2024-03-04 1 1 2");
      assertThat(given.when(GOODS_WEEK, "202402", "week quantity")).containsExactly("2024-02-26 2");
    }
  }

  @Test
  void aMonthIsItsWeeks() {
    try (MartCase given = new MartCase()) {
      given.rows(
          GOODS_WEEK.table(),
          "store goods month week first_sale last_sale days_sold lines net_sales cost costed_sales",
          "S1 apple 2024-03-01 2024-02-26 2024-03-01 2024-03-02 2 3 6.00 3.00 6.00",
          "S1 apple 2024-03-01 2024-03-04 null       null       0 0 -2   -1.00 -2",
          "S1 pear  2024-03-01 2024-03-04 2024-03-05 2024-03-05 1 1 5.00 null  0");

      assertThat(
              given.when(
                  GOODS_MONTH, "goods first_sale last_sale days_sold lines net_sales margin_rate"))
          .containsExactly(
              "apple 2024-03-01 2024-03-02 2 3 4 0.5", "pear 2024-03-05 2024-03-05 1 1 5 \\N");
    }
  }

  @Test
  void goodsBeforeTheCutAreAAndTheBestIsAlwaysOne() {
    try (MartCase given = new MartCase()) {
      sold(
          given,
          "best  2024-01-07 1 1 900",
          "next  2024-01-07 1 1 60",
          "then  2024-01-07 1 1 40",
          "taken 2024-01-07 0 0 0");

      assertThat(given.when(GOODS_CLASS, "abc goods share round(cumulative_share,6)"))
          .containsExactly("A best 0.9 0.9", "B next 0.06 0.96", "C taken 0 1", "C then 0.04 1");
    }
  }

  @Test
  void goodsThatSellEvenlyAreXAndWeeksWithoutSalesCount() {
    List<String> rows = new ArrayList<>();
    LocalDate monday = LocalDate.of(2024, 1, 1);
    for (int week = 0; week < 12; week++) {
      LocalDate day = monday.plusWeeks(week);
      rows.add(row("even", day, 10));
      if (week % 2 == 0) {
        rows.add(row("everyOther", day, 10));
      }
      if (week % 6 == 0) {
        rows.add(row("rare", day, 10));
      }
      if (week > 8) {
        rows.add(row("young", day, 10));
      }
    }
    // The week that runs does not count.
    rows.add(row("even", monday.plusWeeks(12), 1000));
    try (MartCase given = new MartCase()) {
      sold(given, rows.toArray(String[]::new));

      assertThat(
              given.when(
                  GOODS_CLASS,
                  "goods xyz weeks quantity round(weekly_demand,3) round(variation,6)"))
          .containsExactly(
              "even X 12 120 10 0",
              "everyOther Y 12 60 5 1",
              "rare Z 12 20 1.667 2.236068",
              "young  3 30 10 \\N");
    }
  }

  @Test
  void newSlowAndDead() {
    List<String> rows = new ArrayList<>();
    LocalDate monday = LocalDate.of(2024, 1, 1);
    for (int week = 0; week < 40; week++) {
      LocalDate day = monday.plusWeeks(week);
      rows.add(row("active", day, 1));
      if (week < 20) {
        rows.add(row("dead", day, 1));
      }
      if (week > 35) {
        rows.add(row("fresh", day, 1));
      }
      if (week % 10 == 0) {
        rows.add(row("slow", day, 1));
      }
    }
    rows.add("never 2024-09-02 0 0 -1");
    try (MartCase given = new MartCase()) {
      sold(given, rows.toArray(String[]::new));
      given.rows(GOODS, "goods department category brand", "fresh Food Fruit Best");

      assertThat(given.when(GOODS_CLASS, "goods department brand life"))
          .containsExactly(
              "active   active",
              "dead   dead",
              "fresh Food Best new",
              "never   dead",
              "slow   slow");
    }
  }

  @Test
  void nobodyIsNewWhereTheDataHasJustBegun() {
    try (MartCase given = new MartCase()) {
      sold(given, row("apple", LocalDate.of(2024, 1, 1), 1));

      assertThat(given.when(GOODS_CLASS, "goods life weeks net_sales"))
          .containsExactly("apple active 0 0");
    }
  }

  @Test
  void storesOfTheWeeksThatCount() {
    try (MartCase given = new MartCase()) {
      given.rows(GOODS_DAY.table(), DAY, "apple 2022-01-03 1 1 1", "apple 2024-01-07 3 3 3");
      given.rows(
          GOODS_WEEK.table(),
          "store goods month week lines",
          "S1 apple 2022-01-01 2022-01-03 1",
          "S2 apple 2024-01-01 2024-01-01 2",
          "S3 apple 2024-01-01 2024-01-01 1",
          "S4 apple 2024-01-01 2024-01-01 0");

      assertThat(given.when(GOODS_CLASS, "goods stores weeks quantity"))
          .containsExactly("apple 2 52 3");
    }
  }

  private static void sold(MartCase given, String... days) {
    given.rows(GOODS_DAY.table(), DAY, days);
    given.rows(
        GOODS_WEEK.table(),
        "store goods month week lines",
        Arrays.stream(days).map(GoodsClassTest::weekOf).toArray(String[]::new));
  }

  private static String weekOf(String day) {
    List<String> parts = List.of(day.split(" +", -1));
    LocalDate date = LocalDate.parse(parts.get(1));
    return "S1 %s %s %s %s"
        .formatted(
            parts.get(0),
            date.withDayOfMonth(1),
            date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
            parts.get(2));
  }

  private static String row(String goods, LocalDate day, int quantity) {
    return "%s %s 1 %d %d".formatted(goods, day, quantity, quantity);
  }
}
