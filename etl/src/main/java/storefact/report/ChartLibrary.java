package storefact.report;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import storefact.warehouse.NpmPackage;

/** The pinned chart library, Apache ECharts. */
public final class ChartLibrary {
  static final String VERSION = "6.1.0";

  private static final Path SCRIPT = Path.of("dist", "echarts.min.js");

  /** Whoever passes the library on passes licence and notice on with it. */
  private static final List<Path> KEPT = List.of(SCRIPT, Path.of("LICENSE"), Path.of("NOTICE"));

  private final NpmPackage echarts;

  private ChartLibrary(Path cache, String npm) {
    this.echarts = new NpmPackage("echarts", VERSION, KEPT, cache, npm, "");
  }

  /** The library in the user's cache: {@code $XDG_CACHE_HOME} or {@code ~/.cache}. */
  public static ChartLibrary ofUser() {
    return new ChartLibrary(NpmPackage.userCache("report"), "npm");
  }

  static ChartLibrary in(Path cache, String npm) {
    return new ChartLibrary(cache, npm);
  }

  /**
   * The path of {@code echarts.min.js}, after installing it where it is missing.
   *
   * @param progress told once when there is something to install
   * @throws IllegalStateException if npm is missing or fails, or the cache cannot be written
   */
  public Path install(Consumer<String> progress) {
    return echarts.install(
        SCRIPT, name -> ChartLibrary.class.getResourceAsStream("npm/" + name), progress);
  }
}
