package storefact.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch holds what was put in, grows, and crosses a network unchanged. */
class EventBatchTest {

  static Stream<String> everyStream() {
    return Streams.ALL.stream().map(Contract::stream);
  }

  @ParameterizedTest
  @MethodSource("everyStream")
  void aBatchOfEveryStreamCrossesANetworkUnchanged(String stream) throws IOException {
    Contract<?> contract = Streams.named(stream).orElseThrow();
    EventBatch batch = new SampleEvents(11).batch(contract, 300);
    batch.reject(new Rejection(Reason.NUL_BYTE, "字节 0", new byte[] {0, -1, 65}, 17));
    batch.reject(new Rejection(Reason.LINE_TOO_LONG, "", new byte[Rejection.MOST_RAW_BYTES], 1));

    EventBatch read = throughBytes(batch);

    assertSame(contract, batch, read);
    assertThat(read.rejections()).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(read.rejections().get(i))
          .usingRecursiveComparison()
          .isEqualTo(batch.rejections().get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 63, 64, 65})
  void everySizeCrossesANetwork(int rows) throws IOException {
    Contract<SalesLine> contract = Contract.of(SalesLine.class);
    EventBatch batch = new SampleEvents(13).batch(contract, rows);

    assertSame(contract, batch, throughBytes(batch));
  }

  @Test
  void aRowTakenBackLeavesNoTrace() {
    Contract<SalesLine> contract = Contract.of(SalesLine.class);
    EventBatch batch = new SampleEvents(17).batch(contract, 10);
    SalesLine ninth = contract.read(batch, 8);
    SalesLine tenth = contract.read(batch, 9);
    EventBatch other = new EventBatch(contract, 4);
    LineParser parser = LineParser.of(contract, LineFormat.NDJSON, _ -> true);

    // an unfinished row, then a finished one, are taken back before a full one comes
    batch.setText(0, "left".getBytes(StandardCharsets.UTF_8), 0, 4);
    batch.dropRow();
    batch.undoRow();
    byte[] line = LineParserTest.GOOD_JSON.getBytes(StandardCharsets.UTF_8);
    parser.take(batch, line, 0, line.length, 1);
    parser.take(other, line, 0, line.length, 1);

    assertThat(batch.size()).isEqualTo(10);
    assertThat(contract.read(batch, 8)).isEqualTo(ninth);
    assertThat(contract.read(batch, 9)).isEqualTo(contract.read(other, 0)).isNotEqualTo(tenth);
  }

  private static void assertSame(Contract<?> contract, EventBatch batch, EventBatch read) {
    assertThat(read.contract()).isSameAs(contract);
    assertThat(read.size()).isEqualTo(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      assertThat((Object) contract.read(read, row)).isEqualTo(contract.read(batch, row));
    }
  }

  private static EventBatch throughBytes(EventBatch batch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    batch.write(new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    EventBatch read = EventBatch.read(in);
    assertThat(in.read()).as("bytes left over").isEqualTo(-1);
    return read;
  }
}
