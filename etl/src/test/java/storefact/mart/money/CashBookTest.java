package storefact.mart.money;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.money.CashBook.CASH_BOOK;

import org.junit.jupiter.api.Test;
import storefact.mart.TestWarehouse;

/** The cash book and the sales are one money. */
class CashBookTest {

  @Test
  void salesOfTheCashBookAreTheNetSales() {
    try (TestWarehouse given = TestWarehouse.empty().only(CASH_BOOK)) {
      given
          .sold(
              """
              S1 2024-01-05 R1 1 - a 1 10.25
              S1 2024-01-05 R2 1 - a 1 20.25
              S1 2024-01-06 R3 1 - a 1 5.00
              """)
          .returned("S1 2024-01-07 B1 1 - a 1 5.25")
          .build();

      assertThat(
              given.lines(
                  "SELECT entry, payment, sum(amount_in), sum(amount_out) FROM dw.cash_book GROUP BY ALL ORDER BY ALL"))
          .containsExactly("return\t\t0\t5.25", "sale\tunknown\t35.5\t0");
    }
  }
}
