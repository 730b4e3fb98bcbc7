package storefact.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.stream.Stream;
import storefact.warehouse.engine.Engine;

/** What a run took: memory of the processes at their peak, bytes a sales line on disk. */
final class Footprint {

  private static final long KIB = 1024;

  private Footprint() {}

  static void print(Console console, Session session) throws IOException {
    of(session).ifPresent(console::say);
  }

  /** Memory of the processes, and bytes a sales line, in words; empty where nothing is known. */
  static Optional<String> of(Session session) throws IOException {
    StringJoiner words = new StringJoiner("\n");
    OptionalLong own = peakMemory(ProcessHandle.current().pid());
    OptionalLong engine =
        session.engine().map(Engine::pid).map(Footprint::peakMemory).orElse(OptionalLong.empty());
    if (own.isPresent() && engine.isPresent()) {
      words.add(
          "memory at its peak: %,d MiB (Flink and builds %,d, ClickHouse %,d)"
              .formatted(
                  (own.getAsLong() + engine.getAsLong()) / KIB / KIB,
                  own.getAsLong() / KIB / KIB,
                  engine.getAsLong() / KIB / KIB));
    }
    String star =
        session
            .warehouse()
            .http()
            .query(
                "SELECT round(sum(bytes_on_disk) / sum(rows), 1) FROM system.parts"
                    + " WHERE active AND database = 'star' AND table = 'sales_line'");
    long lines = LakeAndStar.compare(session).lake();
    if (lines > 0) {
      words.add(
          "bytes a sales line: star %s, lake %.1f"
              .formatted(
                  star.strip(),
                  (double) size(session.home().lake().resolve("raw/sales_line")) / lines));
    }
    return Optional.of(words.toString()).filter(text -> !text.isEmpty());
  }

  /** Peak resident memory [bytes], where the system tells it. */
  private static OptionalLong peakMemory(long pid) {
    Path status = Path.of("/proc", String.valueOf(pid), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static long size(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
