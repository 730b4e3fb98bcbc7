package storefact.event;

import java.util.Optional;

/** One member with the card that is valid now. Grain: member. */
@Stream(value = "member", grain = "member", nature = Stream.Nature.MASTER)
public record Member(
    @Key @MaxLength(64) @Personal @Label(en = "member", zh = "会员") @About("Member") String member,
    @MaxLength(64) @Personal @Label(en = "member card", zh = "会员卡") @About("Card of the member")
        String card,
    @Personal @Label(en = "name", zh = "姓名") @About("Name of the member") Optional<String> name,
    @Code @Label(en = "age band", zh = "年龄段") @About("Age band in years") Optional<String> ageBand,
    @Code @Label(en = "income band", zh = "收入段") @About("Yearly income band of the household")
        Optional<String> incomeBand,
    @Code @Label(en = "home ownership", zh = "住房") @About("Home ownership")
        Optional<String> homeOwnership,
    @Code @Label(en = "marital status", zh = "婚姻状况") @About("Marital status")
        Optional<String> maritalStatus,
    @Code @Label(en = "household size", zh = "家庭人数") @About("Persons in the household")
        Optional<String> householdSize,
    @Code @Label(en = "household", zh = "家庭构成") @About("Composition of the household")
        Optional<String> householdComposition,
    @Code @Label(en = "children", zh = "子女数") @About("Number of children")
        Optional<String> children,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
