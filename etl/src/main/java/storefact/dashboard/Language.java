package storefact.dashboard;

import storefact.metric.Metric;
import storefact.report.Overview.Words;

/** A language of readers. Superset's titles know one language, so each gets assets of its own. */
public enum Language {
  EN("en"),
  ZH("zh");

  private final String code;

  Language(String code) {
    this.code = code;
  }

  /** As in Superset's addresses. */
  public String code() {
    return code;
  }

  Language other() {
    return this == EN ? ZH : EN;
  }

  String of(Words words) {
    return this == EN ? words.en() : words.zh();
  }

  String of(Metric metric) {
    return this == EN ? metric.english() : metric.chinese();
  }
}
