package storefact.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Table;

/**
 * By what metrics can be asked: a key of the facts, or what a table tells about a key.
 *
 * @param name in questions and answers
 * @param english label
 * @param chinese label in Chinese
 * @param keys keys that tell it; the first that a fact has is used
 * @param lookup the table that tells it, empty where it is the key itself
 */
public record Dimension(
    String name, String english, String chinese, List<Key> keys, Optional<Lookup> lookup) {

  /**
   * A table that tells about a key.
   *
   * @param table one row per key
   * @param key its column with the key
   * @param value what it tells
   */
  public record Lookup(Table<?> table, Field<?> key, Field<?> value) {}

  static Dimension key(String name, String english, String chinese, Key key) {
    return new Dimension(name, english, chinese, List.of(key), Optional.empty());
  }

  static Dimension told(
      String name, String english, String chinese, Lookup lookup, Key... byEachOf) {
    return new Dimension(name, english, chinese, Arrays.asList(byEachOf), Optional.of(lookup));
  }

  /** The key of a fact with these keys that tells it. */
  Optional<Key> among(Map<Key, ?> facts) {
    return keys.stream().filter(facts::containsKey).findFirst();
  }

  @Override
  public String toString() {
    return name;
  }
}
