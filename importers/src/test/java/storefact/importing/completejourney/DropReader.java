package storefact.importing.completejourney;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import storefact.event.Contract;
import storefact.event.EventBatch;
import storefact.event.LineFormat;
import storefact.event.LineParser;
import storefact.event.Streams;

/** Reads a drop back by the contracts, one batch per file. */
record DropReader(Path drop) {

  /** Files of the drop in the order of their paths, hidden ones included. */
  List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(drop)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  void each(Contract<?> contract, Predicate<String> storeKnown, Consumer<EventBatch> batches)
      throws IOException {
    for (Path file : files()) {
      String name = String.valueOf(file.getFileName());
      if (Streams.ofFile(name).equals(Optional.of(contract))) {
        batches.accept(read(contract, LineFormat.ofFile(name).orElseThrow(), file, storeKnown));
      }
    }
  }

  private static EventBatch read(
      Contract<?> contract, LineFormat format, Path file, Predicate<String> storeKnown)
      throws IOException {
    byte[] bytes = content(file);
    LineParser parser = LineParser.of(contract, format, storeKnown);
    EventBatch batch = new EventBatch(contract, 1024);
    int from = 0;
    long number = 1;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        parser.take(batch, bytes, from, i, number++);
        from = i + 1;
      }
    }
    return batch;
  }

  private static byte[] content(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (!file.toString().endsWith(".gz")) {
      return bytes;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  /** One digest over all names and bytes. */
  String digest() throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    files()
        .forEach(
            file -> {
              try {
                digest.update(drop.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return HexFormat.of().formatHex(digest.digest());
  }
}
