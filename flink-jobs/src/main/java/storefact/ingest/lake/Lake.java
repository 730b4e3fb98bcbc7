package storefact.ingest.lake;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import storefact.event.Contract;
import storefact.event.Field;

/**
 * The raw lake: one Iceberg table a stream, {@code raw.<stream>}, every accepted event once,
 * partitioned by business day, or its month, where the stream has one.
 *
 * @param properties the catalog's: a local SQLite file, or a REST catalog and object store
 */
public record Lake(Map<String, String> properties) implements Serializable {

  private static final Namespace RAW = Namespace.of("raw");
  private static final String CATALOG = "lake";

  /** The lake below a folder: files on the disk, catalog in SQLite. */
  public static Lake local(Path folder) {
    Map<String, String> properties = new HashMap<>();
    properties.put("catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog");
    properties.put(
        "uri",
        "jdbc:sqlite:" + folder.resolve("catalog.db") + "?busy_timeout=60000&journal_mode=WAL");
    properties.put("warehouse", folder.toString());
    properties.put("io-impl", LocalFileIO.class.getName());
    properties.put("jdbc.schema-version", "V1");
    properties.put("cache-enabled", "false");
    return new Lake(properties);
  }

  /** Opens the catalog; close it where it is {@link AutoCloseable}. */
  public Catalog catalog() {
    return CatalogUtil.buildIcebergCatalog(CATALOG, properties, new Configuration());
  }

  /**
   * The table of a stream, made if it is not there yet, with the fields that the contract has got
   * since in their place. Fields never leave a contract.
   */
  public Table table(Contract<?> contract) {
    Catalog catalog = catalog();
    TableIdentifier name = name(contract);
    if (catalog instanceof SupportsNamespaces namespaces && !namespaces.namespaceExists(RAW)) {
      namespaces.createNamespace(RAW);
    }
    if (catalog.tableExists(name)) {
      return evolved(catalog.loadTable(name), contract);
    }
    Schema schema = schema(contract);
    return catalog.createTable(name, schema, partitions(contract, schema), tableProperties());
  }

  private static Table evolved(Table table, Contract<?> contract) {
    Schema wanted = schema(contract);
    if (table.schema().columns().size() == wanted.columns().size()) {
      return table;
    }
    UpdateSchema update = table.updateSchema();
    String before = "";
    for (Types.NestedField field : wanted.columns()) {
      if (table.schema().findField(field.name()) == null) {
        // Required fields come with a default: what was written before them reads as null.
        update.addColumn(field.name(), field.type(), field.doc());
        if (before.isEmpty()) {
          update.moveFirst(field.name());
        } else {
          update.moveAfter(field.name(), before);
        }
      }
      before = field.name();
    }
    update.commit();
    return table;
  }

  /** Events in the table of a stream, 0 where there is none; from its metadata, not by reading. */
  public long events(Contract<?> contract) {
    Catalog catalog = catalog();
    if (!catalog.tableExists(name(contract))) {
      return 0;
    }
    Snapshot snapshot = catalog.loadTable(name(contract)).currentSnapshot();
    return snapshot == null
        ? 0
        : Long.parseLong(snapshot.summary().getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0"));
  }

  TableLoader loader(Contract<?> contract) {
    CatalogLoader catalog =
        CatalogLoader.custom(
            CATALOG, properties, new Configuration(), properties.get("catalog-impl"));
    return TableLoader.fromCatalog(catalog, name(contract));
  }

  private static TableIdentifier name(Contract<?> contract) {
    return TableIdentifier.of(RAW, contract.stream());
  }

  private static Map<String, String> tableProperties() {
    return Map.of(
        TableProperties.FORMAT_VERSION, "2",
        TableProperties.PARQUET_COMPRESSION, "zstd",
        TableProperties.PARQUET_COMPRESSION_LEVEL, "1",
        // A small day's file has few distinct texts; a page size for many would only hold memory.
        TableProperties.PARQUET_PAGE_SIZE_BYTES, "262144",
        TableProperties.DEFAULT_WRITE_METRICS_MODE, "counts",
        TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
        TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "20");
  }

  /** The contract's fields with their meaning as doc. */
  static Schema schema(Contract<?> contract) {
    return new Schema(
        contract.fields().stream()
            .map(
                field ->
                    Types.NestedField.builder()
                        .withId(field.ordinal() + 1)
                        .withName(field.name())
                        .isOptional(field.nullable())
                        .ofType(type(field))
                        .withDoc(field.comment())
                        .build())
            .toList());
  }

  private static Type type(Field field) {
    return switch (field.kind()) {
      case TEXT -> Types.StringType.get();
      case INTEGER -> Types.LongType.get();
      case DECIMAL -> Types.DecimalType.of(18, field.scale());
      case DATE -> Types.DateType.get();
      case TIME -> Types.TimestampType.withZone();
      case FLAG -> Types.BooleanType.get();
    };
  }

  private static PartitionSpec partitions(Contract<?> contract, Schema schema) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    contract.fields().stream()
        .filter(field -> field.near().isPresent())
        .forEach(
            day -> {
              switch (contract.lakePeriod()) {
                case DAY -> spec.identity(day.name());
                case MONTH -> spec.month(day.name());
              }
            });
    return spec.build();
  }
}
