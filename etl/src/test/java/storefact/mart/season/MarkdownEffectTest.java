package storefact.mart.season;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.goods.GoodsDay.GOODS_DAY;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.mart.sales.SettledWeek.SETTLED_WEEK;
import static storefact.mart.season.MarkdownEffect.MARKDOWN_EFFECT;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** What a markdown did, against the days around it. */
class MarkdownEffectTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 3, 1);
  private static final int DAYS = 71;
  private static final String FIGURES =
      "starts_on ends_on round(before_per_day,3) round(during_per_day,3) round(after_per_day,3)"
          + " round(baseline,3) round(uplift,6)";

  @Test
  void goodsOfADayAreThoseOfItsStores() {
    try (MartCase given = new MartCase()) {
      given.rows(
          GOODS_SALES.table(),
          "store business_date goods lines quantity returned_quantity list_sales retail_discount net_sales",
          "S1 2024-03-01 apple 2 3  0 10.00 2.00 8.00",
          "S2 2024-03-01 apple 0 -1 1 0     0    -2.00",
          "S3 2024-03-01 apple 1 1  0 10.00 0    10.00");

      assertThat(given.when(GOODS_DAY, "stores lines quantity discount_rate net_sales"))
          .containsExactly("2 3 4 0.1 16");
    }
  }

  @Test
  void twiceAsMuchAtAPriceAFifthLower() {
    try (MartCase given = given(day -> 100, day -> marked(day) ? 20 : 10)) {
      // 30 days before, 14 days of markdown, 27 days after; cost 5 of 10, sold at 8.
      assertThat(
              given.when(
                  MARKDOWN_EFFECT,
                  FIGURES
                      + " days round(discount_rate,6) round(price_ratio,6) round(elasticity,6)"
                      + " discount_cost margin margin_change"))
          .containsExactly("2024-03-31 2024-04-13 10 20 10 140 1 14 0.2 0.8 -3.106284 560 840 140");
    }
  }

  @Test
  void daysOfAWeekThatIsNotOverDoNotCount() {
    try (MartCase given =
        given(
            day -> 100,
            day -> marked(day) ? 20 : 10,
            MarkdownEffectTest::marked,
            LocalDate.of(2024, 4, 7))) {
      assertThat(given.when(MARKDOWN_EFFECT, "starts_on ends_on quantity after_per_day"))
          .containsExactly("2024-03-31 2024-04-07 160 \\N");
    }
  }

  @Test
  void busyDaysAreNoUplift() {
    try (MartCase given = given(day -> marked(day) ? 200 : 100, day -> marked(day) ? 20 : 10)) {
      assertThat(given.when(MARKDOWN_EFFECT, FIGURES))
          .containsExactly("2024-03-31 2024-04-13 10 20 10 280 0");
    }
  }

  @Test
  void aDayWithoutSalesEndsNoMarkdownAndCountsInItsMean() {
    try (MartCase given =
        given(day -> 100, day -> day == 33 ? 0 : marked(day) ? 20 : day % 2 == 0 ? 20 : 0)) {
      assertThat(given.when(MARKDOWN_EFFECT, FIGURES))
          .containsExactly("2024-03-31 2024-04-13 10 18.571 10.37 142.545 0.82398");
    }
  }

  @Test
  void ofGoodsThatSeldomSellTheUpliftIsNotTold() {
    // A sale every third day around it: which markdowns would show three sales is chance.
    try (MartCase given = given(day -> 100, day -> marked(day) || day % 3 == 0 ? 3 : 0)) {
      assertThat(
              given.when(
                  MARKDOWN_EFFECT,
                  "quantity round(baseline,3) round(sold_share,4) uplift elasticity margin_change"))
          .containsExactly("42 13.745 0.3273 \\N \\N \\N");
    }
  }

  @Test
  void theBaselineKnowsHowBusyTheFreeDaysWereAndNotTheWholeWindow() {
    // Another markdown ends ten days before, on days twice as busy: they are no free days.
    IntPredicate busy = day -> day >= 10 && day < 20;
    try (MartCase given =
        given(day -> busy.test(day) ? 200 : 100, day -> 10, busy.or(MarkdownEffectTest::marked))) {
      assertThat(given.when(MARKDOWN_EFFECT, FIGURES))
          .containsExactly(
              "2024-03-11 2024-03-20 10 10 10 200 -0.5", "2024-03-31 2024-04-13 10 10 10 140 0");
    }
  }

  @Test
  void fivePercentOffAreFivePercent() {
    // 0.15 of 3.00, which binary fractions have as a little less.
    List<String> rows = new ArrayList<>();
    List<String> receipts = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      String amounts = marked(day) ? "3.00 0.15 0.05 2.85" : "3.00 0 0 3.00";
      rows.add("apple " + FIRST.plusDays(day) + " 1 1 " + amounts + " 1 3");
      receipts.add("S1 " + FIRST.plusDays(day) + " 100");
    }
    try (MartCase given = new MartCase()) {
      rows(given, rows, receipts, FIRST.plusDays(DAYS));

      assertThat(given.when(MARKDOWN_EFFECT, "starts_on days discount_cost"))
          .containsExactly("2024-03-31 14 2.1");
    }
  }

  @Test
  void withoutDaysToCompareWithThereIsNoEffect() {
    List<String> rows = new ArrayList<>();
    List<String> receipts = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      rows.add("apple " + FIRST.plusDays(day) + " 1 10 100 20 0.2 80 50 80");
      receipts.add("S1 " + FIRST.plusDays(day) + " 100");
    }
    try (MartCase given = new MartCase()) {
      rows(given, rows, receipts, FIRST.plusDays(DAYS));

      assertThat(given.when(MARKDOWN_EFFECT, FIGURES)).isEmpty();
    }
  }

  private static boolean marked(int day) {
    return day >= 30 && day < 44;
  }

  private static MartCase given(IntUnaryOperator receiptsOf, IntUnaryOperator quantityOf) {
    return given(receiptsOf, quantityOf, MarkdownEffectTest::marked);
  }

  private static MartCase given(
      IntUnaryOperator receiptsOf, IntUnaryOperator quantityOf, IntPredicate marked) {
    return given(receiptsOf, quantityOf, marked, FIRST.plusDays(DAYS));
  }

  private static MartCase given(
      IntUnaryOperator receiptsOf,
      IntUnaryOperator quantityOf,
      IntPredicate marked,
      LocalDate settled) {
    List<String> rows = new ArrayList<>();
    List<String> receipts = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      int quantity = quantityOf.applyAsInt(day);
      int discount = marked.test(day) ? 2 * quantity : 0;
      receipts.add("S1 " + FIRST.plusDays(day) + " " + receiptsOf.applyAsInt(day));
      if (quantity > 0) {
        rows.add(
            "apple %1$s 1 %2$d %3$d %4$d %5$s %6$d %7$d %6$d"
                .formatted(
                    FIRST.plusDays(day),
                    quantity,
                    10 * quantity,
                    discount,
                    marked.test(day) ? "0.2" : "0",
                    10 * quantity - discount,
                    5 * quantity));
      }
    }
    MartCase given = new MartCase();
    rows(given, rows, receipts, settled);
    return given;
  }

  private static void rows(
      MartCase given, List<String> rows, List<String> receipts, LocalDate settled) {
    given.rows(SETTLED_WEEK.table(), "last_day", settled.toString());
    given.rows(
        RECEIPT_STATISTICS.table(),
        "store business_date receipts",
        receipts.toArray(String[]::new));
    given.rows(
        GOODS_DAY.table(),
        "goods business_date lines quantity list_sales retail_discount discount_rate net_sales cost costed_sales",
        rows.toArray(String[]::new));
  }
}
