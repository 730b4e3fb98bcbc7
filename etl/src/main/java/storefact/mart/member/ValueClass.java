package storefact.mart.member;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a member is worth to the chain. Source of the cuts: ABC analysis after Pareto's principle,
 * with a class of its own for those who stopped coming.
 */
public enum ValueClass {
  /** The biggest members, who together bring the first half of sales. */
  CORE("core", "核心会员"),
  /** Those after them, up to four fifths of sales. */
  KEY("key", "重点会员"),
  /** The rest of those who still come. */
  DEVELOPABLE("developable", "可发展会员"),
  /** No purchase for more than {@value #ABANDONED_AFTER_DAYS} days, whatever they brought. */
  ABANDONED("abandoned", "流失会员");

  /** Days without a purchase that a member may have and still count as coming. */
  public static final int ABANDONED_AFTER_DAYS = 90;

  /** Percent of sales that the core brings. */
  public static final int CORE_PERCENT = 50;

  /** Percent of sales that core and key bring together. */
  public static final int KEY_PERCENT = 80;

  private final String english;
  private final String chinese;

  ValueClass(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  /** Stable code, as it stands in the mart. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Name in English. */
  public String english() {
    return english;
  }

  /** Name in Chinese. */
  public String chinese() {
    return chinese;
  }

  /** Codes of all classes. */
  public static List<String> codes() {
    return Arrays.stream(values()).map(ValueClass::code).toList();
  }
}
