package storefact.dashboard;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import storefact.report.Overview.Words;

/** What people edited in one dashboard, in the copies of both languages. */
final class DashboardEdits {
  private final Dashboard file;
  private final ServedAssets brought;
  private final ServedAssets now;
  private final Map<String, Dataset> datasets;
  private final Consumer<String> lost;

  /** A value as it was brought and as it is. */
  private record Change<T>(T brought, T now) {}

  /** A chart that a person made: in one language, or in each. */
  private record Newcomer(Chart chart, Map<Language, String> uuids) {}

  /**
   * A dashboard to be compared.
   *
   * @param datasets ours, by UUID
   * @param lost is told what the file cannot say, and conflicts
   */
  DashboardEdits(
      Dashboard file,
      ServedAssets brought,
      ServedAssets now,
      Map<String, Dataset> datasets,
      Consumer<String> lost) {
    this.file = file;
    this.brought = brought;
    this.now = now;
    this.datasets = datasets;
    this.lost = lost;
  }

  private Consumer<String> losing(String place) {
    return what ->
        lost.accept("%s: %s; edit dashboards/assets/%s.yaml".formatted(place, what, file.name()));
  }

  private Consumer<String> losing(Optional<Chart> chart, Language language) {
    String place = chart.map(one -> file.name() + "/" + one.name()).orElse(file.name());
    return losing(place + " (" + language.code() + ")");
  }

  /** The dashboard with everything that its file can say. */
  Dashboard edited() {
    Map<Language, Change<Map<?, ?>>> copies = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      String uuid = Bundle.uuid("dashboard", file.name(), language.code());
      Optional<Map<?, ?>> before = brought.dashboard(uuid);
      Optional<Map<?, ?>> after = now.dashboard(uuid);
      if (before.isPresent() && after.isPresent()) {
        copies.put(language, new Change<>(before.get(), after.get()));
        tellOthers(before.get(), after.get(), language);
      } else if (before.isPresent()) {
        losing(Optional.empty(), language)
            .accept("deleted in the browser; it comes back with the next dashboards up");
      }
    }
    Map<String, Chart> charts = new LinkedHashMap<>();
    file.charts().forEach(chart -> charts.put(chart.name(), edited(chart, copies)));
    List<Newcomer> newcomers = newcomers(copies);
    newcomers.forEach(one -> charts.put(one.chart().name(), one.chart()));
    Layout layout = layout(copies, newcomers);
    return new Dashboard(
        file.name(),
        title(copies),
        about(copies),
        file.readers(),
        file.filters(),
        layout.rows().stream()
            .map(
                row ->
                    new Dashboard.Row(
                        row.height(),
                        row.boxes().stream()
                            .map(box -> charts.get(box.chart()).wide(box.width()))
                            .toList()))
            .toList());
  }

  /** An edited copy wins over one that was not; two different edits are a conflict. */
  private <T> T merged(String what, List<Change<T>> changes, T inFile, Consumer<String> conflict) {
    List<Change<T>> edited =
        changes.stream().filter(change -> !change.now().equals(change.brought())).toList();
    Set<T> wanted = edited.stream().map(Change::now).collect(Collectors.toSet());
    if (wanted.isEmpty() || wanted.equals(Set.of(inFile))) {
      return inFile;
    }
    if (wanted.size() > 1) {
      conflict.accept("conflict: %s was edited to each of %s".formatted(what, List.copyOf(wanted)));
      return inFile;
    }
    if (!edited.getFirst().brought().equals(inFile)) {
      conflict.accept(
          "conflict: %s was edited to %s, and its file since to %s"
              .formatted(what, edited.getFirst().now(), inFile));
      return inFile;
    }
    return edited.getFirst().now();
  }

  private static Change<String> texts(Change<Map<?, ?>> copy, String key) {
    return new Change<>(ServedAssets.text(copy.brought(), key), ServedAssets.text(copy.now(), key));
  }

  private Words title(Map<Language, Change<Map<?, ?>>> copies) {
    Map<Language, List<Change<String>>> changes = new EnumMap<>(Language.class);
    copies.forEach(
        (language, copy) -> changes.put(language, List.of(texts(copy, "dashboard_title"))));
    return words("title", file.title(), changes, Optional.empty());
  }

  /** The words stand in the dashboard's properties and in the box at its head. */
  private Words about(Map<Language, Change<Map<?, ?>>> copies) {
    Map<Language, List<Change<String>>> changes = new EnumMap<>(Language.class);
    copies.forEach(
        (language, copy) -> {
          Consumer<String> losing = losing(Optional.empty(), language);
          String before = box(copy.brought(), language).orElse("");
          Optional<String> after = box(copy.now(), language);
          if (after.isEmpty()) {
            losing.accept("the box at its head lacks the link to the other language, or is gone");
          }
          changes.put(
              language,
              List.of(texts(copy, "description"), new Change<>(before, after.orElse(before))));
        });
    return words("about", file.about(), changes, Optional.empty());
  }

  private Optional<String> box(Map<?, ?> dashboard, Language language) {
    Map<?, ?> box = ServedAssets.map(ServedAssets.map(dashboard, "position"), Bundle.ABOUT);
    String words = ServedAssets.text(ServedAssets.map(box, "meta"), "code").strip();
    String link = Bundle.link(file, language).strip();
    return words.endsWith(link)
        ? Optional.of(words.substring(0, words.length() - link.length()).strip())
        : Optional.empty();
  }

  private Words words(
      String what,
      Words inFile,
      Map<Language, List<Change<String>>> changes,
      Optional<Chart> chart) {
    Map<Language, String> merged = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      merged.put(
          language,
          merged(
              what,
              changes.getOrDefault(language, List.of()),
              language.of(inFile),
              losing(chart, language)));
    }
    return new Words(merged.get(Language.EN), merged.get(Language.ZH));
  }

  private Chart edited(Chart chart, Map<Language, Change<Map<?, ?>>> dashboards) {
    Map<Language, List<Change<String>>> titles = new EnumMap<>(Language.class);
    Map<Language, List<Change<String>>> abouts = new EnumMap<>(Language.class);
    Map<Language, Change<Chart>> readings = new EnumMap<>(Language.class);
    Map<Language, Change<Map<?, ?>>> assets = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      String uuid = Bundle.chartUuid(file, chart, language);
      Optional<Map<?, ?>> before = brought.chart(uuid);
      Optional<Map<?, ?>> after = now.chart(uuid);
      if (before.isEmpty() || after.isEmpty()) {
        continue;
      }
      Change<Map<?, ?>> copy = new Change<>(before.get(), after.get());
      assets.put(language, copy);
      Change<String> name = texts(copy, "slice_name");
      List<Change<String>> title = new ArrayList<>(List.of(name));
      Optional.ofNullable(dashboards.get(language))
          .flatMap(dashboard -> nameOnDashboard(dashboard.now(), uuid))
          .ifPresent(own -> title.add(new Change<>(name.brought(), own)));
      titles.put(language, title);
      abouts.put(language, List.of(texts(copy, "description")));
      readings.put(language, readings(chart, copy, language));
    }
    Chart said =
        chart.titled(
            words("title", chart.title(), titles, Optional.of(chart)),
            words("about", chart.about(), abouts, Optional.of(chart)));
    Chart edited = valid(said, parts(chart, readings));
    assets.forEach(
        (language, copy) ->
            new ServedChart(
                    copy.now(),
                    source(copy.now(), language).orElse(edited.source()),
                    language,
                    edited,
                    what -> {})
                .tellOtherKeys(copy.brought(), edited, losing(Optional.of(chart), language)));
    return edited;
  }

  /** A dashboard may call a chart otherwise than the chart itself is called. */
  private static Optional<String> nameOnDashboard(Map<?, ?> dashboard, String uuid) {
    return ServedAssets.map(dashboard, "position").values().stream()
        .map(box -> ServedAssets.map(ServedAssets.map(box), "meta"))
        .filter(meta -> ServedAssets.text(meta, "uuid").equals(uuid))
        .map(meta -> ServedAssets.text(meta, "sliceNameOverride"))
        .filter(name -> !name.isBlank())
        .findFirst();
  }

  private Change<Chart> readings(Chart chart, Change<Map<?, ?>> copy, Language language) {
    Consumer<String> losing = losing(Optional.of(chart), language);
    Chart before =
        new ServedChart(
                copy.brought(),
                source(copy.brought(), language).orElse(chart.source()),
                language,
                chart,
                what -> {})
            .chart();
    Optional<Source> source = source(copy.now(), language);
    if (source.isEmpty()
        && !ServedAssets.text(copy.now(), "dataset_uuid")
            .equals(ServedAssets.text(copy.brought(), "dataset_uuid"))) {
      losing.accept("asks a dataset that is none of ours in this language");
      return new Change<>(before, before);
    }
    return new Change<>(
        before,
        new ServedChart(copy.now(), source.orElse(before.source()), language, before, losing)
            .chart());
  }

  private Optional<Source> source(Map<?, ?> asset, Language language) {
    return Optional.ofNullable(datasets.get(ServedAssets.text(asset, "dataset_uuid")))
        .filter(dataset -> dataset.language() == language)
        .map(Dataset::source);
  }

  /** The parts that were edited, each with a chart that has it. */
  private Map<ChartPart, Chart> parts(Chart chart, Map<Language, Change<Chart>> readings) {
    Map<ChartPart, Chart> parts = new EnumMap<>(ChartPart.class);
    for (ChartPart part : ChartPart.values()) {
      List<Change<Object>> changes =
          readings.values().stream()
              .map(reading -> new Change<>(part.of(reading.brought()), part.of(reading.now())))
              .toList();
      Object inFile = part.of(chart);
      Object merged = merged(part.key(), changes, inFile, losing(file.name() + "/" + chart.name()));
      if (!merged.equals(inFile)) {
        readings.values().stream()
            .map(Change::now)
            .filter(one -> part.of(one).equals(merged))
            .findFirst()
            .ifPresent(one -> parts.put(part, one));
      }
    }
    return parts;
  }

  /** With all edits that make a chart that can be; else without the one, or those, that do not. */
  private Chart valid(Chart chart, Map<ChartPart, Chart> parts) {
    Optional<String> problem = problem(with(chart, parts));
    if (problem.isEmpty()) {
      return with(chart, parts);
    }
    for (ChartPart part : parts.keySet()) {
      Map<ChartPart, Chart> others = new EnumMap<>(parts);
      others.remove(part);
      if (problem(with(chart, others)).isEmpty()) {
        refuse(chart, Set.of(part), problem.get());
        return with(chart, others);
      }
    }
    refuse(chart, parts.keySet(), problem.get());
    return chart;
  }

  private void refuse(Chart chart, Set<ChartPart> parts, String problem) {
    losing(file.name() + "/" + chart.name())
        .accept(
            "new %s: %s"
                .formatted(
                    parts.stream().map(ChartPart::key).collect(Collectors.joining(", ")), problem));
  }

  private static Chart with(Chart chart, Map<ChartPart, Chart> parts) {
    Chart edited = chart;
    for (Map.Entry<ChartPart, Chart> part : parts.entrySet()) {
      edited = ChartPart.taken(edited, Set.of(part.getKey()), part.getValue());
    }
    return edited;
  }

  private Optional<String> problem(Chart chart) {
    try {
      Dashboards.check(chart, file.readers());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  private List<Newcomer> newcomers(Map<Language, Change<Map<?, ?>>> copies) {
    List<Newcomer> all = new ArrayList<>();
    copies.forEach(
        (language, copy) -> {
          Set<String> known = uuids(copy.brought());
          file.charts().forEach(chart -> known.add(Bundle.chartUuid(file, chart, language)));
          for (String uuid : uuids(copy.now())) {
            if (!known.contains(uuid)) {
              now.chart(uuid).ifPresent(asset -> newcomer(asset, uuid, language, all));
            }
          }
        });
    return all;
  }

  private static Set<String> uuids(Map<?, ?> dashboard) {
    return ServedAssets.map(dashboard, "position").values().stream()
        .map(ServedAssets::map)
        .filter(box -> ServedAssets.text(box, "type").equals("CHART"))
        .map(box -> ServedAssets.text(ServedAssets.map(box, "meta"), "uuid"))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The copies of both languages are one chart if they differ in words only. */
  private void newcomer(Map<?, ?> asset, String uuid, Language language, List<Newcomer> all) {
    String title = ServedAssets.text(asset, "slice_name");
    List<String> problems = new ArrayList<>();
    Optional<Source> source = source(asset, language);
    if (source.isEmpty()) {
      losing(Optional.empty(), language)
          .accept("new chart \"%s\" asks a dataset that is none of ours".formatted(title));
      return;
    }
    Set<String> taken = new HashSet<>();
    file.charts().forEach(chart -> taken.add(chart.name()));
    all.forEach(one -> taken.add(one.chart().name()));
    Words words = Words.same(title);
    Words about = Words.same(ServedAssets.text(asset, "description"));
    Chart empty =
        new Chart(
            name(title, taken),
            Chart.Kind.TABLE,
            words,
            about,
            source.get(),
            Dashboards.GRID,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            false,
            Dashboards.MOST_ROWS,
            false);
    ServedChart served = new ServedChart(asset, source.get(), language, empty, problems::add);
    Chart chart = served.chart();
    if (problems.isEmpty()) {
      problem(chart).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      problems.forEach(
          problem ->
              losing(Optional.empty(), language)
                  .accept("new chart \"%s\" is left out: %s".formatted(title, problem)));
      return;
    }
    served.tellOtherKeys(Map.of(), chart, losing(Optional.of(chart), language));
    Optional<Newcomer> twin =
        all.stream()
            .filter(one -> !one.uuids().containsKey(language))
            .filter(one -> ChartPart.same(one.chart(), chart))
            .findFirst();
    Optional<Chart> written = writtenBefore(chart, language);
    if (twin.isPresent()) {
      Chart first = twin.get().chart();
      Chart both =
          first.titled(
              new Words(first.title().en(), words.zh()), new Words(first.about().en(), about.zh()));
      Map<Language, String> uuids = new EnumMap<>(twin.get().uuids());
      uuids.put(language, uuid);
      all.set(all.indexOf(twin.get()), new Newcomer(file.chart(first.name()).orElse(both), uuids));
    } else {
      all.add(new Newcomer(written.orElse(chart), new EnumMap<>(Map.of(language, uuid))));
    }
  }

  /** A chart that an earlier export took into the file, and that was not brought up since. */
  private Optional<Chart> writtenBefore(Chart chart, Language language) {
    return file.charts().stream()
        .filter(one -> brought.chart(Bundle.chartUuid(file, one, language)).isEmpty())
        .filter(one -> ChartPart.same(one, chart))
        .findFirst();
  }

  /** A name for files and addresses: the English words of the title, if it has any. */
  private static String name(String title, Set<String> taken) {
    String words =
        title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    String name = words.isEmpty() ? "chart" : words;
    int number = 1;
    while (taken.contains(name)) {
      number++;
      name = (words.isEmpty() ? "chart" : words) + "_" + number;
    }
    return name;
  }

  private Layout layout(Map<Language, Change<Map<?, ?>>> copies, List<Newcomer> newcomers) {
    List<Change<Layout>> changes = new ArrayList<>();
    copies.forEach(
        (language, copy) -> {
          Consumer<String> losing = losing(Optional.empty(), language);
          Map<String, String> names = new LinkedHashMap<>();
          file.charts()
              .forEach(chart -> names.put(Bundle.chartUuid(file, chart, language), chart.name()));
          newcomers.forEach(
              one ->
                  Optional.ofNullable(one.uuids().get(language))
                      .ifPresent(uuid -> names.put(uuid, one.chart().name())));
          Layout before =
              Layout.read(
                      ServedAssets.map(copy.brought(), "position"),
                      uuid -> Optional.ofNullable(names.get(uuid)),
                      what -> {})
                  .orElseThrow();
          Layout after =
              Layout.read(
                      ServedAssets.map(copy.now(), "position"),
                      uuid ->
                          Optional.ofNullable(names.get(uuid))
                              .filter(name -> now.charts().containsKey(uuid)),
                      losing)
                  .orElse(before);
          changes.add(
              new Change<>(before, after.equals(before) ? before : after.sayable(before, losing)));
        });
    return merged("where charts stand", changes, Layout.of(file), losing(file.name()));
  }

  /** Whatever else a dashboard has is no word of its file. */
  private void tellOthers(Map<?, ?> before, Map<?, ?> after, Language language) {
    Consumer<String> losing = losing(Optional.empty(), language);
    if (!ServedAssets.text(after, "css").isBlank()) {
      losing.accept("CSS of its own");
    }
    Map<?, ?> old = ServedAssets.map(before, "metadata");
    Map<?, ?> metadata = ServedAssets.map(after, "metadata");
    for (String key : List.of("color_scheme", "refresh_frequency")) {
      String value = ServedAssets.text(metadata, key);
      if (metadata.containsKey(key) && !value.equals(ServedAssets.text(old, key))) {
        losing.accept("%s is %s, was %s".formatted(key, value, ServedAssets.text(old, key)));
      }
    }
    // Superset adds colours of labels that it has drawn: only another colour is a person's.
    ServedAssets.map(old, "label_colors")
        .forEach(
            (label, color) -> {
              Object other = ServedAssets.map(metadata, "label_colors").get(label);
              if (other != null && !other.equals(color)) {
                losing.accept("colour of %s is %s, was %s".formatted(label, other, color));
              }
            });
    if (!filters(metadata).equals(filters(old))) {
      losing.accept("filters are %s, were %s".formatted(filters(metadata), filters(old)));
    }
  }

  private static List<String> filters(Map<?, ?> metadata) {
    return ServedAssets.list(metadata, "native_filter_configuration").stream()
        .map(ServedAssets::map)
        .map(
            filter ->
                Stream.concat(
                        Stream.of(ServedAssets.text(filter, "name")),
                        ServedAssets.list(filter, "targets").stream()
                            .map(target -> ServedAssets.map(ServedAssets.map(target), "column"))
                            .map(column -> ServedAssets.text(column, "name"))
                            .filter(name -> !name.isEmpty()))
                    .collect(Collectors.joining(" by ")))
        .toList();
  }
}
