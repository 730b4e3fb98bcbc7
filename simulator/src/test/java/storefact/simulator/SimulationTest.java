package storefact.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storefact.event.Contract;
import storefact.event.LineFormat;
import storefact.event.Rejection;
import storefact.event.SalesLine;
import storefact.event.Streams;
import storefact.simulator.chain.ChainParameters;
import storefact.simulator.truth.TruthTable;

class SimulationTest {

  @Test
  void sameSeedSameBytesWhateverTheThreads(@TempDir Path folder) throws Exception {
    SimulatedDrop.run(
        SimulatedDrop.settings(folder.resolve("one"), 12, 300, 40, LineFormat.NDJSON, 0.001, 1));
    SimulatedDrop.run(
        SimulatedDrop.settings(folder.resolve("two"), 12, 300, 40, LineFormat.NDJSON, 0.001, 2));
    assertThat(checksums(folder.resolve("one")))
        .hasSizeGreaterThan(60)
        .isEqualTo(checksums(folder.resolve("two")));
  }

  @Test
  void anotherSeedIsAnotherChain(@TempDir Path folder) throws Exception {
    SimulationSettings one =
        SimulatedDrop.settings(folder.resolve("one"), 1, 50, 10, LineFormat.CSV, 0, 1);
    SimulationSettings other =
        new SimulationSettings(
            folder.resolve("other"),
            1,
            50,
            one.start(),
            10,
            8,
            LineFormat.CSV,
            false,
            0,
            1,
            one.parameters());
    assertThat(SimulatedDrop.run(one).all(SalesLine.class))
        .isNotEqualTo(SimulatedDrop.run(other).all(SalesLine.class));
  }

  @Test
  void everyStreamIsThereAndEveryEventIsTaken(@TempDir Path folder) throws Exception {
    SimulatedDrop drop =
        SimulatedDrop.run(SimulatedDrop.settings(folder, 4, 400, 120, LineFormat.NDJSON, 0, 2));
    for (Contract<?> contract : Streams.ALL) {
      List<Path> files = drop.files(contract);
      assertThat(files).as(contract.stream()).isNotEmpty();
      long bytes = 0;
      for (Path file : files) {
        assertThat(drop.rejections(file, contract)).as(file.toString()).isEmpty();
        bytes += Files.size(file);
      }
      assertThat(bytes).as(contract.stream()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(LineFormat.class)
  void plantedBadLinesAreRejectedForTheirReasonAndNoOthers(LineFormat format, @TempDir Path folder)
      throws Exception {
    SimulatedDrop drop =
        SimulatedDrop.run(SimulatedDrop.settings(folder, 4, 300, 60, format, 0.02, 2));
    Map<String, String> planted = new TreeMap<>();
    Map<String, Integer> kinds = new HashMap<>();
    for (Map<String, String> fault : drop.truth(TruthTable.FAULT)) {
      kinds.merge(fault.get("kind"), 1, Integer::sum);
      if (!fault.get("reason").isEmpty()) {
        planted.put(fault.get("file") + ":" + fault.get("line_number"), fault.get("reason"));
      }
    }
    assertThat(kinds)
        .containsOnlyKeys("bad_line", "repeat", "repeat_apart", "late", "correction", "void");
    Map<String, String> rejected = new TreeMap<>();
    Contract<?> contract = Contract.of(SalesLine.class);
    for (Path file : drop.files(contract)) {
      String name = drop.settings.drop().relativize(file).toString();
      for (Rejection rejection : drop.rejections(file, contract)) {
        rejected.put(name + ":" + rejection.lineNumber(), rejection.reason().name());
      }
    }
    assertThat(rejected).hasSizeGreaterThan(100).isEqualTo(planted);
    assertThat(planted.values().stream().distinct().count())
        .isEqualTo(format == LineFormat.NDJSON ? 14 : 12);
  }

  /** Whoever takes repeats once, corrections and voids sees the chain without faults. */
  @Test
  void faultsLoseNoSale(@TempDir Path folder) throws Exception {
    SimulatedDrop right =
        SimulatedDrop.run(
            SimulatedDrop.settings(folder.resolve("right"), 4, 200, 60, LineFormat.NDJSON, 0, 1));
    SimulatedDrop faulty =
        SimulatedDrop.run(
            SimulatedDrop.settings(
                folder.resolve("faulty"), 4, 200, 60, LineFormat.NDJSON, 0.05, 1));
    assertThat(latest(faulty)).isEqualTo(latest(right));
  }

  private static Map<String, String> latest(SimulatedDrop drop) throws IOException {
    Map<String, SalesLine> latest = new TreeMap<>();
    drop.each(
        SalesLine.class,
        line ->
            latest.merge(
                String.join(
                    "/",
                    line.store(),
                    line.businessDate().toString(),
                    line.till(),
                    line.receipt(),
                    Integer.toString(line.line())),
                line,
                (one, other) -> other.version() >= one.version() ? other : one));
    Map<String, String> amounts = new TreeMap<>();
    latest.forEach(
        (key, line) -> {
          if (!line.voided()) {
            amounts.put(key, line.goods() + " " + line.quantity() + " " + line.netAmount());
          }
        });
    return amounts;
  }

  @Test
  void aFinishedRunIsLeftAloneAndOtherSettingsAreRefused(@TempDir Path folder) throws Exception {
    SimulationSettings settings = SimulatedDrop.settings(folder, 1, 20, 5, LineFormat.NDJSON, 0, 1);
    new Simulation(settings).run(_ -> {});
    assertThat(new Simulation(settings).run(_ -> {}).alreadyThere()).isTrue();
    SimulationSettings longer = SimulatedDrop.settings(folder, 1, 20, 6, LineFormat.NDJSON, 0, 1);
    assertThatThrownBy(() -> new Simulation(longer).run(_ -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("other settings");
  }

  @Test
  void whatCannotBeSimulatedIsNamed(@TempDir Path folder) {
    assertThatThrownBy(() -> SimulatedDrop.settings(folder, 0, 20, 5, LineFormat.NDJSON, 0, 1))
        .hasMessageContaining("stores 0");
    assertThatThrownBy(
            () ->
                new SimulationSettings(
                    folder,
                    1,
                    1,
                    LocalDate.now(java.time.ZoneOffset.UTC),
                    1,
                    1,
                    LineFormat.CSV,
                    false,
                    0,
                    1,
                    ChainParameters.usual()))
        .hasMessageContaining("before today");
  }

  private static Map<String, String> checksums(Path out) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(out)) {
      for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        sums.put(
            out.relativize(file).toString(),
            HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file))));
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return sums;
  }
}
