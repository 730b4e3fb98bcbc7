package storefact.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines come out whole, however the bytes come in. */
class LineReaderTest {

  private static final int LIMIT = LineReader.MOST_LINE_BYTES;

  /** Gives at most so many bytes at a read, a random number of them. */
  private static final class Chunks extends InputStream {
    private final InputStream bytes;
    private final Random random;
    private final int most;

    Chunks(byte[] bytes, int most, long seed) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.random = new Random(seed);
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      return bytes.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      return bytes.read(to, offset, Math.min(length, 1 + random.nextInt(most)));
    }
  }

  private static List<String> read(LineReader reader, InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    reader.open(in);
    while (reader.next()) {
      int length = reader.to() - reader.from();
      lines.add(
          reader.isTooLong()
              ? "too long, " + length + " bytes kept"
              : new String(reader.bytes(), reader.from(), length, UTF_8));
    }
    return lines;
  }

  private static List<String> read(String text) throws IOException {
    return read(new LineReader(), new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  @Test
  void theLastLineNeedsNoLineEnd() throws IOException {
    assertThat(read("a\nb")).containsExactly("a", "b");
    assertThat(read("a\nb\n")).containsExactly("a", "b");
    assertThat(read("")).isEmpty();
    assertThat(read("\n")).containsExactly("");
    assertThat(read("\n\na")).containsExactly("", "", "a");
  }

  @Test
  void aCarriageReturnStaysForTheParserToTakeOff() throws IOException {
    assertThat(read("a\r\nb\r\n")).containsExactly("a\r", "b\r");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 1000, 1 << 16, 4 << 20})
  void linesAcrossTheBordersOfChunksAndBufferAreWhole(int mostChunk) throws IOException {
    Random random = new Random(mostChunk);
    int most = mostChunk == 1 ? 3_000 : 400_000;
    List<String> lines = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    while (text.length() < (mostChunk == 1 ? 100_000 : 5 << 20)) {
      int length = random.nextInt(10) == 0 ? random.nextInt(most) : random.nextInt(300);
      String line = "店x\r\t\u0001".repeat(length / 6) + random.nextInt();
      lines.add(line);
      text.append(line).append('\n');
    }

    assertThat(read(new LineReader(), new Chunks(text.toString().getBytes(UTF_8), mostChunk, 3)))
        .isEqualTo(lines);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1 << 16, 1 << 20, 16 << 20})
  void aLineIsTooLongByItsLengthNotByHowItsBytesCome(int mostChunk) throws IOException {
    List<Integer> lengths =
        List.of(5, LIMIT - 1, LIMIT, LIMIT + 1, 7, LIMIT * 3 / 2, 2 * LIMIT, 1, 10 * LIMIT, 3);
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int length : lengths) {
      String line = "x".repeat(length);
      text.append(line).append('\n');
      expected.add(length > LIMIT ? "too long, " + LIMIT + " bytes kept" : line);
    }
    byte[] bytes = text.toString().getBytes(UTF_8);

    assertThat(read(new LineReader(), new Chunks(bytes, mostChunk, 5))).isEqualTo(expected);
    assertThat(read(new LineReader(), new ByteArrayInputStream(bytes))).isEqualTo(expected);
  }

  @Test
  void aFileMayEndInALineThatIsTooLong() throws IOException {
    for (int length : List.of(LIMIT + 1, 2 * LIMIT, 3 * LIMIT)) {
      assertThat(read("a\n" + "x".repeat(length)))
          .containsExactly("a", "too long, " + LIMIT + " bytes kept");
    }
  }

  @Test
  void aReaderIsUsedForOneFileAfterTheOther() throws IOException {
    LineReader reader = new LineReader();
    assertThat(read(reader, new ByteArrayInputStream("a\nb".getBytes(UTF_8)))).hasSize(2);
    reader.open(new ByteArrayInputStream("left\nunread".getBytes(UTF_8)));
    assertThat(reader.next()).isTrue();

    assertThat(read(reader, new ByteArrayInputStream("c\n".getBytes(UTF_8)))).containsExactly("c");
  }
}
