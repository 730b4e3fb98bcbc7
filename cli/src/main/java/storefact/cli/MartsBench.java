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
import java.util.concurrent.TimeUnit;
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
import storefact.warehouse.WarehouseException;

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

  /** By hand, one statement goes over all months at once: five GiB were not enough for one. */
  private static final long MEMORY_MIB = 16_384;

  private static final int DAYS = 1096;
  private static final int WEEK = 7;

  /** Three years that end in the middle of a month, as most days do. */
  private static final LocalDate START = LocalDate.of(2022, 12, 16);

  private static final Environment BY_HAND = Environment.named("bench");
  private static final String BY_DBT = "bench_dbt";

  private final Console console;
  private final Storefact options;
  private final boolean dbt;
  private final double patience;

  /** What all three run with. */
  private final Map<String, String> settings = new HashMap<>();

  /**
   * @param patience how many times our own time the others may take before they are broken off; 0:
   *     as long as they need
   */
  MartsBench(Console console, Storefact options, boolean dbt, double patience) {
    this.console = console;
    this.options = options;
    this.dbt = dbt;
    this.patience = patience;
  }

  /**
   * The time of another way to build.
   *
   * @param through whether it got through; otherwise it was broken off then and would have taken
   *     longer
   */
  private record Rival(double seconds, boolean through) {
    String time() {
      return "%s%.1f s".formatted(through ? "" : ">", seconds);
    }

    String ratio(double ours) {
      return "%s%.2f".formatted(through ? "" : "<", ours / seconds);
    }
  }

  private record Row(
      long lines,
      double full,
      Optional<Rival> byHand,
      Optional<Rival> byDbt,
      double models,
      List<Double> days,
      int marts) {
    double whole() {
      return full + models;
    }

    double day() {
      return days.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** Of the days that end no week: forecasts and seasons are told by the week. */
    double usualDay() {
      return days.stream().sorted().skip(days.size() / 2).findFirst().orElseThrow();
    }
  }

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
        "%n%14s %6s %10s %10s %7s %10s %7s %10s %10s %7s %10s %7s%n",
        "sales lines",
        "marts",
        "ours",
        "by hand",
        "ratio",
        "dbt",
        "ratio",
        "models",
        "usual day",
        "share",
        "mean day",
        "share");
    for (Row row : rows) {
      System.out.printf(
          "%14s %6d %8.1f s %10s %7s %10s %7s %8.1f s %8.1f s %5.1f %% %8.1f s %5.1f %%%n",
          Console.number(row.lines()),
          row.marts(),
          row.full(),
          time(row.byHand()),
          ratio(row.byHand(), row.full()),
          time(row.byDbt()),
          ratio(row.byDbt(), row.full()),
          row.models(),
          row.usualDay(),
          100 * row.usualDay() / row.whole(),
          row.day(),
          100 * row.day() / row.whole());
    }
    for (int i = 1; i < rows.size(); i++) {
      Row small = rows.getFirst();
      Row large = rows.get(i);
      System.out.printf(
          "%.1f times the lines cost %.1f times the time%n",
          (double) large.lines() / small.lines(), large.full() / small.full());
    }
    System.out.println(
        "ours: full build, marts that are SQL; models: marts that Java computes, beside; day: a"
            + " build after a new day, all marts, the median and the mean of a week of them (forecasts are made once a week), as a share of both. By hand: the same selects over"
            + " all months, one after the other. >: broken off then, as --patience says.");
  }

  private static String time(Optional<Rival> rival) {
    return rival.map(Rival::time).orElse("-");
  }

  private static String ratio(Optional<Rival> rival, double ours) {
    return rival.map(other -> other.ratio(ours)).orElse("-");
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
    console.say("ours: %.1f s", full);
    double limit = patience * full;
    Optional<Rival> byHand = byHand(session, steps, limit);
    Optional<Rival> byDbt = dbt ? byDbt(session, limit) : Optional.empty();
    Set<Mart> models = new LinkedHashSet<>(Marts.ALL);
    models.removeAll(sql);
    double byModels = models.isEmpty() ? 0 : build(build, BuildOptions.full().exactly(models));
    long lines =
        Long.parseLong(session.warehouse().http().query("SELECT count() FROM star.sales_line"));
    return new Row(lines, full, byHand, byDbt, byModels, week(session, build), sql.size());
  }

  /** Seconds of each day: forecasts are made anew on one of the seven. */
  private List<Double> week(Session session, MartBuild build) throws InterruptedException {
    List<Double> seconds = new ArrayList<>();
    for (int day = 0; day < WEEK; day++) {
      LocalDate date = newDay(session);
      seconds.add(build(build, BuildOptions.changed()));
      console.say("  %s, a new day: %.1f s", date, seconds.getLast());
    }
    return seconds;
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

  /** Nothing when a statement needs more memory than there is, for then its time says nothing. */
  private Optional<Rival> byHand(Session session, List<MartScript.Step> steps, double limit) {
    query(session, "DROP DATABASE IF EXISTS " + BY_HAND.marts() + " SYNC");
    query(session, "CREATE DATABASE " + BY_HAND.marts());
    long start = System.nanoTime();
    boolean through = true;
    try {
      for (MartScript.Step step : steps) {
        long begin = System.nanoTime();
        query(session, step.create());
        through = insert(session, step, limit == 0 ? 0 : limit - seconds(start));
        console.say("  hand   %-28s %6.2f s", step.mart().name(), seconds(begin));
        if (!through) {
          break;
        }
      }
    } catch (WarehouseException e) {
      if (!e.isOutOfMemory()) {
        throw e;
      }
      console.say("by hand ran out of memory; give it more by --memory: %s", e.getMessage());
      return Optional.empty();
    } finally {
      query(session, "DROP DATABASE " + BY_HAND.marts() + " SYNC");
    }
    Rival rival = new Rival(seconds(start), through);
    console.say("by hand: %s", rival.time());
    return Optional.of(rival);
  }

  /** Whether it was done within the seconds; 0: without end. */
  private boolean insert(Session session, MartScript.Step step, double seconds) {
    if (seconds == 0) {
      query(session, step.insert());
      return true;
    }
    Map<String, String> limited = new HashMap<>(settings);
    limited.put("max_execution_time", Long.toString(Math.max(1, Math.round(seconds))));
    try {
      session.warehouse().http().query(step.insert(), limited);
      return true;
    } catch (WarehouseException e) {
      if (e.getMessage().contains("TIMEOUT_EXCEEDED")) {
        return false;
      }
      throw e;
    }
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

  /**
   * Gives dbt the same selects as models, as many at once as our builds take. Nothing when dbt does
   * not get through, for then its time says nothing.
   */
  private Optional<Rival> byDbt(Session session, double limit)
      throws IOException, InterruptedException {
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
    long start = System.nanoTime();
    boolean through = dbt(python, project, log, session, limit, "run");
    double left = limit - seconds(start);
    if (!through && (limit == 0 || left > 1)) {
      // Two statements over all months at once may need more memory than one.
      console.say("dbt did not get through with two at once; the rest one by one");
      through =
          dbt(python, project, log, session, limit == 0 ? 0 : left, "retry", "--threads", "1");
    }
    Rival rival = new Rival(seconds(start), through);
    boolean broken = !through && limit > 0 && rival.seconds() >= limit - 1;
    if (broken) {
      query(
          session, "KILL QUERY WHERE query_id != queryID() AND query LIKE '%" + BY_DBT + "%' SYNC");
    }
    query(session, "DROP DATABASE IF EXISTS " + BY_DBT + " SYNC");
    if (!through && !broken) {
      console.say("dbt failed after %.1f s; its log is %s", rival.seconds(), log);
      return Optional.empty();
    }
    console.say("dbt: %s", rival.time());
    return Optional.of(rival);
  }

  private boolean dbt(
      PythonEnvironment python,
      Path project,
      Path log,
      Session session,
      double limit,
      String... words)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(python.program("dbt")));
    line.addAll(List.of(words));
    line.addAll(List.of("--project-dir", project.toString(), "--profiles-dir", project.toString()));
    ProcessBuilder command =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    command.environment().put("STOREFACT_WAREHOUSE_PASSWORD", session.address().password());
    command.environment().put("DBT_SEND_ANONYMOUS_USAGE_STATS", "false");
    long start = System.nanoTime();
    Process process = command.start();
    try {
      while (!process.waitFor(2, TimeUnit.SECONDS)) {
        if (limit > 0 && seconds(start) >= limit) {
          return false;
        }
        console.progress("dbt %s, %.0f s".formatted(words[0], seconds(start)));
      }
    } finally {
      process.destroy();
    }
    return process.exitValue() == 0;
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
    return "{{ config(materialized='table', engine='MergeTree()', order_by='(%s)', settings={'allow_nullable_key': 1}%s) }}\n%s{%% raw %%}\n%s\n{%% endraw %%}\n"
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

  /** What happened on the last business day once more, a day later. */
  private static LocalDate newDay(Session session) {
    String last =
        session
            .warehouse()
            .http()
            .query("SELECT max(business_date) FROM star.sales_line WHERE business_date < today()");
    String next = LocalDate.parse(last).plusDays(1).toString();
    again(session, "sales_line", "sold_at", last, next);
    again(session, "return_line", "returned_at", last, next);
    again(session, "service_use", "used_at", last, next);
    for (String table : List.of("stock_movement", "points_event", "card_event")) {
      again(session, table, "at", last, next);
    }
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
