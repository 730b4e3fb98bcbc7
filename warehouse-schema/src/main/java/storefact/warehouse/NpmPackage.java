package storefact.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A pinned package of npm, installed by its client once for all homes of a user. The package.json
 * and package-lock.json are resources of the program; npm checks the package against the hash in
 * the lock file.
 *
 * @param name as npm calls it
 * @param version pinned in the lock file
 * @param keep files and folders of the package that are kept, all of them where the list is empty
 * @param cache folder that gets a folder named by the version
 * @param npm the client
 * @param wayOut what a user can do instead, as the end of a sentence, or empty
 */
public record NpmPackage(
    String name, String version, List<Path> keep, Path cache, String npm, String wayOut) {

  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** The user's cache of a subject: below {@code $XDG_CACHE_HOME} or {@code ~/.cache}. */
  public static Path userCache(String subject) {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("storefact")
        .resolve(subject);
  }

  /**
   * A file of the package, after installing it where that is missing.
   *
   * @param file within the package
   * @param lockFiles finds package.json and package-lock.json by name
   * @param progress told once when there is something to install
   * @throws IllegalStateException if npm is missing or fails, or the cache cannot be written; the
   *     message says what to do
   */
  public Path install(Path file, LockFiles lockFiles, Consumer<String> progress) {
    Path installed = cache.resolve(version).resolve(file);
    if (Files.exists(installed)) {
      return installed;
    }
    progress.accept("installing " + name + " " + version + " (once) into " + cache);
    try {
      installInto(cache.resolve(version), file, lockFiles);
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot install %s into %s (%s): make room there and the folder writable%s"
              .formatted(name, cache, e.getMessage(), wayOut),
          e);
    }
    return installed;
  }

  /** Gives a resource of the program. */
  @FunctionalInterface
  public interface LockFiles {
    /** The resource of that name, or null. */
    InputStream open(String name);
  }

  /** Built beside its place and renamed into it: a half-installed package is never seen. */
  private void installInto(Path place, Path file, LockFiles lockFiles) throws IOException {
    Files.createDirectories(cache);
    Path work = Files.createTempDirectory(cache, ".installing-");
    try {
      copy(lockFiles, "package.json", work);
      copy(lockFiles, "package-lock.json", work);
      runNpm(work);
      Files.move(kept(work), place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Another command may have been faster.
      if (!Files.exists(place.resolve(file))) {
        throw e;
      }
    } finally {
      deleteTree(work);
    }
  }

  private Path kept(Path work) throws IOException {
    Path module = work.resolve("node_modules").resolve(name);
    if (keep.isEmpty()) {
      return module;
    }
    Path complete = work.resolve("complete");
    for (Path path : keep) {
      Path target = complete.resolve(path);
      Files.createDirectories(target.getParent());
      Files.move(module.resolve(path), target);
    }
    return complete;
  }

  private void runNpm(Path work) throws IOException {
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
          "npm is missing, which installs " + name + ": install Node.js with npm" + wayOut, e);
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
          "interrupted while installing " + name + ": run the command again", e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "npm could not install %s %s:%n%s%ncheck npm's registry setting and the network%s"
              .formatted(name, version, Files.readString(log).strip(), wayOut));
    }
  }

  private static void copy(LockFiles lockFiles, String name, Path folder) throws IOException {
    try (InputStream in = lockFiles.open(name)) {
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
