package storefact.event;

/** A coupon of a campaign and goods that it is good for. Grain: campaign, coupon and goods. */
@Stream(
    value = "campaign_coupon",
    grain = "campaign, coupon and goods",
    nature = Stream.Nature.FACT)
public record CampaignCoupon(
    @Key @MaxLength(64) @Label(en = "campaign", zh = "营销活动") @About("Campaign") String campaign,
    @Key @MaxLength(64) @Label(en = "coupon", zh = "优惠券") @About("Coupon") String coupon,
    @Key @MaxLength(64) @Label(en = "goods", zh = "商品") @About("Goods that the coupon is good for")
        String goods,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
