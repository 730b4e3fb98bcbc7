package storefact.simulator.goods;

import storefact.simulator.chain.Format;

/**
 * A planted rule: two articles that are sold by it only, so that its figures are known exactly.
 *
 * @param antecedentShare share of receipts of the format with the antecedent
 * @param consequentWith share of receipts with the consequent, given the antecedent
 * @param consequentWithout the same without the antecedent
 */
public record BasketRule(
    Format format,
    int antecedent,
    int consequent,
    double antecedentShare,
    double consequentWith,
    double consequentWithout) {

  /** Share of receipts with the consequent. */
  public double consequentShare() {
    return antecedentShare * consequentWith + (1 - antecedentShare) * consequentWithout;
  }

  /** P(consequent | antecedent) / P(consequent); 1 = no rule. */
  public double lift() {
    return consequentWith / consequentShare();
  }
}
