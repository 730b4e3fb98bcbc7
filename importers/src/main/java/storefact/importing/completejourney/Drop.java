package storefact.importing.completejourney;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import storefact.event.Contract;
import storefact.event.Event;
import storefact.event.EventWriter;
import storefact.event.LineFormat;

/** A folder of drop files that somebody may be watching: a file is there whole or not at all. */
final class Drop {

  private final Path folder;
  private final LineFormat format;
  private final Compression compression;

  Drop(Path folder, LineFormat format, Compression compression) {
    this.folder = folder;
    this.format = format;
    this.compression = compression;
  }

  /** What became of a file. */
  enum Outcome {
    WRITTEN,
    KEPT
  }

  /**
   * Writes a file, or keeps the one that is there.
   *
   * @param subfolder made where it is missing
   * @param name without its ending
   * @throws IOException if it cannot be written, or is there already in another format
   */
  <E extends Record & Event> Outcome file(
      String subfolder, String name, Contract<E> contract, Iterable<E> events) throws IOException {
    Path directory = Files.createDirectories(folder.resolve(subfolder));
    Path file = directory.resolve(name + ending(format, compression));
    if (Files.exists(file)) {
      return Outcome.KEPT;
    }
    requireNoOtherForm(directory, name);
    // Ingest passes over names that begin with a dot; a leftover of a broken run is overwritten.
    Path part = directory.resolve("." + file.getFileName() + ".part");
    try (EventWriter<E> writer =
        new EventWriter<>(contract, format, compression.pack(Files.newOutputStream(part)))) {
      for (E event : events) {
        writer.write(event);
      }
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    return Outcome.WRITTEN;
  }

  private void requireNoOtherForm(Path directory, String name) throws IOException {
    for (LineFormat otherFormat : LineFormat.values()) {
      for (Compression otherCompression : Compression.values()) {
        Path other = directory.resolve(name + ending(otherFormat, otherCompression));
        if (Files.exists(other)) {
          throw new IOException(
              other
                  + " holds the same events in another format; import into an empty drop, or in the"
                  + " format that is there");
        }
      }
    }
  }

  private static String ending(LineFormat format, Compression compression) {
    return format.extension() + compression.extension();
  }
}
