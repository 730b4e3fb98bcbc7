package storefact.importing.mapped;

import storefact.event.Reason;

/** Thrown while a row is read when it cannot, or shall not, be taken. */
final class RefusedRowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Cause why;
  private final boolean leftOut;

  private RefusedRowException(Cause why, String detail, boolean leftOut) {
    // One is made for every refused row: a trace would be most of the time.
    super(detail, null, false, false);
    this.why = why;
    this.leftOut = leftOut;
  }

  static RefusedRowException rejected(Finding finding, String detail) {
    return new RefusedRowException(Cause.of(finding), detail, false);
  }

  static RefusedRowException rejected(Reason reason, String detail) {
    return new RefusedRowException(Cause.of(reason), detail, false);
  }

  static RefusedRowException leftOut(Cause why, String detail) {
    return new RefusedRowException(why, detail, true);
  }

  Cause why() {
    return why;
  }

  /** Whether the mapping wants such rows away, as against a fault in the row. */
  boolean isLeftOut() {
    return leftOut;
  }
}
