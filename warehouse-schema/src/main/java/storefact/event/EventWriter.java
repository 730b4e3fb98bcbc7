package storefact.event;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Writes events as a source would, by the same contract that reads them. Not thread-safe.
 *
 * @param <E> the stream's record
 */
public final class EventWriter<E extends Record & Event> implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Contract<E> contract;
  private final LineFormat format;
  private final OutputStream out;
  private final StringBuilder line = new StringBuilder(512);

  /**
   * Writes to a stream that this writer closes.
   *
   * @throws IOException if the CSV header cannot be written
   */
  public EventWriter(Contract<E> contract, LineFormat format, OutputStream out) throws IOException {
    this.contract = contract;
    this.format = format;
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    if (format == LineFormat.CSV) {
      String header =
          contract.fields().stream().map(Field::name).collect(Collectors.joining(",", "", "\n"));
      this.out.write(header.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Writes to a file in the format of its name, compressed where it ends in {@code .gz}.
   *
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if the name tells no format
   */
  public static <E extends Record & Event> EventWriter<E> to(Contract<E> contract, Path file)
      throws IOException {
    String name = String.valueOf(file.getFileName());
    LineFormat format =
        LineFormat.ofFile(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "file '" + name + "' ends in none of .ndjson, .csv, .ndjson.gz, .csv.gz"));
    OutputStream out = Files.newOutputStream(file);
    return new EventWriter<>(
        contract, format, name.endsWith(".gz") ? new GZIPOutputStream(out, BUFFER_BYTES) : out);
  }

  /**
   * Writes one event as one line.
   *
   * @throws IOException if it cannot be written
   */
  public void write(E event) throws IOException {
    List<Optional<String>> texts = contract.texts(event);
    line.setLength(0);
    switch (format) {
      case NDJSON -> json(texts);
      case CSV -> csv(texts);
    }
    line.append('\n');
    out.write(line.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void json(List<Optional<String>> texts) {
    line.append('{');
    for (Field field : contract.fields()) {
      Optional<String> text = texts.get(field.ordinal());
      if (text.isEmpty() || text.equals(field.fallback())) {
        continue;
      }
      if (line.length() > 1) {
        line.append(',');
      }
      line.append('"').append(field.name()).append("\":");
      switch (field.kind()) {
        case TEXT, DATE, TIME -> {
          line.append('"');
          JsonStringEncoder.getInstance().quoteAsString(text.get(), line);
          line.append('"');
        }
        case DECIMAL, INTEGER, FLAG -> line.append(text.get());
      }
    }
    line.append('}');
  }

  private void csv(List<Optional<String>> texts) {
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0) {
        line.append(',');
      }
      String text = texts.get(i).orElse("");
      if (text.indexOf(',') >= 0 || text.indexOf('"') >= 0) {
        line.append('"').append(text.replace("\"", "\"\"")).append('"');
      } else {
        line.append(text);
      }
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
