package storefact.warehouse.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import storefact.warehouse.Home;

/** Finds what an engine said last. */
final class EngineLogs {
  private EngineLogs() {}

  /** One line: the last error of the process's output, or else of the log file. */
  static String lastError(Home home) {
    Predicate<String> said =
        line -> !line.isBlank() && !line.startsWith("Logging ") && !line.startsWith("\tat ");
    List<String> output = lines(home.logs().resolve("engine.out"));
    // "Code: …" is where the engine names its error; advice of several lines may follow.
    for (Predicate<String> wanted :
        List.<Predicate<String>>of(line -> line.startsWith("Code: "), said)) {
      List<String> found = output.stream().filter(wanted).toList();
      if (!found.isEmpty()) {
        return found.getLast().strip();
      }
    }
    List<String> errors =
        lines(EngineConfig.log(home)).stream().filter(line -> line.contains("<Error>")).toList();
    return errors.isEmpty() ? "it said nothing" : errors.getLast();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file)
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()
          : List.of();
    } catch (IOException e) {
      return List.of("cannot read " + file);
    }
  }
}
