package storefact.metric;

/** What rows of a fact are known by, and what dimensions are found by. */
public enum Key {
  /** A store. */
  STORE,
  /** A business day. */
  DAY,
  /** A month, as its first day. */
  MONTH,
  /** An hour of the day by the store's clock, 0 to 23. */
  HOUR,
  /** A goods. */
  GOODS,
  /** A member. */
  MEMBER,
  /** A card shown at a till, a member's or not. */
  CARD
}
