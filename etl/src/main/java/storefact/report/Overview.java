package storefact.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * What the overview page shows, as sums and counts; shares, averages and findings follow from them
 * on the page, so that a figure cannot disagree with the ones beside it.
 *
 * @param chain whose figures these are
 * @param madeAt when they were read
 * @param sales what sold and who bought; empty for a warehouse without sales
 * @param quality how far the figures can be trusted
 */
public record Overview(Chain chain, Instant madeAt, Optional<Sales> sales, Quality quality) {

  /** A text in both languages. */
  public record Words(String en, String zh) {

    /** A name that reads the same in both languages. */
    public static Words same(String name) {
      return new Words(name, name);
    }
  }

  /**
   * The chain.
   *
   * @param title its name
   * @param currency of all amounts
   * @param zone of its tills: hours of the day are told in it
   */
  public record Chain(Words title, Currency currency, ZoneId zone) {

    /** Neither ClickHouse nor every browser knows a zone by its mere offset. */
    public Chain {
      if (zone instanceof ZoneOffset) {
        throw new IllegalArgumentException(
            "time zone "
                + zone
                + " is an offset: name a region, Asia/Shanghai for example, or UTC");
      }
    }
  }

  /**
   * What sold and who bought.
   *
   * @param from first business day
   * @param to last business day
   * @param totals the chain as a whole
   * @param days one row per business day
   * @param comparedDays how many of the last days {@link Category#last} sums, and {@link
   *     Category#before} before them
   * @param categories one row per category, best first
   * @param stores one row per store, best first
   * @param segments one row per RFM segment
   * @param valueClasses one row per value class
   * @param topMembers the best members, best first
   * @param hours one row per weekday and hour with sales
   */
  public record Sales(
      LocalDate from,
      LocalDate to,
      Totals totals,
      List<Day> days,
      int comparedDays,
      List<Category> categories,
      List<StoreSales> stores,
      List<MemberGroup> segments,
      List<MemberGroup> valueClasses,
      List<TopMember> topMembers,
      List<Hour> hours) {}

  /**
   * The chain as a whole.
   *
   * @param sales before returns
   * @param activeMembers members with a purchase in the period
   * @param knownMembers members in the member master
   * @param soldGoods goods with a sale in the period
   * @param knownGoods goods in the goods master
   */
  public record Totals(
      BigDecimal netSales,
      BigDecimal sales,
      long receipts,
      BigDecimal memberSales,
      long activeMembers,
      long knownMembers,
      long stores,
      long soldGoods,
      long knownGoods) {}

  /**
   * One business day.
   *
   * @param sales before returns
   */
  public record Day(LocalDate day, BigDecimal netSales, BigDecimal sales, long receipts) {}

  /**
   * One category.
   *
   * @param last net sales of the last {@link Sales#comparedDays} days
   * @param before net sales of as many days before those
   */
  public record Category(
      String department,
      String category,
      BigDecimal netSales,
      BigDecimal last,
      BigDecimal before) {}

  /**
   * One store.
   *
   * @param sales before returns
   */
  public record StoreSales(
      String store, String name, BigDecimal netSales, BigDecimal sales, long receipts) {}

  /**
   * The members of one segment or value class.
   *
   * @param code stable code; the page's colour hangs on it
   * @param netSales what they bought in the period
   * @param averageRecencyDays days since their last purchase, on average
   */
  public record MemberGroup(
      String code, Words name, long members, BigDecimal netSales, double averageRecencyDays) {}

  /**
   * One of the best members; the page can be passed on, so it never learns the whole id.
   *
   * @param segment code of the RFM segment, empty if none
   * @param valueClass code of the value class, empty if none
   */
  public record TopMember(
      MaskedMember member,
      BigDecimal netSales,
      long receipts,
      LocalDate lastPurchase,
      String segment,
      String valueClass) {}

  /**
   * Sales of one hour of one weekday over the whole period.
   *
   * @param weekday 1 = Monday to 7 = Sunday, of the business day
   * @param hour 0 to 23, on the chain's clocks
   */
  public record Hour(int weekday, int hour, BigDecimal netSales) {}

  /**
   * How far the figures can be trusted.
   *
   * @param streams one row per stream that was read from files
   * @param rejects one row per reason
   * @param checks one row per check: its latest result
   * @param counts lake against star, where the caller has compared them
   * @param zeroQuantity sales lines without a quantity
   * @param freshness how new everything is
   */
  public record Quality(
      List<StreamRead> streams,
      List<Rejects> rejects,
      List<Check> checks,
      List<Counts> counts,
      ZeroQuantity zeroQuantity,
      Freshness freshness) {}

  /** What became of one stream's lines: read = accepted + repeated + rejected. */
  public record StreamRead(
      String stream, long files, long accepted, long repeated, long rejected) {}

  /** Lines rejected for one reason. */
  public record Rejects(String code, Words reason, long lines) {}

  /** The latest result of one check; it holds when nothing breaks it. */
  public record Check(String mart, String check, long failures) {}

  /** Rows of one stream in the lake and in the star. */
  public record Counts(String stream, long lake, long star) {}

  /**
   * Sales lines without a quantity.
   *
   * @param lines all of them
   * @param withAmount those that carry an amount
   * @param withCoupon those that carry a coupon
   * @param couponDiscount what those coupons are worth
   */
  public record ZeroQuantity(
      long lines, long withAmount, long withCoupon, BigDecimal couponDiscount) {}

  /** When the last file was taken, the last mart built, the last check run; empty if never. */
  public record Freshness(
      Optional<Instant> ingestedAt, Optional<Instant> builtAt, Optional<Instant> checkedAt) {}
}
