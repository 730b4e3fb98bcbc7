package storefact.model.forecast;

import java.util.Locale;

/** What is forecast. */
public enum DemandMeasure {
  /** Net sales less returns, in currency. */
  NET_SALES,
  /** Pieces or kilograms sold, less those brought back. */
  QUANTITY;

  /** As marts name it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
