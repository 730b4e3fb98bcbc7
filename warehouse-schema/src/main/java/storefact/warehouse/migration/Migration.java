package storefact.warehouse.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** One versioned SQL file: its name (V001__what.sql), its text and the text's SHA-256. */
record Migration(String name, String text) {

  private static final Predicate<String> IS_ONE =
      Pattern.compile("V[0-9]{3}__[a-z_]+\\.sql").asMatchPredicate();
  private static final String FOLDER = "storefact/warehouse/migration/";

  /** In order: whatever lies in the folder, so that a new migration is one file. */
  static final List<String> FILES = files();

  private static List<String> files() {
    Path own = Path.of(URI.create(codeSource()));
    try {
      if (Files.isDirectory(own)) {
        try (Stream<Path> files = Files.list(own.resolve(FOLDER))) {
          return files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(IS_ONE)
              .sorted()
              .toList();
        }
      }
      try (JarFile jar = new JarFile(own.toFile())) {
        return jar.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.startsWith(FOLDER))
            .map(name -> name.substring(FOLDER.length()))
            .filter(IS_ONE)
            .sorted()
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the migrations in " + own, e);
    }
  }

  private static String codeSource() {
    return Migration.class.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  static List<Migration> all() {
    return FILES.stream().map(Migration::read).toList();
  }

  private static Migration read(String name) {
    String resource = "/" + FOLDER + name;
    try (InputStream in = Migration.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("migration " + resource + " is not on the class path");
      }
      return new Migration(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read migration " + resource, e);
    }
  }

  String checksum() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The statements: they end with a semicolon at the end of a line. */
  List<String> statements() {
    List<String> statements = new ArrayList<>();
    for (String part : text.split(";[ \t]*(\\r?\\n|$)", -1)) {
      if (!part.isBlank()) {
        statements.add(part.strip());
      }
    }
    return statements;
  }
}
