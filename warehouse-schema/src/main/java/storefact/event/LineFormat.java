package storefact.event;

import java.util.Locale;
import java.util.Optional;

/** How a drop file is written; either may be compressed by gzip. */
public enum LineFormat {
  /** One JSON object a line. */
  NDJSON,
  /** A header line, then one RFC 4180 record a line; no line breaks inside quotes. */
  CSV;

  /** The format by the file's name, {@code .gz} aside. */
  public static Optional<LineFormat> ofFile(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      name = name.substring(0, name.length() - 3);
    }
    if (name.endsWith(".ndjson") || name.endsWith(".jsonl") || name.endsWith(".json")) {
      return Optional.of(NDJSON);
    }
    return name.endsWith(".csv") ? Optional.of(CSV) : Optional.empty();
  }

  /** The file name's ending, dot included. */
  public String extension() {
    return switch (this) {
      case NDJSON -> ".ndjson";
      case CSV -> ".csv";
    };
  }
}
