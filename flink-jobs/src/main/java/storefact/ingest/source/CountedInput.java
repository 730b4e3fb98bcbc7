package storefact.ingest.source;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import net.jpountz.xxhash.StreamingXXHash64;

/** A drop file's bytes, counted and hashed as they pass, unpacked where the name says gzip. */
final class CountedInput implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Counting raw;
  private final InputStream content;

  private final boolean packed;

  private CountedInput(Counting raw, InputStream content, boolean packed) {
    this.raw = raw;
    this.content = content;
    this.packed = packed;
  }

  static CountedInput open(Path file) throws IOException {
    Counting raw = new Counting(Files.newInputStream(file));
    boolean gzip = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    return new CountedInput(raw, gzip ? new LazyGzip(raw) : raw, gzip);
  }

  InputStream content() {
    return content;
  }

  boolean isPacked() {
    return packed;
  }

  /** Bytes of the file read so far, as they lie on disk. */
  long count() {
    return raw.count;
  }

  /** XXH64 of the bytes read so far. */
  long checksum() {
    return raw.hash.getValue();
  }

  /** Reads what is left, so that count and checksum are the whole file's. */
  void drain() throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    int read;
    do {
      read = raw.read(buffer, 0, buffer.length);
    } while (read >= 0);
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }

  private static final class Counting extends FilterInputStream {
    private final StreamingXXHash64 hash = DropFile.newHash();
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      if (read > 0) {
        count += read;
        hash.update(bytes, offset, read);
      }
      return read;
    }
  }

  /** Opens the gzip stream at the first read, where a damaged header can be told as a rejection. */
  private static final class LazyGzip extends InputStream {
    private final InputStream raw;
    private GZIPInputStream gzip;

    LazyGzip(InputStream raw) {
      this.raw = new BufferedInputStream(raw, BUFFER_BYTES);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (gzip == null) {
        gzip = new GZIPInputStream(raw, BUFFER_BYTES);
      }
      return gzip.read(bytes, offset, length);
    }
  }
}
