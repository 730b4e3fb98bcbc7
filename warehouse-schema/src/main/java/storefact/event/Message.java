package storefact.event;

import java.time.Instant;
import java.util.Optional;

/** A message from or to a member, replies included. Grain: message. */
@Stream(value = "message", grain = "message", nature = Stream.Nature.FACT)
public record Message(
    @Key @MaxLength(64) @Label(en = "message", zh = "消息") @About("Number of the message")
        String message,
    @Label(en = "sent at", zh = "发送时间") @About("Moment in UTC") Instant sentAt,
    @MaxLength(64) @Personal @Label(en = "member", zh = "会员") @About("Member") String member,
    @Code
        @OneOf({"from_member", "to_member"})
        @Label(en = "direction", zh = "方向")
        @About("From or to the member")
        String direction,
    @Code @Label(en = "channel", zh = "渠道") @About("Channel: app, sms, mail, …") String channel,
    @MaxLength(64)
        @Label(en = "in reply to", zh = "回复")
        @About("Message that it answers, empty for others")
        Optional<String> inReplyTo,
    @Code @Label(en = "topic", zh = "主题") @About("Topic") Optional<String> topic,
    @MaxLength(4000) @Personal @Label(en = "text", zh = "内容") @About("Text") Optional<String> text,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
