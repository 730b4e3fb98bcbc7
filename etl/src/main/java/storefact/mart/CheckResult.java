package storefact.mart;

/**
 * How a check came out.
 *
 * @param subject mart or view
 * @param check rule
 * @param severity what it means where it is broken
 * @param failures rows that break it, 0 where it holds
 * @param sample one of them as JSON, empty where it holds
 * @param seconds how long it took
 */
public record CheckResult(
    String subject, String check, Severity severity, long failures, String sample, double seconds) {

  /** Whether the rule holds. */
  public boolean holds() {
    return failures == 0;
  }
}
