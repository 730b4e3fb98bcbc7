package storefact.simulator.goods;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import storefact.simulator.chain.ChainCalendar;
import storefact.simulator.chain.ChainParameters;
import storefact.simulator.chain.Format;
import storefact.simulator.random.Dice;

/**
 * The chain's campaigns with their coupons; every second one has no effect on visits. Immutable.
 */
public final class CampaignPlan {

  private static final int EVERY_DAYS = 56;
  private static final int LENGTH_DAYS = 21;
  private static final int FIRST_DAY = 20;
  private static final int COUPONS = 4;

  private final List<Campaign> campaigns;

  private CampaignPlan(List<Campaign> campaigns) {
    this.campaigns = List.copyOf(campaigns);
  }

  /**
   * One campaign.
   *
   * @param first first day, counted from 0
   * @param last last day
   * @param visits factor on the visits of those addressed, 1 = no effect
   */
  public record Campaign(
      String id, String kind, int first, int last, double visits, List<Coupon> coupons) {}

  /**
   * One coupon, good for one article once per member.
   *
   * @param matched whether the chain doubles what the manufacturer gives
   */
  public record Coupon(String id, Article article, boolean matched) {}

  /** The campaigns of a seed. */
  public static CampaignPlan of(
      long seed, ChainParameters parameters, ChainCalendar calendar, Catalog catalog) {
    Dice dice = Dice.of(seed, "campaigns", 0);
    List<Article> articles =
        catalog.articles().stream()
            .filter(a -> a.isPhysical() && !a.ruled() && a.soldIn(Format.HYPERMARKET))
            .filter(a -> !a.byWeight() && a.price() >= 500)
            .toList();
    List<Campaign> campaigns = new ArrayList<>();
    for (int first = FIRST_DAY; first < calendar.days(); first += EVERY_DAYS) {
      int number = campaigns.size() + 1;
      List<Coupon> coupons = new ArrayList<>();
      for (int i = 1; i <= COUPONS; i++) {
        coupons.add(
            new Coupon(
                String.format(Locale.ROOT, "CP%03d%d", number, i),
                articles.get(dice.below(articles.size())),
                i == COUPONS));
      }
      campaigns.add(
          new Campaign(
              String.format(Locale.ROOT, "K%03d", number),
              number % 2 == 1 ? "coupons and messages" : "coupons",
              first,
              Math.min(calendar.days() - 1, first + LENGTH_DAYS - 1),
              number % 2 == 1 ? parameters.campaignVisits() : 1,
              List.copyOf(coupons)));
    }
    return new CampaignPlan(campaigns);
  }

  /** All campaigns by their first day. */
  public List<Campaign> campaigns() {
    return campaigns;
  }

  /** Number of the campaign that runs on a day. */
  public Optional<Integer> on(int day) {
    for (int i = 0; i < campaigns.size(); i++) {
      if (campaigns.get(i).first() <= day && day <= campaigns.get(i).last()) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
