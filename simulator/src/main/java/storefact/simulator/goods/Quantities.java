package storefact.simulator.goods;

import storefact.simulator.random.Dice;

/** How much of an article a line holds, in thousandths of a piece or kg. */
public final class Quantities {

  /** Mean of a weighed line in kg: uniform from 0.25 to 1.75. */
  static final double MEAN_KG = 1.0;

  /** Chance of one piece more, once there are two. */
  static final double MORE = 0.35;

  private Quantities() {}

  /** Draws the quantity of a line. */
  public static long draw(Article article, double severalPieces, Dice dice) {
    if (article.byWeight()) {
      return 250 + 2 * (long) dice.below(751);
    }
    if (article.bulk() > 1) {
      return 1_000L * (1 + dice.below(2 * article.bulk() - 1));
    }
    int pieces = 1;
    if (article.isPhysical() && dice.chance(severalPieces)) {
      do {
        pieces++;
      } while (dice.chance(MORE));
    }
    return 1_000L * pieces;
  }
}
