package storefact.importing.mapped;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the value of one field comes from, as the mapping says it.
 *
 * @param path the key in the mapping, for messages
 * @param columns headings, the first that the source has counts
 * @param join headings whose texts are joined
 * @param separator stands between joined texts
 * @param constant the same for every row
 * @param replace regular expressions and what they are replaced by, in order
 * @param translate texts of the source and what they mean
 * @param otherwise what to do with a text that {@code translate} lacks: keep, empty, reject
 * @param missing the value where the source says nothing
 * @param patterns date patterns of this field, before those of the mapping
 * @param optional whether the source may lack the column
 * @param emptyWhenBad whether a value that cannot be read counts as none, instead of rejecting
 * @param round whether a number is rounded to the field's decimals
 * @param wins which of several values of gathered master data counts
 * @param lunar says whether a day is one of the Chinese lunar calendar, to be turned into a solar
 *     day
 * @param or asked where this rule yields nothing
 */
record FieldRule(
    String path,
    List<String> columns,
    List<String> join,
    String separator,
    Optional<String> constant,
    Map<Pattern, String> replace,
    Map<String, String> translate,
    String otherwise,
    Optional<String> missing,
    List<String> patterns,
    boolean optional,
    boolean emptyWhenBad,
    boolean round,
    Wins wins,
    Optional<FieldRule> lunar,
    Optional<FieldRule> or) {

  /** Which of several values counts. */
  enum Wins {
    MOST_FREQUENT,
    FIRST,
    LAST
  }

  /** A rule from the mapping: a heading, or keys. */
  static FieldRule of(String path, Object value) throws MappingException {
    if (value instanceof String heading) {
      return new FieldRule(
          path,
          List.of(heading),
          List.of(),
          "",
          Optional.empty(),
          Map.of(),
          Map.of(),
          "keep",
          Optional.empty(),
          List.of(),
          false,
          false,
          false,
          Wins.MOST_FREQUENT,
          Optional.empty(),
          Optional.empty());
    }
    Section keys = Section.of(path, value);
    Map<Pattern, String> replace = new LinkedHashMap<>();
    for (Map.Entry<String, String> pair : keys.pairs("replace").entrySet()) {
      replace.put(Section.compile(keys.path("replace"), pair.getKey()), pair.getValue());
    }
    Optional<Object> lunar = keys.any("lunar");
    Optional<Object> or = keys.any("or");
    FieldRule rule =
        new FieldRule(
            path,
            keys.texts("column"),
            keys.texts("join"),
            keys.text("separator").orElse(" "),
            keys.text("constant"),
            replace,
            keys.pairs("translate"),
            keys.choice("otherwise", "keep", "empty", "reject"),
            keys.text("missing"),
            keys.texts("patterns"),
            keys.flag("optional"),
            keys.choice("when_bad", "reject", "empty").equals("empty"),
            keys.flag("round"),
            switch (keys.choice("wins", "most_frequent", "first", "last")) {
              case "first" -> Wins.FIRST;
              case "last" -> Wins.LAST;
              default -> Wins.MOST_FREQUENT;
            },
            lunar.isEmpty() ? Optional.empty() : Optional.of(of(keys.path("lunar"), lunar.get())),
            or.isEmpty() ? Optional.empty() : Optional.of(of(keys.path("or"), or.get())));
    keys.end();
    int origins =
        (rule.columns.isEmpty() ? 0 : 1)
            + (rule.join.isEmpty() ? 0 : 1)
            + (rule.constant.isEmpty() ? 0 : 1);
    if (origins != 1) {
      throw new MappingException(
          "key " + path + " needs exactly one of column, join, constant; it has " + origins);
    }
    return rule;
  }
}
