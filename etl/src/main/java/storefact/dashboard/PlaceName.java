package storefact.dashboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import storefact.report.Overview.Words;

/**
 * Names that every Chinese chain uses alike, in both languages. Stores carry one name of each, in
 * whichever language the chain writes; a name that is not here stays as the chain writes it.
 */
enum PlaceName {
  REGIONS {
    @Override
    Map<String, Words> words() {
      return bySpelling(
          List.of(
              new Words("East China", "华东"),
              new Words("North China", "华北"),
              new Words("South China", "华南"),
              new Words("Central China", "华中"),
              new Words("Northeast China", "东北"),
              new Words("Northwest China", "西北"),
              new Words("Southwest China", "西南")));
    }
  },
  PROVINCES {
    @Override
    Map<String, Words> words() {
      Map<String, Words> words = new LinkedHashMap<>();
      for (Province province : Province.values()) {
        Words both = new Words(province.english(), province.chinese());
        province.spellings().forEach(spelling -> words.put(spelling, both));
      }
      return words;
    }
  },
  FORMATS {
    @Override
    Map<String, Words> words() {
      return bySpelling(
          List.of(
              new Words("hypermarket", "大卖场"),
              new Words("supermarket", "超市"),
              new Words("convenience store", "便利店"),
              new Words("building materials", "建材店"),
              new Words("department store", "百货店"),
              new Words("online", "线上")));
    }
  };

  /** Both names by each of the spellings that stand in data. */
  abstract Map<String, Words> words();

  private static Map<String, Words> bySpelling(List<Words> all) {
    Map<String, Words> words = new LinkedHashMap<>();
    for (Words both : all) {
      words.put(both.en(), both);
      words.put(both.zh(), both);
    }
    return words;
  }

  /** The name in a language, by an expression that yields it in either. */
  String in(Language language, String name) {
    Map<String, Words> words = words();
    List<String> named = words.values().stream().map(language::of).toList();
    return "transform(toString(%1$s), [%2$s], [%3$s], toString(%1$s))"
        .formatted(name, Dataset.quoted(words.keySet()), Dataset.quoted(named));
  }
}
