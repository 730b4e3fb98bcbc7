package storefact.importing.completejourney;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import storefact.event.SalesLine;

class TransactionsTest {

  private static final long JANUARY_EVENING = second("2017-02-01T04:59:59Z");
  private static final long FEBRUARY_MORNING = second("2017-02-01T05:00:00Z");

  @Test
  void theBusinessDayEndsAtMidnightOfTheStoresClock() {
    assertThat(Transactions.businessDate(JANUARY_EVENING)).isEqualTo("2017-01-31");
    assertThat(Transactions.businessDate(FEBRUARY_MORNING)).isEqualTo("2017-02-01");
    // In summer the stores' midnight is an hour earlier in UTC.
    assertThat(Transactions.businessDate(second("2017-07-01T04:00:00Z"))).isEqualTo("2017-07-01");
    // The last line of the source, which is of 2018 by UTC.
    assertThat(Transactions.businessDate(second("2018-01-01T04:01:20Z"))).isEqualTo("2017-12-31");
  }

  @Test
  void linesAreNumberedWithinTheirBasketInTheOrderOfTheSource() {
    Transactions transactions = of(new long[] {7, 8, 7, 7, 8}, new long[5]);

    assertThat(transactions.lineNumbers()).containsExactly(1, 1, 2, 3, 2);
  }

  @Test
  void aFileHoldsAMonthOfAStoreInTheOrderOfTimeAndReceipt() {
    Transactions transactions =
        of(
            new long[] {9, 8, 9, 8, 5},
            new long[] {
              JANUARY_EVENING, JANUARY_EVENING, JANUARY_EVENING, JANUARY_EVENING, FEBRUARY_MORNING
            });

    assertThat(transactions.files())
        .containsEntry(new StoreMonth(330, YearMonth.of(2017, 1)), new int[] {1, 3, 0, 2})
        .containsEntry(new StoreMonth(330, YearMonth.of(2017, 2)), new int[] {4})
        .hasSize(2);
  }

  @Test
  void aRowBecomesTheLineThatTheTillWouldHaveTold() {
    Transactions transactions =
        new Transactions(
            new int[] {900},
            new int[] {330},
            new long[] {31198570044L},
            new int[] {1095275},
            new int[] {0},
            new long[] {JANUARY_EVENING},
            new int[] {50},
            new int[] {10},
            new int[] {0},
            new int[] {0});

    SalesLine line = transactions.line(0, 3);

    assertThat(line.store()).isEqualTo("330");
    assertThat(line.businessDate()).isEqualTo(LocalDate.of(2017, 1, 31));
    assertThat(line.receipt()).isEqualTo("31198570044");
    assertThat(line.line()).isEqualTo(3);
    assertThat(line.soldAt()).isEqualTo("2017-02-01T04:59:59Z");
    assertThat(line.card()).isEqualTo(Optional.of("900"));
    assertThat(line.quantity()).isEqualTo("0");
    assertThat(line.netAmount()).isEqualTo(new BigDecimal("0.50"));
    assertThat(line.retailDiscount()).isEqualTo(new BigDecimal("0.10"));
    assertThat(line.couponDiscount()).isZero();
    assertThat(transactions.zeroQuantityLines()).isEqualTo(1);
  }

  private static Transactions of(long[] baskets, long[] seconds) {
    int[] nothing = new int[baskets.length];
    int[] store = new int[baskets.length];
    Arrays.fill(store, 330);
    return new Transactions(
        nothing, store, baskets, nothing, nothing, seconds, nothing, nothing, nothing, nothing);
  }

  private static long second(String instant) {
    return Instant.parse(instant).getEpochSecond();
  }
}
