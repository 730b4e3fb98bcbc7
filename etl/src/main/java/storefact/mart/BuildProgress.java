package storefact.mart;

/** Hears how a build goes on. */
public interface BuildProgress {
  /** Another build holds the lock; this one waits for it. */
  default void waiting(String message) {}

  /** A mart begins; so many partitions are to be built. */
  default void begins(Mart mart, int partitions) {}

  /** A partition of a mart is computed. */
  default void computed(Mart mart, String partition, double seconds) {}

  /** A mart is up to date for readers. */
  default void ends(BuildReport.MartResult result) {}

  /** Listens to nothing. */
  static BuildProgress silent() {
    return new BuildProgress() {};
  }
}
