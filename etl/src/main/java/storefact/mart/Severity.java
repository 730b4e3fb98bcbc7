package storefact.mart;

/** What a broken rule means. */
public enum Severity {
  /** Figures are wrong: nobody should read on before it is mended. */
  ERROR,
  /** Worth a look: something is unlike before, or a source is late. */
  WARNING
}
