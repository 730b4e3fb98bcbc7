package storefact.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what another process or thread is about to do. */
final class Waiting {
  private static final Duration BETWEEN = Duration.ofMillis(20);

  private Waiting() {}

  /**
   * Waits until the condition holds; the test fails if it does not within the time.
   *
   * @param awaited what the failure says was waited for
   */
  static void until(String awaited, Duration longest, Callable<Boolean> condition)
      throws Exception {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("deadline for %s", awaited).isLessThan(deadline);
      // Nothing tells when it holds: the warehouse and Kafka can only be asked again.
      Thread.sleep(BETWEEN);
    }
  }
}
