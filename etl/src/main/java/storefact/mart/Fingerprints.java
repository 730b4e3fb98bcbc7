package storefact.mart;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.warehouse.ClickHouseHttp;

/**
 * What a dimension says of the facts of a month, in the columns that a mart reads, as a hash: goods
 * that moved to another category change it for the months in which they sold, others do not.
 *
 * <p>And, of the same shape, what the rows that a mart chooses of a source say: a day of a week
 * that is not over changes nothing for a mart that is told by the week.
 *
 * <p>Of dimensions, marts ask the same of the same facts, each for columns of its own; so all of
 * them are answered at once, and once in a build. What changes later in the build is then built
 * once too often, never not at all.
 */
final class Fingerprints {
  static final String NO_FACTS = "none";

  private final ClickHouseHttp http;
  private final Environment environment;
  private final BuildOrder order;
  private final Map<Question, Map<String, Map<List<String>, String>>> answers =
      new ConcurrentHashMap<>();

  /** What is asked of a dimension: of which facts and months. */
  private record Question(Slice.Described join, String date, String first, String last) {}

  Fingerprints(ClickHouseHttp http, Environment environment, BuildOrder order) {
    this.http = http;
    this.environment = environment;
    this.order = order;
  }

  /** Fingerprints of those months, over all joins of a dimension. */
  SortedMap<String, String> of(
      Lineage lineage, List<Slice.Described> joins, Collection<String> months) {
    SortedMap<String, String> prints = new TreeMap<>();
    for (Slice.Described join : joins.stream().distinct().toList()) {
      of(lineage, join, months)
          .forEach((month, print) -> prints.merge(month, print, (one, other) -> one + "+" + other));
    }
    return prints;
  }

  /** What the rows of a source that a mart chooses say in the columns that it reads. */
  SortedMap<String, String> ofChosen(
      Lineage lineage, String source, Collection<String> partitions) {
    SortedMap<String, String> prints = new TreeMap<>();
    if (partitions.isEmpty()) {
      return prints;
    }
    Optional<Field<?>> date =
        partitions.contains(Slice.ALL)
            ? Optional.empty()
            : lineage.narrowedBy(source).map(column -> DSL.field(DSL.name(column)));
    Field<?> partition =
        date.<Field<?>>map(day -> DSL.field("toString(toYYYYMM({0}))", day))
            .orElse(DSL.inline(Slice.ALL));
    Condition between =
        date.map(
                day ->
                    DSL.condition(
                        "{0} >= {1} AND {0} < {2}",
                        day,
                        DSL.inline(firstDay(Collections.min(partitions)).toString()),
                        DSL.inline(firstDay(Collections.max(partitions)).plusMonths(1).toString())))
            .orElse(DSL.noCondition());
    // Within a tuple a null is hashed, too; by itself it would leave its row out.
    Field<?> said =
        DSL.field(
            "concat(toString(count()), '.', hex(sum(cityHash64(tuple({0})))))",
            DSL.list(
                lineage.columnsOf(source).stream()
                    .map(column -> DSL.field(DSL.name(column)))
                    .toList()));
    for (Condition rows : lineage.chosenOf(source)) {
      Select<?> select =
          DSL.select(partition.as("partition"), said)
              .from(DSL.table(DSL.name(environment.locate(source).split("\\.", 2))))
              .where(rows)
              .and(between)
              .groupBy(DSL.field(DSL.name("partition")));
      Map<String, String> found =
          http.query(environment.renderer().render(select), Statements.SETTINGS)
              .lines()
              .map(line -> line.split("\t", -1))
              .collect(Collectors.toMap(line -> line[0], line -> line[1]));
      for (String some : partitions) {
        String print = found.getOrDefault(date.isPresent() ? some : Slice.ALL, NO_FACTS);
        prints.merge(some, print, (one, other) -> one + "+" + other);
      }
    }
    return prints;
  }

  private SortedMap<String, String> of(
      Lineage lineage, Slice.Described join, Collection<String> months) {
    SortedMap<String, String> prints = new TreeMap<>();
    months.forEach(month -> prints.put(month, NO_FACTS));
    if (months.isEmpty()) {
      return prints;
    }
    Question question =
        new Question(
            join,
            lineage.narrowedBy(join.fact()).orElseThrow(),
            Collections.min(months),
            Collections.max(months));
    List<String> columns = lineage.columnsOf(join.dimension());
    answers
        .computeIfAbsent(question, this::ask)
        .forEach((month, said) -> prints.computeIfPresent(month, (m, none) -> said.get(columns)));
    return prints;
  }

  /** Month → columns that a mart reads → hash of what they say of the month's facts. */
  private Map<String, Map<List<String>, String>> ask(Question question) {
    Slice.Described join = question.join();
    List<List<String>> readings = order.readingsOf(join.dimension());
    String sql =
        """
        SELECT toYYYYMM(month), toString(count()), %1$s
        FROM
        (
            SELECT DISTINCT toStartOfMonth(`%2$s`) AS month, `%3$s` AS key FROM %4$s
            WHERE `%2$s` >= '%5$s' AND `%2$s` < '%6$s'
        ) AS fact
        INNER JOIN (SELECT `%7$s` AS key, %8$s FROM %9$s) AS dimension USING (key)
        GROUP BY month"""
            .formatted(
                each(readings, "hex(groupBitXor(said_%1$d))"),
                question.date(),
                join.factKey(),
                environment.locate(join.fact()),
                firstDay(question.first()),
                firstDay(question.last()).plusMonths(1),
                join.dimensionKey(),
                each(readings, "cityHash64(tuple(`%2$s`)) AS said_%1$d"),
                environment.locate(join.dimension()));
    Map<String, Map<List<String>, String>> answer = new TreeMap<>();
    http.query(sql, Statements.SETTINGS)
        .lines()
        .map(line -> line.split("\t", -1))
        .forEach(
            line -> {
              Map<List<String>, String> said = new HashMap<>();
              for (int i = 0; i < readings.size(); i++) {
                said.put(readings.get(i), line[1] + "." + line[2 + i]);
              }
              answer.put(line[0], said);
            });
    return answer;
  }

  private static LocalDate firstDay(String month) {
    return YearMonth.parse(month, Slice.PARTITION).atDay(1);
  }

  private static String each(List<List<String>> readings, String expression) {
    return IntStream.range(0, readings.size())
        .mapToObj(i -> expression.formatted(i, String.join("`, `", readings.get(i))))
        .collect(Collectors.joining(", "));
  }
}
