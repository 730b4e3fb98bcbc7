package storefact.importing.mapped;

import storefact.event.Reason;

/**
 * Why a row was refused or is odd, in words.
 *
 * @param code a {@link Reason} or {@link Finding}
 * @param en what, in English
 * @param zh what, in Chinese
 * @param whyEn explanation in English, or empty
 * @param whyZh explanation in Chinese, or empty
 */
record Cause(String code, String en, String zh, String whyEn, String whyZh) {

  static Cause of(Reason reason) {
    return new Cause(
        reason.name(),
        reason.text("en"),
        reason.text("zh"),
        "Mend the value in rejected.csv and import that file with the same mapping.",
        "请在 rejected.csv 中更正该值，并用同一映射再次导入。");
  }

  static Cause of(Finding finding) {
    return new Cause(
        finding.name(),
        finding.text("en"),
        finding.text("zh"),
        finding.explanation("en"),
        finding.explanation("zh"));
  }

  static Cause of(Mapping.Exclusion exclusion) {
    return new Cause(
        Finding.EXCLUDED.name(),
        exclusion.en(),
        exclusion.zh(),
        Finding.EXCLUDED.explanation("en") + " (" + exclusion.when().path() + ")",
        Finding.EXCLUDED.explanation("zh"));
  }
}
