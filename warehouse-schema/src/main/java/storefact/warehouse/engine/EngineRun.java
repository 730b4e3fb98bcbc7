package storefact.warehouse.engine;

import java.time.Duration;

/** An engine that the host has begun to run. */
interface EngineRun {
  /** Lets it finish cleanly, and returns when it has or when the time is up. */
  void stop(Duration atMost) throws InterruptedException;
}
