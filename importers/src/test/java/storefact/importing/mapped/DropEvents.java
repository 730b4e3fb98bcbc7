package storefact.importing.mapped;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import storefact.event.Contract;
import storefact.event.Event;
import storefact.event.EventBatch;
import storefact.event.LineFormat;
import storefact.event.LineParser;
import storefact.event.Streams;

/** Events of a drop, read back by the contracts as ingest does. */
record DropEvents(Path drop) {

  <E extends Record & Event> List<E> of(Class<E> type) throws IOException {
    Contract<E> contract = Contract.of(type);
    List<E> events = new ArrayList<>();
    for (Path file : files()) {
      String name = String.valueOf(file.getFileName());
      if (!Streams.ofFile(name).equals(Optional.of(contract))) {
        continue;
      }
      LineParser parser =
          LineParser.of(contract, LineFormat.ofFile(name).orElseThrow(), store -> true);
      EventBatch batch = new EventBatch(contract, 64);
      long number = 1;
      for (String line : Files.readAllLines(file)) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        parser.take(batch, bytes, 0, bytes.length, number++);
      }
      if (!batch.rejections().isEmpty()) {
        throw new AssertionError(name + ": " + batch.rejections().getFirst().detail());
      }
      IntStream.range(0, batch.size())
          .mapToObj(row -> contract.read(batch, row))
          .forEach(events::add);
    }
    return events;
  }

  /** Files in the order of their paths, those under dot names included. */
  List<Path> files() throws IOException {
    if (!Files.exists(drop)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(drop)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
