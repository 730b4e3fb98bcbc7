package storefact.event;

import java.time.Instant;
import java.util.Optional;

/**
 * A member's yes or no to being addressed by a channel; the newest one counts, the others are its
 * history. Grain: member, channel and moment.
 */
@Stream(
    value = "consent",
    grain = "member, channel and moment of change",
    nature = Stream.Nature.FACT)
public record Consent(
    @Key @MaxLength(64) @Personal @Label(en = "member", zh = "会员") @About("Member") String member,
    @Key
        @Code
        @OneOf({"sms", "mail", "phone", "post", "profiling"})
        @Label(en = "channel", zh = "渠道")
        @About("Channel, or profiling")
        String channel,
    @Key @Label(en = "changed at", zh = "变更时间") @About("Moment of the change in UTC")
        Instant changedAt,
    @Label(en = "given", zh = "同意") @About("True for yes") boolean given,
    @Code @Label(en = "source", zh = "来源") @About("Where it was said: till, app, service desk, …")
        Optional<String> source,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
