package storefact.event;

/** The kinds of value that a contract knows, with the column types that they become. */
public enum Kind {
  /** UTF-8 text. */
  TEXT,
  /** A whole number from 0 to 4,294,967,295. */
  INTEGER,
  /** A decimal of 18 digits, held as a long scaled by the field's scale. */
  DECIMAL,
  /** A calendar day, held as days since 1970-01-01. */
  DATE,
  /** An instant, held as seconds since 1970-01-01T00:00:00Z. */
  TIME,
  /** True or false, held as 1 or 0. */
  FLAG
}
