package storefact.importing.mapped;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The headings of a source. Case, blanks, underscores and hyphens in them do not matter. */
final class Header {

  /** Columns that a file of rejected rows has before those of its source. */
  static final String ROW = "storefact_row";

  static final String LINE = "storefact_line";
  static final String REASON = "storefact_reason";
  static final String DETAIL = "storefact_detail";

  private final List<String> headings;
  private final Map<String, Integer> exact = new HashMap<>();
  private final Map<String, Integer> plain = new HashMap<>();
  private final BitSet used = new BitSet();

  Header(List<String> headings) {
    this.headings = headings.stream().map(Value::stripped).toList();
    for (int i = 0; i < this.headings.size(); i++) {
      String heading = this.headings.get(i);
      if (!heading.isEmpty()) {
        exact.putIfAbsent(heading, i);
        plain.putIfAbsent(plain(heading), i);
      }
    }
  }

  /** Headings of a source without any: 1, 2, 3, … */
  static Header numbered(int columns) {
    List<String> numbers = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      numbers.add(Integer.toString(i));
    }
    return new Header(numbers);
  }

  private static String plain(String heading) {
    return Normalizer.normalize(heading, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\s_\\-]", "");
  }

  /** The column of a heading, from 0, or -1. */
  int find(String heading) {
    Integer column = exact.get(heading);
    return column != null ? column : plain.getOrDefault(plain(heading), -1);
  }

  /**
   * Whether a row has a cell for each heading; blank ones behind are a delimiter at the row's end.
   */
  boolean fits(List<String> cells) {
    for (int i = headings.size(); i < cells.size(); i++) {
      if (!Value.stripped(cells.get(i)).isEmpty()) {
        return false;
      }
    }
    return cells.size() >= headings.size();
  }

  void use(int column) {
    used.set(column);
  }

  int size() {
    return headings.size();
  }

  List<String> headings() {
    return headings;
  }

  /** Whether this is the header of a file of rejected rows. */
  boolean isRejects() {
    return exact.containsKey(ROW);
  }

  /** Headings that no rule has asked for. */
  List<String> unused() {
    List<String> unused = new ArrayList<>();
    for (int i = 0; i < headings.size(); i++) {
      String heading = headings.get(i);
      if (!used.get(i) && !heading.isEmpty() && !heading.startsWith("storefact_")) {
        unused.add(heading);
      }
    }
    return unused;
  }

  MappingException missing(String path, List<String> wanted) {
    return new MappingException(
        "key "
            + path
            + ": the file has no column "
            + String.join(" or ", wanted)
            + "; it has "
            + String.join(", ", headings)
            + ". Name one of these, set source.header, delimiter or encoding right, or mark the"
            + " field optional: true");
  }
}
