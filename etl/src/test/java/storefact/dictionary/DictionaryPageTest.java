package storefact.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import storefact.dictionary.Dictionary.ExposureEntry;
import storefact.report.OfflinePage;
import storefact.report.Overview.Words;

/** The page needs nothing but itself, and shows nothing that the warehouse could smuggle in. */
class DictionaryPageTest {
  private static final String LIBRARY = "var dagre = {};";
  private static final Pattern LABEL =
      Pattern.compile("\"([\\w. ²]+)\": \\{\"en\": \"([^\"]+)\", \"zh\": \"([^\"]+)\"}");

  private static String page(String title) {
    return DictionaryPage.html(
        new Dictionary(
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(new ExposureEntry("shown", "page", Words.same(title), List.of()))),
        LIBRARY);
  }

  @Test
  void aTitleCannotEndTheScriptItStandsIn() {
    assertThat(page("</script><script>alert(1)</SCRIPT><!--"))
        .doesNotContain("<script>alert", "<!--")
        .contains("\\u003c/script>");
  }

  @Test
  void nothingIsFetched() {
    String page = page("plain");
    assertThat(page).contains("default-src 'none'").doesNotContain("{{").doesNotContain("src=\"");
    // Names of SVG's kinds, which nobody fetches.
    assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:");
  }

  @Test
  void everyWordOfThePageStandsInBothLanguages() {
    String labels = OfflinePage.resource(DictionaryPage.class, "labels.json");
    Map<String, List<String>> known = new java.util.TreeMap<>();
    Matcher label = LABEL.matcher(labels);
    while (label.find()) {
      known.put(label.group(1), List.of(label.group(2), label.group(3)));
    }
    assertThat(known).hasSize((int) labels.lines().filter(line -> line.contains("\"en\"")).count());
    known.forEach(
        (key, words) -> {
          assertThat(words.get(0)).as(key).doesNotContainPattern("\\p{IsHan}");
          assertThat(words.get(1)).as(key).containsPattern("\\p{IsHan}");
          assertThat(values(words.get(1))).as(key).isEqualTo(values(words.get(0)));
        });
    String script = OfflinePage.resource(DictionaryPage.class, "dictionary.js");
    assertThat(known.keySet())
        .containsAll(
            found(Pattern.compile("\\b(?:t|heading|fact|part|kpi)\\('([\\w.]+\\w)'"), script))
        .containsAll(found(Pattern.compile("label: '([\\w.]+)'"), script));
  }

  private static Set<String> values(String text) {
    return found(Pattern.compile("\\{(\\w+)}"), text);
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
