package storefact.warehouse;

import java.nio.file.Path;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.jooq.meta.jaxb.Target;

/** Generates the jOOQ tables of package storefact.warehouse.jooq from a migrated warehouse. */
final class JooqTables {

  private JooqTables() {}

  /** Writes the tables below the folder of a source tree. */
  static void generate(WarehouseAddress address, Path sourceRoot) throws Exception {
    Database database =
        new Database()
            .withName("org.jooq.meta.clickhouse.ClickHouseDatabase")
            .withIncludes("(dw|ops|cfg|star)\\..*")
            .withExcludes("ops\\.lock_.*|.*\\.inner_id.*")
            .withForcedTypes(
                forced("VARCHAR", "(?i:LowCardinality\\(String\\))"),
                forced("BIGINT", "(?i:U?Int(32|64))"),
                forced("INTEGER", "(?i:U?Int(8|16))"),
                forced("BOOLEAN", "(?i:Bool)"),
                forced("LOCALDATETIME", "(?i:DateTime.*)"))
            .withSchemata(schema("dw"), schema("ops"), schema("cfg"), schema("star"));
    new GenerationTool()
        .run(
            new Configuration()
                .withLogging(Logging.WARN)
                .withJdbc(
                    new Jdbc()
                        .withDriver("com.clickhouse.jdbc.ClickHouseDriver")
                        .withUrl(address.jdbcUrl())
                        .withUser(address.user())
                        .withPassword(address.password()))
                .withGenerator(
                    new Generator()
                        .withDatabase(database)
                        .withGenerate(
                            new Generate()
                                .withRecords(false)
                                .withPojos(false)
                                .withDaos(false)
                                .withKeys(false)
                                .withIndexes(false)
                                .withComments(true)
                                .withGeneratedAnnotation(true)
                                .withGeneratedAnnotationDate(false)
                                .withGlobalCatalogReferences(false))
                        .withTarget(
                            new Target()
                                .withPackageName("storefact.warehouse.jooq")
                                .withDirectory(sourceRoot.toString())
                                .withEncoding("UTF-8"))));
  }

  private static ForcedType forced(String type, String columnType) {
    return new ForcedType().withName(type).withIncludeTypes(columnType).withIncludeExpression(".*");
  }

  private static SchemaMappingType schema(String name) {
    return new SchemaMappingType().withInputSchema(name);
  }

  /** Writes the tables anew: {@code mvn … exec} is not needed, the stale test says how. */
  public static void main(String[] arguments) throws Exception {
    generate(WarehouseAddress.parse(arguments[0]), Path.of(arguments[1]));
  }
}
