package storefact.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class OverviewLabelsTest {
  private static final Pattern VALUE = Pattern.compile("\\{(\\w+)}");
  private static final Pattern QUOTED =
      Pattern.compile("['\"]([a-z]+(?:\\.\\w+)*)['\"]", Pattern.CASE_INSENSITIVE);
  private static final Pattern IN_TEMPLATE = Pattern.compile("data-(?:label|aria)=\"([^\"]+)\"");
  private static final Pattern IN_SCRIPT = Pattern.compile("\\bt\\('([^']+)'(?! \\+)");

  @Test
  void everyLabelStandsInBothLanguagesWithTheSameValues() throws IOException {
    labels()
        .forEach(
            (key, words) -> {
              assertThat(words).as(key).containsOnlyKeys("en", "zh").doesNotContainValue("");
              assertThat(values(words.get("zh"))).as(key).isEqualTo(values(words.get("en")));
              assertThat(words.get("en")).as(key).doesNotContainPattern("\\p{IsHan}");
              assertThat(words.get("zh")).as(key).containsPattern("\\p{IsHan}");
            });
  }

  @Test
  void everyLabelThatThePageNamesExistsAndNoneIsIdle() throws IOException {
    String template = resource("template.html");
    String script = resource("overview.js");
    Set<String> known = labels().keySet();

    Set<String> used = found(IN_TEMPLATE, template);
    used.addAll(found(IN_SCRIPT, script));
    used.remove("kpi.");
    assertThat(known).containsAll(used);

    Set<String> named = found(QUOTED, script);
    named.addAll(used);
    assertThat(known.stream().filter(key -> !key.startsWith("kpi."))).allMatch(named::contains);
  }

  private static Set<String> values(String text) {
    return found(VALUE, text);
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static Map<String, Map<String, String>> labels() throws IOException {
    Map<String, Map<String, String>> labels = new TreeMap<>();
    try (JsonParser json =
        JsonFactory.builder()
            .build()
            .createParser(ObjectReadContext.empty(), resource("labels.json"))) {
      assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = json.currentName();
        Map<String, String> words = new TreeMap<>();
        assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          String language = json.currentName();
          json.nextToken();
          words.put(language, json.getString());
        }
        assertThat(labels.put(key, words)).as("two labels " + key).isNull();
      }
    }
    return labels;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = OverviewPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
