package storefact.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Runs the official connector's side of the bench in a process and class path of its own. */
final class OfficialConnector {

  private static final String SOURCE = "cli/src/bench/OfficialConnector.java";

  private OfficialConnector() {}

  /**
   * One run.
   *
   * @param peer class path of the connector and its client
   * @throws IOException if it fails, with the end of what it said
   */
  static void run(String peer, Session session, Path folder, Path work)
      throws IOException, InterruptedException {
    Path log = work.resolve("official-connector.log");
    // Its client is an older one, and must not meet our driver.
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("clickhouse"))
            .collect(Collectors.joining(File.pathSeparator));
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    Path classes = work.resolve("official-connector");
    String source = Path.of(System.getProperty("storefact.root", "."), SOURCE).toString();
    String all = classes + File.pathSeparator + peer + File.pathSeparator + classPath;
    // Compiled first: Flink's tasks do not see the classes of a program that runs from source.
    run(
        new ProcessBuilder(
            bin.resolve("javac").toString(), "-d", classes.toString(), "-cp", all, source),
        log);
    ProcessBuilder process =
        new ProcessBuilder(
            bin.resolve("java").toString(),
            "-Xmx1200m",
            "-XX:+UseParallelGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            all,
            "OfficialConnector",
            folder.toString(),
            session.address().httpUri().toString(),
            session.address().user());
    process.environment().put("STOREFACT_WAREHOUSE_PASSWORD", session.address().password());
    run(process, log);
  }

  private static void run(ProcessBuilder process, Path log)
      throws IOException, InterruptedException {
    int code = process.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    if (code != 0) {
      List<String> lines = Files.readAllLines(log);
      throw new IOException(
          "the official connector failed: "
              + String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size())));
    }
  }

  /** Milliseconds of the last run, from its start in the cluster to its end. */
  static long lastMillis(Path work) throws IOException {
    return Files.readAllLines(work.resolve("official-connector.log")).stream()
        .filter(line -> line.startsWith("MILLIS "))
        .mapToLong(line -> Long.parseLong(line.substring("MILLIS ".length())))
        .findFirst()
        .orElseThrow(() -> new IOException("the official connector told no time"));
  }
}
