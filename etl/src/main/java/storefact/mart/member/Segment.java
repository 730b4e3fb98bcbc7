package storefact.mart.member;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jooq.Case;
import org.jooq.CaseConditionStep;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * What kind of customer a member is, by recency (1–5) and by the mean of frequency and monetary
 * score (1–5, halves rounded up). Each segment is a rectangle of that 5 × 5 grid; together they
 * cover it and no two overlap, so that every member has exactly one.
 */
public enum Segment {
  CHAMPIONS("champions", "重要价值会员", 5, 5, 4, 5),
  LOYAL("loyal", "忠诚会员", 3, 4, 4, 5),
  POTENTIAL_LOYALISTS("potential loyalists", "潜力会员", 4, 5, 2, 3),
  NEW("new", "新会员", 5, 5, 1, 1),
  PROMISING("promising", "有望会员", 4, 4, 1, 1),
  NEED_ATTENTION("need attention", "需关注会员", 3, 3, 3, 3),
  ABOUT_TO_SLEEP("about to sleep", "即将沉睡会员", 3, 3, 1, 2),
  AT_RISK("at risk", "流失风险会员", 1, 2, 3, 4),
  CANNOT_LOSE_THEM("cannot lose them", "重要挽留会员", 1, 2, 5, 5),
  HIBERNATING("hibernating", "沉睡会员", 2, 2, 1, 2),
  LOST("lost", "已流失会员", 1, 1, 1, 2);

  private final String english;
  private final String chinese;
  private final int leastRecency;
  private final int mostRecency;
  private final int leastValue;
  private final int mostValue;

  Segment(
      String english,
      String chinese,
      int leastRecency,
      int mostRecency,
      int leastValue,
      int mostValue) {
    this.english = english;
    this.chinese = chinese;
    this.leastRecency = leastRecency;
    this.mostRecency = mostRecency;
    this.leastValue = leastValue;
    this.mostValue = mostValue;
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

  /** Codes of all segments. */
  public static List<String> codes() {
    return Arrays.stream(values()).map(Segment::code).toList();
  }

  /**
   * The segment of three scores.
   *
   * @throws IllegalArgumentException if a score is not from 1 to 5
   */
  public static Segment of(int recency, int frequency, int monetary) {
    int value = (frequency + monetary + 1) / 2;
    return Arrays.stream(values())
        .filter(segment -> segment.holds(recency, value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "scores "
                        + recency
                        + ", "
                        + frequency
                        + ", "
                        + monetary
                        + " have no segment; scores go from 1 to 5"));
  }

  boolean holds(int recency, int value) {
    return leastRecency <= recency
        && recency <= mostRecency
        && leastValue <= value
        && value <= mostValue;
  }

  /** The same rule for ClickHouse; empty where no segment holds, which a test refuses. */
  static Field<String> code(
      Field<Integer> recency, Field<Integer> frequency, Field<Integer> monetary) {
    Field<Integer> value =
        DSL.field("intDiv({0} + {1} + 1, 2)", Integer.class, frequency, monetary);
    Case choose = DSL.choose();
    CaseConditionStep<String> rules = null;
    for (Segment segment : values()) {
      var holds =
          recency
              .between(segment.leastRecency, segment.mostRecency)
              .and(value.between(segment.leastValue, segment.mostValue));
      rules =
          rules == null ? choose.when(holds, segment.code()) : rules.when(holds, segment.code());
    }
    return rules.otherwise("");
  }
}
