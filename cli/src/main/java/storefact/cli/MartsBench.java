package storefact.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import storefact.event.LineFormat;
import storefact.ingest.IngestSettings;
import storefact.mart.BuildOptions;
import storefact.mart.BuildProgress;
import storefact.mart.BuildReport;
import storefact.mart.Environment;
import storefact.mart.Mart;
import storefact.mart.MartBuild;
import storefact.mart.MartScript;
import storefact.mart.Marts;
import storefact.simulator.SimulationSettings;
import storefact.warehouse.ClickHouseHttp;

/**
 * A full build of the marts beside the same SQL run by hand, one statement after the other, and the
 * same SQL as models of dbt-clickhouse; then a week of new days. Three years of a simulated chain.
 */
final class MartsBench {
  /** The newest release that pip can install: dbt-core 1.12 wants a part that has none yet. */
  private static final List<String> DBT = List.of("dbt-core==1.11.16", "dbt-clickhouse==1.10.3");

  /** Sales lines of a member and day over three years, with those who leave. */
  private static final double LINES_A_MEMBER_DAY = 0.8125;

  private static final int MEMBERS_A_STORE = 260;

  /** By hand, one statement goes over all months at once: it needs more than builds do. */
  private static final long MEMORY_MIB = 8_192;

  private static final int DAYS = 1096;
  private static final int WEEK = 7;

  /** Three years that end in the middle of a month, as most days do. */
  private static final LocalDate START = LocalDate.of(2022, 12, 16);

  private static final Environment BY_HAND = Environment.named("bench");
  private static final String BY_DBT = "bench_dbt";

  private final Console console;
  private final Storefact options;
  private final boolean dbt;

  /** What all three run with. */
  private final Map<String, String> settings = new HashMap<>();

  MartsBench(Console console, Storefact options, boolean dbt) {
    this.console = console;
    this.options = options;
    this.dbt = dbt;
  }

  private record Row(
      long lines,
      double full,
      double byHand,
      Optional<Double> byDbt,
      double models,
      double day,
      int marts) {}

  void run(List<Long> sizes) throws Exception {
    Path work = options.home.resolve("bench").resolve("marts");
    options.memory = options.memory.or(() -> Optional.of(MEMORY_MIB));
    List<Row> rows = new ArrayList<>();
    for (long size : sizes) {
      options.home = work.resolve(size + "-lines").resolve("home");
      try (Session session = options.open(console)) {
        fill(session, size, work.resolve(size + "-lines"));
        rows.add(measure(session));
      }
    }
    print(rows);
  }

  private static void print(List<Row> rows) {
    System.out.printf(
        "%n%14s %6s %10s %10s %7s %10s %7s %10s %10s %7s%n",
        "sales lines",
        "marts",
        "ours",
        "by hand",
        "ratio",
        "dbt",
        "ratio",
        "models",
        "one day",
        "share");
    for (Row row : rows) {
      System.out.printf(
          "%14s %6d %8.1f s %8.1f s %7.2f %10s %7s %8.1f s %8.1f s %5.1f %%%n",
          Console.number(row.lines()),
          row.marts(),
          row.full(),
          row.byHand(),
          row.full() / row.byHand(),
          row.byDbt().map("%.1f s"::formatted).orElse("-"),
          row.byDbt().map(d -> "%.2f".formatted(row.full() / d)).orElse("-"),
          row.models(),
          row.day(),
          100 * row.day() / (row.full() + row.models()));
    }
    for (int i = 1; i < rows.size(); i++) {
      Row small = rows.getFirst();
      Row large = rows.get(i);
      System.out.printf(
          "%.1f times the lines cost %.1f times the time%n",
          (double) large.lines() / small.lines(), large.full() / small.full());
    }
    System.out.println(
        "ours: full build, marts that are SQL; models: marts that Java computes, beside; one day: a"
            + " build after a new day, all marts, the mean of a week of them, as a share of both. By hand: the same selects over"
            + " all months, one after the other.");
  }

  /** Goes on where a run before was stopped: files that are there and lines taken stay. */
  private void fill(Session session, long size, Path folder) throws Exception {
    SimulationSettings usual = SimulationSettings.small(folder);
    int members = Math.toIntExact(Math.round(size / LINES_A_MEMBER_DAY / DAYS));
    SimulationSettings settings =
        new SimulationSettings(
            folder,
            Math.max(4, members / MEMBERS_A_STORE),
            members,
            START,
            DAYS,
            usual.seed(),
            LineFormat.CSV,
            false,
            usual.faults(),
            usual.threads(),
            usual.parameters());
    SimulateCommand.run(console, settings);
    IngestSettings ingest = IngestCommand.settings(session, settings.drop());
    IngestCommand.run(console, session, ingest.withoutLake());
  }

  private Row measure(Session session) throws Exception {
    List<MartScript.Step> steps = MartScript.of(Marts.ALL, BY_HAND);
    Set<Mart> sql =
        steps.stream()
            .map(MartScript.Step::mart)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    MartBuild build = new MartBuild(session.warehouse());
    double full = build(build, BuildOptions.full().exactly(sql));
    Set<Mart> models = new LinkedHashSet<>(Marts.ALL);
    models.removeAll(sql);
    double byModels = models.isEmpty() ? 0 : build(build, BuildOptions.full().exactly(models));
    double byHand = byHand(session, steps);
    Optional<Double> byDbt = dbt ? Optional.of(byDbt(session)) : Optional.empty();
    long lines =
        Long.parseLong(session.warehouse().http().query("SELECT count() FROM star.sales_line"));
    return new Row(lines, full, byHand, byDbt, byModels, week(session, build), sql.size());
  }

  /** Seconds a day: forecasts are made anew on one day of the seven. */
  private double week(Session session, MartBuild build) throws InterruptedException {
    double seconds = 0;
    for (int day = 0; day < WEEK; day++) {
      LocalDate date = newDay(session);
      double one = build(build, BuildOptions.changed());
      console.say("  %s, a new day: %.1f s", date, one);
      seconds += one;
    }
    return seconds / WEEK;
  }

  private double build(MartBuild build, BuildOptions options) throws InterruptedException {
    BuildReport report =
        build.run(
            options,
            new BuildProgress() {
              @Override
              public void ends(BuildReport.MartResult result) {
                console.say(
                    "  ours   %-28s %6.2f s  %s rows",
                    result.mart(), result.seconds(), Console.number(result.rows()));
              }
            });
    return report.seconds();
  }

  private double byHand(Session session, List<MartScript.Step> steps) {
    query(session, "DROP DATABASE IF EXISTS " + BY_HAND.marts() + " SYNC");
    query(session, "CREATE DATABASE " + BY_HAND.marts());
    long start = System.nanoTime();
    for (MartScript.Step step : steps) {
      long begin = System.nanoTime();
      query(session, step.create());
      query(session, step.insert());
      console.say("  hand   %-28s %6.2f s", step.mart().name(), seconds(begin));
    }
    double seconds = seconds(start);
    query(session, "DROP DATABASE " + BY_HAND.marts() + " SYNC");
    return seconds;
  }

  private void query(Session session, String statement) {
    ClickHouseHttp http = session.warehouse().http();
    if (settings.isEmpty()) {
      settings.putAll(MartScript.settings(http));
    }
    http.query(statement, settings);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Gives dbt the same selects as models, as many at once as our builds take. */
  private double byDbt(Session session) throws IOException, InterruptedException {
    PythonEnvironment python = PythonEnvironment.with(console, "dbt", DBT);
    Path project = session.home().root().resolve("dbt");
    Path models = Files.createDirectories(project.resolve("models"));
    query(session, "DROP DATABASE IF EXISTS " + BY_DBT + " SYNC");
    Environment schema = new Environment(BY_DBT, BY_DBT, "dw", Optional.empty());
    for (MartScript.Step step : MartScript.of(Marts.ALL, schema)) {
      Files.writeString(models.resolve(step.mart().name() + ".sql"), model(step));
    }
    Files.writeString(
        project.resolve("dbt_project.yml"),
        """
        name: bench
        version: "1.0"
        profile: bench
        model-paths: [models]
        """);
    Files.writeString(project.resolve("profiles.yml"), profile(session));
    Path log = project.resolve("run.log");
    ProcessBuilder command =
        new ProcessBuilder(
                python.program("dbt"),
                "run",
                "--project-dir",
                project.toString(),
                "--profiles-dir",
                project.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    command.environment().put("STOREFACT_WAREHOUSE_PASSWORD", session.address().password());
    command.environment().put("DBT_SEND_ANONYMOUS_USAGE_STATS", "false");
    long start = System.nanoTime();
    Process process = command.start();
    try {
      while (!process.waitFor(2, java.util.concurrent.TimeUnit.SECONDS)) {
        console.progress("dbt run, %.0f s".formatted(seconds(start)));
      }
    } finally {
      process.destroy();
    }
    if (process.exitValue() != 0) {
      throw new IOException("dbt run failed; its log is " + log);
    }
    double seconds = seconds(start);
    query(session, "DROP DATABASE " + BY_DBT + " SYNC");
    return seconds;
  }

  private static String model(MartScript.Step step) {
    String references =
        step.reads().stream()
            .map(read -> "-- depends_on: {{ ref('" + read.name() + "') }}\n")
            .collect(Collectors.joining());
    String partition =
        step.mart()
            .month()
            .map(date -> ", partition_by='toYYYYMM(" + date.getName() + ")'")
            .orElse("");
    return "{{ config(materialized='table', engine='MergeTree()', order_by='(%s)'%s) }}\n%s{%% raw %%}\n%s\n{%% endraw %%}\n"
        .formatted(String.join(", ", step.sortedBy()), partition, references, step.select());
  }

  private String profile(Session session) {
    String custom =
        settings.entrySet().stream()
            .map((Map.Entry<String, String> s) -> "        " + s.getKey() + ": " + s.getValue())
            .collect(Collectors.joining("\n"));
    return """
        bench:
          target: bench
          outputs:
            bench:
              type: clickhouse
              driver: http
              host: %s
              port: %d
              user: %s
              password: "{{ env_var('STOREFACT_WAREHOUSE_PASSWORD') }}"
              schema: %s
              threads: 2
              send_receive_timeout: 3600
              custom_settings:
        %s
        """
        .formatted(
            session.address().host(),
            session.address().httpPort(),
            session.address().user(),
            BY_DBT,
            custom.indent(4).stripTrailing());
  }

  /** The last business day's sales, returns and stock movements once more, a day later. */
  private static LocalDate newDay(Session session) {
    String last =
        session
            .warehouse()
            .http()
            .query("SELECT max(business_date) FROM star.sales_line WHERE business_date < today()");
    String next = LocalDate.parse(last).plusDays(1).toString();
    again(session, "sales_line", "sold_at", last, next);
    again(session, "return_line", "returned_at", last, next);
    again(session, "stock_movement", "at", last, next);
    return LocalDate.parse(next);
  }

  private static void again(
      Session session, String table, String moment, String last, String next) {
    session
        .warehouse()
        .http()
        .query(
            "INSERT INTO star.%1$s SELECT * REPLACE (toDate('%2$s') AS business_date, %3$s + INTERVAL 1 DAY AS %3$s) FROM (SELECT * FROM star.%1$s WHERE business_date = '%4$s')"
                .formatted(table, next, moment, last),
            Map.of("insert_deduplicate", "0"));
  }
}
