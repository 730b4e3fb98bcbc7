package storefact.event;

import java.time.Instant;
import java.util.Optional;

/** A complaint and, in later versions, how it was settled. Grain: complaint. */
@Stream(value = "complaint", grain = "complaint", nature = Stream.Nature.FACT)
public record Complaint(
    @Key @MaxLength(64) @Label(en = "complaint", zh = "投诉") @About("Number of the complaint")
        String complaint,
    @Label(en = "opened at", zh = "受理时间") @About("Moment it was taken down, in UTC")
        Instant openedAt,
    @MaxLength(64) @Personal @Label(en = "member", zh = "会员") @About("Member, empty where unknown")
        Optional<String> member,
    @Code
        @MaxLength(32)
        @Label(en = "store", zh = "门店")
        @About("Store where it happened, empty outside of stores")
        Optional<String> store,
    @MaxLength(64) @Label(en = "goods", zh = "商品") @About("Goods complained of, empty for others")
        Optional<String> goods,
    @Code
        @Label(en = "kind", zh = "类型")
        @About("What it is about: goods, price, service, waiting, …")
        String kind,
    @Default("1") @Label(en = "severity", zh = "严重程度") @About("1 = slight to 3 = grave")
        int severity,
    @MaxLength(4000) @Personal @Label(en = "text", zh = "内容") @About("What the customer said")
        Optional<String> text,
    @Label(en = "resolved at", zh = "解决时间") @About("Moment it was settled, empty while open")
        Optional<Instant> resolvedAt,
    @Code
        @Label(en = "resolution", zh = "处理方式")
        @About("How it was settled: refund, exchange, apology, …")
        Optional<String> resolution,
    @Code @Personal @Label(en = "handled by", zh = "处理人") @About("Who settled it")
        Optional<String> handledBy,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
