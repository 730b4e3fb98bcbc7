package storefact.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a writer writes, the parser of the same contract reads. */
class EventWriterTest {

  private static final int EVENTS = 500;

  @TempDir private Path folder;

  static Stream<Arguments> everyStreamInEveryFile() {
    return Streams.ALL.stream()
        .flatMap(
            contract ->
                Stream.of(".ndjson", ".csv", ".ndjson.gz", ".csv.gz")
                    .map(ending -> Arguments.of(contract.stream(), ending)));
  }

  @ParameterizedTest
  @MethodSource("everyStreamInEveryFile")
  void writtenEventsAreReadBackAsTheyWere(String stream, String ending) throws IOException {
    roundTrip(Streams.named(stream).orElseThrow(), ending);
  }

  private <E extends Record & Event> void roundTrip(Contract<E> contract, String ending)
      throws IOException {
    List<E> events = new SampleEvents(7).events(contract, EVENTS);
    Path file = folder.resolve(contract.stream() + ending);
    try (EventWriter<E> writer = EventWriter.to(contract, file)) {
      for (E event : events) {
        writer.write(event);
      }
    }

    EventBatch read = read(contract, file);

    assertThat(read.rejections()).isEmpty();
    assertThat(read.size()).isEqualTo(EVENTS);
    for (int row = 0; row < EVENTS; row++) {
      assertThat((Object) contract.read(read, row)).isEqualTo(events.get(row));
    }
  }

  @Test
  void aFileNameThatTellsNoFormatIsRefused() {
    assertThatThrownBy(() -> EventWriter.to(Contract.of(Store.class), folder.resolve("store.xlsx")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("store.xlsx")
        .hasMessageContaining(".ndjson");
  }

  private static EventBatch read(Contract<?> contract, Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    if (file.toString().endsWith(".gz")) {
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
        content = in.readAllBytes();
      }
    }
    LineFormat format = LineFormat.ofFile(file.toString()).orElseThrow();
    LineParser parser = LineParser.of(contract, format, _ -> true);
    EventBatch batch = new EventBatch(contract, 16);
    long number = 0;
    for (String line : new String(content, StandardCharsets.UTF_8).split("\n", -1)) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      parser.take(batch, bytes, 0, bytes.length, ++number);
    }
    return batch;
  }
}
