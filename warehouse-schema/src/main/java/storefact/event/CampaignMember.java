package storefact.event;

/** A member who was addressed by a campaign. Grain: campaign and member. */
@Stream(value = "campaign_member", grain = "campaign and member", nature = Stream.Nature.FACT)
public record CampaignMember(
    @Key @MaxLength(64) @Label(en = "campaign", zh = "营销活动") @About("Campaign") String campaign,
    @Key @MaxLength(64) @Personal @Label(en = "member", zh = "会员") @About("Member addressed")
        String member,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
