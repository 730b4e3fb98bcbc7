package storefact.mart;

import java.util.List;

/**
 * What to build.
 *
 * @param marts those to build, with all that they read
 * @param extent how much of them
 */
public record BuildOptions(List<Mart> marts, Extent extent) {

  /** How much of a mart is computed. */
  public enum Extent {
    /** Partitions whose sources or definition changed. */
    CHANGED,
    /** All partitions, changed or not. */
    FULL
  }

  /** Copies the list. */
  public BuildOptions {
    marts = List.copyOf(marts);
  }

  /** What changed, in all marts. */
  public static BuildOptions changed() {
    return new BuildOptions(Marts.ALL, Extent.CHANGED);
  }

  /** Everything anew, in all marts. */
  public static BuildOptions full() {
    return new BuildOptions(Marts.ALL, Extent.FULL);
  }

  /**
   * The same for some marts; none named means all.
   *
   * @throws IllegalArgumentException if a name is no mart
   */
  public BuildOptions only(List<String> names) {
    return names.isEmpty()
        ? this
        : new BuildOptions(names.stream().map(Marts::named).toList(), extent);
  }
}
