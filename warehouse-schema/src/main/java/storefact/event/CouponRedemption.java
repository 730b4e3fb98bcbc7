package storefact.event;

import java.time.LocalDate;

/**
 * A coupon redeemed by a member. Grain: campaign, coupon, member, day and sequence (a member may
 * redeem the same coupon several times a day).
 */
@Stream(
    value = "coupon_redemption",
    grain = "campaign, coupon, member, day and sequence",
    nature = Stream.Nature.FACT)
public record CouponRedemption(
    @Key @MaxLength(64) @Label(en = "campaign", zh = "营销活动") @About("Campaign") String campaign,
    @Key @MaxLength(64) @Label(en = "coupon", zh = "优惠券") @About("Coupon") String coupon,
    @Key @MaxLength(64) @Personal @Label(en = "member", zh = "会员") @About("Member who redeemed it")
        String member,
    @Key @Label(en = "redeemed on", zh = "核销日期") @About("Day of redemption") LocalDate redeemedOn,
    @Key @Label(en = "sequence", zh = "序号") @About("Number within the day, from 1") int sequence,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
