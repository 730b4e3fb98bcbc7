package storefact.mart;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Chooses marts by words: {@code NAME}, {@code tag:TAG} or {@code changed} (those whose definition
 * is not the one that was built); a {@code +} before adds all that they read, one behind adds all
 * that read them.
 */
public final class MartSelection {
  private static final String TAG = "tag:";
  private static final String CHANGED = "changed";

  private final BuildOrder order;
  private final Predicate<Mart> changed;

  MartSelection(BuildOrder order, Predicate<Mart> changed) {
    this.order = order;
    this.changed = changed;
  }

  /**
   * The marts of all words together, in the order of building.
   *
   * @throws IllegalArgumentException if a word names nothing
   */
  Set<Mart> of(Collection<String> words) {
    Set<Mart> chosen = new LinkedHashSet<>();
    for (String word : words) {
      String name = word.replaceFirst("^\\+", "").replaceFirst("\\+$", "");
      Set<Mart> named = named(name, word);
      chosen.addAll(named);
      if (word.startsWith("+")) {
        chosen.addAll(order.of(named));
      }
      if (word.endsWith("+")) {
        chosen.addAll(readersOf(named));
      }
    }
    return order.of(order.marts()).stream()
        .filter(chosen::contains)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Set<Mart> named(String name, String word) {
    if (name.equals(CHANGED)) {
      return order.marts().stream().filter(changed).collect(Collectors.toSet());
    }
    if (!name.startsWith(TAG)) {
      return Set.of(Marts.named(name));
    }
    String tag = name.substring(TAG.length());
    Set<Mart> tagged =
        order.marts().stream()
            .filter(mart -> mart.tags().contains(tag))
            .collect(Collectors.toSet());
    if (tagged.isEmpty()) {
      Set<String> tags =
          order.marts().stream()
              .flatMap(mart -> mart.tags().stream())
              .collect(Collectors.toCollection(java.util.TreeSet::new));
      throw new IllegalArgumentException(
          "\"%s\" selects no mart; tags are %s".formatted(word, String.join(", ", tags)));
    }
    return tagged;
  }

  private Set<Mart> readersOf(Set<Mart> read) {
    Set<Mart> readers = new LinkedHashSet<>();
    Deque<Mart> open = new ArrayDeque<>(read);
    while (!open.isEmpty()) {
      String table = Lineage.key(open.pop().table());
      List<Mart> next =
          order.marts().stream()
              .filter(mart -> order.lineage(mart).sources().contains(table))
              .filter(readers::add)
              .toList();
      open.addAll(next);
    }
    return readers;
  }
}
