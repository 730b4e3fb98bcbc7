package storefact.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import storefact.dictionary.Translations;
import storefact.event.Reason;
import storefact.mart.CheckRun;
import storefact.mart.member.Segment;
import storefact.mart.member.ValueClass;
import storefact.mart.member.ValueClassMove;
import storefact.report.Overview.Words;

/**
 * What the codes in columns are called. Those of the warehouse stand here all; of the chain's own
 * words (reasons of returns, kinds of promotions) the usual ones, and others stay as they are.
 */
final class CodeNames {
  private static final String FILE = "codes.tsv";

  /** By column, then by code, in the order in which they get colours. */
  static final Map<String, Map<String, Words>> ALL = all();

  private CodeNames() {}

  /** The names that a column of names has, {@code segment_name}; none for other columns. */
  static Collection<Words> of(String column) {
    return column.endsWith(Dataset.NAME)
        ? ALL.getOrDefault(column.substring(0, column.length() - Dataset.NAME.length()), Map.of())
            .values()
        : List.of();
  }

  private static Map<String, Map<String, Words>> all() {
    Map<String, Map<String, Words>> all = read();
    for (Reason reason : Reason.values()) {
      put(all, "reason", reason.name(), new Words(reason.text("en"), reason.text("zh")));
    }
    for (Segment one : Segment.values()) {
      put(all, "segment", one.code(), new Words(one.english(), one.chinese()));
    }
    for (ValueClass one : ValueClass.values()) {
      Words name = new Words(one.english(), one.chinese());
      put(all, "value_class", one.code(), name);
      put(all, "to_class", one.code(), name);
      // What moves from a class to the same has two names: flows between equal names are circles.
      put(
          all,
          "from_class",
          one.code(),
          new Words(one.english() + " before", "上月" + one.chinese()));
    }
    put(all, "from_class", ValueClassMove.NEWCOMER, new Words("first purchase", "首次购买"));
    CheckRun.names().forEach(check -> put(all, "check", check, Translations.of(check)));
    return all;
  }

  private static void put(
      Map<String, Map<String, Words>> all, String column, String code, Words name) {
    all.computeIfAbsent(column, c -> new LinkedHashMap<>()).put(code, name);
  }

  private static Map<String, Map<String, Words>> read() {
    Map<String, Map<String, Words>> names = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(CodeNames.class.getResourceAsStream(FILE), UTF_8))) {
      for (String line : lines.lines().toList()) {
        List<String> cells = List.of(line.split("\t", -1));
        if (cells.size() != 4) {
          throw new IllegalStateException(
              FILE + ": not column, code, English and Chinese: " + line);
        }
        put(names, cells.get(0), cells.get(1), new Words(cells.get(2), cells.get(3)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }
}
