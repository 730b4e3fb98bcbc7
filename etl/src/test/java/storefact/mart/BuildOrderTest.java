package storefact.mart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static storefact.mart.member.CardMonth.CARD_MONTH;
import static storefact.mart.member.MemberMonth.MEMBER_MONTH;
import static storefact.mart.member.MemberPurchases.MEMBER_PURCHASES;
import static storefact.mart.member.MemberRfm.MEMBER_RFM;
import static storefact.mart.sales.GoodsGroupSales.GOODS_GROUP_SALES;
import static storefact.mart.sales.ReceiptSales.RECEIPT_SALES;
import static storefact.warehouse.jooq.dw.Tables.SALES_LINE;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiFunction;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SelectSelectStep;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import storefact.warehouse.jooq.dw.tables.SalesLine;

/** What comes before what is read from the selects. */
class BuildOrderTest {

  @Test
  void aMartComesAfterThoseThatItReads() {
    assertThat(new BuildOrder(Marts.ALL).of(List.of(MEMBER_RFM)))
        .endsWith(MEMBER_PURCHASES, MEMBER_RFM)
        .containsSubsequence(RECEIPT_SALES, CARD_MONTH, MEMBER_MONTH, MEMBER_PURCHASES);
  }

  @Test
  void sourcesAreThoseOfTheSelectSubqueriesIncluded() {
    assertThat(GOODS_GROUP_SALES.sources())
        .containsExactlyInAnyOrder("mart.goods_sales", "dw.turnover_line", "dw.goods");
    assertThat(MEMBER_PURCHASES.sources())
        .containsExactlyInAnyOrder("mart.member_month", "mart.receipt_statistics");
  }

  @Test
  void aCircleIsRefusedByNamingIt() {
    Mart a = days("a", (select, slice) -> select.from(DSL.table(DSL.name("mart", "b"))));
    Mart b = days("b", (select, slice) -> select.from(DSL.table(DSL.name("mart", "a"))));

    assertThatThrownBy(() -> new BuildOrder(List.of(a, b)).of(List.of(a)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a reads b reads a");
  }

  @Test
  void anAliasIsTheTableBehindIt() {
    SalesLine line = SALES_LINE.as("l");
    Mart mart =
        days("a", (select, slice) -> select.from(line).where(slice.covers(line.BUSINESS_DATE)));

    assertThat(Lineage.of(mart).narrowedBy("dw.sales_line")).contains("business_date");
  }

  @Test
  void aTableThatIsAlsoReadInFullCountsInFull() {
    Mart mart =
        days(
            "a",
            (select, slice) ->
                select
                    .from(SALES_LINE)
                    .where(slice.covers(SALES_LINE.BUSINESS_DATE))
                    .and(SALES_LINE.CARD.in(DSL.select(SALES_LINE.CARD).from(SALES_LINE))));

    assertThat(Lineage.of(mart).narrowedBy("dw.sales_line")).isEmpty();
  }

  @Test
  void aMartWithoutGrainIsRefusedByName() {
    Mart mart =
        new Mart("half", "One row per nothing", "无") {
          @Override
          protected Select<?> select(Slice slice) {
            return selectColumns();
          }
        };

    assertThatThrownBy(mart::sources).hasMessageContaining("half").hasMessageContaining("grain");
  }

  static Mart days(String name, BiFunction<SelectSelectStep<?>, Slice, Select<?>> select) {
    return days(name, SALES_LINE.BUSINESS_DATE, select);
  }

  private static Mart days(
      String name, Field<LocalDate> day, BiFunction<SelectSelectStep<?>, Slice, Select<?>> select) {
    return new Mart(name, "One row per day", "每日一行") {
      private final MartColumn<LocalDate> date =
          column("day", ColumnType.DATE, day).label("day", "日期").about("Day");

      {
        owner("tests");
        freshWithin(Duration.ofHours(1));
        grain(date);
        partitionedByMonth(date);
      }

      @Override
      protected Select<?> select(Slice slice) {
        return select.apply(selectColumns(), slice);
      }
    };
  }
}
