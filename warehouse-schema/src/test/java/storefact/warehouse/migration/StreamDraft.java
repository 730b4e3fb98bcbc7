package storefact.warehouse.migration;

import java.util.List;
import java.util.stream.Collectors;
import storefact.event.Contract;
import storefact.event.Field;
import storefact.event.Stream;
import storefact.event.Streams;

/**
 * Drafts the migration of a new stream from its contract: table and reader's view, to be read and
 * completed by a person (codecs, partitions, what readers want to see derived).
 */
final class StreamDraft {

  private StreamDraft() {}

  /** The statements for a stream. */
  static String of(Contract<?> contract) {
    return table(contract) + "\n" + view(contract);
  }

  private static String table(Contract<?> contract) {
    String keys =
        contract.fields().stream()
            .filter(Field::key)
            .map(Field::name)
            .collect(Collectors.joining(", "));
    boolean master = contract.nature() == Stream.Nature.MASTER;
    String voided = contract.find("voided").isPresent() ? ", voided" : "";
    String partition =
        contract.fields().stream()
            .filter(field -> field.near().isPresent())
            .map(field -> "PARTITION BY toYear(" + field.name() + ")\n")
            .collect(Collectors.joining());
    return """
        -- %s
        CREATE TABLE IF NOT EXISTS star.%s {{on cluster}}
        (
        %s
        )
        ENGINE = {{engine ReplacingMergeTree(version%s)}}
        %sORDER BY (%s)
        SETTINGS non_replicated_deduplication_window = 10000
        COMMENT 'One row per %s. Source: stream %s. Several versions may stand here; read dw.%s';
        """
        .formatted(
            master ? "on every node" : "sharded by cityHash64(" + firstKey(contract) + ")",
            contract.stream(),
            columns(contract.fields(), true),
            voided,
            partition,
            keys,
            contract.grain(),
            contract.stream(),
            contract.stream());
  }

  private static String firstKey(Contract<?> contract) {
    return contract.fields().stream().filter(Field::key).findFirst().orElseThrow().name();
  }

  private static String view(Contract<?> contract) {
    List<Field> shown =
        contract.fields().stream()
            .filter(field -> !field.name().equals("version") && !field.name().equals("voided"))
            .toList();
    return """
        CREATE VIEW IF NOT EXISTS dw.%s {{on cluster}}
        (
        %s
        )
        DEFINER = view_owner SQL SECURITY DEFINER
        AS SELECT %s
        FROM star.%s FINAL
        COMMENT 'One row per %s: the newest version, right at any moment';
        """
        .formatted(
            contract.stream(),
            columns(shown, false),
            shown.stream().map(Field::name).collect(Collectors.joining(", ")),
            contract.stream(),
            contract.grain());
  }

  private static String columns(List<Field> fields, boolean stored) {
    return fields.stream()
        .map(
            field ->
                "    %s %s COMMENT '%s'%s"
                    .formatted(
                        field.name(),
                        field.columnType(),
                        field.comment().replace("'", "\\'"),
                        stored ? " CODEC(ZSTD(1))" : ""))
        .collect(Collectors.joining(",\n"));
  }

  /** Prints the drafts of the streams named. */
  public static void main(String[] streams) {
    for (String stream : streams) {
      System.out.println(of(Streams.named(stream).orElseThrow()));
    }
  }
}
