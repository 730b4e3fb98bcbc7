package storefact.event;

import java.time.Instant;
import java.util.Optional;

/**
 * What one respondent answered about one attribute: how much it matters and how content they are.
 * Grain: survey, respondent and attribute.
 */
@Stream(
    value = "survey_answer",
    grain = "survey, respondent and attribute",
    nature = Stream.Nature.FACT)
public record SurveyAnswer(
    @Key @Code @MaxLength(64) @Label(en = "survey", zh = "问卷") @About("Survey") String survey,
    @Key @MaxLength(64) @Label(en = "respondent", zh = "答卷") @About("Number of the answer sheet")
        String respondent,
    @Key
        @Code
        @MaxLength(64)
        @Label(en = "attribute", zh = "指标")
        @About("Attribute asked about: price, freshness, queue, …")
        String attribute,
    @Label(en = "answered at", zh = "答题时间") @About("Moment in UTC") Instant answeredAt,
    @MaxLength(64) @Personal @Label(en = "member", zh = "会员") @About("Member, empty where unknown")
        Optional<String> member,
    @Code
        @MaxLength(32)
        @Label(en = "store", zh = "门店")
        @About("Store where it happened, empty outside of stores")
        Optional<String> store,
    @AtLeast("1")
        @AtMost("5")
        @Label(en = "importance", zh = "重要度")
        @About("1 = does not matter to 5 = matters most")
        int importance,
    @AtLeast("1")
        @AtMost("5")
        @Label(en = "satisfaction", zh = "满意度")
        @About("1 = not content to 5 = fully content")
        int satisfaction,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
