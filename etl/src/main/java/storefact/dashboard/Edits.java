package storefact.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import storefact.report.Overview.Words;

/**
 * What people edited in the browser since the dashboards were brought up, as changes of the files:
 * three states are compared, the one that was brought, Superset's now, and the files'.
 */
public final class Edits {
  private final List<Dashboard> before;
  private final List<Dashboard> after = new ArrayList<>();
  private final Set<String> lost = new LinkedHashSet<>();

  /**
   * Finds them.
   *
   * @param files to which they are to be brought
   * @param brought by the last {@code dashboards up}
   * @param now in Superset
   */
  public Edits(Dashboards files, ServedAssets brought, ServedAssets now) {
    this.before = files.all();
    Map<String, Dataset> datasets = new TreeMap<>();
    for (Language language : Language.values()) {
      for (Source source : files.sources()) {
        Dataset dataset = new Dataset(source, language);
        datasets.put(Bundle.uuid("dataset", dataset.name()), dataset);
      }
    }
    for (Dashboard dashboard : before) {
      after.add(new DashboardEdits(dashboard, brought, now, datasets, lost::add).edited());
    }
  }

  List<Dashboard> after() {
    return after;
  }

  /** A line for each change that the files can say: where, what, from what to what. */
  public List<String> made() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      describe(before.get(i), after.get(i), made);
    }
    return made;
  }

  /** A line for each edit that they cannot say, or that is a conflict, with the way out. */
  public List<String> lost() {
    return List.copyOf(lost);
  }

  private static void describe(Dashboard one, Dashboard other, List<String> made) {
    describe(one.name(), "title", one.title(), other.title(), made);
    describe(one.name(), "about", one.about(), other.about(), made);
    for (Chart chart : other.charts()) {
      String place = one.name() + "/" + chart.name();
      Optional<Chart> old = one.chart(chart.name());
      if (old.isEmpty()) {
        made.add(
            place
                + (chart.title().en().equals(chart.title().zh())
                    ? ": new; give it words in the other language"
                    : ": new"));
        continue;
      }
      describe(place, "title", old.get().title(), chart.title(), made);
      describe(place, "about", old.get().about(), chart.about(), made);
      for (ChartPart part : ChartPart.values()) {
        describe(place, part.key(), part.of(old.get()), part.of(chart), made);
      }
      describe(place, "width", old.get().width(), chart.width(), made);
    }
    one.charts().stream()
        .filter(chart -> other.chart(chart.name()).isEmpty())
        .forEach(chart -> made.add(one.name() + "/" + chart.name() + ": removed"));
    List<List<String>> rows = Layout.of(one).names();
    List<List<String>> moved = Layout.of(other).names();
    describe(one.name(), "rows", rows, moved, made);
    if (rows.equals(moved)) {
      describe(one.name(), "heights", heights(one), heights(other), made);
    }
  }

  private static List<Integer> heights(Dashboard dashboard) {
    return dashboard.rows().stream().map(Dashboard.Row::height).toList();
  }

  private static void describe(
      String place, String what, Object one, Object other, List<String> made) {
    if (!Objects.equals(one, other)) {
      made.add("%s: %s %s → %s".formatted(place, what, said(one), said(other)));
    }
  }

  private static String said(Object value) {
    return switch (value) {
      case Optional<?> some -> some.map(Edits::said).orElse("none");
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      case Words words -> words.en() + " / " + words.zh();
      case Chart.Where where -> where.column() + " in " + where.values();
      case List<?> list ->
          list.stream().map(Edits::said).collect(Collectors.joining(", ", "[", "]"));
      default -> String.valueOf(value);
    };
  }

  /**
   * Writes them into the files; all other lines stay byte for byte as they are. The new files are
   * read and compiled before the first old one is replaced.
   *
   * @return the files that changed
   * @throws IllegalArgumentException if the files would not be valid; they are as they were
   * @throws IOException if the folder cannot be written
   */
  public List<Path> write(Path folder) throws IOException {
    List<Path> changed = new ArrayList<>();
    Path complete = Files.createTempDirectory(folder, ".new-");
    try {
      for (int i = 0; i < before.size(); i++) {
        String name = before.get(i).name() + ".yaml";
        String text = Files.readString(folder.resolve(name));
        String edited = AssetText.edited(text, before.get(i), after.get(i));
        Files.writeString(complete.resolve(name), edited);
        if (!edited.equals(text)) {
          changed.add(folder.resolve(name));
        }
      }
      requireSame(complete);
      for (Path file : changed) {
        Files.move(complete.resolve(file.getFileName()), file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      try (Stream<Path> left = Files.list(complete)) {
        for (Path file : left.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(complete);
    }
    return changed;
  }

  private void requireSame(Path folder) {
    try {
      Dashboards read = Dashboards.in(folder);
      new Bundle(read, Marks.NONE).fingerprint();
      if (!read.all().equals(after)) {
        throw new IllegalArgumentException("they would say something else than Superset");
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the files stay as they were, because with these edits they would not be valid: %s. Edit them by hand, or undo that edit in the browser"
              .formatted(e.getMessage()),
          e);
    }
  }
}
