package storefact.simulator.output;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;
import storefact.event.Contract;
import storefact.event.Event;
import storefact.event.EventWriter;
import storefact.event.LineFormat;

/**
 * A folder that gets files which somebody may be watching: a file is there whole or not at all.
 * Thread-safe, as long as no two threads write one file.
 */
public final class DropFolder {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path folder;
  private final LineFormat format;
  private final boolean gzip;

  /** Files of that format below that folder, packed by gzip or not. */
  public DropFolder(Path folder, LineFormat format, boolean gzip) {
    this.folder = folder;
    this.format = format;
    this.gzip = gzip;
  }

  /** How the files are written. */
  public LineFormat format() {
    return format;
  }

  /** Path of a file below the drop folder, as the ingest names it. */
  public String path(String subfolder, String name) {
    return subfolder + "/" + name + format.extension() + (gzip ? ".gz" : "");
  }

  /**
   * Opens a file; it appears under its name when the stream is closed. What a broken run left is
   * overwritten.
   *
   * @param name without its ending
   * @throws IOException if it cannot be written
   */
  public OutputStream open(String subfolder, String name) throws IOException {
    Path file = folder.resolve(path(subfolder, name));
    Files.createDirectories(file.getParent());
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    OutputStream bytes = Files.newOutputStream(part);
    OutputStream packed = gzip ? new GZIPOutputStream(bytes, BUFFER_BYTES) : bytes;
    return new FilterOutputStream(packed) {
      private boolean closed;

      @Override
      public void write(byte[] b, int from, int length) throws IOException {
        out.write(b, from, length);
      }

      @Override
      public void close() throws IOException {
        if (!closed) {
          closed = true;
          super.close();
          Files.move(
              part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    };
  }

  /**
   * A writer of a file of a stream with few events.
   *
   * @param name what follows the stream's name and '-', without the ending
   * @throws IOException if it cannot be written
   */
  public <E extends Record & Event> EventWriter<E> writer(
      String subfolder, String name, Class<E> type) throws IOException {
    Contract<E> contract = Contract.of(type);
    return new EventWriter<>(
        contract,
        format,
        new BufferedOutputStream(open(subfolder, contract.stream() + "-" + name), BUFFER_BYTES));
  }
}
