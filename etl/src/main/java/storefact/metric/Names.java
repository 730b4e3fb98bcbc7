package storefact.metric;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What to answer to a name that nobody has. */
final class Names {
  private static final int MOST_OFFERED = 3;

  private Names() {}

  static IllegalArgumentException unknown(String what, String name, List<String> known) {
    List<String> near = nearest(name, known);
    return new IllegalArgumentException(
        "no %s \"%s\"%s; there are %s"
            .formatted(
                what,
                name,
                near.isEmpty() ? "" : ": did you mean " + String.join(" or ", near) + "?",
                String.join(", ", known)));
  }

  /** Those that a few typing mistakes, or a part left out, lead away from. */
  static List<String> nearest(String name, List<String> known) {
    String asked = name.toLowerCase(Locale.ROOT);
    int most = Math.max(1, asked.length() / 3);
    return known.stream()
        .filter(each -> distance(asked, each) <= most || (!asked.isEmpty() && each.contains(asked)))
        .sorted(Comparator.comparingInt(each -> distance(asked, each)))
        .limit(MOST_OFFERED)
        .toList();
  }

  /** Insertions, deletions and replacements. Source: V. Levenshtein, 1966. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int at = 0; at <= right.length(); at++) {
      row[at] = at;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
