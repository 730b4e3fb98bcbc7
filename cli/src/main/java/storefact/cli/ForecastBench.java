package storefact.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Cursor;
import org.jooq.Record;
import storefact.mart.BuildOptions;
import storefact.mart.BuildProgress;
import storefact.mart.MartBuild;
import storefact.mart.stock.DemandHistory;
import storefact.mart.stock.DemandInput;
import storefact.model.forecast.Accuracy;
import storefact.model.forecast.BackTest;
import storefact.model.forecast.BackTest.Group;
import storefact.model.forecast.BackTest.Method;
import storefact.model.forecast.DemandForecaster;
import storefact.model.forecast.DemandSeries;
import storefact.model.forecast.Forecast;
import storefact.model.forecast.Forecast.Coverage;

/**
 * The forecast beside the seasonal naive one, on all series, and beside AutoETS of Python's
 * statsforecast, on a sample drawn with a fixed seed; the same measure judges all of them over the
 * same series, origins and days.
 */
final class ForecastBench {
  private static final List<String> LIBRARY =
      List.of(
          "statsforecast==2.1.1",
          "coreforecast==0.0.20",
          "utilsforecast==0.2.17",
          "fugue==0.9.7",
          "numpy==2.4.6",
          "pandas==2.3.3",
          "scipy==1.17.1",
          "statsmodels==0.15.0");
  private static final long SEED = 20_261_123L;
  private static final double MOST_OF_NAIVE = 0.9;
  private static final double TWO_POINTS = 0.02;
  private static final int HORIZON = DemandForecaster.HORIZON;

  private final Console console;
  private final Session session;
  private final int origins;
  private final int sample;

  /**
   * A bench.
   *
   * @param origins forecasts of each series, four weeks apart
   * @param sample series of each kind that the library forecasts too; 0 leaves it out
   */
  ForecastBench(Console console, Session session, int origins, int sample) {
    this.console = console;
    this.session = session;
    this.origins = origins;
    this.sample = sample;
  }

  /**
   * Prints the tables.
   *
   * @return what falls short among series that sell often: MASE above 0.9 of seasonal naive, by
   *     week or by year and lunar festivals, an interval more than two points off, or AutoETS ahead
   */
  List<String> run() throws Exception {
    List<String> misses = new ArrayList<>();
    BuildOptions source =
        new BuildOptions(List.of(DemandHistory.DEMAND_HISTORY), BuildOptions.Extent.CHANGED);
    new MartBuild(session.warehouse()).run(source, BuildProgress.silent());
    DemandInput input = read();
    BackTest test = new BackTest(input.panel(), input.calendar(), HORIZON, origins);
    console.say(
        "%s series of %d days, %d origins",
        Console.number(input.panel().series().size()), input.panel().days(), test.origins().size());
    Set<String> sampled = new TreeSet<>();
    List<Forecast> kept = new ArrayList<>();
    long start = System.nanoTime();
    int[] done = {0};
    Map<Group, Map<Method, Accuracy>> all =
        test.run(
            forecasts -> {
              if (sampled.isEmpty()) {
                sampled.addAll(draw(forecasts));
              }
              forecasts.stream()
                  .filter(forecast -> sampled.contains(forecast.series().key()))
                  .forEach(kept::add);
              double share = ++done[0] / (double) test.origins().size();
              console.progress("back-test   " + Console.bar(share, since(start)));
            });
    console.say("back-test of all series in %s", Console.clock(since(start)));
    print("all series", all, Map.of());
    all.forEach((group, methods) -> misses.addAll(misses(group, methods)));
    if (sample > 0 && !kept.isEmpty()) {
      Map<Group, Map<Method, Accuracy>> ours = new TreeMap<>();
      Map<Group, Accuracy> library = new TreeMap<>();
      List<double[][]> said = askLibrary(kept);
      for (int i = 0; i < kept.size(); i++) {
        Group group = BackTest.group(kept.get(i));
        test.judge(kept.get(i), ours.computeIfAbsent(group, _ -> BackTest.none()));
        judge(kept.get(i), said.get(i), library.computeIfAbsent(group, _ -> new Accuracy()));
      }
      print("sample, with AutoETS of " + LIBRARY.getFirst(), ours, library);
      library.forEach(
          (group, peer) -> {
            double mase = ours.get(group).get(Method.MEDIAN).mase();
            if (group.frequent() && mase > peer.mase()) {
              misses.add("%s: MASE %.3f, AutoETS %.3f".formatted(name(group), mase, peer.mase()));
            }
          });
    }
    System.out.println(
        "MASE by season of a week; ours: median, which absolute errors ask for; ratio to the"
            + " seasonal naive forecast; year: naive by the like day of the year before, lunar"
            + " festivals aligned, by week where there is none. Often: sold on at least half of the days before.");
    return misses;
  }

  private static List<String> misses(Group group, Map<Method, Accuracy> methods) {
    List<String> misses = new ArrayList<>();
    if (!group.frequent()) {
      return misses;
    }
    Accuracy ours = methods.get(Method.MEDIAN);
    for (Method naive : List.of(Method.SEASONAL_NAIVE, Method.YEAR_BEFORE)) {
      double ratio = ours.mase() / methods.get(naive).mase();
      if (ratio > MOST_OF_NAIVE) {
        misses.add(
            "%s: MASE is %.3f of that of naive by %s"
                .formatted(name(group), ratio, naive == Method.SEASONAL_NAIVE ? "week" : "year"));
      }
    }
    for (Coverage coverage : Coverage.values()) {
      if (Math.abs(ours.coverage(coverage) - coverage.nominal()) > TWO_POINTS) {
        misses.add(
            "%s: %.1f %% of days within the interval of %.0f %%"
                .formatted(name(group), 100 * ours.coverage(coverage), 100 * coverage.nominal()));
      }
    }
    return misses;
  }

  private static String name(Group group) {
    return group.level().code() + ", " + group.measure().code();
  }

  private DemandInput read() {
    try (Cursor<? extends Record> cursor =
            session.warehouse().sql().fetchLazy(DemandInput.select());
        Stream<? extends Record> rows = cursor.stream()) {
      return DemandInput.read(rows)
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "this warehouse has no sales; fill it first, with ./storefact demo for example"));
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  /** So many series of each kind, by a seed. */
  private Set<String> draw(List<Forecast> forecasts) {
    Set<String> drawn = new TreeSet<>();
    forecasts.stream()
        .collect(Collectors.groupingBy(BackTest::group, TreeMap::new, Collectors.toList()))
        .values()
        .forEach(
            group -> {
              List<String> keys =
                  new ArrayList<>(group.stream().map(one -> one.series().key()).toList());
              Collections.shuffle(keys, new Random(SEED));
              drawn.addAll(keys.subList(0, Math.min(sample, keys.size())));
            });
    return drawn;
  }

  /** For each forecast, its days' mean and bounds as the library has them. */
  private List<double[][]> askLibrary(List<Forecast> forecasts)
      throws IOException, InterruptedException {
    PythonEnvironment python = PythonEnvironment.with(console, "forecast", LIBRARY);
    Path work = Files.createDirectories(session.home().root().resolve("bench").resolve("forecast"));
    Path script = work.resolve("forecast_peer.py");
    try (InputStream code = ForecastBench.class.getResourceAsStream("forecast_peer.py")) {
      Files.write(script, code.readAllBytes());
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < forecasts.size(); i++) {
      DemandSeries series = forecasts.get(i).series();
      StringBuilder line = new StringBuilder().append(i).append(',');
      line.append(forecasts.get(i).origin()).append(',');
      for (int day = series.firstSale(); day < forecasts.get(i).origin(); day++) {
        line.append(series.on(day)).append(' ');
      }
      lines.add(line.toString().strip());
    }
    Path question = Files.write(work.resolve("series.csv"), lines);
    Path answer = work.resolve("forecasts.csv");
    ask(python, work, List.of(script, question, answer), forecasts.size());
    List<double[][]> said = new ArrayList<>();
    forecasts.forEach(_ -> said.add(new double[HORIZON][]));
    int[] day = new int[forecasts.size()];
    for (String line : Files.readAllLines(answer)) {
      String[] part = line.split(",", -1);
      int number = Integer.parseInt(part[0]);
      said.get(number)[day[number]++] =
          java.util.Arrays.stream(part).skip(2).mapToDouble(Double::parseDouble).toArray();
    }
    return said;
  }

  private void ask(PythonEnvironment python, Path work, List<Path> files, int count)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python.program("python")));
    files.forEach(file -> command.add(file.toString()));
    command.add(Integer.toString(HORIZON));
    Path log = work.resolve("library.log");
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        double share = Integer.parseInt(line.substring(0, line.indexOf(' '))) / (double) count;
        console.progress("AutoETS     " + Console.bar(share, since(start)));
      }
      if (process.waitFor() != 0) {
        throw new IOException(
            "the library ended with code %d; what it said is in %s"
                .formatted(process.exitValue(), log));
      }
    } finally {
      process.destroy();
    }
    console.say("AutoETS: %s forecasts in %s", Console.number(count), Console.clock(since(start)));
  }

  private static void judge(Forecast forecast, double[][] said, Accuracy accuracy) {
    double[] points = java.util.Arrays.stream(said).mapToDouble(day -> day[0]).toArray();
    accuracy.points(forecast.series(), forecast.origin(), points);
    for (int ahead = 0; ahead < HORIZON; ahead++) {
      double actual = forecast.series().on(forecast.origin() + ahead);
      accuracy.interval(Coverage.C80, actual, said[ahead][1], said[ahead][2]);
      accuracy.interval(Coverage.C95, actual, said[ahead][3], said[ahead][4]);
    }
  }

  private static void print(
      String title, Map<Group, Map<Method, Accuracy>> all, Map<Group, Accuracy> library) {
    System.out.printf(
        "%n%s%n%-10s %-9s %-6s %9s %7s %7s %7s %7s %7s %7s %7s %7s %7s%s%n",
        title,
        "level",
        "measure",
        "sells",
        "days",
        "ours",
        "ratio",
        "mean",
        "naive",
        "year",
        "SBA",
        "TSB",
        "in 80 %",
        "in 95 %",
        library.isEmpty() ? "" : "  AutoETS ours/it in 80 % in 95 %");
    all.forEach(
        (group, methods) -> {
          Accuracy ours = methods.get(Method.MEDIAN);
          System.out.printf(
              "%-10s %-9s %-6s %9s %7.3f %7.3f %7.3f %7.3f %7.3f %7.3f %7.3f %7.1f %7.1f",
              group.level().code(),
              group.measure().code(),
              group.frequent() ? "often" : "seldom",
              Console.number(ours.days()),
              ours.mase(),
              ours.mase() / methods.get(Method.SEASONAL_NAIVE).mase(),
              methods.get(Method.MEAN).mase(),
              methods.get(Method.SEASONAL_NAIVE).mase(),
              methods.get(Method.YEAR_BEFORE).mase(),
              methods.get(Method.SYNTETOS_BOYLAN).mase(),
              methods.get(Method.TEUNTER_SYNTETOS_BABAI).mase(),
              100 * ours.coverage(Coverage.C80),
              100 * ours.coverage(Coverage.C95));
          Accuracy peer = library.get(group);
          System.out.println(
              peer == null
                  ? ""
                  : "  %7.3f %7.3f %7.1f %7.1f"
                      .formatted(
                          peer.mase(),
                          ours.mase() / peer.mase(),
                          100 * peer.coverage(Coverage.C80),
                          100 * peer.coverage(Coverage.C95)));
        });
  }
}
