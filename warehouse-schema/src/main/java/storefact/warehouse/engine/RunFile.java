package storefact.warehouse.engine;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import storefact.warehouse.Home;

/**
 * {@code engine/run.properties}: where the running engine is. Written when it answers, removed when
 * it ends.
 */
final class RunFile {
  private RunFile() {}

  private static Path path(Home home) {
    return home.engine().resolve("run.properties");
  }

  /** Empty if there is none, or none that can be read: a torn file is as good as no file. */
  static Optional<Engine> read(Home home) {
    Properties values = new Properties();
    try (Reader in = Files.newBufferedReader(path(home))) {
      values.load(in);
      return Optional.of(
          new Engine(
              Long.parseLong(values.getProperty("pid")),
              Instant.parse(values.getProperty("startedAt", "")),
              Integer.parseInt(values.getProperty("httpPort")),
              Integer.parseInt(values.getProperty("tcpPort")),
              values.getProperty("version", ""),
              Mode.valueOf(values.getProperty("mode", ""))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path(home) + ": check its permissions", e);
    }
  }

  static void write(Home home, Engine engine) throws IOException {
    Properties values = new Properties();
    values.setProperty("pid", Long.toString(engine.pid()));
    values.setProperty("startedAt", engine.startedAt().toString());
    values.setProperty("httpPort", Integer.toString(engine.httpPort()));
    values.setProperty("tcpPort", Integer.toString(engine.tcpPort()));
    values.setProperty("version", engine.version());
    values.setProperty("mode", engine.mode().name());
    store(path(home), values);
  }

  /** Whole or not at all, whoever reads meanwhile. */
  static void store(Path file, Properties values) throws IOException {
    Path complete = Files.createTempFile(file.getParent(), ".new-", null);
    try (Writer out = Files.newBufferedWriter(complete)) {
      values.store(out, null);
    }
    Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** How long ago that process announced itself; empty if it has not. */
  static Optional<Duration> age(Home home, long pid) {
    try {
      Instant written = Files.getLastModifiedTime(path(home)).toInstant();
      return read(home)
          .filter(engine -> engine.pid() == pid)
          .map(_ -> Duration.between(written, Instant.now()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Removes the file if it is about that process: a successor's file stays. */
  static void delete(Home home, long pid) {
    try {
      if (read(home).filter(engine -> engine.pid() == pid).isPresent()) {
        Files.deleteIfExists(path(home));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path(home) + ": remove it by hand", e);
    }
  }
}
