package storefact.warehouse.migration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** One versioned SQL file: its name (V001__what.sql), its text and the text's SHA-256. */
record Migration(String name, String text) {

  /** In order; a new migration adds its name here. */
  static final List<String> FILES =
      List.of(
          "V001__databases.sql",
          "V002__star.sql",
          "V003__reader_views.sql",
          "V004__chain.sql",
          "V005__calendar.sql",
          "V006__rejects.sql");

  static List<Migration> all() {
    return FILES.stream().map(Migration::read).toList();
  }

  private static Migration read(String name) {
    String resource = "/storefact/warehouse/migration/" + name;
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
