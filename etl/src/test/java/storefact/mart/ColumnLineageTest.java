package storefact.mart;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.loyalty.CardBalances.CARD_BALANCES;
import static storefact.mart.member.MemberPurchases.MEMBER_PURCHASES;
import static storefact.mart.member.MemberRfm.MEMBER_RFM;
import static storefact.mart.member.MemberShare.MEMBER_SHARE;
import static storefact.mart.sales.GoodsGroupSales.GOODS_GROUP_SALES;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.mart.sales.ReceiptSales.RECEIPT_SALES;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.mart.season.SeasonIndex.SEASON_INDEX;
import static storefact.mart.stock.DemandForecast.DEMAND_FORECAST;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import storefact.mart.ColumnLineage.How;

/** Where columns come from, known answers. */
class ColumnLineageTest {
  private static TestWarehouse given;

  @BeforeAll
  static void built() {
    given = TestWarehouse.empty().members(1).sold("S1 2024-01-05 R1 1 C1 apple 1 2.00");
    given.build();
  }

  @AfterAll
  static void close() {
    given.close();
  }

  @Test
  void aSumComesFromWhatItSumsAndAJoinedColumnFromItsTable() {
    assertThat(from(GOODS_GROUP_SALES.netSales)).containsExactly("mart.goods_sales.net_sales");
    assertThat(from(GOODS_GROUP_SALES.department)).containsExactly("dw.goods.department");
    assertThat(from(RECEIPT_SALES.lines)).isEmpty();
  }

  @Test
  void whatDecidesOverRowsIsToldApartFromWhatComputes() {
    ColumnLineage lineage = ColumnLineage.of(given.warehouse(), MEMBER_SHARE);

    assertThat(by(lineage, How.FILTER)).containsExactly("mart.card_month.month");
    assertThat(by(lineage, How.JOIN))
        .containsExactly("dw.member_card.card", "mart.card_month.card");
    assertThat(by(lineage, How.GROUP))
        .containsExactly("mart.card_month.month", "mart.card_month.store");
  }

  @Test
  void aColumnComputedFromOtherColumnsOfTheMartIsFollowedToTheSources() {
    assertThat(from(RECEIPT_STATISTICS.averageReceipt))
        .contains("mart.receipt_sales.kind", "mart.receipt_sales.net_sales");
    assertThat(from(MEMBER_RFM.segment))
        .containsExactly(
            "mart.member_purchases.net_sales",
            "mart.member_purchases.receipts",
            "mart.member_purchases.recency_days");
  }

  @Test
  void subqueriesAndDerivedTablesAreFollowed() {
    assertThat(from(MEMBER_PURCHASES.recencyDays))
        .containsExactly(
            "mart.member_month.last_purchase", "mart.receipt_statistics.business_date");
    assertThat(from(GOODS_SALES.cost))
        .containsExactly("dw.goods_history.unit_cost", "dw.turnover_line.quantity");
    assertThat(by(ColumnLineage.of(given.warehouse(), GOODS_SALES), How.JOIN))
        .contains("dw.goods_history.valid_from", "dw.turnover_line.business_date");
  }

  @Test
  void viewsAreFollowedToTheStarUnionsIncluded() {
    assertThat(view("dw.receipt", "list_amount"))
        .containsExactly(
            "star.sales_line.coupon_match_discount",
            "star.sales_line.net_amount",
            "star.sales_line.retail_discount");
    assertThat(view("dw.turnover_line", "returned_amount"))
        .containsExactly("star.return_line.net_amount");
    assertThat(view("dw.turnover_line", "net_amount"))
        .containsExactly("star.return_line.net_amount", "star.sales_line.net_amount");
    assertThat(ColumnLineage.ofView(given.warehouse(), "star.sales_line")).isEmpty();
  }

  @Test
  void aMembersCardShowsInItsCopiesNotInCountsOfIt() {
    ColumnLineage purchases = ColumnLineage.of(given.warehouse(), MEMBER_PURCHASES);
    assertThat(purchases.columns().get("card").shows()).hasToString("[mart.member_month.card]");
    assertThat(purchases.columns().get("stores").shows()).isEmpty();

    ColumnLineage balances = ColumnLineage.of(given.warehouse(), CARD_BALANCES);
    assertThat(balances.columns().get("member").shows()).hasToString("[dw.card_ledger.member]");
    assertThat(balances.columns().get("balance").shows()).isEmpty();
  }

  @Test
  void aModelsColumnsSayWhatTheyAreComputedFrom() {
    assertThat(from(DEMAND_FORECAST.mean))
        .containsExactly("mart.demand_history.net_sales", "mart.demand_history.quantity");
    assertThat(from(SEASON_INDEX.index)).containsExactly("mart.group_day.sales");
  }

  @Test
  void everyColumnOfEveryMartAndViewIsKnown() {
    for (Mart mart : Marts.ALL) {
      assertThat(ColumnLineage.of(given.warehouse(), mart).columns().keySet())
          .as(mart.name())
          .containsExactlyElementsOf(mart.columns().stream().map(MartColumn::getName).toList());
    }
    for (String view : given.lines("SELECT name FROM system.tables WHERE database = 'dw'")) {
      assertThat(
              ColumnLineage.ofView(given.warehouse(), "dw." + view)
                  .orElseThrow()
                  .columns()
                  .keySet())
          .as(view)
          .containsExactlyElementsOf(
              given.lines(
                  "SELECT name FROM system.columns WHERE database = 'dw' AND table = '"
                      + view
                      + "' ORDER BY position"));
    }
  }

  private static List<String> from(MartColumn<?> column) {
    return ColumnLineage.of(given.warehouse(), column.mart())
        .columns()
        .get(column.getName())
        .computedFrom()
        .stream()
        .map(ColumnLineage.Column::toString)
        .toList();
  }

  private static List<String> view(String view, String column) {
    return ColumnLineage.ofView(given.warehouse(), view)
        .orElseThrow()
        .columns()
        .get(column)
        .computedFrom()
        .stream()
        .map(ColumnLineage.Column::toString)
        .toList();
  }

  private static Set<String> by(ColumnLineage lineage, How how) {
    return lineage.rows().stream()
        .filter(influence -> influence.how() == how)
        .map(influence -> influence.column().toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
