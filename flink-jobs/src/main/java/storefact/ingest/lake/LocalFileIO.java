package storefact.ingest.lake;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** Iceberg's files on the local disk, without Hadoop's file system. Named in catalog properties. */
public final class LocalFileIO implements FileIO {
  private static final long serialVersionUID = 1L;

  /** For Iceberg, which makes it by name. */
  public LocalFileIO() {}

  private static File file(String location) {
    return new File(location.startsWith("file:") ? location.substring("file:".length()) : location);
  }

  @Override
  public InputFile newInputFile(String location) {
    return org.apache.iceberg.Files.localInput(file(location));
  }

  @Override
  public OutputFile newOutputFile(String location) {
    File file = file(location);
    Path parent = file.getAbsoluteFile().getParentFile().toPath();
    try {
      // Iceberg's own creation of the folder fails when two writers do it at once.
      Files.createDirectories(parent);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create lake folder " + parent, e);
    }
    return org.apache.iceberg.Files.localOutput(file);
  }

  @Override
  public void deleteFile(String location) {
    try {
      Files.deleteIfExists(file(location).toPath());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete lake file " + location, e);
    }
  }

  @Override
  public Map<String, String> properties() {
    return Map.of();
  }

  @Override
  public void initialize(Map<String, String> properties) {
    // Nothing to set.
  }
}
