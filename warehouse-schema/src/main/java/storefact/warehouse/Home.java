package storefact.warehouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder that holds one warehouse: what {@code --home} names, {@code .storefact} by default.
 * Several homes live side by side.
 *
 * @param root the folder, absolute
 */
public record Home(Path root) {
  private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_ONLY_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Pattern PROCESS = Pattern.compile("[0-9]{1,10}");
  private static final Pattern SECRET_NAME = Pattern.compile("[a-z0-9_-]{1,64}");
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** Takes the folder as it is named; a relative path counts from the working directory. */
  public Home {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * The home at a folder, its sub-folders created where they are missing.
   *
   * @throws UncheckedIOException if a folder cannot be created
   */
  public static Home at(Path root) {
    Home home = new Home(root);
    try {
      for (Path folder :
          new Path[] {home.lake(), home.checkpoints(), home.drop(), home.reports(), home.logs()}) {
        Files.createDirectories(folder);
      }
      // The engine's folder holds password hashes and all data, so others may not even list it.
      for (Path folder : new Path[] {home.engine(), home.secrets()}) {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, OWNER_ONLY_FOLDER);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot prepare the home folder " + home.root + ": choose another one with --home DIR",
          e);
    }
    return home;
  }

  /** The engine's data, configuration and locks; closed to other users. */
  public Path engine() {
    return root.resolve("engine");
  }

  /** The raw events, as Iceberg tables. */
  public Path lake() {
    return root.resolve("lake");
  }

  /** Flink's checkpoints. */
  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** Where stores drop their event files. */
  public Path drop() {
    return root.resolve("drop");
  }

  /** Finished reports. */
  public Path reports() {
    return root.resolve("reports");
  }

  /** Log files. */
  public Path logs() {
    return root.resolve("logs");
  }

  /**
   * A folder for what this process writes for itself only. Those of processes that are gone, killed
   * for instance, are removed on the way.
   *
   * @throws UncheckedIOException if it cannot be made
   */
  public Path temporary() {
    Path all = root.resolve("tmp");
    try {
      Path own =
          Files.createDirectories(all.resolve(String.valueOf(ProcessHandle.current().pid())));
      try (Stream<Path> folders = Files.list(all)) {
        for (Path folder : (Iterable<Path>) folders::iterator) {
          String name = String.valueOf(folder.getFileName());
          if (PROCESS.matcher(name).matches() && ProcessHandle.of(Long.parseLong(name)).isEmpty()) {
            remove(folder);
          }
        }
      }
      return own;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder in " + all, e);
    }
  }

  /** Generated passwords, one file each; closed to other users. */
  public Path secrets() {
    return root.resolve("secrets");
  }

  /**
   * The secret of that name: 32 letters and digits, generated at the first call by any process and
   * the same ever after.
   *
   * @param name lower-case letters, digits, {@code _} and {@code -}
   * @throws IllegalArgumentException if the name is none
   * @throws UncheckedIOException if the file can be neither read nor created
   */
  public String secret(String name) {
    if (!SECRET_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "secret name \"" + name + "\": use a-z, 0-9, _ and -, at most 64 characters");
    }
    Path file = secrets().resolve(name);
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read or create the secret " + file + ": make the folder writable for its owner",
          e);
    }
  }

  /** Another process may be removing the same folder. */
  private static void remove(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      // It is going already.
    }
  }

  /**
   * A link appears whole or not at all, and only once: two processes agree on the winner's secret.
   */
  private static void create(Path file) throws IOException {
    Path complete =
        Files.createTempFile(
            file.getParent(), ".new-", null, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FILE));
    try {
      Files.writeString(complete, randomSecret() + "\n");
      Files.createLink(file, complete);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its secret counts.
    } finally {
      Files.delete(complete);
    }
  }

  /** 32 random letters and digits, about 190 bits; never stored by this call. */
  public static String randomSecret() {
    SecureRandom random = new SecureRandom();
    StringBuilder secret = new StringBuilder(32);
    for (int i = 0; i < 32; i++) {
      secret.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return secret.toString();
  }
}
