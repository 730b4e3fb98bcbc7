package storefact.dictionary;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import storefact.warehouse.NpmPackage;

/** The pinned library that lays out lineage graphs, dagre. */
public final class GraphLibrary {
  static final String VERSION = "3.1.3";

  private static final Path SCRIPT = Path.of("dist", "dagre.min.js");

  /** Whoever passes the library on passes its licences on with it. */
  private static final List<Path> KEPT =
      List.of(SCRIPT, Path.of("LICENSE"), Path.of("dist", "dagre.min.js.LEGAL.txt"));

  private GraphLibrary() {}

  /**
   * The path of {@code dagre.min.js} in the user's cache, after installing it where it is missing.
   *
   * @param progress told once when there is something to install
   * @throws IllegalStateException if npm is missing or fails, or the cache cannot be written
   */
  public static Path install(Consumer<String> progress) {
    return new NpmPackage(
            "@dagrejs/dagre", VERSION, KEPT, NpmPackage.userCache("dictionary"), "npm", "")
        .install(SCRIPT, name -> GraphLibrary.class.getResourceAsStream("npm/" + name), progress);
  }
}
