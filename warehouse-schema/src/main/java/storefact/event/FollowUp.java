package storefact.event;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** A contact of a customer manager with a customer. Grain: business date and contact. */
@Stream(value = "follow_up", grain = "business date and contact", nature = Stream.Nature.FACT)
public record FollowUp(
    @Key
        @Near(days = 2, to = "at")
        @Label(en = "business date", zh = "营业日")
        @About("Business day that the event belongs to")
        LocalDate businessDate,
    @Key @MaxLength(64) @Label(en = "contact", zh = "回访") @About("Number of the contact")
        String contact,
    @Label(en = "at", zh = "时间") @About("Moment in UTC") Instant at,
    @Code
        @Personal
        @MaxLength(64)
        @Label(en = "customer manager", zh = "客户经理")
        @About("Customer manager")
        String manager,
    @MaxLength(64) @Personal @Label(en = "member", zh = "会员") @About("Customer") String member,
    @Code @Label(en = "community", zh = "小区") @About("Community of the customer")
        Optional<String> community,
    @Personal @Label(en = "contact person", zh = "联系人") @About("Who was spoken to")
        Optional<String> contactPerson,
    @Code
        @OneOf({"phone", "visit", "message", "store"})
        @Label(en = "means", zh = "方式")
        @About("Means of contact")
        String means,
    @Code
        @OneOf({"none", "unreachable", "interested", "purchase", "refused"})
        @Label(en = "effect", zh = "效果")
        @About("What came of it")
        String effect,
    @MaxLength(4000) @Personal @Label(en = "note", zh = "备注") @About("Note") Optional<String> note,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
