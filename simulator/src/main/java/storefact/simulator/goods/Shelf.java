package storefact.simulator.goods;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.sampling.distribution.AliasMethodDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;
import storefact.simulator.chain.ChainCalendar;
import storefact.simulator.chain.ChainParameters;
import storefact.simulator.chain.Format;
import storefact.simulator.random.Dice;

/**
 * What a store sells at which price this week, and how customers choose among it: an article is
 * chosen in proportion to weight × season × (price / first list price) ^ elasticity × lift. Not
 * thread-safe.
 */
public final class Shelf {

  private final ChainCalendar calendar;
  private final PromotionPlan plan;
  private final double severalPieces;
  private final Dice dice;
  private final List<List<Article>> assortment = new ArrayList<>();
  private final SharedStateDiscreteSampler[] choices;
  private final double[] weights;
  private final double[] costs;
  private final int[] prices;
  private final int[] listPrices;
  private final byte[][] promotions;
  private final double[] chances;

  /** The shelf of a store of the format. */
  public Shelf(
      Format format,
      Catalog catalog,
      PromotionPlan plan,
      ChainCalendar calendar,
      ChainParameters parameters,
      Dice dice) {
    this.calendar = calendar;
    this.plan = plan;
    this.severalPieces = parameters.severalPieces();
    this.dice = dice;
    int departments = catalog.departments().size();
    for (int i = 0; i < departments; i++) {
      assortment.add(new ArrayList<>());
    }
    for (Article article : catalog.articles()) {
      if (article.soldIn(format) && !article.ruled()) {
        assortment.get(article.department()).add(article);
      }
    }
    choices = new SharedStateDiscreteSampler[departments];
    weights = new double[departments];
    costs = new double[departments];
    int articles = catalog.articles().size();
    prices = new int[articles];
    listPrices = new int[articles];
    promotions = new byte[articles][];
    chances = new double[articles];
    for (Article article : catalog.articles()) {
      prices[article.number()] = article.price();
      listPrices[article.number()] = article.price();
    }
  }

  /** The day whose season holds all week: weeks count from the first day. */
  public static int midweek(ChainCalendar calendar, int day) {
    return Math.min(calendar.days() - 1, day / 7 * 7 + 3);
  }

  /** Puts the prices, promotions and seasons of the week that begins on a day. */
  public void reprice(int day) {
    int midweek = midweek(calendar, day);
    double all = 0;
    for (int department = 0; department < choices.length; department++) {
      List<Article> articles = assortment.get(department);
      double[] demands = new double[articles.size()];
      double sum = 0;
      double worth = 0;
      for (int i = 0; i < demands.length; i++) {
        Article article = articles.get(i);
        int number = article.number();
        Optional<PromotionPlan.Deal> deal = plan.deal(number, day);
        listPrices[number] = article.price(day);
        double discount = deal.map(PromotionPlan.Deal::discount).orElse(0.0);
        prices[number] = (int) Math.round(listPrices[number] * (1 - discount));
        promotions[number] = deal.map(PromotionPlan.Deal::bytes).orElse(null);
        double season = article.weight() * calendar.demand(article.season(), midweek);
        demands[i] =
            season
                * Math.pow((double) prices[number] / article.price(), article.elasticity())
                * deal.map(PromotionPlan.Deal::lift).orElse(1.0);
        chances[number] = demands[i];
        sum += demands[i];
        worth += season * article.price() * article.meanUnits(severalPieces);
      }
      weights[department] = sum;
      all += sum;
      costs[department] = sum == 0 ? 0 : worth / demandsAtFirstPrices(articles, midweek);
      choices[department] = sum == 0 ? null : AliasMethodDiscreteSampler.of(dice.source(), demands);
    }
    for (List<Article> articles : assortment) {
      for (Article article : articles) {
        chances[article.number()] /= all;
      }
    }
  }

  private double demandsAtFirstPrices(List<Article> articles, int day) {
    double sum = 0;
    for (Article article : articles) {
      sum += article.weight() * calendar.demand(article.season(), day);
    }
    return sum;
  }

  /** How strongly a department draws this week, 0 where the store does not have it. */
  public double weight(int department) {
    return weights[department];
  }

  /** What a line of the department is worth at first list prices, in fen. */
  public double lineWorth(int department) {
    return costs[department];
  }

  /** An article of the department as a customer chooses it. */
  public Article choose(int department) {
    return assortment.get(department).get(choices[department].sample());
  }

  /** Price charged this week, in fen. */
  public int price(int article) {
    return prices[article];
  }

  /** List price this week, in fen. */
  public int listPrice(int article) {
    return listPrices[article];
  }

  /** The promotion of this week as events name it, null without one. */
  public byte[] promotion(int article) {
    return promotions[article];
  }

  /** Share of lines that the article has this week, for a customer of average tastes. */
  public double chance(int article) {
    return chances[article];
  }

  /** Everything that the store sells, rules aside. */
  public List<List<Article>> assortment() {
    return assortment;
  }
}
