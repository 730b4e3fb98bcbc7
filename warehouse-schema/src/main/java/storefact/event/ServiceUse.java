package storefact.event;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One use of a service that had been bought before: a wash of ten, an entry with a monthly pass.
 * Grain: store, business date and use.
 */
@Stream(value = "service_use", grain = "store, business date and use", nature = Stream.Nature.FACT)
public record ServiceUse(
    @Key
        @Code
        @MustExist(Store.class)
        @MaxLength(32)
        @Label(en = "store", zh = "门店")
        @About("Store that rendered it")
        String store,
    @Key
        @Near(days = 2, to = "usedAt")
        @Label(en = "business date", zh = "营业日")
        @About("Business day that the event belongs to")
        LocalDate businessDate,
    @Key @MaxLength(64) @Label(en = "use", zh = "消费流水") @About("Number of the use") String use,
    @Label(en = "used at", zh = "消费时间") @About("Moment in UTC") Instant usedAt,
    @MaxLength(64)
        @Personal
        @Label(en = "pass", zh = "服务卡")
        @About("Pass that it was taken from: the receipt and line that sold it")
        String pass,
    @MaxLength(64) @Label(en = "goods", zh = "商品") @About("Service used") String goods,
    @MaxLength(64) @Personal @Label(en = "member", zh = "会员") @About("Member, empty where unknown")
        Optional<String> member,
    @Default("1") @Unit("uses") @Label(en = "uses", zh = "次数") @About("Uses taken") long uses,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version,
    @Default("false") @Label(en = "voided", zh = "作废") @About("True where the event was taken back")
        boolean voided)
    implements Event {}
