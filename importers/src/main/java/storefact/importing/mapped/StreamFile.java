package storefact.importing.mapped;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import storefact.event.Contract;
import storefact.event.Event;
import storefact.event.EventBatch;
import storefact.event.EventWriter;
import storefact.event.Field;
import storefact.event.LineFormat;
import storefact.event.LineParser;
import storefact.event.Rejection;

/**
 * The drop file of one stream. An event is checked by the very parser that takes the file in later,
 * so what is said to be taken is taken. Not thread-safe.
 *
 * @param <E> the stream's record
 */
final class StreamFile<E extends Record & Event> implements Closeable {

  private static final LineFormat FORMAT = LineFormat.NDJSON;

  private final Contract<E> contract;
  private final Optional<Path> target;
  private final LineParser parser;
  // Room for two: a batch grows when it is full, and this one is emptied after each event.
  private final EventBatch batch;
  private final StringBuilder line = new StringBuilder(512);
  private Optional<EventWriter<E>> writer = Optional.empty();
  private Optional<E> checked = Optional.empty();
  private long written;

  /**
   * A file that appears when {@link #finish} is called.
   *
   * @param target the file, or nothing for a dry run
   */
  StreamFile(Contract<E> contract, Optional<Path> target) {
    this.contract = contract;
    this.target = target;
    // Stores may be in the warehouse already; ingest decides about them.
    this.parser = LineParser.of(contract, LineFormat.CSV, store -> true);
    this.batch = new EventBatch(contract, 2);
    String header = contract.fields().stream().map(Field::name).collect(Collectors.joining(","));
    take(header);
  }

  static String name(String stream, String source) {
    return stream + "-" + source + FORMAT.extension();
  }

  Contract<E> contract() {
    return contract;
  }

  long written() {
    return written;
  }

  private void take(String csv) {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    parser.take(batch, bytes, 0, bytes.length, 1);
  }

  /**
   * Checks an event; {@link #write} writes it.
   *
   * @param texts by field; what is missing or empty is not said
   * @throws RefusedRowException if the contract would reject it
   */
  void check(Map<String, String> texts) throws RefusedRowException {
    checked = Optional.empty();
    line.setLength(0);
    for (Field field : contract.fields()) {
      if (field.ordinal() > 0) {
        line.append(',');
      }
      append(texts.getOrDefault(field.name(), ""));
    }
    take(line.toString());
    if (!batch.rejections().isEmpty()) {
      Rejection rejection = batch.rejections().getFirst();
      batch.rejections().clear();
      throw RefusedRowException.rejected(rejection.reason(), rejection.detail());
    }
    checked = Optional.of(contract.read(batch, 0));
    batch.undoRow();
  }

  private void append(String text) {
    boolean plain = true;
    for (int i = 0; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain = c >= ' ' && c != ',' && c != '"';
    }
    if (plain) {
      line.append(text);
    } else {
      line.append('"').append(text.replace("\"", "\"\"")).append('"');
    }
  }

  /** Writes the event that was checked last. */
  void write() throws IOException {
    E event = checked.orElseThrow();
    if (target.isPresent()) {
      if (writer.isEmpty()) {
        Files.createDirectories(target.get().getParent());
        writer = Optional.of(new EventWriter<>(contract, FORMAT, Files.newOutputStream(part())));
      }
      writer.get().write(event);
    }
    written++;
  }

  // Ingest passes over names that begin with a dot; a leftover of a broken run is overwritten.
  private Path part() {
    return target.orElseThrow().resolveSibling("." + target.get().getFileName() + ".part");
  }

  /** Ends the writing; the file is not seen yet. */
  void end() throws IOException {
    if (writer.isPresent()) {
      writer.get().close();
    }
  }

  /**
   * Shows the file under its name.
   *
   * @return whether it was new; the same source and mapping always give the same file
   */
  boolean finish() throws IOException {
    if (writer.isEmpty()) {
      return false;
    }
    writer = Optional.empty();
    if (Files.exists(target.orElseThrow())) {
      Files.delete(part());
      return false;
    }
    Files.move(part(), target.get(), StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  /** Drops what was not finished. */
  @Override
  public void close() {
    if (writer.isPresent()) {
      try {
        writer.get().close();
        Files.deleteIfExists(part());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove the unfinished " + part(), e);
      }
    }
  }
}
