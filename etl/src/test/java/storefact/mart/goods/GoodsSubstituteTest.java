package storefact.mart.goods;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.goods.GoodsMonth.GOODS_MONTH;
import static storefact.mart.goods.GoodsPair.GOODS_PAIR;
import static storefact.mart.goods.GoodsSubstitute.GOODS_SUBSTITUTE;
import static storefact.mart.member.CardMonth.CARD_MONTH;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.mart.sales.SettledMonth.SETTLED_MONTH;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.TURNOVER_LINE;

import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** Goods of one need: together on receipts, together in a household. */
class GoodsSubstituteTest {

  @Test
  void pairsOfOneTypeOnReceiptsAndCards() {
    try (MartCase given = new MartCase()) {
      given.rows(
          GOODS,
          "goods department category type",
          "cola  Drinks Soft Cola",
          "zero  Drinks Soft Cola",
          "bread Food   Bake Bread",
          "bag   -      -    -");
      given.rows(
          TURNOVER_LINE,
          "store business_date till receipt line kind card goods",
          "S1 2024-03-01 T1 R1 1 sale C1 cola",
          "S1 2024-03-01 T1 R1 2 sale C1 bread",
          "S1 2024-03-01 T1 R1 3 sale C1 bag",
          "S1 2024-03-01 T1 R1 4 sale C1 cola",
          "S1 2024-03-09 T1 R2 1 sale C1 zero",
          "S1 2024-03-09 T1 R3 1 sale -  zero",
          "S1 2024-03-09 T1 R3 2 sale -  cola",
          "S1 2024-03-10 T1 R4 1 return C1 cola",
          "S1 2024-04-01 T1 R1 1 sale C1 bread");
      given.rows(SETTLED_MONTH.table(), "month", "2024-03-01");

      assertThat(given.when(GOODS_PAIR, "type goods other receipts cards"))
          .containsExactly(
              "Bread  bread 1 1", "Cola  cola 2 1", "Cola  zero 2 1", "Cola cola zero 1 1");
      assertThat(given.when(GOODS_PAIR, "202404", "other")).isEmpty();
    }
  }

  @Test
  void boughtByTheSameCardsButNotOnTheSameReceipts() {
    try (MartCase given = new MartCase()) {
      given.rows(
          GOODS_PAIR.table(),
          "month department category type goods other receipts cards",
          "2024-03-01 D C T - cola 400 200",
          "2024-03-01 D C T - rare 1   1",
          "2024-03-01 D C T - pie  400 200",
          "2024-03-01 D C T - zero 400 200",
          "2024-03-01 D C T cola pie  400 200",
          "2024-03-01 D C T cola zero 10  100",
          "2024-03-01 D C T pie  zero 160 40",
          "2023-09-01 D C T cola zero 300 100");
      given.rows(SETTLED_MONTH.table(), "month", "2024-03-01");
      given.rows(
          RECEIPT_STATISTICS.table(),
          "store business_date receipts",
          "S1 2024-03-01 600",
          "S1 2024-03-02 400",
          "S1 2024-04-02 400",
          "S1 2023-09-01 900");
      lines(given, "S1", "cola 500", "rare 1", "pie 400", "zero 800");
      given.rows(
          CARD_MONTH.table(),
          "month store card receipts",
          java.util.stream.IntStream.range(0, 1000)
              .mapToObj(i -> "2024-03-01 S" + i % 2 + " C" + i + " 1")
              .toArray(String[]::new));

      assertThat(
              given.when(
                  GOODS_SUBSTITUTE,
                  "goods other receipts_together expected round(receipt_lift,4) round(card_lift,4)"
                      + " round(deviations,3) substitutes"))
          .containsExactly(
              "cola pie 400 160 2.5 5 31.623 0",
              "cola zero 10 160 0.0625 2.5 -19.764 1",
              "pie zero 160 160 1 1 0 0");
    }
  }

  @Test
  void goodsOfOtherStoresDoNotMeetAndThoseOfTheSameFewMeetOften() {
    try (MartCase given = new MartCase()) {
      given.rows(
          GOODS_PAIR.table(),
          "month department category type goods other receipts cards",
          "2024-03-01 D C T - cola 400 1",
          "2024-03-01 D C T - zero 400 1",
          "2024-03-01 D C T - pie  400 1",
          "2024-03-01 D C T - far  400 1",
          "2024-03-01 D C T cola zero 160 1",
          "2024-03-01 D C T cola pie  80 1");
      given.rows(SETTLED_MONTH.table(), "month", "2024-03-01");
      given.rows(
          RECEIPT_STATISTICS.table(),
          "store business_date receipts",
          "S1 2024-03-01 1000",
          "S2 2024-03-01 4000");
      lines(given, "S1", "cola 500", "zero 400", "pie 200");
      lines(given, "S2", "pie 200", "far 400");

      // cola and zero: 400 × 400 / 1000 of the store that has both. cola and pie: half of pie's.
      // pie and far: 200 × 400 / 4000; cola and far never lie in one store.
      assertThat(
              given.when(
                  GOODS_SUBSTITUTE,
                  "goods other receipts_together round(expected,6) round(receipt_lift,6) substitutes"))
          .containsExactlyInAnyOrder(
              "cola zero 160 160 1 0",
              "cola pie 80 80 1 0",
              "pie zero 0 80 0 0",
              "far pie 0 20 0 0");
    }
  }

  /** Goods and their lines in a store. */
  private static void lines(MartCase given, String store, String... goodsAndLines) {
    for (String each : goodsAndLines) {
      given.rows(
          GOODS_MONTH.table(), "month store goods lines", "2024-03-01 " + store + " " + each);
    }
  }
}
