package storefact.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Python environment of pinned packages, for Superset and for peers that a bench runs beside us:
 * made once by {@code python3 -m venv} and pip, kept below the user's cache.
 *
 * @param folder of the environment
 */
record PythonEnvironment(Path folder) {
  /** So many packages can be named in a line. */
  private static final int FEW = 5;

  /**
   * The environment with these packages, installed where it is missing.
   *
   * @param name of the environment
   * @param packages such as {@code duckdb==1.0}
   * @throws IOException if Python or pip fails; the message names the log
   * @throws InterruptedException if interrupted while pip works
   */
  static PythonEnvironment with(Console console, String name, List<String> packages)
      throws IOException, InterruptedException {
    Path folder =
        Path.of(System.getProperty("user.home"), ".cache", "storefact", "python")
            .resolve(name + "-" + Integer.toHexString(packages.hashCode()));
    Path complete = folder.resolve("complete");
    PythonEnvironment environment = new PythonEnvironment(folder);
    if (Files.exists(complete)) {
      return environment;
    }
    Files.createDirectories(folder);
    console.say(
        "installing %s with pip (once)",
        packages.size() > FEW ? name + " and what it needs" : String.join(", ", packages));
    Path log = folder.resolve("install.log");
    environment.run(console, log, List.of("python3", "-m", "venv", folder.toString()));
    List<String> install =
        new ArrayList<>(
            List.of(
                environment.program("python"),
                "-m",
                "pip",
                "install",
                "--no-input",
                "--disable-pip-version-check",
                "--progress-bar=off",
                "--prefer-binary"));
    install.addAll(packages);
    environment.run(console, log, install);
    Files.createFile(complete);
    return environment;
  }

  /** Path of a program of the environment. */
  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  private void run(Console console, Path log, List<String> command)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      while (!process.waitFor(1, TimeUnit.SECONDS)) {
        console.progress(
            "  %s, %d s"
                .formatted(
                    folder.getFileName(), Duration.ofNanos(System.nanoTime() - start).toSeconds()));
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s failed; its log is %s. Check that python3 has venv and pip, and that pip can reach its index"
                .formatted(String.join(" ", command.subList(0, 3)), log));
      }
    } finally {
      process.destroy();
    }
  }
}
