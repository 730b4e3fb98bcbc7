package storefact.metric;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Table;
import storefact.mart.Mart;

/**
 * A mart or view that metrics are summed from.
 *
 * @param name for messages
 * @param table what is read, through its readers' view
 * @param keys its columns with keys
 */
record Fact(String name, Table<?> table, Map<Key, Field<?>> keys) {

  static Fact of(Mart mart) {
    return new Fact(mart.name(), mart.table(), Map.of());
  }

  static Fact of(Table<?> view) {
    return new Fact(view.getName(), view, Map.of());
  }

  Fact by(Key key, Field<?> column) {
    Map<Key, Field<?>> more = new EnumMap<>(Key.class);
    more.putAll(keys);
    more.put(key, column);
    return new Fact(name, table, more);
  }

  boolean has(Dimension dimension) {
    return dimension.among(keys).isPresent();
  }

  List<Dimension> dimensions() {
    return Dimensions.ALL.stream().filter(this::has).toList();
  }
}
