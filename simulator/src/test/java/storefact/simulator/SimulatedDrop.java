package storefact.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import storefact.event.Contract;
import storefact.event.Event;
import storefact.event.EventBatch;
import storefact.event.LineFormat;
import storefact.event.LineParser;
import storefact.event.Rejection;
import storefact.event.Streams;
import storefact.simulator.chain.ChainParameters;
import storefact.simulator.truth.TruthTable;

/** A simulation's files, read back as the ingest reads them. */
final class SimulatedDrop {

  private static final int BATCH = 1_000;

  final SimulationSettings settings;
  final SimulationResult result;
  private final Map<String, Boolean> stores = new HashMap<>();

  private SimulatedDrop(SimulationSettings settings, SimulationResult result) throws IOException {
    this.settings = settings;
    this.result = result;
    each(storefact.event.Store.class, store -> stores.put(store.store(), true));
  }

  static SimulationSettings settings(
      Path out, int stores, int members, int days, LineFormat format, double faults, int threads) {
    return new SimulationSettings(
        out,
        stores,
        members,
        LocalDate.of(2024, 1, 1),
        days,
        7,
        format,
        false,
        faults,
        threads,
        ChainParameters.usual());
  }

  static SimulatedDrop run(SimulationSettings settings) throws Exception {
    return new SimulatedDrop(settings, new Simulation(settings).run(_ -> {}));
  }

  /** Paths of a stream's files below the drop folder, sorted. */
  List<Path> files(Contract<?> contract) throws IOException {
    try (Stream<Path> tree = Files.walk(settings.drop())) {
      return tree.filter(Files::isRegularFile)
          .filter(
              file ->
                  Streams.ofFile(String.valueOf(file.getFileName()))
                      .filter(contract::equals)
                      .isPresent())
          .sorted()
          .toList();
    }
  }

  /** Every accepted event of a stream, files in the order of their names. */
  <E extends Record & Event> void each(Class<E> type, Consumer<E> taker) throws IOException {
    Contract<E> contract = Contract.of(type);
    for (Path file : files(contract)) {
      read(
          file,
          contract,
          batch -> {
            for (int row = 0; row < batch.size(); row++) {
              taker.accept(contract.read(batch, row));
            }
          });
    }
  }

  <E extends Record & Event> List<E> all(Class<E> type) throws IOException {
    List<E> all = new ArrayList<>();
    each(type, all::add);
    return all;
  }

  /** Rejections of a file, as the ingest would list them. */
  List<Rejection> rejections(Path file, Contract<?> contract) throws IOException {
    List<Rejection> rejections = new ArrayList<>();
    read(file, contract, batch -> rejections.addAll(batch.rejections()));
    return rejections;
  }

  private void read(Path file, Contract<?> contract, Consumer<EventBatch> taker)
      throws IOException {
    String name = String.valueOf(file.getFileName());
    LineParser parser =
        LineParser.of(
            contract,
            LineFormat.ofFile(name).orElseThrow(),
            store -> stores.isEmpty() || stores.containsKey(store));
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      EventBatch batch = new EventBatch(contract, BATCH);
      long number = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b != '\n') {
          line.write(b);
          continue;
        }
        byte[] bytes = line.toByteArray();
        line.reset();
        parser.take(batch, bytes, 0, bytes.length, ++number);
        if (batch.size() == BATCH) {
          taker.accept(batch);
          batch = new EventBatch(contract, BATCH);
        }
      }
      taker.accept(batch);
    }
  }

  /** Rows of a table of truth, values by their column. */
  List<Map<String, String>> truth(TruthTable table) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (Stream<Path> tree = Files.list(settings.truth().resolve(table.table()))) {
      for (Path file : (Iterable<Path>) tree.sorted()::iterator) {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        String[] header = lines.getFirst().split(",", -1);
        for (String line : lines.subList(1, lines.size())) {
          String[] values = line.split(",", -1);
          Map<String, String> row = new HashMap<>();
          for (int i = 0; i < header.length; i++) {
            row.put(header[i], values[i]);
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }
}
