package storefact.importing.completejourney;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** How drop files are packed. The same events give the same bytes, packed or not. */
public enum Compression {
  /** As they are. */
  NONE,
  /** By gzip; the file name ends in {@code .gz}. */
  GZIP;

  private static final int BUFFER_BYTES = 1 << 16;

  /** What the file name gets behind the format's own ending, dot included; empty for none. */
  public String extension() {
    return switch (this) {
      case NONE -> "";
      case GZIP -> ".gz";
    };
  }

  OutputStream pack(OutputStream out) throws IOException {
    return switch (this) {
      case NONE -> out;
      case GZIP -> new GZIPOutputStream(out, BUFFER_BYTES);
    };
  }
}
