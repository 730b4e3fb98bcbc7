package storefact.event;

import java.time.LocalDate;
import java.util.Optional;

/** One alliance partner whose cards the chain accepts. Grain: partner. */
@Stream(value = "partner", grain = "partner", nature = Stream.Nature.MASTER)
public record Partner(
    @Key @Code @MaxLength(64) @Label(en = "partner", zh = "联盟商家") @About("Alliance partner")
        String partner,
    @Label(en = "name", zh = "名称") @About("Name of the partner") Optional<String> name,
    @Label(en = "Chinese name", zh = "中文名称") @About("Name of the partner in Chinese")
        Optional<String> nameZh,
    @Code @Label(en = "kind", zh = "类别") @About("Kind of business: cinema, restaurant, bank, …")
        Optional<String> kind,
    @MaxLength(32)
        @Label(en = "card prefix", zh = "卡号前缀")
        @About("What the partner's card numbers begin with")
        String cardPrefix,
    @Label(en = "starts on", zh = "开始日期") @About("First day on which its cards are accepted")
        LocalDate startsOn,
    @Label(en = "ends on", zh = "结束日期")
        @About("Last day on which its cards are accepted, empty for no end")
        Optional<LocalDate> endsOn,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
