package storefact.importing.completejourney;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The source's dollars, binary doubles such as 2.7800000001, as the cents that they mean. */
final class Cents {

  private Cents() {}

  /**
   * Whole cents, half a cent away from zero.
   *
   * @throws ArithmeticException if it is no number, or more than 21 million dollars
   */
  static int of(double dollars) {
    if (dollars == 0) {
      return 0;
    }
    if (!Double.isFinite(dollars)) {
      throw new ArithmeticException("the amount " + dollars + " is no number of dollars");
    }
    return new BigDecimal(dollars)
        .setScale(2, RoundingMode.HALF_UP)
        .unscaledValue()
        .intValueExact();
  }
}
