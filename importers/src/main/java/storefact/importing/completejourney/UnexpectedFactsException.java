package storefact.importing.completejourney;

import java.io.IOException;

/** The wheel does not hold what was published. Nothing has been dropped. */
public final class UnexpectedFactsException extends IOException {

  private static final long serialVersionUID = 1;

  private final transient ImportFacts expected;
  private final transient ImportFacts found;

  UnexpectedFactsException(ImportFacts expected, ImportFacts found) {
    super(
        "the Complete Journey does not hold what was published: "
            + String.join("; ", found.differencesFrom(expected))
            + ". Nothing was dropped; report this with the version of Storefact");
    this.expected = expected;
    this.found = found;
  }

  /** What was published. */
  public ImportFacts expected() {
    return expected;
  }

  /** What the wheel holds. */
  public ImportFacts found() {
    return found;
  }
}
