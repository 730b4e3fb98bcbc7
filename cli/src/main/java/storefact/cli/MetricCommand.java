package storefact.cli;

import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import storefact.metric.Dimension;
import storefact.metric.Dimensions;
import storefact.metric.Metric;
import storefact.metric.MetricQuery;
import storefact.metric.Metrics;
import storefact.warehouse.ClickHouseHttp;

@Command(
    name = "metric",
    description = "Ask for figures by name; without a name, list them.",
    mixinStandardHelpOptions = true)
final class MetricCommand implements Callable<Integer> {

  /** How an answer is written. */
  enum Format {
    TABLE("PrettyCompactMonoBlock"),
    CSV("CSVWithNames"),
    JSON("JSONEachRow"),
    SQL("");

    private final String clickHouse;

    Format(String clickHouse) {
      this.clickHouse = clickHouse;
    }
  }

  @ParentCommand private Storefact storefact;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      split = ",",
      description = "metrics, net_sales for example")
  private List<String> names = List.of();

  @Option(
      names = "--by",
      paramLabel = "DIMENSION",
      split = ",",
      description = "dimensions, region,month for example")
  private List<String> by = List.of();

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description = "on dimensions, for example \"region = 'East' and year = 2017\"")
  private String where = "";

  @Option(names = "--from", paramLabel = "DATE", description = "first business day")
  private Optional<LocalDate> from = Optional.empty();

  @Option(names = "--to", paramLabel = "DATE", description = "last business day")
  private Optional<LocalDate> to = Optional.empty();

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "only the N rows with the highest values of the first metric")
  private Optional<Integer> top = Optional.empty();

  @Option(
      names = "--format",
      defaultValue = "TABLE",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Format format = Format.TABLE;

  @Option(
      names = "--user",
      paramLabel = "U",
      description = "as whom (default: storefact); the password is the home's secret of that name")
  private Optional<String> user = Optional.empty();

  @Override
  public Integer call() throws Exception {
    if (names.isEmpty()) {
      list(new Console());
      return 0;
    }
    String statement;
    try {
      statement = query().sql();
    } catch (IllegalArgumentException e) {
      System.err.println("error: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    if (format == Format.SQL) {
      System.out.println(statement);
      return 0;
    }
    Map<String, String> settings =
        Map.of("default_format", format.clickHouse, "output_format_json_quote_64bit_integers", "0");
    try (Session session = storefact.open(new Console());
        ClickHouseHttp http = new ClickHouseHttp(session.addressOf(user));
        InputStream answer = http.stream(statement, settings)) {
      answer.transferTo(System.out);
    }
    return 0;
  }

  private MetricQuery query() {
    MetricQuery query =
        MetricQuery.of(names.stream().map(Metrics::named).toList())
            .by(by.stream().map(Dimensions::named).toList())
            .where(where);
    query = from.isPresent() ? query.from(from.get()) : query;
    query = to.isPresent() ? query.to(to.get()) : query;
    query = top.isPresent() ? query.top(top.get()) : query;
    return format == Format.TABLE ? query.rounded() : query;
  }

  private static void list(Console console) {
    for (Metric metric : Metrics.ALL) {
      console.say(
          "%-18s %s (%s) [%s]", metric.name(), metric.english(), metric.chinese(), metric.unit());
      console.say("%-18s %s", "", metric.description());
      console.say(
          "%-18s by %s",
          "", metric.dimensions().stream().map(Dimension::name).collect(Collectors.joining(", ")));
    }
    console.say("next: ./storefact metric net_sales --by region,month");
  }
}
