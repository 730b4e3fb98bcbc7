package storefact.simulator.chain;

import java.nio.charset.StandardCharsets;
import java.util.List;
import storefact.simulator.random.Dice;

/** The partners whose cards the chain accepts, and who shows one. Immutable. */
public final class Alliance {

  private static final int CARDS = 50_000;

  private final List<Partner> partners;

  /** The alliance of a chain; its last partner leaves after half the time. */
  public Alliance(ChainCalendar calendar) {
    int never = Integer.MAX_VALUE;
    partners =
        List.of(
            new Partner("P01", "Galaxy Cinemas", "银河影城", "cinema", "PA", never),
            new Partner("P02", "Old Street Hotpot", "老街火锅", "restaurant", "PB", never),
            new Partner("P03", "Riverside Bank", "滨江银行", "bank", "PD", never),
            new Partner("P04", "Morning Gym", "晨练健身", "gym", "PE", calendar.days() / 2));
  }

  /**
   * One partner.
   *
   * @param prefix what its card numbers begin with; no member card begins so
   * @param last last day on which its cards are accepted, counted from 0
   */
  public record Partner(
      String id, String name, String nameZh, String kind, String prefix, int last) {

    /** The prefix as events name it. */
    public byte[] prefixBytes() {
      return prefix.getBytes(StandardCharsets.US_ASCII);
    }
  }

  public List<Partner> partners() {
    return partners;
  }

  /** A partner whose cards are accepted on a day. */
  public Partner draw(int day, Dice dice) {
    Partner partner = partners.get(dice.below(partners.size()));
    return partner.last() >= day ? partner : partners.getFirst();
  }

  /** The number of a holder's card. */
  public static long card(Dice dice) {
    return 1_000_000L + dice.below(CARDS);
  }
}
