package storefact.mart;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which mart comes before which, from what their selects read. */
final class BuildOrder {
  private final Map<String, Mart> byTable = new LinkedHashMap<>();
  private final Map<Mart, Lineage> lineage = new LinkedHashMap<>();

  BuildOrder(List<Mart> marts) {
    for (Mart mart : marts) {
      byTable.put(Lineage.key(mart.table()), mart);
      lineage.put(mart, Lineage.of(mart));
    }
  }

  List<Mart> marts() {
    return List.copyOf(lineage.keySet());
  }

  /** Marts that a mart reads, of those given. */
  List<Mart> readBy(Mart mart) {
    return lineage.get(mart).sources().stream().flatMap(s -> maker(s).stream()).toList();
  }

  Lineage lineage(Mart mart) {
    return lineage.get(mart);
  }

  /** The columns of a source that a mart reads, in order, for each mart that reads others. */
  List<List<String>> readingsOf(String source) {
    return lineage.values().stream()
        .map(one -> one.columnsOf(source))
        .filter(columns -> !columns.isEmpty())
        .distinct()
        .toList();
  }

  /** The mart that fills a table. */
  Optional<Mart> maker(String table) {
    return Optional.ofNullable(byTable.get(table));
  }

  /**
   * The wanted marts and all that they read, each after what it reads.
   *
   * @throws IllegalStateException if marts read each other in a circle
   */
  List<Mart> of(Collection<Mart> wanted) {
    Set<Mart> done = new LinkedHashSet<>();
    for (Mart mart : wanted) {
      add(mart, done, new ArrayList<>());
    }
    return List.copyOf(done);
  }

  private void add(Mart mart, Set<Mart> done, List<Mart> path) {
    if (done.contains(mart)) {
      return;
    }
    int seen = path.indexOf(mart);
    path.add(mart);
    if (seen >= 0) {
      throw new IllegalStateException(
          "marts read each other in a circle: "
              + String.join(
                  " reads ", path.subList(seen, path.size()).stream().map(Mart::name).toList())
              + "; let one of them read the facts instead");
    }
    for (String source : lineage.get(mart).sources()) {
      Mart maker = byTable.get(source);
      if (maker != null) {
        add(maker, done, path);
      }
    }
    path.removeLast();
    done.add(mart);
  }
}
