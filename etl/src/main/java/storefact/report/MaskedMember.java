package storefact.report;

/**
 * A member's id as a page may show it: its first two characters and two dots, whatever its length.
 */
public final class MaskedMember {
  private static final String DOTS = "••";
  private static final int SHOWN = 2;

  private final String text;

  private MaskedMember(String text) {
    this.text = text;
  }

  /** Masks an id; one of two characters or fewer shows less, for at least one stays hidden. */
  public static MaskedMember of(String id) {
    int length = id.codePointCount(0, id.length());
    int shown = Math.max(0, Math.min(SHOWN, length - 1));
    return new MaskedMember(id.substring(0, id.offsetByCodePoints(0, shown)) + DOTS);
  }

  @Override
  public String toString() {
    return text;
  }
}
