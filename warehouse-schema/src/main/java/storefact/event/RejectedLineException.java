package storefact.event;

/** Thrown inside a parser when a line breaks a rule; carries the stable code. */
final class RejectedLineException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  RejectedLineException(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
