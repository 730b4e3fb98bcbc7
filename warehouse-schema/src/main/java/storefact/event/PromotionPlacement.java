package storefact.event;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Goods shown in a store or in the mailer for some days. Grain: store, goods, first day, display
 * and mailer.
 */
@Stream(
    value = "promotion_placement",
    grain = "store, goods, first day, display and mailer",
    nature = Stream.Nature.FACT)
public record PromotionPlacement(
    @Key
        @Code
        @MustExist(Store.class)
        @MaxLength(32)
        @Label(en = "store", zh = "门店")
        @About("Store")
        String store,
    @Key @MaxLength(64) @Label(en = "goods", zh = "商品") @About("Goods shown") String goods,
    @Key @Label(en = "starts on", zh = "开始日期") @About("First day") LocalDate startsOn,
    @Label(en = "ends on", zh = "结束日期") @About("Last day") LocalDate endsOn,
    @Key
        @Code
        @Label(en = "display", zh = "陈列位置")
        @About("Place of display in the store, empty for none")
        Optional<String> display,
    @Key @Code @Label(en = "mailer", zh = "海报位置") @About("Place in the mailer, empty for none")
        Optional<String> mailer,
    @Code
        @MaxLength(64)
        @Label(en = "promotion", zh = "促销")
        @About("Promotion that it belongs to, empty where unknown")
        Optional<String> promotion,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
