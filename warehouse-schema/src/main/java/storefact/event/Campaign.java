package storefact.event;

import java.time.LocalDate;
import java.util.Optional;

/** One marketing campaign. Grain: campaign. */
@Stream(value = "campaign", grain = "campaign", nature = Stream.Nature.MASTER)
public record Campaign(
    @Key @MaxLength(64) @Label(en = "campaign", zh = "营销活动") @About("Campaign") String campaign,
    @Code @Label(en = "kind", zh = "类型") @About("Kind of campaign") Optional<String> kind,
    @Label(en = "starts on", zh = "开始日期") @About("First day") LocalDate startsOn,
    @Label(en = "ends on", zh = "结束日期") @About("Last day") LocalDate endsOn,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
