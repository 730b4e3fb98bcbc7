package storefact.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import storefact.dashboard.Language;
import storefact.reader.Reader;
import storefact.reader.Role;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.Home;
import storefact.warehouse.WarehouseAddress;

/**
 * Times the statement of every chart as Superset makes it, asked as a reader of each role by that
 * reader's own account: once with the engine's caches dropped, then warm.
 */
final class ChartBench {
  /** Of the engine; the operating system keeps its own, which only root may drop. */
  private static final List<String> CACHES =
      List.of("MARK CACHE", "UNCOMPRESSED CACHE", "COMPILED EXPRESSION CACHE", "QUERY CACHE");

  private static final double MILLION = 1e6;
  private static final double HALF = 0.5;
  private static final double NEARLY_ALL = 0.95;

  private final Console console;
  private final Home home;
  private final WarehouseAddress keeper;
  private final String superset;
  private final int times;

  /**
   * A bench.
   *
   * @param keeper the warehouse with the account that may drop caches
   * @param superset address of a server that runs
   * @param times warm runs of each chart
   */
  ChartBench(Console console, Home home, WarehouseAddress keeper, String superset, int times) {
    this.console = console;
    this.home = home;
    this.keeper = keeper;
    this.superset = superset;
    this.times = times;
  }

  /**
   * How long the statements took.
   *
   * @param cold p95 of the first runs, milliseconds
   * @param warm p95 of all further ones, milliseconds
   * @param slowest chart, by the median of its warm runs
   */
  record Result(double cold, double warm, Slowest slowest) {}

  /**
   * A chart of a reader.
   *
   * @param warm median, milliseconds
   */
  record Slowest(String reader, String chart, double warm) {}

  private record Chart(int id, String dashboard, String title) {
    @Override
    public String toString() {
      return dashboard + ": " + title;
    }
  }

  private record Timing(Chart chart, double cold, List<Double> warm, long bytes) {
    double median() {
      return percentile(warm, HALF);
    }

    double p95() {
      return percentile(warm, NEARLY_ALL);
    }
  }

  /**
   * Runs it for the first reader of each role and prints a line for each chart.
   *
   * @throws IOException if Superset does not answer, or refuses a reader
   */
  Result run(List<Reader> readers) throws IOException, InterruptedException {
    List<Double> cold = new ArrayList<>();
    List<Double> warm = new ArrayList<>();
    Slowest slowest = new Slowest("", "", 0);
    Set<Role> seen = new HashSet<>();
    for (Reader reader : readers) {
      if (seen.add(reader.role())) {
        List<Timing> timings = of(reader);
        print(reader, timings);
        timings.forEach(timing -> cold.add(timing.cold()));
        for (Timing timing : timings) {
          warm.addAll(timing.warm());
          if (timing.median() > slowest.warm()) {
            slowest = new Slowest(reader.name(), timing.chart().toString(), timing.median());
          }
        }
      }
    }
    console.say(
        "all: %d charts, cold p50 %.0f ms, p95 %.0f ms; %d warm runs, p50 %.0f ms, p95 %.0f ms",
        cold.size(),
        percentile(cold, HALF),
        percentile(cold, NEARLY_ALL),
        warm.size(),
        percentile(warm, HALF),
        percentile(warm, NEARLY_ALL));
    return new Result(percentile(cold, NEARLY_ALL), percentile(warm, NEARLY_ALL), slowest);
  }

  private List<Timing> of(Reader reader) throws IOException, InterruptedException {
    WarehouseAddress own =
        new WarehouseAddress(
            keeper.host(), keeper.httpPort(), reader.name(), home.secret(reader.name()));
    List<Timing> timings = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient();
        ClickHouseHttp warehouse = new ClickHouseHttp(own);
        ClickHouseHttp caches = new ClickHouseHttp(keeper)) {
      String token = login(client, reader);
      List<Chart> charts = charts(client, token);
      for (Chart chart : charts) {
        console.progress("%s: %d of %d".formatted(reader.name(), timings.size(), charts.size()));
        timings.add(time(warehouse, caches, chart, statement(client, token, chart)));
      }
    }
    return timings;
  }

  private Timing time(
      ClickHouseHttp warehouse, ClickHouseHttp caches, Chart chart, String statement) {
    CACHES.forEach(cache -> caches.query("SYSTEM DROP " + cache));
    long start = System.nanoTime();
    long bytes = warehouse.execute(statement, Map.of()).readBytes();
    double cold = (System.nanoTime() - start) / MILLION;
    List<Double> warm = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long begin = System.nanoTime();
      warehouse.execute(statement, Map.of());
      warm.add((System.nanoTime() - begin) / MILLION);
    }
    return new Timing(chart, cold, warm, bytes);
  }

  private void print(Reader reader, List<Timing> timings) {
    System.out.printf(
        "%n%s (%s)%n%9s %9s %9s %12s  chart%n",
        reader.name(), reader.role().title().en(), "cold ms", "p50 ms", "p95 ms", "MiB read");
    timings.stream()
        .sorted(Comparator.comparingDouble(Timing::p95).reversed())
        .forEach(
            timing ->
                System.out.printf(
                    "%9.0f %9.0f %9.0f %12.1f  %s%n",
                    timing.cold(),
                    timing.median(),
                    timing.p95(),
                    timing.bytes() / (double) (1 << 20),
                    timing.chart()));
  }

  /** The nearest rank. */
  private static double percentile(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty()
        ? 0
        : sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }

  private String login(HttpClient client, Reader reader) throws IOException, InterruptedException {
    String body =
        "{\"username\": \"%s\", \"password\": \"%s\", \"provider\": \"db\"}"
            .formatted(reader.name(), home.secret("login-" + reader.name()));
    Map<?, ?> answer =
        ask(
            client,
            HttpRequest.newBuilder(URI.create(superset + "/api/v1/security/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    return String.valueOf(answer.get("access_token"));
  }

  /** Those of the dashboards that a reader may open, of one language: the other's ask the same. */
  private List<Chart> charts(HttpClient client, String token)
      throws IOException, InterruptedException {
    List<Chart> charts = new ArrayList<>();
    String own = "-" + Language.EN.code();
    for (Map<?, ?> dashboard : list(client, token, "dashboard/?q=(page_size:100)")) {
      if (String.valueOf(dashboard.get("slug")).endsWith(own)) {
        String title = String.valueOf(dashboard.get("dashboard_title"));
        for (Map<?, ?> chart :
            list(client, token, "dashboard/%s/charts".formatted(dashboard.get("id")))) {
          if (chart.get("id") instanceof Integer id) {
            charts.add(new Chart(id, title, String.valueOf(chart.get("slice_name"))));
          }
        }
      }
    }
    return charts;
  }

  private List<Map<?, ?>> list(HttpClient client, String token, String what)
      throws IOException, InterruptedException {
    List<Map<?, ?>> all = new ArrayList<>();
    if (get(client, token, "/api/v1/" + what).get("result") instanceof List<?> entries) {
      for (Object entry : entries) {
        if (entry instanceof Map<?, ?> map) {
          all.add(map);
        }
      }
    }
    return all;
  }

  private String statement(HttpClient client, String token, Chart chart)
      throws IOException, InterruptedException {
    Map<?, ?> answer =
        get(client, token, "/api/v1/chart/%d/data/?type=query".formatted(chart.id()));
    if (answer.get("result") instanceof List<?> results
        && !results.isEmpty()
        && results.getFirst() instanceof Map<?, ?> result
        && result.get("query") instanceof String statement) {
      return statement;
    }
    throw new IOException(
        "Superset tells no statement of chart \"%s\": %s".formatted(chart.title(), answer));
  }

  private Map<?, ?> get(HttpClient client, String token, String path)
      throws IOException, InterruptedException {
    return ask(
        client,
        HttpRequest.newBuilder(URI.create(superset + path))
            .header("Authorization", "Bearer " + token));
  }

  private static Map<?, ?> ask(HttpClient client, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    // JSON is YAML, and the house has a reader of that.
    LoadSettings whole = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
    if (answer.statusCode() / 100 == 2
        && new Load(whole).loadFromString(answer.body()) instanceof Map<?, ?> map) {
      return map;
    }
    throw new IOException(
        "Superset answers %d: %s".formatted(answer.statusCode(), answer.body().strip()));
  }
}
