package storefact.event;

import java.util.List;
import java.util.Optional;

/** Every stream that the platform knows: the one line of wiring that a new stream adds. */
public final class Streams {

  /** All contracts, master data first. */
  public static final List<Contract<?>> ALL =
      List.of(
          Contract.of(Store.class),
          Contract.of(Category.class),
          Contract.of(Goods.class),
          Contract.of(Member.class),
          Contract.of(Community.class),
          Contract.of(Partner.class),
          Contract.of(Campaign.class),
          Contract.of(Promotion.class),
          Contract.of(SalesLine.class),
          Contract.of(ReturnLine.class),
          Contract.of(CardEvent.class),
          Contract.of(PointsEvent.class),
          Contract.of(StockMovement.class),
          Contract.of(ServiceUse.class),
          Contract.of(Consent.class),
          Contract.of(Complaint.class),
          Contract.of(SurveyAnswer.class),
          Contract.of(Message.class),
          Contract.of(FollowUp.class),
          Contract.of(PromotionPlacement.class),
          Contract.of(SalesTarget.class),
          Contract.of(CampaignMember.class),
          Contract.of(CampaignCoupon.class),
          Contract.of(CouponRedemption.class));

  private Streams() {}

  /** The contract of a stream by its name. */
  public static Optional<Contract<?>> named(String stream) {
    return ALL.stream().filter(contract -> contract.stream().equals(stream)).findFirst();
  }

  /**
   * The contract of a drop file: the longest stream name that its file name begins with, followed
   * by '-' or '.', for example {@code sales_line-2017-01.ndjson.gz}.
   */
  public static Optional<Contract<?>> ofFile(String fileName) {
    int end = 0;
    while (end < fileName.length() && fileName.charAt(end) != '-' && fileName.charAt(end) != '.') {
      end++;
    }
    return named(fileName.substring(0, end));
  }
}
