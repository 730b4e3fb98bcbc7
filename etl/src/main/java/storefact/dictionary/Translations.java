package storefact.dictionary;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import storefact.report.Overview.Words;

/**
 * What the sentences and units of the dictionary say in Chinese. Contracts, migrations and marts
 * write them in English, where they are kept; {@code chinese.tsv} has the Chinese beside each, as a
 * catalogue of messages does: a comment in the warehouse stays one sentence, and no migration is
 * needed for a better word.
 */
public final class Translations {
  private static final String FILE = "chinese.tsv";
  private static final Map<String, String> SENTENCES = read();

  /**
   * A form that many rules have.
   *
   * @param chinese with {@code $1} and {@code $2} for what differs
   */
  private record Form(Pattern english, String chinese) {
    private Form(String english, String chinese) {
      this(Pattern.compile(english), chinese);
    }
  }

  private static final List<Form> RULES =
      List.of(
          new Form("(\\w+) is known", "$1 为已知值"),
          new Form("(\\w+) is filled", "$1 不为空"),
          new Form("(\\w+) from (\\S+) to (\\S+)", "$1 在 $2 与 $3 之间"),
          new Form("sums of level (\\w+) equal the goods", "$1 层级的合计等于商品合计"),
          new Form("sums of level (\\w+) equal the stores", "$1 层级的合计等于门店合计"),
          new Form("(\\w+) refers to ([\\w.]+)", "$1 存在于 $2"));

  private Translations() {}

  /** The sentence in both languages; where nothing says it in Chinese, the English in both. */
  public static Words of(String english) {
    return new Words(english, chinese(english).orElse(english));
  }

  static Optional<String> chinese(String english) {
    if (english.isEmpty()) {
      return Optional.of("");
    }
    return Optional.ofNullable(SENTENCES.get(english))
        .or(
            () ->
                RULES.stream()
                    .map(rule -> filled(rule, english))
                    .flatMap(Optional::stream)
                    .findFirst());
  }

  private static Optional<String> filled(Form rule, String english) {
    Matcher matcher = rule.english().matcher(english);
    return matcher.matches() ? Optional.of(matcher.replaceFirst(rule.chinese())) : Optional.empty();
  }

  /** The English sentences that it has. */
  static Stream<String> sentences() {
    return SENTENCES.keySet().stream();
  }

  private static Map<String, String> read() {
    Map<String, String> sentences = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Translations.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .map(line -> line.split("\t"))
          .forEach(
              pair -> {
                if (pair.length != 2 || sentences.put(pair[0], pair[1]) != null) {
                  throw new IllegalStateException(
                      FILE + ": not one English and one Chinese sentence, or twice: " + pair[0]);
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sentences;
  }
}
