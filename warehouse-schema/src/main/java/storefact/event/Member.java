package storefact.event;

import java.time.LocalDate;
import java.util.Optional;

/**
 * One member with the card that is valid from that day on. Grain: member and first day of validity,
 * so that history is kept (slowly changing dimension of type 2); who gets a new card stays the same
 * member. Consent is a stream of its own, {@link Consent}.
 */
@Stream(
    value = "member",
    grain = "member and day from which it holds",
    nature = Stream.Nature.MASTER)
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
    @Key
        @Default("1970-01-01")
        @Label(en = "valid from", zh = "生效日期")
        @About("First day on which this row holds; the row before it ends the day before")
        LocalDate validFrom,
    @Code
        @OneOf({"person", "decoration company"})
        @Default("person")
        @Label(en = "kind", zh = "类别")
        @About("Person, or decoration company that buys for its customers")
        String kind,
    @Code @OneOf({"female", "male"}) @Label(en = "sex", zh = "性别") @About("Sex")
        Optional<String> sex,
    @Personal
        @Historic
        @Label(en = "birthday", zh = "生日")
        @About("Day of birth in the solar calendar")
        Optional<LocalDate> birthday,
    @Default("false")
        @Label(en = "lunar birthday", zh = "农历生日")
        @About("True where the birthday is celebrated by the lunar calendar")
        boolean lunarBirthday,
    @Personal @Label(en = "phone", zh = "电话") @About("Telephone number") Optional<String> phone,
    @Personal @Label(en = "e-mail", zh = "邮箱") @About("E-mail address") Optional<String> email,
    @Code @Label(en = "education", zh = "学历") @About("Education") Optional<String> education,
    @Code @Label(en = "occupation", zh = "职业") @About("Occupation") Optional<String> occupation,
    @Code @Label(en = "industry", zh = "行业") @About("Industry that the member works in")
        Optional<String> industry,
    @MaxLength(64)
        @Personal
        @Label(en = "household number", zh = "家庭编号")
        @About("Household that the member belongs to")
        Optional<String> household,
    @Code @Label(en = "community", zh = "小区") @About("Community that the member lives in")
        Optional<String> community,
    @Code @Label(en = "country", zh = "国家") @About("Country") Optional<String> country,
    @Code @Label(en = "province", zh = "省份") @About("Province or state") Optional<String> province,
    @Code @Label(en = "city", zh = "城市") @About("City") Optional<String> city,
    @Code @Label(en = "district", zh = "区县") @About("District of the city")
        Optional<String> district,
    @Personal @Label(en = "address", zh = "地址") @About("Street and number")
        Optional<String> address,
    @Code @Label(en = "channel", zh = "渠道") @About("Channel by which the member joined")
        Optional<String> channel,
    @Code
        @MaxLength(32)
        @Label(en = "joining store", zh = "入会门店")
        @About("Store where the member joined")
        Optional<String> joiningStore,
    @Label(en = "joined on", zh = "入会日期") @About("Day of joining") Optional<LocalDate> joinedOn,
    @Code
        @Personal
        @Label(en = "customer manager", zh = "客户经理")
        @About("Customer manager who looks after the member")
        Optional<String> manager,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
