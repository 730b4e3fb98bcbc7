package storefact.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jpountz.xxhash.StreamingXXHash64;
import net.jpountz.xxhash.XXHashFactory;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A file to read, and how far it was read: the split of {@link DropSource}.
 *
 * @param path below the drop folder, with forward slashes
 * @param size bytes when it was found
 * @param linesDone lines that have been handed on; reading goes on behind them
 * @param accepted rows handed on so far
 * @param repeated lines left out so far because the same line had just been taken
 * @param rejected lines rejected so far
 */
public record DropFile(
    String path, long size, long linesDone, long accepted, long repeated, long rejected)
    implements SourceSplit {

  private static final int BUFFER_BYTES = 1 << 16;
  static final int CHECKSUM_SEED = 0;

  static DropFile found(String path, long size) {
    return new DropFile(path, size, 0, 0, 0, 0);
  }

  @Override
  public String splitId() {
    return path;
  }

  /** The file's own name. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** XXH64 of the file's content. */
  static long checksum(Path file) throws IOException {
    StreamingXXHash64 hash = newHash();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hash.update(buffer, 0, read);
      }
    }
    return hash.getValue();
  }

  static StreamingXXHash64 newHash() {
    return XXHashFactory.fastestInstance().newStreamingHash64(CHECKSUM_SEED);
  }
}
