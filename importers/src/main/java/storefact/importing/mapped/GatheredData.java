package storefact.importing.mapped;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import storefact.event.Contract;
import storefact.event.Field;

/**
 * Master data of one stream, gathered over all rows that are taken: one event a key. Holds every
 * key with the values that were seen, but no rows. Not thread-safe.
 */
final class GatheredData {

  private static final String KEY_SEPARATOR = "\u0000";

  /** What was seen of one field of one key: nearly always one value only. */
  private static final class Tally {
    private final FieldRule.Wins wins;
    private final String first;
    private long firstCount;
    private String last;
    private Map<String, Long> others = Map.of();

    private Tally(FieldRule.Wins wins, String first) {
      this.wins = wins;
      this.first = first;
      this.last = first;
    }

    private void add(String text) {
      last = text;
      if (text.equals(first)) {
        firstCount++;
        return;
      }
      if (others.isEmpty()) {
        others = new LinkedHashMap<>(2);
      }
      others.merge(text, 1L, Long::sum);
    }

    /** The value that counts; among equally frequent ones the one that came first. */
    private String winner() {
      return switch (wins) {
        case FIRST -> first;
        case LAST -> last;
        case MOST_FREQUENT -> {
          String best = first;
          long most = firstCount;
          for (Map.Entry<String, Long> other : others.entrySet()) {
            if (other.getValue() > most) {
              best = other.getKey();
              most = other.getValue();
            }
          }
          yield best;
        }
      };
    }

    private Map<String, Long> counts() {
      Map<String, Long> counts = new LinkedHashMap<>();
      counts.put(first, firstCount);
      counts.putAll(others);
      return counts;
    }
  }

  /**
   * A key whose field came with several values.
   *
   * @param counts how often each value was seen, the first seen first
   */
  record Several(String key, String field, String taken, Map<String, Long> counts) {}

  private final Contract<?> contract;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Map<String, Map<String, Tally>> seen = new LinkedHashMap<>();
  private final Mapping.Services services;

  GatheredData(
      Contract<?> contract,
      Map<String, FieldRule> rules,
      Mapping.Services services,
      Mapping mapping,
      Header header)
      throws MappingException {
    this.contract = contract;
    this.services = services;
    for (Map.Entry<String, FieldRule> pair : rules.entrySet()) {
      values.put(
          pair.getKey(),
          new Value(pair.getValue(), contract.field(pair.getKey()), header, mapping));
    }
  }

  Contract<?> contract() {
    return contract;
  }

  void addDateColumns(Set<Integer> into) {
    values.values().forEach(value -> value.addDateColumns(into));
  }

  /** Adds what a row tells; a row that lacks the key tells nothing. */
  void add(List<String> cells, Findings findings) {
    Map<String, String> texts = new LinkedHashMap<>();
    StringBuilder key = new StringBuilder();
    for (Map.Entry<String, Value> pair : values.entrySet()) {
      String text;
      try {
        text = pair.getValue().text(cells, findings);
      } catch (RefusedRowException e) {
        // The row itself is good: only this value of its master data lacks.
        findings.odd(Finding.VALUE_DROPPED, contract.stream() + ": " + e.getMessage());
        text = "";
      }
      if (pair.getValue().field().key()) {
        if (text.isEmpty() && pair.getValue().field().required()) {
          return;
        }
        key.append(key.isEmpty() ? "" : KEY_SEPARATOR).append(text);
      }
      if (!text.isEmpty()) {
        texts.put(pair.getKey(), text);
      }
    }
    Map<String, Tally> tallies = seen.computeIfAbsent(key.toString(), k -> new HashMap<>(4));
    for (Map.Entry<String, String> pair : texts.entrySet()) {
      FieldRule.Wins wins = values.get(pair.getKey()).wins();
      tallies
          .computeIfAbsent(pair.getKey(), field -> new Tally(wins, pair.getValue()))
          .add(pair.getValue());
    }
  }

  int size() {
    return seen.size();
  }

  /** One event a key, as texts by field, in the order in which the keys came. */
  Iterable<Map<String, String>> events() {
    return () -> seen.values().stream().map(this::event).iterator();
  }

  private Map<String, String> event(Map<String, Tally> tallies) {
    Map<String, String> event = new HashMap<>();
    tallies.forEach((field, tally) -> event.put(field, tally.winner()));
    if (contract.stream().equals("goods") && services.contains(event.getOrDefault("goods", ""))) {
      event.putAll(services.goods());
    }
    return event;
  }

  /** The event with what the contract asks for and nothing else. */
  Map<String, String> bare(Map<String, String> event) {
    Map<String, String> bare = new HashMap<>(event);
    for (Field field : contract.fields()) {
      if (!field.required() && !field.key()) {
        bare.remove(field.name());
      }
    }
    return Collections.unmodifiableMap(bare);
  }

  /** Keys with several values, in the order in which the keys came. */
  List<Several> several() {
    List<Several> several = new ArrayList<>();
    seen.forEach(
        (key, tallies) ->
            tallies.forEach(
                (field, tally) -> {
                  if (!tally.others.isEmpty()) {
                    several.add(
                        new Several(
                            key.replace(KEY_SEPARATOR, " "),
                            field,
                            tally.winner(),
                            tally.counts()));
                  }
                }));
    return several;
  }
}
