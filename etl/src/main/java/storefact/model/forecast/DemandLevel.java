package storefact.model.forecast;

import java.util.Locale;

/** What a series sums up, always within one store. */
public enum DemandLevel {
  /** All sales of a store. */
  STORE,
  /** A category of level 1 in a store. */
  DEPARTMENT,
  /** A category of level 2 in a store. */
  CATEGORY,
  /** Goods in a store. */
  GOODS;

  /** As marts name it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
