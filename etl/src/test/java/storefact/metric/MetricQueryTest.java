package storefact.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storefact.mart.Mart;
import storefact.mart.TestWarehouse;

/** A metric gives the same figure whoever asks for it, by whatever it may be asked. */
class MetricQueryTest {
  private static TestWarehouse given;

  /** R1 holds goods of two departments; C1 comes in both months. */
  @BeforeAll
  static void built() {
    given =
        TestWarehouse.empty()
            .members(2)
            .goods("apple food fruit\nsoap care bath\nbread food bakery", 1)
            .sold(
                """
                S1 2024-01-05 R1 1 C1 apple 2 2.00
                S1 2024-01-05 R1 2 C1 soap 1 3.00
                S1 2024-01-06 R2 1 - bread 1 4.00
                S2 2024-01-05 R1 1 C2 apple 1 1.00
                S2 2024-02-05 R3 1 C1 bread 3 9.00
                """);
    given.query(
        "INSERT INTO star.store (store, region, city, version) VALUES ('S1', 'East', 'Suzhou', 1),"
            + " ('S2', 'O\\'West\\\\', 'Xi''an', 1)");
    given.query(
        "INSERT INTO star.return_line (store, business_date, till, receipt, line, returned_at, goods,"
            + " quantity, net_amount, version) VALUES ('S1', '2024-02-01', 'T1', 'B1', 1, '2024-02-01 10:00:00', 'soap', 1, 3, 1)");
    given.query(
        "INSERT INTO star.card_event (business_date, event, card, member, kind, at, amount, version) VALUES"
            + " ('2024-01-30', 'E1', 'V1', 'M1', 'issue', '2024-01-30 10:00:00', 100, 1),"
            + " ('2024-01-31', 'E2', 'V1', 'M1', 'spend', '2024-01-31 10:00:00', 30, 1),"
            + " ('2024-02-02', 'E3', 'V1', 'M1', 'deposit', '2024-02-02 10:00:00', 20, 1),"
            + " ('2024-02-03', 'E4', 'V1', 'M1', 'spend', '2024-02-03 10:00:00', 20, 1)");
    given.query(
        "INSERT INTO star.points_event (business_date, event, member, kind, at, points, version) VALUES"
            + " ('2024-02-01', 'P1', 'M1', 'earn', '2024-02-01 10:00:00', 50, 1),"
            + " ('2024-02-03', 'P2', 'M1', 'redeem_gift', '2024-02-03 10:00:00', 10, 1)");
    given.build();
  }

  @AfterAll
  static void close() {
    given.close();
  }

  @Test
  void salesAreNetOfReturnsOnTheDayOfTheReturn() {
    assertThat(ask("net_sales", "month,region"))
        .containsExactly(
            "2024-01 East 9", "2024-01 O'West\\ 1", "2024-02 East -3", "2024-02 O'West\\ 9");
    assertThat(ask("sales,returns,return_rate", "month"))
        .containsExactly("2024-01 10 0 0", "2024-02 9 3 0.3333");
  }

  @Test
  void aReceiptWithTwoDepartmentsCountsInEachAndOnceInAll() {
    assertThat(ask("receipts", "department")).containsExactly("care 1", "food 4");
    assertThat(ask("receipts", "")).containsExactly("4");
    assertThat(ask("receipts", "store")).containsExactly("S1 2", "S2 2");
  }

  @Test
  void differentMembersAreCountedNotAdded() {
    assertThat(ask("active_members", "month")).containsExactly("2024-01 2", "2024-02 1");
    assertThat(ask("active_members", "")).containsExactly("2");
  }

  @Test
  void aRatioOfTwoFactsHasBothSidesOfTheSameRows() {
    assertThat(ask("average_receipt,basket_size", "store")).containsExactly("S1 4.5 1.5", "S2 5 1");
    assertThat(ask("member_sales,member_share", "month"))
        .containsExactly("2024-01 6 0.6", "2024-02 9 1.5");
    assertThat(ask("member_share", "department")).containsExactly("care \\N", "food 0.75");
  }

  @Test
  void daysNarrowBothEndsIncluded() {
    String sql =
        asked("net_sales", "day").from(LocalDate.of(2024, 1, 6)).to(LocalDate.of(2024, 2, 1)).sql();
    assertThat(given.lines(sql)).containsExactly("2024-01-06\t4", "2024-02-01\t-3");
    // Member sales are kept by month; half a month comes from the lines.
    assertThat(given.lines(asked("member_sales", "").to(LocalDate.of(2024, 1, 31)).sql()))
        .containsExactly("6");
    assertThat(given.lines(asked("member_sales", "").from(LocalDate.of(2024, 1, 6)).sql()))
        .containsExactly("9");
  }

  @Test
  void hoursAreThoseOfTheStoresClock() {
    // Noon in UTC, by the clock of New York in winter.
    assertThat(ask("net_sales,receipts,average_receipt", "hour"))
        .containsExactly("5 -3 0 \\N", "7 19 4 4.75");
    assertThat(ask("receipts", "hour_band")).containsExactly("2 early morning 4");
    assertThatThrownBy(() -> asked("net_sales", "hour,department").sql())
        .hasMessageContaining("kept in no one place by all of [hour, department]");
  }

  @Test
  void aColumnOfAMetricsNameIsThatMetric() {
    List<String> compared = new ArrayList<>();
    for (Mart mart : given.marts()) {
      for (Metric metric : Metrics.ALL) {
        boolean named =
            mart.columns().stream().anyMatch(column -> column.getName().equals(metric.name()));
        Optional<String> expression = MetricExpression.over(metric, mart);
        if (named && expression.isPresent()) {
          String grain =
              mart.grain().stream().map(Field::getName).collect(Collectors.joining(", "));
          // A mart says 0 where nothing can be divided by, a metric null.
          assertThat(
                  given.lines(
                      ("SELECT * FROM (SELECT %s, any(%s) AS own, %s AS metric FROM dw.%s GROUP BY %1$s)"
                              + " WHERE abs(toFloat64(ifNull(own, 0)) - toFloat64(ifNull(metric, 0))) > 1e-9")
                          .formatted(grain, metric.name(), expression.get(), mart.name())))
              .as("%s of %s", metric.name(), mart.name())
              .isEmpty();
          compared.add(mart.name() + "." + metric.name());
        }
      }
    }
    assertThat(compared)
        .contains("receipt_statistics.average_receipt", "daily_sales.net_sales")
        .hasSizeGreaterThan(10);
  }

  @Test
  void theHighestRowsComeFirst() {
    assertThat(given.lines(asked("net_sales", "goods").top(2).sql()))
        .containsExactly("bread\t13", "apple\t3");
  }

  @Test
  void whatAMemberHoldsIsAskedByWhatTheMemberIs() {
    assertThat(ask("card_liability", "")).containsExactly("70");
    assertThat(ask("card_liability", "value_class")).hasSize(1).first().asString().endsWith(" 70");
  }

  @Test
  void aBalanceOverTimeIsThatOfTheLastDay() {
    assertThat(ask("card_liability", "day"))
        .containsExactly(
            "2024-01-30 100", "2024-01-31 70", "2024-02-01 70", "2024-02-02 90", "2024-02-03 70");
    assertThat(ask("card_liability", "month")).containsExactly("2024-01 70", "2024-02 70");
    assertThat(ask("card_liability,points_liability", "month"))
        .containsExactly("2024-01 70 \\N", "2024-02 70 40");
    assertThat(ask("points_liability", "year")).containsExactly("2024 40");
    String asOfDay = asked("card_liability", "").to(LocalDate.of(2024, 2, 2)).sql();
    assertThat(given.lines(asOfDay)).containsExactly("90");
  }

  @Test
  void conditionsAreOnDimensionsAlsoThoseNotShown() {
    assertThat(where("net_sales", "region = 'East' and month in ('2024-01', '2024-03')"))
        .isEqualTo("9");
    assertThat(
            where(
                "receipts",
                "not (department like 'f%' or day between '2024-02-01' and '2024-02-29')"))
        .isEqualTo("1");
    assertThat(where("net_sales", "year = 2024 and weekday <> 6")).isEqualTo("12");
  }

  @Test
  void aQuoteOrBackslashInALiteralIsOneOfTheLiteral() {
    assertThat(where("net_sales", "region = 'O''West\\'")).isEqualTo("10");
    assertThat(where("net_sales", "region = '\\' or city = ' or 1=1) --'")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 = 1",
        "region = city",
        "region = upper('east')",
        "region = (select 'East')",
        "exists (select 1)",
        "region in (select region from dw.store)",
        "dw.store.region = 'East'",
        "region = 'East'; drop table dw.store",
        "region = 'East' union all select 1",
        "region = ?",
        "true",
        "region = 'a' || 'b'",
        "password = 'x'",
        "region =",
      })
  void whatIsNoComparisonOfADimensionWithALiteralIsRefused(String condition) {
    assertThatThrownBy(() -> where("net_sales", condition))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "(?s).*(a condition may not hold|cannot read the condition|no dimension).*");
  }

  @Test
  void whatCannotBeRightIsRefusedWithWhatCan() {
    assertThatThrownBy(() -> asked("card_liability", "store").sql())
        .hasMessageContaining(
            "card_liability cannot be asked by store: ask by day, week, month, quarter, year, weekday, day_off, festival, segment, value_class");
    assertThatThrownBy(() -> asked("card_liability", "month,segment").sql())
        .hasMessageContaining("kept in no one place by all of [month, segment]");
    assertThatThrownBy(() -> asked("stock_quantity", "").from(LocalDate.EPOCH).sql())
        .hasMessageContaining("as it stands now");
    assertThatThrownBy(() -> Metrics.named("net_sale"))
        .hasMessageContaining("no metric \"net_sale\": did you mean net_sales?");
    assertThatThrownBy(() -> Dimensions.named("regoin"))
        .hasMessageContaining("did you mean region?")
        .hasMessageContaining("value_class");
  }

  @Test
  void whatAddsUpAddsUpByEveryDimension() {
    for (Metric metric : Metrics.ALL) {
      assertThat(metric.dimensions()).as(metric.name()).isNotEmpty();
      BigDecimal total = null;
      for (Dimension dimension : metric.dimensions()) {
        String sql = MetricQuery.of(List.of(metric)).by(List.of(dimension)).sql();
        boolean overTime = dimension.among(Map.of(Key.DAY, DSL.noField())).isPresent();
        if (metric.additivity() == Additivity.NOT_ADDITIVE
            || (metric.additivity() == Additivity.SEMI_ADDITIVE && overTime)) {
          assertThat(given.lines(sql)).as(sql).isNotNull();
          continue;
        }
        BigDecimal sum =
            new BigDecimal(
                given.query("SELECT ifNull(sum(%s), 0) FROM (%s)".formatted(metric, sql)));
        total = total == null ? sum : total;
        assertThat(sum).as(metric + " by " + dimension).isEqualByComparingTo(total);
      }
    }
  }

  @Test
  void everyMetricAndDimensionHasItsWords() {
    for (Metric metric : Metrics.ALL) {
      assertThat(
              List.of(
                  metric.english(),
                  metric.chinese(),
                  metric.description(),
                  metric.unit(),
                  metric.formula()))
          .as(metric.name())
          .doesNotContain("");
    }
    assertThat(Metrics.ALL).extracting(Metric::name).doesNotHaveDuplicates();
    assertThat(Dimensions.ALL).extracting(Dimension::name).doesNotHaveDuplicates();
  }

  private static MetricQuery asked(String metrics, String by) {
    return MetricQuery.of(Arrays.stream(metrics.split(",")).map(Metrics::named).toList())
        .by(by.isEmpty() ? List.of() : Arrays.stream(by.split(",")).map(Dimensions::named).toList())
        .rounded();
  }

  private static List<String> ask(String metrics, String by) {
    return given.lines(asked(metrics, by).sql() + " FORMAT TSVRaw").stream()
        .map(line -> line.replace('\t', ' '))
        .toList();
  }

  private static String where(String metric, String condition) {
    return given.query(asked(metric, "").where(condition).sql());
  }
}
