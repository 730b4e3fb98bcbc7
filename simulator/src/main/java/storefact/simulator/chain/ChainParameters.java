package storefact.simulator.chain;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers behind a simulated chain: one place, every value written to the truth. Members follow
 * BG/NBD: visits at a rate that is gamma distributed over members, and after each visit they leave
 * for good with a probability that is beta distributed. What a receipt is to be worth follows
 * gamma-gamma.
 */
public record ChainParameters(
    @Parameter(value = "visit rate: shape r of the gamma distribution", source = BG_NBD)
        double visitShape,
    @Parameter(value = "visit rate: rate alpha of the gamma distribution", unit = "weeks")
        double visitRateWeeks,
    @Parameter(value = "leaving after a visit: a of the beta distribution", source = BG_NBD)
        double leavingA,
    @Parameter(value = "leaving after a visit: b of the beta distribution", source = BG_NBD)
        double leavingB,
    @Parameter(
            value = "share of members who come at regular intervals",
            source =
                "group after M. Platzer, T. Reutterer, Ticking Away the Moments, Marketing Science"
                    + " 2016")
        double regularShare,
    @Parameter("regular members: shape of the gamma distributed intervals, 1 for all others")
        double regularity,
    @Parameter(
            value = "spend: shape p of a receipt's value given the member",
            source =
                "P. Fader, B. Hardie, The Gamma-Gamma Model of Monetary Value, 2013; value chosen")
        double spendShape,
    @Parameter("spend: shape q of the members' rate nu") double spendMemberShape,
    @Parameter(value = "spend: scale gamma of the members' rate nu", unit = "yuan")
        double spendMemberScale,
    @Parameter("spend of a receipt relative to the hypermarket: convenience store")
        double convenienceSpend,
    @Parameter("spend of a receipt relative to the hypermarket: building materials")
        double buildingSpend,
    @Parameter("spend of a decoration company relative to a person") double decorationSpend,
    @Parameter("share of visits to hypermarkets, before a member's own leaning")
        double hypermarketVisits,
    @Parameter("share of visits to convenience stores") double convenienceVisits,
    @Parameter("share of visits to building materials stores") double buildingVisits,
    @Parameter("members' leaning to a format: gamma shape of the factor of mean 1")
        double formatLeaning,
    @Parameter("members' tastes: gamma shape of the factor of mean 1 per department")
        double tasteShape,
    @Parameter("receipts without a member card per receipt with one") double guestsPerMemberVisit,
    @Parameter("share of the others that show the card of an alliance partner") double partnerShare,
    @Parameter("share of members who are there on the first day; the others join evenly later")
        double foundingShare,
    @Parameter("share of members who are decoration companies, in areas with a building store")
        double decorationShare,
    @Parameter("share of members who celebrate their birthday by the lunar calendar")
        double lunarBirthdayShare,
    @Parameter("visits in the week up to a birthday relative to other days") double birthdayVisits,
    @Parameter("share of members who move in a year") double movesPerYear,
    @Parameter("share of members who get a new member card in a year") double newCardsPerYear,
    @Parameter("popularity of the goods of a type: exponent of Zipf's law") double popularity,
    @Parameter("goods per type") int goodsPerType,
    @Parameter("share of goods whose list price changes in a half year") double priceChanges,
    @Parameter(value = "length of a promotion", unit = "days") int promotionDays,
    @Parameter("share of the goods that a promotion period puts on promotion") double promotedShare,
    @Parameter("demand of goods on display or in the mailer, where that has an effect")
        double displayLift,
    @Parameter("share of displays and mailers that have no effect") double effectlessShare,
    @Parameter("share of receipt lines with more than one piece") double severalPieces,
    @Parameter(value = "points per yuan of net amount", unit = "points") double pointsPerYuan,
    @Parameter(
            value = "points lapse at the end of that month after the one of earning",
            unit = "months")
        int pointsMonths,
    @Parameter("chance of a visit at which points are redeemed, with enough of them")
        double redeeming,
    @Parameter(value = "points for a yuan", unit = "points") double pointsForYuan,
    @Parameter("share of members with a stored-value card") double cardShare,
    @Parameter("planted card violations per card and year") double cardViolations,
    @Parameter("chance that a delivery comes late") double lateDelivery,
    @Parameter("largest share of a shelf's stock that is missing at a count") double shrinkage,
    @Parameter("share of managed members who are followed up, drawn at random")
        double followedShare,
    @Parameter("share of persons who have a customer manager") double managedShare,
    @Parameter("visits of a member after a follow-up relative to before") double followUpVisits,
    @Parameter(value = "how long a follow-up works", unit = "days") int followUpDays,
    @Parameter("chance of a complaint at a visit of a member of average satisfaction")
        double complaints,
    @Parameter("complaints fall by this exponent with satisfaction (standard deviations)")
        double complaintSlope,
    @Parameter("chance that a member leaves for good after a complaint that is badly settled")
        double leavingAfterComplaint,
    @Parameter("share of consenting members whom a campaign addresses, drawn at random")
        double campaignReach,
    @Parameter("visits of those whom a campaign with an effect addresses, relative to others")
        double campaignVisits,
    @Parameter("chance of a visit in a campaign at which an addressed member redeems a coupon")
        double couponUse) {

  static final String BG_NBD =
      "P. Fader, B. Hardie, K. Lee, Counting Your Customers the Easy Way, Marketing Science 2005;"
          + " value chosen";

  /**
   * A chain that lives: about one visit a week and member, a quarter of the members lost a year.
   */
  public static ChainParameters usual() {
    return new ChainParameters(
        1.2, 1.05, 0.4, 40, 0.2, 6, 1.1, 4.2, 565, 0.12, 2.5, 5.0, 0.52, 0.44, 0.04, 3.0, 3.0, 0.55,
        0.08, 0.6, 0.02, 0.25, 1.6, 0.04, 0.05, 0.9, 8, 0.06, 14, 0.08, 2.0, 0.4, 0.2, 1, 6, 0.04,
        100, 0.15, 0.01, 0.05, 0.04, 0.5, 0.06, 1.5, 21, 0.002, 0.9, 0.25, 0.5, 1.25, 0.2);
  }

  /** Mean visits of a member while alive. */
  public double visitsPerDay() {
    return visitShape / visitRateWeeks / 7;
  }

  /** A parameter as it goes into the truth. */
  public record Stated(String name, double value, String unit, String about, String source) {}

  /** All parameters with their meaning. */
  public List<Stated> stated() {
    List<Stated> stated = new ArrayList<>();
    for (RecordComponent component : ChainParameters.class.getRecordComponents()) {
      Parameter parameter = component.getAnnotation(Parameter.class);
      try {
        Number value = (Number) component.getAccessor().invoke(this);
        stated.add(
            new Stated(
                component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT),
                value.doubleValue(),
                parameter.unit(),
                parameter.value(),
                parameter.source()));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + component, e);
      }
    }
    return stated;
  }
}
