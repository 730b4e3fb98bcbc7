package storefact.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The pinned chart library, Apache ECharts, installed with the npm client once for all homes of a
 * user. npm checks it against the hash in package-lock.json.
 */
public final class ChartLibrary {
  static final String VERSION = "6.1.0";

  private static final Path MODULE = Path.of("node_modules", "echarts");
  private static final Path SCRIPT = Path.of("dist", "echarts.min.js");
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Path cache;
  private final String npm;

  private ChartLibrary(Path cache, String npm) {
    this.cache = cache;
    this.npm = npm;
  }

  /** The library in the user's cache: {@code $XDG_CACHE_HOME} or {@code ~/.cache}. */
  public static ChartLibrary ofUser() {
    Path cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(path -> !path.isBlank())
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
    return new ChartLibrary(cache.resolve("storefact").resolve("report"), "npm");
  }

  static ChartLibrary in(Path cache, String npm) {
    return new ChartLibrary(cache, npm);
  }

  /**
   * The path of {@code echarts.min.js}, after installing it where it is missing.
   *
   * @param progress told once when there is something to install
   * @throws IllegalStateException if npm is missing or fails
   * @throws UncheckedIOException if the cache cannot be written
   */
  public Path install(Consumer<String> progress) {
    Path script = cache.resolve(VERSION).resolve(SCRIPT);
    if (Files.exists(script)) {
      return script;
    }
    progress.accept("installing the chart library ECharts " + VERSION + " (once) into " + cache);
    try {
      installInto(cache.resolve(VERSION));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot install the chart library into " + cache + ": make the folder writable", e);
    }
    return script;
  }

  /** Built beside its place and renamed into it: a half-installed library is never seen. */
  private void installInto(Path place) throws IOException {
    Files.createDirectories(cache);
    Path work = Files.createTempDirectory(cache, ".installing-");
    try {
      copyResource("package.json", work);
      copyResource("package-lock.json", work);
      run(work);
      Path module = work.resolve(MODULE);
      Path complete = Files.createDirectories(work.resolve("complete"));
      Files.createDirectories(complete.resolve(SCRIPT).getParent());
      Files.move(module.resolve(SCRIPT), complete.resolve(SCRIPT));
      // Whoever passes the library on passes these on with it.
      Files.move(module.resolve("LICENSE"), complete.resolve("LICENSE"));
      Files.move(module.resolve("NOTICE"), complete.resolve("NOTICE"));
      Files.move(complete, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Another command may have been faster.
      if (!Files.exists(place.resolve(SCRIPT))) {
        throw e;
      }
    } finally {
      deleteTree(work);
    }
  }

  private void run(Path work) throws IOException {
    Path log = work.resolve("npm.log");
    Process process;
    try {
      process =
          new ProcessBuilder(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(work.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "npm is missing, which installs the chart library: install Node.js with npm", e);
    }
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "npm did not finish within "
                + LONGEST.toMinutes()
                + " minutes: check the network and run the command again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while installing the chart library: run the command again", e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "npm could not install ECharts "
              + VERSION
              + ":\n"
              + Files.readString(log).strip()
              + "\ncheck npm's registry setting and the network, then run the command again");
    }
  }

  private static void copyResource(String name, Path folder) throws IOException {
    try (InputStream in = ChartLibrary.class.getResourceAsStream("npm/" + name)) {
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
