package storefact.dictionary;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.Record;
import org.jooq.impl.DSL;
import storefact.dictionary.Dictionary.BuildEntry;
import storefact.dictionary.Dictionary.CheckEntry;
import storefact.dictionary.Dictionary.CheckRunEntry;
import storefact.dictionary.Dictionary.ColumnEntry;
import storefact.dictionary.Dictionary.DimensionEntry;
import storefact.dictionary.Dictionary.ExposureEntry;
import storefact.dictionary.Dictionary.Freshness;
import storefact.dictionary.Dictionary.InfluenceEntry;
import storefact.dictionary.Dictionary.MetricEntry;
import storefact.dictionary.Dictionary.Sample;
import storefact.dictionary.Dictionary.TableEntry;
import storefact.event.Contract;
import storefact.event.Field;
import storefact.event.Streams;
import storefact.mart.ColumnLineage;
import storefact.mart.ColumnLineage.Column;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Marts;
import storefact.metric.Dimension;
import storefact.metric.Dimensions;
import storefact.metric.Metric;
import storefact.metric.MetricQuery;
import storefact.metric.Metrics;
import storefact.report.Overview.Words;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseException;

/** Reads the dictionary from contracts, marts, metrics and the warehouse itself. */
public final class DictionaryQuery {
  private static final String ENGINEERS = "data engineering";
  private static final int RUNS_SHOWN = 20;

  /** A query to begin with answers within seconds. */
  private static final Map<String, String> SAMPLE_SETTINGS = Map.of("max_execution_time", "30");

  /** ClickHouse's codes: timeout, too slow, memory limit. */
  private static final Set<Integer> TOO_MUCH = Set.of(159, 160, 241);

  /** {@code description [unit] | english | chinese}, as migrations and marts write comments. */
  private static final Pattern COMMENT =
      Pattern.compile("(?s)(.*?)(?: \\[([^\\]]*)\\])?(?: \\| (.*?) \\| (.*?))?");

  private final Warehouse warehouse;
  private final List<Exposure> exposures;
  private final Map<String, Long> lakeEvents;
  private final Consumer<String> progress;
  private final long now = Instant.now().getEpochSecond();

  private final Map<String, List<Described>> described = new LinkedHashMap<>();
  private final Map<String, Optional<ColumnLineage>> lineages = new TreeMap<>();
  private final Set<String> personal = new TreeSet<>();
  private final Map<String, Long> changed = new HashMap<>();
  private final Map<String, Long> seen = new HashMap<>();
  private final Set<String> martViews = new TreeSet<>();

  /** A column as the warehouse describes it. */
  private record Described(String name, String type, String comment) {}

  /** A table as the warehouse describes it. */
  private record Stored(
      String id,
      String comment,
      List<String> key,
      Optional<Long> rows,
      Optional<Long> bytes,
      String select) {}

  /**
   * Prepares to read; the caller closes the warehouse.
   *
   * @param exposures what shows columns to people
   * @param lakeEvents events in the lake by stream, for a caller that knows them
   * @param progress told what is being read
   */
  public DictionaryQuery(
      Warehouse warehouse,
      List<Exposure> exposures,
      Map<String, Long> lakeEvents,
      Consumer<String> progress) {
    this.warehouse = warehouse;
    this.exposures = List.copyOf(exposures);
    this.lakeEvents = Map.copyOf(lakeEvents);
    this.progress = progress;
    Marts.ALL.forEach(mart -> martViews.add("dw." + mart.name()));
  }

  /**
   * The dictionary of the warehouse as it is now.
   *
   * @throws IllegalStateException if a sample query does not work
   */
  public Dictionary read() {
    progress.accept("reading tables and columns");
    describe();
    List<Stored> stored = stored();
    events();
    seen();
    lineage(stored);
    List<TableEntry> tables = new ArrayList<>();
    for (Contract<?> contract : Streams.ALL) {
      tables.add(stream(contract));
      tables.add(lake(contract));
    }
    Map<String, List<CheckEntry>> checks = checks();
    Map<String, List<BuildEntry>> builds = builds();
    for (Stored table : stored) {
      progress.accept("describing " + table.id());
      tables.add(
          mart(table.id())
              .map(mart -> martEntry(mart, table, checks, builds))
              .orElseGet(() -> tableEntry(table, checks)));
    }
    Marts.ALL.stream()
        .filter(mart -> stored.stream().noneMatch(table -> table.id().equals(id(mart))))
        .forEach(
            mart ->
                tables.add(
                    martEntry(
                        mart,
                        new Stored(id(mart), "", List.of(), Optional.empty(), Optional.empty(), ""),
                        checks,
                        builds)));
    return new Dictionary(
        now,
        tables,
        Metrics.ALL.stream().map(this::metric).toList(),
        Dimensions.ALL.stream()
            .map(d -> new DimensionEntry(d.name(), new Words(d.english(), d.chinese())))
            .toList(),
        exposures.stream()
            .map(
                e ->
                    new ExposureEntry(
                        e.name(),
                        e.kind().name().toLowerCase(Locale.ROOT),
                        e.title(),
                        ids(e.columns())))
            .toList());
  }

  // Tables and columns

  private void describe() {
    for (Record row :
        warehouse
            .sql()
            .fetch(
                """
                SELECT concat(database, '.', table), name, type, comment FROM system.columns
                WHERE database IN ('star', 'dw', 'mart', 'ops', 'cfg') ORDER BY database, table, position
                """)) {
      described
          .computeIfAbsent(row.get(0, String.class), t -> new ArrayList<>())
          .add(
              new Described(
                  row.get(1, String.class), row.get(2, String.class), row.get(3, String.class)));
    }
  }

  /** Marts by their tables, not by the views that only pass them on. */
  private List<Stored> stored() {
    List<Stored> stored = new ArrayList<>();
    for (Record row :
        warehouse
            .sql()
            .fetch(
                """
                SELECT concat(database, '.', name), comment, sorting_key, total_rows, total_bytes, as_select
                FROM system.tables WHERE database IN ('star', 'dw', 'mart', 'ops', 'cfg') AND comment != ''
                ORDER BY database, name
                """)) {
      String id = row.get(0, String.class);
      if (martViews.contains(id) || (id.startsWith("mart.") && mart(id).isEmpty())) {
        continue;
      }
      String key = row.get(2, String.class);
      stored.add(
          new Stored(
              id,
              row.get(1, String.class),
              key.isEmpty() ? List.of() : Arrays.asList(key.split(",\\s*")),
              Optional.ofNullable(row.get(3, Long.class)),
              Optional.ofNullable(row.get(4, Long.class)),
              row.get(5, String.class)));
    }
    return stored;
  }

  private static Optional<Mart> mart(String id) {
    return Marts.ALL.stream().filter(mart -> id(mart).equals(id)).findFirst();
  }

  private static String id(Mart mart) {
    return "mart." + mart.name();
  }

  private static String stream(String name) {
    return "event." + name;
  }

  // Lineage

  /** Of every view and mart, and from it where persons can be seen. */
  private void lineage(List<Stored> stored) {
    for (Contract<?> contract : Streams.ALL) {
      for (Field field : contract.fields()) {
        if (field.personal()) {
          for (String room : List.of("event.", "raw.", "star.")) {
            personal.add(room + contract.stream() + "." + field.name());
          }
        }
      }
    }
    for (Stored table : stored) {
      if (!table.select().isEmpty()) {
        progress.accept("following the columns of " + table.id());
        lineages.put(table.id(), analysed(table.select()));
      }
    }
    for (Mart mart : Marts.ALL) {
      progress.accept("following the columns of " + id(mart));
      lineages.put(id(mart), analysed(mart));
    }
    // Views and marts read each other: on until nobody is found any more.
    boolean more = true;
    while (more) {
      more = false;
      for (var lineage : lineages.entrySet()) {
        for (var column :
            lineage.getValue().map(ColumnLineage::columns).orElse(Map.of()).entrySet()) {
          if (column.getValue().shows().stream().map(this::id).anyMatch(personal::contains)) {
            more |= personal.add(lineage.getKey() + "." + column.getKey());
          }
        }
      }
    }
  }

  private Optional<ColumnLineage> analysed(String select) {
    return Optional.of(ColumnLineage.of(warehouse, select));
  }

  /** A mart that reads one that was never built cannot be analysed: its tables are known anyway. */
  private Optional<ColumnLineage> analysed(Mart mart) {
    try {
      return Optional.of(ColumnLineage.of(warehouse, mart));
    } catch (WarehouseException e) {
      return Optional.empty();
    }
  }

  /** A mart's view is the mart. */
  private String id(Column column) {
    String table =
        martViews.contains(column.table())
            ? "mart." + column.table().substring("dw.".length())
            : column.table();
    return table + "." + column.name();
  }

  private List<String> ids(Collection<Column> columns) {
    return columns.stream().map(this::id).distinct().sorted().toList();
  }

  private static String table(String column) {
    return column.substring(0, column.lastIndexOf('.'));
  }

  private List<String> from(String id, String column) {
    if (id.startsWith("star.") && Streams.named(id.substring("star.".length())).isPresent()) {
      return Streams.named(id.substring("star.".length()))
          .filter(contract -> contract.find(column).isPresent())
          .map(contract -> List.of(stream(contract.stream()) + "." + column))
          .orElse(List.of());
    }
    return lineages.getOrDefault(id, Optional.empty()).stream()
        .map(lineage -> lineage.columns().get(column))
        .filter(Objects::nonNull)
        .flatMap(origin -> ids(origin.computedFrom()).stream())
        .toList();
  }

  private List<InfluenceEntry> decides(String id) {
    return lineages
        .getOrDefault(id, Optional.empty())
        .map(
            lineage ->
                lineage.rows().stream()
                    .map(
                        influence ->
                            new InfluenceEntry(
                                influence.how().name().toLowerCase(Locale.ROOT),
                                id(influence.column())))
                    .distinct()
                    .toList())
        .orElse(List.of());
  }

  // Entries

  private static TableEntry stream(Contract<?> contract) {
    List<ColumnEntry> columns =
        contract.fields().stream()
            .map(field -> column(field, field.kind().name().toLowerCase(Locale.ROOT), List.of()))
            .toList();
    return plain(
        stream(contract.stream()),
        "stream",
        new Words(
            "Events as they come, one per " + contract.grain(), "原始事件，每条对应：" + contract.grain()),
        keys(contract),
        Optional.empty(),
        columns,
        List.of());
  }

  private TableEntry lake(Contract<?> contract) {
    String source = stream(contract.stream());
    List<ColumnEntry> columns =
        contract.fields().stream()
            .map(
                field ->
                    column(
                        field,
                        field.kind().name().toLowerCase(Locale.ROOT),
                        List.of(source + "." + field.name())))
            .toList();
    return plain(
        "raw." + contract.stream(),
        "lake",
        new Words(
            "Every accepted event once, in Iceberg: versions and repeats too",
            "数据湖（Iceberg）：每条已接收事件一份，含各版本"),
        keys(contract),
        Optional.ofNullable(lakeEvents.get(contract.stream())),
        columns,
        List.of(source));
  }

  private static List<String> keys(Contract<?> contract) {
    return contract.fields().stream().filter(Field::key).map(Field::name).toList();
  }

  private static ColumnEntry column(Field field, String type, List<String> from) {
    return new ColumnEntry(
        field.name(),
        type,
        new Words(field.labelEn(), field.labelZh()),
        Translations.of(field.about()),
        Translations.of(field.unit()),
        field.personal(),
        from);
  }

  private static TableEntry plain(
      String id,
      String kind,
      Words about,
      List<String> grain,
      Optional<Long> rows,
      List<ColumnEntry> columns,
      List<String> reads) {
    return new TableEntry(
        id,
        kind,
        id,
        about,
        grain,
        ENGINEERS,
        List.of(),
        rows,
        Optional.empty(),
        Optional.empty(),
        columns,
        reads,
        true,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "");
  }

  private TableEntry tableEntry(Stored table, Map<String, List<CheckEntry>> checks) {
    boolean view = !table.select().isEmpty();
    List<ColumnEntry> columns = columns(table.id());
    String name = table.id().substring(table.id().indexOf('.') + 1);
    Set<String> reads = new TreeSet<>();
    columns.forEach(column -> column.from().forEach(from -> reads.add(table(from))));
    decides(table.id()).forEach(influence -> reads.add(table(influence.column())));
    return new TableEntry(
        table.id(),
        view ? "view" : "table",
        table.id().startsWith("star.") && described.containsKey("dw." + name)
            ? "dw." + name
            : table.id(),
        Translations.of(table.comment()),
        view ? List.of() : table.key(),
        ENGINEERS,
        List.of(),
        table.rows(),
        table.bytes(),
        Optional.empty(),
        columns,
        List.copyOf(reads),
        true,
        decides(table.id()),
        List.of(),
        table.id().matches("(dw|ops)\\..*") ? checks.getOrDefault(name, List.of()) : List.of(),
        table.id().startsWith("dw.") ? samples(table.id(), columns) : List.of(),
        table.select());
  }

  private List<ColumnEntry> columns(String id) {
    return described.getOrDefault(id, List.of()).stream()
        .map(
            column -> {
              Matcher comment = COMMENT.matcher(column.comment());
              if (!comment.matches()) {
                throw new IllegalStateException(
                    "comment of "
                        + id
                        + "."
                        + column.name()
                        + " has another form: "
                        + column.comment());
              }
              Words label =
                  comment.group(3) == null
                      ? Words.same(column.name().replace('_', ' '))
                      : new Words(comment.group(3), comment.group(4));
              return new ColumnEntry(
                  column.name(),
                  column.type(),
                  label,
                  Translations.of(comment.group(1)),
                  Translations.of(comment.group(2) == null ? "" : comment.group(2)),
                  personal.contains(id + "." + column.name()),
                  from(id, column.name()));
            })
        .toList();
  }

  private TableEntry martEntry(
      Mart mart,
      Stored table,
      Map<String, List<CheckEntry>> checks,
      Map<String, List<BuildEntry>> builds) {
    List<ColumnEntry> columns = new ArrayList<>();
    for (MartColumn<?> column : mart.columns()) {
      columns.add(
          new ColumnEntry(
              column.getName(),
              column.type().clickHouse(),
              new Words(column.english(), column.chinese()),
              Translations.of(column.description()),
              Translations.of(column.unit()),
              personal.contains(id(mart) + "." + column.getName()),
              from(id(mart), column.getName())));
    }
    List<BuildEntry> built = builds.getOrDefault(mart.name(), List.of());
    return new TableEntry(
        id(mart),
        "mart",
        "dw." + mart.name(),
        new Words(mart.english(), mart.chinese()),
        mart.grain().stream().map(MartColumn::getName).toList(),
        mart.owner(),
        mart.tags().stream().sorted().toList(),
        table.rows(),
        table.bytes(),
        mart.freshWithin().map(promise -> fresh(mart, promise.toSeconds(), built)),
        columns,
        sources(mart),
        lineages.get(id(mart)).isPresent(),
        decides(id(mart)),
        built,
        rules(mart, checks.getOrDefault(mart.name(), List.of())),
        built.isEmpty() ? List.of() : samples("dw." + mart.name(), columns),
        ColumnLineage.definition(mart));
  }

  private List<String> sources(Mart mart) {
    return mart.sources().stream()
        .map(source -> martViews.contains(source) ? "mart." + source.substring(3) : source)
        .distinct()
        .sorted()
        .toList();
  }

  // How it stands

  private void events() {
    for (Record row :
        warehouse
            .sql()
            .fetch(
                """
                SELECT stream, toInt64(toUnixTimestamp(max(finished_at))) FROM ops.ingested_file FINAL
                WHERE accepted > 0 GROUP BY stream
                """)) {
      changed.put(stream(row.get(0, String.class)), row.get(1, Long.class));
    }
  }

  private void seen() {
    for (Record row :
        warehouse
            .sql()
            .fetch("SELECT mart, toInt64(toUnixTimestamp(seen_at)) FROM ops.mart_seen FINAL")) {
      seen.put(row.get(0, String.class), row.get(1, Long.class));
    }
  }

  /** Late is what changed after the last build that saw to the mart, longer ago than promised. */
  private Freshness fresh(Mart mart, long promised, List<BuildEntry> built) {
    Optional<Long> builtAt = built.stream().map(BuildEntry::at).max(Long::compare);
    Optional<Long> changedAt =
        streams(id(mart), new TreeSet<>()).stream()
            .map(changed::get)
            .filter(Objects::nonNull)
            .max(Long::compare);
    Optional<Long> knows =
        Stream.concat(builtAt.stream(), Stream.ofNullable(seen.get(mart.name())))
            .max(Long::compare);
    boolean kept =
        changedAt.isEmpty()
            || (knows.isPresent() && knows.get() >= changedAt.get())
            || now - changedAt.get() <= promised;
    return new Freshness(promised, builtAt, changedAt, kept);
  }

  /** The streams upstream of a table. */
  private Set<String> streams(String id, Set<String> seen) {
    Set<String> streams = new TreeSet<>();
    if (!seen.add(id)) {
      return streams;
    }
    if (id.startsWith("star.")) {
      streams.add(stream(id.substring("star.".length())));
      return streams;
    }
    Set<String> reads = new LinkedHashSet<>();
    mart(id).ifPresent(mart -> reads.addAll(sources(mart)));
    lineages
        .getOrDefault(id, Optional.empty())
        .ifPresent(lineage -> ids(lineage.all()).forEach(column -> reads.add(table(column))));
    reads.forEach(read -> streams.addAll(streams(read, seen)));
    return streams;
  }

  private Map<String, List<BuildEntry>> builds() {
    return warehouse
        .sql()
        .fetch(
            """
            SELECT mart, toInt64(toUnixTimestamp(max(started_at))), sum(seconds), toInt64(count()),
              arrayStringConcat(arraySort(groupUniqArray(why)), ', ')
            FROM ops.build_log WHERE environment = '' AND outcome = 'built'
            GROUP BY mart, build ORDER BY mart, max(started_at) DESC LIMIT {0} BY mart
            """,
            DSL.inline(RUNS_SHOWN))
        .stream()
        .collect(
            groupingBy(
                row -> row.get(0, String.class),
                mapping(
                    row ->
                        new BuildEntry(
                            row.get(1, Long.class),
                            row.get(2, Double.class),
                            row.get(3, Long.class),
                            row.get(4, String.class)),
                    toList())));
  }

  /** By subject; rows that break a rule may show persons, so the dictionary counts them only. */
  private Map<String, List<CheckEntry>> checks() {
    Map<String, Map<List<String>, List<CheckRunEntry>>> runs = new TreeMap<>();
    for (Record row :
        warehouse
            .sql()
            .fetch(
                """
                SELECT mart, check, severity, toInt64(toUnixTimestamp(checked_at)), failures, seconds
                FROM ops.check_result ORDER BY mart, check, checked_at DESC LIMIT {0} BY mart, check
                """,
                DSL.inline(RUNS_SHOWN))) {
      runs.computeIfAbsent(row.get(0, String.class), m -> new LinkedHashMap<>())
          .computeIfAbsent(
              List.of(row.get(1, String.class), row.get(2, String.class)), c -> new ArrayList<>())
          .add(
              new CheckRunEntry(
                  row.get(3, Long.class), row.get(4, Long.class), row.get(5, Double.class)));
    }
    Map<String, List<CheckEntry>> checks = new TreeMap<>();
    runs.forEach(
        (subject, rules) ->
            checks.put(
                subject,
                rules.entrySet().stream()
                    .map(
                        rule ->
                            new CheckEntry(
                                rule.getKey().get(0),
                                Translations.of(rule.getKey().get(0)),
                                rule.getKey().get(1),
                                rule.getValue()))
                    .toList()));
    return checks;
  }

  /** A rule that was never run is shown, too; one that is gone is not. */
  private static List<CheckEntry> rules(Mart mart, List<CheckEntry> results) {
    return mart.allChecks().stream()
        .map(
            check ->
                new CheckEntry(
                    check.name(),
                    Translations.of(check.name()),
                    check.severity().name().toLowerCase(Locale.ROOT),
                    results.stream()
                        .filter(result -> result.name().equals(check.name()))
                        .flatMap(result -> result.runs().stream())
                        .toList()))
        .toList();
  }

  // Queries that work

  private List<Sample> samples(String view, List<ColumnEntry> columns) {
    return Samples.of(view, columns).stream()
        .flatMap(sample -> run(sample.title(), sample.sql()).stream())
        .toList();
  }

  /** Empty where the warehouse has too much of it for a first query. */
  private Optional<Sample> run(Words title, String sql) {
    long start = System.nanoTime();
    try {
      long rows = warehouse.http().query(sql, SAMPLE_SETTINGS).lines().count();
      return Optional.of(new Sample(title, sql, rows, (System.nanoTime() - start) / 1e9));
    } catch (WarehouseException e) {
      if (TOO_MUCH.contains(e.code())) {
        return Optional.empty();
      }
      throw new IllegalStateException(
          "the sample query does not work: " + sql + "; mend it in storefact.dictionary.Samples",
          e);
    }
  }

  // Metrics

  private MetricEntry metric(Metric metric) {
    progress.accept("asking for " + metric.name());
    Set<String> columns = new TreeSet<>();
    Set<String> decides = new TreeSet<>();
    boolean askable = true;
    for (String way : MetricQuery.everyWay(metric)) {
      try {
        ColumnLineage lineage = ColumnLineage.of(warehouse, way);
        lineage.columns().values().forEach(origin -> columns.addAll(ids(origin.computedFrom())));
        lineage.rows().forEach(influence -> decides.add(id(influence.column())));
      } catch (WarehouseException e) {
        // Its mart has not been built.
        askable = false;
      }
    }
    List<Dimension> by =
        metric.dimensions().stream()
            .filter(d -> List.of("month", "region", "segment").contains(d.name()))
            .limit(1)
            .toList();
    String sql = MetricQuery.of(List.of(metric)).by(by).sql();
    String command =
        "./storefact metric " + metric + (by.isEmpty() ? "" : " --by " + by.getFirst().name());
    Words title = new Words("What it asks", "对应查询");
    return new MetricEntry(
        metric.name(),
        new Words(metric.english(), metric.chinese()),
        Translations.of(metric.description()),
        Translations.of(metric.unit()),
        new Words(metric.additivity().english(), metric.additivity().chinese()),
        metric.formula(),
        metric.from().stream().map(Metric::name).toList(),
        metric.dimensions().stream().map(Dimension::name).toList(),
        List.copyOf(columns),
        List.copyOf(decides),
        command,
        (askable ? run(title, sql) : Optional.<Sample>empty())
            .orElse(new Sample(title, sql, 0, 0)));
  }
}
