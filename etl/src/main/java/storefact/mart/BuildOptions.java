package storefact.mart;

import java.util.List;
import java.util.Set;

/**
 * What to build.
 *
 * @param marts those to build
 * @param reach whether all that they read is built with them
 * @param extent how much of them
 * @param environment where
 * @param parallel marts built at once, where none reads the other
 */
public record BuildOptions(
    List<Mart> marts, Reach reach, Extent extent, Environment environment, int parallel) {

  /** ClickHouse uses every core for one statement, but not all the time. */
  private static final int PARALLEL = 2;

  /** Which marts beside the named ones are built. */
  public enum Reach {
    /** All that they read. */
    WITH_SOURCES,
    /** None: what they read is taken as it stands. */
    EXACTLY
  }

  /** How much of a mart is computed. */
  public enum Extent {
    /** Partitions whose sources or definition changed. */
    CHANGED,
    /** All partitions, changed or not. */
    FULL
  }

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if fewer than one mart may be built at a time
   */
  public BuildOptions {
    marts = List.copyOf(marts);
    if (parallel < 1) {
      throw new IllegalArgumentException(
          "%d marts at a time is too few; give 1 or more".formatted(parallel));
    }
  }

  /** Those marts and what they read, in production. */
  public BuildOptions(List<Mart> marts, Extent extent) {
    this(marts, Reach.WITH_SOURCES, extent, Environment.PRODUCTION, PARALLEL);
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
   * The same for some marts and what they read; none named means all.
   *
   * @throws IllegalArgumentException if a name is no mart
   */
  public BuildOptions only(List<String> names) {
    return names.isEmpty()
        ? this
        : new BuildOptions(
            names.stream().map(Marts::named).toList(), reach, extent, environment, parallel);
  }

  /** The same for exactly those marts. */
  public BuildOptions exactly(Set<Mart> selected) {
    return new BuildOptions(List.copyOf(selected), Reach.EXACTLY, extent, environment, parallel);
  }

  /** The same elsewhere. */
  public BuildOptions in(Environment there) {
    return new BuildOptions(marts, reach, extent, there, parallel);
  }

  /** The same with so many marts at a time. */
  public BuildOptions atATime(int count) {
    return new BuildOptions(marts, reach, extent, environment, count);
  }
}
