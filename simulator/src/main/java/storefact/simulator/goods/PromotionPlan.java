package storefact.simulator.goods;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import storefact.simulator.chain.ChainCalendar;
import storefact.simulator.chain.ChainParameters;
import storefact.simulator.random.Dice;

/**
 * Which articles are on promotion when. Price promotions work by the price alone, through the
 * category's elasticity; displays, mailers and gifts multiply demand, or do nothing. Immutable.
 */
public final class PromotionPlan {

  private static final double[] DISCOUNTS = {0.1, 0.2, 0.3};

  private final int periodDays;
  private final List<Deal> deals;
  private final short[][] dealOfArticle;

  private PromotionPlan(int periodDays, List<Deal> deals, short[][] dealOfArticle) {
    this.periodDays = periodDays;
    this.deals = deals;
    this.dealOfArticle = dealOfArticle;
  }

  /**
   * One promotion.
   *
   * @param first first day, counted from 0
   * @param last last day
   * @param discount share of the list price, 0 for none
   * @param lift factor on demand beside the price's
   */
  public record Deal(
      String id, String kind, int first, int last, double discount, double lift, byte[] bytes) {}

  /** The plan of a seed. */
  public static PromotionPlan of(
      long seed, ChainParameters parameters, ChainCalendar calendar, Catalog catalog) {
    Dice dice = Dice.of(seed, "promotions", 0);
    int length = parameters.promotionDays();
    int periods = (calendar.days() + length - 1) / length;
    List<Deal> deals = new ArrayList<>();
    short[][] dealOfArticle = new short[periods][catalog.articles().size()];
    for (int period = 0; period < periods; period++) {
      String[] kinds = {"price", "price", "price", "display", "mailer", "gift"};
      for (int i = 0; i < kinds.length; i++) {
        boolean price = kinds[i].equals("price");
        boolean works = price || !dice.chance(parameters.effectlessShare());
        String id = String.format(Locale.ROOT, "PR%05d", deals.size() + 1);
        deals.add(
            new Deal(
                id,
                kinds[i],
                period * length,
                Math.min(calendar.days(), (period + 1) * length) - 1,
                price ? DISCOUNTS[i] : 0,
                price || !works ? 1 : parameters.displayLift(),
                id.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        int count =
            (int) Math.ceil(parameters.promotedShare() * catalog.articles().size() / kinds.length);
        for (int n = 0; n < count; n++) {
          Article article = catalog.articles().get(dice.below(catalog.articles().size()));
          if (!article.ruled()
              && article.isPhysical()
              && dealOfArticle[period][article.number()] == 0) {
            dealOfArticle[period][article.number()] = (short) deals.size();
          }
        }
      }
    }
    return new PromotionPlan(length, List.copyOf(deals), dealOfArticle);
  }

  /** All promotions by their first day. */
  public List<Deal> deals() {
    return deals;
  }

  /** The promotion of an article on a day. */
  public Optional<Deal> deal(int article, int day) {
    int deal = dealOfArticle[day / periodDays][article];
    return deal == 0 ? Optional.empty() : Optional.of(deals.get(deal - 1));
  }
}
