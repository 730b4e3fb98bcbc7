package storefact.warehouse.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import storefact.warehouse.NpmPackage;

/** The pinned engine library. */
final class EngineInstall {

  private static final NpmPackage LIBRARY =
      new NpmPackage(
          "@chdb/lib-linux-x64-gnu",
          "26.7.3-stable.1",
          List.of(),
          NpmPackage.userCache("engine"),
          "npm",
          ", or name an installed clickhouse with --engine PATH");

  private EngineInstall() {}

  /** The library's path, after installing it where it is missing. */
  static Path library(Consumer<String> progress) {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!platform.equals("Linux amd64")) {
      throw new EngineFailure(
          "the engine library is pinned for Linux amd64, this is "
              + platform
              + ": install ClickHouse and name its binary with --engine PATH");
    }
    return LIBRARY.install(
        Path.of("libchdb.so"), EngineInstall.class::getResourceAsStream, progress);
  }
}
