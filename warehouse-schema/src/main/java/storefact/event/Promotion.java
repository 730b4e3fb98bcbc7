package storefact.event;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** One promotion of the chain. Grain: promotion. */
@Stream(value = "promotion", grain = "promotion", nature = Stream.Nature.MASTER)
public record Promotion(
    @Key @Code @MaxLength(64) @Label(en = "promotion", zh = "促销") @About("Promotion")
        String promotion,
    @Label(en = "name", zh = "名称") @About("Name of the promotion") Optional<String> name,
    @Label(en = "Chinese name", zh = "中文名称") @About("Name of the promotion in Chinese")
        Optional<String> nameZh,
    @Code
        @OneOf({"price", "display", "mailer", "gift"})
        @Label(en = "kind", zh = "类别")
        @About("Kind of promotion")
        String kind,
    @Label(en = "starts on", zh = "开始日期") @About("First day") LocalDate startsOn,
    @Label(en = "ends on", zh = "结束日期") @About("Last day") LocalDate endsOn,
    @Scale(4)
        @AtLeast("0")
        @Unit("share of the list price")
        @Label(en = "discount", zh = "折扣率")
        @About("Discount granted")
        Optional<BigDecimal> discount,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
