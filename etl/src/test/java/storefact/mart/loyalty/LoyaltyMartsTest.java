package storefact.mart.loyalty;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.loyalty.CardBalances.CARD_BALANCES;
import static storefact.mart.loyalty.PointsBalances.POINTS_BALANCES;
import static storefact.mart.loyalty.PointsDay.POINTS_DAY;
import static storefact.mart.money.PointsByAge.POINTS_BY_AGE;
import static storefact.mart.quality.RejectedLines.REJECTED_LINES;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storefact.mart.CheckResult;
import storefact.mart.CheckRun;
import storefact.mart.Marts;
import storefact.mart.TestWarehouse;

/** Balances of cards and points follow from their events, to the cent. */
class LoyaltyMartsTest {

  private TestWarehouse warehouse;

  @BeforeEach
  void emptyWarehouse() {
    warehouse =
        TestWarehouse.empty()
            .only(CARD_BALANCES, POINTS_DAY, POINTS_BALANCES, POINTS_BY_AGE, REJECTED_LINES);
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  @Test
  void aReplacedCardHandsItsBalanceOn() {
    warehouse.query(
        """
        INSERT INTO star.card_event (business_date, event, card, kind, at, member, amount, bonus, new_card)
        VALUES ('2026-01-01', '1', 'V1', 'issue', '2026-01-01 10:00:00', 'M1', 0, 0, ''),
          ('2026-01-02', '2', 'V1', 'deposit', '2026-01-02 10:00:00', 'M1', 100, 10.50, ''),
          ('2026-01-03', '3', 'V1', 'spend', '2026-01-03 10:00:00', 'M1', 30.25, 0, ''),
          ('2026-01-04', '4', 'V1', 'replace', '2026-01-04 10:00:00', 'M1', 80.25, 0, 'V2'),
          ('2026-01-05', '5', 'V2', 'withdraw', '2026-01-05 10:00:00', 'M1', 80.26, 0, '')
        """);

    warehouse.build();

    assertThat(
            warehouse.lines(
                "SELECT card, paid_in, carried, spent, withdrawn, balance, faults FROM dw.card_balances ORDER BY card"))
        .containsExactly("V1\t110.5\t-80.25\t30.25\t0\t0\t0", "V2\t0\t80.25\t0\t80.26\t-0.01\t1");
    everyCheckHolds("card_balances");
  }

  @Test
  void pointsAddUpAndTheirLotsToo() {
    warehouse.query(
        """
        INSERT INTO star.points_event (business_date, event, member, kind, at, points, expires_on)
        VALUES ('2026-01-01', '1', 'M1', 'earn', '2026-01-01 10:00:00', 100, '2026-06-30'),
          ('2026-01-02', '2', 'M1', 'adjust', '2026-01-02 10:00:00', -20, NULL),
          ('2026-01-03', '3', 'M1', 'redeem_gift', '2026-01-03 10:00:00', 50, NULL),
          ('2026-07-01', '4', 'M1', 'expire', '2026-07-01 10:00:00', 30, NULL),
          ('2026-07-02', '5', 'M1', 'redeem_cash', '2026-07-02 10:00:00', 5, NULL),
          ('2026-07-03', '6', 'M1', 'earn', '2026-07-03 10:00:00', 8, NULL)
        """);

    warehouse.build();

    assertThat(
            warehouse.lines(
                "SELECT member, earned, adjusted, redeemed, expired, balance, faults FROM dw.points_balances"))
        .containsExactly("M1\t108\t-20\t55\t30\t3\t1");
    everyCheckHolds("points_balances");
  }

  @Test
  void faultsOfAMonthAreThoseOfTheLedger() {
    warehouse.query(
        """
        INSERT INTO star.points_event (business_date, event, member, kind, at, points, expires_on)
        SELECT at::Date, toString(number), 'M' || toString(cityHash64(number) % 40),
          ['earn', 'earn', 'adjust', 'redeem_gift', 'expire'][1 + cityHash64('k', number) % 5] AS kind,
          toDateTime('2025-01-01 08:00:00') + INTERVAL number * 5 HOUR AS at,
          if(kind = 'adjust', toInt64(cityHash64('p', number) % 100) - 50, cityHash64('p', number) % 100),
          if(kind IN ('earn', 'adjust') AND cityHash64('x', number) % 4 > 0, at::Date + cityHash64('d', number) % 90, NULL)
        FROM numbers(2000)
        """);

    warehouse.build();

    assertThat(
            warehouse.lines(
                "SELECT member, month, events, faults, balance FROM dw.points_month ORDER BY ALL"))
        .isEqualTo(
            warehouse.lines(
                """
                SELECT member, toStartOfMonth(business_date), count(), countIf(fault != ''), argMax(balance, at)
                FROM dw.points_ledger GROUP BY ALL ORDER BY ALL
                """));
    assertThat(
            warehouse.lines(
                "SELECT fault, count() > 50 FROM dw.points_ledger GROUP BY fault ORDER BY fault"))
        .containsExactly("\t1", "beyond the balance\t1", "expired too early\t1");
    everyCheckHolds("points_lot_month");
    everyCheckHolds("points_month");
    everyCheckHolds("points_day");
    everyCheckHolds("points_balances");
    everyCheckHolds("points_by_age");
  }

  @Test
  void rejectedLinesAreCountedByDayAndReason() {
    warehouse.query(
        """
        INSERT INTO ops.rejected_event (rejected_at, stream, reason, detail, raw, file, line_number)
        VALUES ('2026-01-01 10:00:00', 'sales_line', 'BROKEN_JSON', '', '{', 'S1/a.ndjson', 1),
          ('2026-01-01 11:00:00', 'sales_line', 'BROKEN_JSON', '', '[', 'S1/a.ndjson', 2),
          ('2026-01-02 10:00:00', 'sales_line', 'BROKEN_JSON', '', '{', 'S1/b.ndjson', 1)
        """);
    warehouse.query(
        "INSERT INTO ops.rejected_repair (id, repaired_at, how) SELECT id, now(), 'replayed' FROM ops.reject WHERE file = 'S1/b.ndjson'");

    warehouse.build();

    assertThat(
            warehouse.lines(
                "SELECT day, stream, reason, source, rejected, repaired FROM dw.rejected_lines ORDER BY day"))
        .containsExactly(
            "2026-01-01\tsales_line\tBROKEN_JSON\tS1\t2\t0",
            "2026-01-02\tsales_line\tBROKEN_JSON\tS1\t1\t1");
    everyCheckHolds("rejected_lines");
  }

  private void everyCheckHolds(String mart) {
    List<CheckResult> results = new CheckRun(warehouse.warehouse()).run(List.of(Marts.named(mart)));
    assertThat(results).isNotEmpty().allMatch(CheckResult::holds);
  }
}
