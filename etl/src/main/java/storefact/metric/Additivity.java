package storefact.metric;

/** Over what the values of a metric may be added up. */
public enum Additivity {
  /** Over every dimension. */
  ADDITIVE("adds up over every dimension", "可按任何维度相加"),
  /** A balance: over all but time. Over time the last day's counts. */
  SEMI_ADDITIVE("a balance: adds up, but not over time", "余额：可相加，但不可跨时间相加"),
  /** A ratio or a number of different things: over none. Each grouping is computed anew. */
  NOT_ADDITIVE("does not add up: each grouping is computed anew", "不可相加：每种分组重新计算");

  private final String english;
  private final String chinese;

  Additivity(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  /** In words. */
  public String english() {
    return english;
  }

  /** In words, in Chinese. */
  public String chinese() {
    return chinese;
  }
}
