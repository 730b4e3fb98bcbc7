package storefact.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Python environment of pinned packages for peers that a bench runs beside us: made once by
 * {@code python3 -m venv} and pip, kept below the user's cache.
 *
 * @param folder of the environment
 */
record PythonEnvironment(Path folder) {

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
    console.say("installing %s with pip (once)", String.join(", ", packages));
    Path log = folder.resolve("install.log");
    environment.run(log, List.of("python3", "-m", "venv", folder.toString()));
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
                "--only-binary=:all:"));
    install.addAll(packages);
    environment.run(log, install);
    Files.createFile(complete);
    return environment;
  }

  /** Path of a program of the environment. */
  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  private void run(Path log, List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(
            "%s failed; its log is %s. Check that python3 has venv and pip, and that pip can reach its index"
                .formatted(String.join(" ", command.subList(0, 3)), log));
      }
    } finally {
      process.destroy();
    }
  }
}
