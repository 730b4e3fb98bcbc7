package storefact.mart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static storefact.mart.ClickHouse.text;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import storefact.warehouse.Warehouse;

/** The statements that make a mart's table, its staging table and its readers' view. */
record MartTable(Mart mart, Environment environment) {
  private static final DSLContext RENDERER = Warehouse.renderer();
  private static final int HASH_DIGITS = 16;

  String create() {
    return create(mart.table());
  }

  String createStaging() {
    return create(mart.staging());
  }

  String drop(Table<?> table) {
    return "DROP TABLE IF EXISTS " + name(table) + " SYNC";
  }

  private String create(Table<?> table) {
    String columns =
        mart.columns().stream()
            .map(
                c ->
                    "%s %s COMMENT %s"
                        .formatted(name(c.own()), c.type().clickHouse(), text(c.comment())))
            .collect(Collectors.joining(",\n  "));
    String sums = mart.summedBy().stream().map(this::sums).collect(Collectors.joining());
    String partition =
        mart.month().map(date -> "\nPARTITION BY toYYYYMM(" + name(date.own()) + ")").orElse("");
    String order = mart.grain().stream().map(c -> name(c.own())).collect(Collectors.joining(", "));
    return """
        CREATE TABLE IF NOT EXISTS %s
        (
          %s%s
        )
        ENGINE = MergeTree%s
        ORDER BY (%s)
        COMMENT %s"""
        .formatted(name(table), columns, sums, partition, order, text(comment()));
  }

  private String sums(List<MartColumn<?>> keys) {
    List<String> names = keys.stream().map(c -> name(c.own())).toList();
    String by = String.join(", ", names);
    return ",\n  PROJECTION %s (SELECT %s, %s GROUP BY %s)"
        .formatted(
            "by_" + String.join("_", keys.stream().map(Field::getName).toList()),
            by,
            mart.columns().stream()
                .filter(MartColumn::addsUp)
                .map(c -> "sum(" + name(c.own()) + ")")
                .collect(Collectors.joining(", ")),
            by);
  }

  /** The mart of production under this environment's name, for marts here that read it. */
  String passThrough() {
    return "CREATE OR REPLACE VIEW %s AS SELECT * FROM %s"
        .formatted(name(mart.table()), new MartTable(mart, Environment.PRODUCTION).table());
  }

  String table() {
    return name(mart.table());
  }

  String clearStaging(String partition) {
    return partition.equals(Slice.ALL)
        ? "TRUNCATE TABLE " + name(mart.staging())
        : "ALTER TABLE %s DROP PARTITION %s".formatted(name(mart.staging()), partition);
  }

  String count(Table<?> table, Condition which) {
    return environment.renderer().render(DSL.selectCount().from(table).where(which));
  }

  /**
   * What the half-made rows are: a row per partition, its name and a hash that rows in any order
   * share.
   */
  String contents() {
    Field<?> rows =
        DSL.field("concat(toString(count()), '.', hex(sum(cityHash64({0}))))", hashed());
    Field<?> partition =
        mart.month()
            .<Field<?>>map(date -> DSL.field("toString(toYYYYMM({0}))", date.own()))
            .orElse(DSL.inline(Slice.ALL));
    Select<?> contents =
        mart.month().isPresent()
            ? DSL.select(partition, rows).from(mart.staging()).groupBy(partition)
            : DSL.select(partition, rows).from(mart.staging());
    return environment.renderer().render(contents);
  }

  /** All columns; the hash of a null is null, so a null says that it is one. */
  private QueryPart hashed() {
    return DSL.list(
        mart.columns().stream()
            .map(
                column ->
                    column.type().java().nullable()
                        ? DSL.field(
                            "isNull({0}), ifNull({0}, defaultValueOfArgumentType(assumeNotNull({0})))",
                            column.own())
                        : column.own())
            .toList());
  }

  String createView() {
    String columns =
        mart.columns().stream()
            .map(
                c ->
                    "%s %s COMMENT %s"
                        .formatted(name(c.own()), c.type().clickHouse(), text(c.comment())))
            .collect(Collectors.joining(",\n  "));
    String names =
        mart.columns().stream().map(c -> name(c.own())).collect(Collectors.joining(", "));
    return """
        CREATE OR REPLACE VIEW %s
        (
          %s
        )
        DEFINER = view_owner SQL SECURITY DEFINER
        AS SELECT %s FROM %s
        WHERE %s
        COMMENT %s"""
        .formatted(
            name(mart.view()),
            columns,
            names,
            name(mart.table()),
            RENDERER.render(ReaderRows.of(mart)),
            text(comment()));
  }

  String insertStaging(List<String> partitions) {
    return intoStaging() + "\n" + select(partitions);
  }

  /** {@code INSERT INTO … (columns)} of the staging table. */
  String intoStaging() {
    return insertInto(mart.staging());
  }

  String insertInto(Table<?> table) {
    String names =
        mart.columns().stream().map(c -> name(c.own())).collect(Collectors.joining(", "));
    return "INSERT INTO %s (%s)".formatted(name(table), names);
  }

  /** The select of partitions that follow one another. */
  String select(List<String> partitions) {
    return environment.renderer().render(mart.select(Slice.of(partitions)));
  }

  String exchange() {
    return "EXCHANGE TABLES " + name(mart.staging()) + " AND " + name(mart.table());
  }

  String replace(String partition) {
    return "ALTER TABLE %s REPLACE PARTITION %s FROM %s"
        .formatted(name(mart.table()), partition, name(mart.staging()));
  }

  /** What readers have of a partition, in the staging table too: parts are linked, not copied. */
  String keep(String partition) {
    return "ALTER TABLE %s REPLACE PARTITION %s FROM %s"
        .formatted(name(mart.staging()), partition, name(mart.table()));
  }

  String dropPartition(String partition) {
    return "ALTER TABLE %s DROP PARTITION %s".formatted(name(mart.table()), partition);
  }

  /** The rows of a month's partition. */
  Condition in(String partition) {
    return mart.month()
        .map(
            date ->
                DSL.condition(
                    "toYYYYMM({0}) = {1}", date.own(), DSL.inline(Integer.parseInt(partition))))
        .orElseThrow();
  }

  /** Changes whenever a row could come out differently: columns, types, keys, comments, select. */
  String definition() {
    String code =
        mart instanceof ModelMart model
            ? Stream.concat(Stream.of(model.getClass()), model.codeOf().stream())
                .flatMap(MartTable::withNested)
                .map(ModelRun::bytes)
                .collect(Collectors.joining())
            : "";
    MartTable there = new MartTable(mart, Environment.PRODUCTION);
    return hash(there.create() + there.createView() + Lineage.of(mart).sql() + code);
  }

  private static Stream<Class<?>> withNested(Class<?> code) {
    return Stream.concat(
        Stream.of(code),
        Arrays.stream(code.getDeclaredClasses())
            .sorted(Comparator.comparing(Class::getName))
            .flatMap(MartTable::withNested));
  }

  static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private String comment() {
    return mart.english() + " | " + mart.chinese();
  }

  private String name(Table<?> table) {
    return environment.renderer().render(table);
  }

  private static String name(Field<?> field) {
    return RENDERER.render(field);
  }
}
