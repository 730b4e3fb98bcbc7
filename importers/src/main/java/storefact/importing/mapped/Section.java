package storefact.importing.mapped;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Keys of one level of a mapping file; every key has to be asked for before {@link #end}. */
final class Section {

  private final String path;
  private final Map<?, ?> entries;
  private final Set<String> asked = new LinkedHashSet<>();

  private Section(String path, Map<?, ?> entries) {
    this.path = path;
    this.entries = entries;
  }

  static Section of(String path, Object value) throws MappingException {
    if (value instanceof Map<?, ?> map) {
      return new Section(path, map);
    }
    throw new MappingException(
        (path.isEmpty() ? "the mapping" : "key " + path)
            + " has to hold keys and values, but holds '"
            + value
            + "'; docs/import.md lists the keys");
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  String path() {
    return path;
  }

  /** The keys as they stand, for sections whose keys are names of fields or streams. */
  List<String> names() {
    return entries.keySet().stream().map(String::valueOf).toList();
  }

  Optional<Object> any(String key) {
    asked.add(key);
    Object value = entries.get(key);
    return Optional.ofNullable(value);
  }

  Optional<Section> section(String key) throws MappingException {
    Optional<Object> value = any(key);
    return value.isEmpty() ? Optional.empty() : Optional.of(of(path(key), value.get()));
  }

  Optional<String> text(String key) throws MappingException {
    Optional<Object> value = any(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(scalar(path(key), value.get()));
  }

  private static String scalar(String path, Object value) throws MappingException {
    if (value instanceof String text) {
      return text;
    }
    throw new MappingException("key " + path + " has to be one value, but is '" + value + "'");
  }

  /** A list, or the one value that stands for a list of one. */
  List<String> texts(String key) throws MappingException {
    Optional<Object> value = any(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof List<?> list)) {
      return List.of(scalar(path(key), value.get()));
    }
    List<String> texts = new ArrayList<>();
    for (Object item : list) {
      texts.add(scalar(path(key), item));
    }
    return texts;
  }

  Map<String, String> pairs(String key) throws MappingException {
    Optional<Section> section = section(key);
    if (section.isEmpty()) {
      return Map.of();
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String name : section.get().names()) {
      pairs.put(name, section.get().text(name).orElse(""));
    }
    return pairs;
  }

  boolean flag(String key) throws MappingException {
    Optional<String> text = text(key);
    if (text.isEmpty() || text.get().equals("false")) {
      return false;
    }
    if (text.get().equals("true")) {
      return true;
    }
    throw new MappingException(
        "key " + path(key) + " is '" + text.get() + "'; write true or false");
  }

  int number(String key, int fallback, int least, int most) throws MappingException {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, with the bounds.
    }
    throw new MappingException(
        "key %s is '%s'; write a whole number from %d to %d"
            .formatted(path(key), text.get(), least, most));
  }

  /** One of the words; the first is the fallback. */
  String choice(String key, String... words) throws MappingException {
    String word = text(key).orElse(words[0]);
    if (!List.of(words).contains(word)) {
      throw new MappingException(
          "key " + path(key) + " is '" + word + "'; write one of " + String.join(", ", words));
    }
    return word;
  }

  Optional<Pattern> pattern(String key) throws MappingException {
    Optional<String> text = text(key);
    return text.isEmpty() ? Optional.empty() : Optional.of(compile(path(key), text.get()));
  }

  static Pattern compile(String path, String expression) throws MappingException {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new MappingException(
          "key "
              + path
              + ": '"
              + expression
              + "' is not a regular expression: "
              + e.getDescription()
              + "; put a backslash before signs that stand for themselves, and write it in single"
              + " quotes",
          e);
    }
  }

  /**
   * Ends the section.
   *
   * @throws MappingException if it holds a key that nobody asked for
   */
  void end() throws MappingException {
    for (String name : names()) {
      if (!asked.contains(name)) {
        throw new MappingException(
            "key " + path(name) + " is not known; here stand " + String.join(", ", asked));
      }
    }
  }
}
