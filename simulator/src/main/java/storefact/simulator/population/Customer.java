package storefact.simulator.population;

import java.time.LocalDate;

/** One member: what was drawn for them, and where they stand. Mutable, of one area's thread. */
public final class Customer {

  /** A day that never comes. */
  public static final int NEVER = Integer.MAX_VALUE;

  // What was drawn.
  public final int index;
  public final int joined;
  public final double visitsPerDay;
  public final double leaving;
  public final boolean regular;
  public final double spendRate;
  public final float[] tastes;
  public final float[] formats;
  public final boolean company;
  public final boolean female;
  public final LocalDate birthday;
  public final boolean lunarBirthday;
  public final int[] birthdays;
  public final double satisfaction;
  public final boolean managed;
  public final boolean followed;
  public final boolean holdsCard;
  public final int homeConvenience;
  public final Person person;

  // Where they stand.
  public double toNextVisit;
  public boolean sms;
  public int left = NEVER;
  public int visits;
  public int community;
  public int house;
  public int cardSerial;
  public int changed = -1;
  public int incident = -1;
  public int followUpUntil = -1;
  public int campaign = -1;
  public int couponsUsed;
  public long[] points = NO_POINTS;
  public long pointsBalance;
  public CardState card = CardState.NONE;
  public long cardBalance;
  public int storedCardSerial;
  public Pass pass;

  private static final long[] NO_POINTS = {};

  /** Where a stored-value card stands. */
  public enum CardState {
    NONE,
    ACTIVE,
    FROZEN,
    CANCELLED
  }

  /**
   * What the member register says beside the rest.
   *
   * @param household number of the household within the area
   */
  public record Person(
      String name,
      String ageBand,
      String incomeBand,
      String homeOwnership,
      String maritalStatus,
      int householdSize,
      int children,
      String education,
      String occupation,
      String industry,
      String channel,
      int household,
      long phone) {}

  /** A service bought and not used up. */
  public static final class Pass {
    public final String id;
    public final String goods;
    public final boolean counted;
    public final int until;
    public int usesLeft;

    /** A pass good for so many uses, or for any number until a day. */
    public Pass(String id, String goods, boolean counted, int until, int uses) {
      this.id = id;
      this.goods = goods;
      this.counted = counted;
      this.until = until;
      this.usesLeft = uses;
    }
  }

  Customer(Population.Draw draw) {
    this.index = draw.index;
    this.joined = draw.joined;
    this.visitsPerDay = draw.visitsPerDay;
    this.leaving = draw.leaving;
    this.regular = draw.regular;
    this.spendRate = draw.spendRate;
    this.tastes = draw.tastes;
    this.formats = draw.formats;
    this.company = draw.company;
    this.female = draw.female;
    this.birthday = draw.birthday;
    this.lunarBirthday = draw.lunarBirthday;
    this.birthdays = draw.birthdays;
    this.satisfaction = draw.satisfaction;
    this.managed = draw.managed;
    this.followed = draw.followed;
    this.sms = draw.sms;
    this.holdsCard = draw.holdsCard;
    this.homeConvenience = draw.homeConvenience;
    this.person = draw.person;
    this.toNextVisit = draw.toNextVisit;
    this.community = draw.community;
    this.house = draw.house;
  }

  /** Whether they are members and have not left by the beginning of a day. */
  public boolean isThere(int day) {
    return joined <= day && left >= day;
  }
}
