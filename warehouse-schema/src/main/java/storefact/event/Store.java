package storefact.event;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** One store of the chain, a branch or headquarters. Grain: store. */
@Stream(value = "store", grain = "store", nature = Stream.Nature.MASTER)
public record Store(
    @Key @MaxLength(32) @Label(en = "store", zh = "门店") @About("Store") String store,
    @Label(en = "store name", zh = "门店名称") @About("Name of the store") Optional<String> name,
    @Label(en = "Chinese name", zh = "中文名称") @About("Name of the store in Chinese")
        Optional<String> nameZh,
    @Code
        @OneOf({"branch", "headquarters"})
        @Label(en = "kind", zh = "类别")
        @About("Branch or headquarters")
        Optional<String> kind,
    @Code @Label(en = "format", zh = "业态") @About("Format: hypermarket, convenience, …")
        Optional<String> format,
    @Code @Label(en = "country", zh = "国家") @About("Country") Optional<String> country,
    @Code @Label(en = "province", zh = "省份") @About("Province or state") Optional<String> province,
    @Code @Label(en = "city", zh = "城市") @About("City") Optional<String> city,
    @Code @Label(en = "district", zh = "区县") @About("District of the city")
        Optional<String> district,
    @Code @Label(en = "region", zh = "大区") @About("Sales region; regional managers see their own")
        Optional<String> region,
    @Label(en = "opened on", zh = "开业日期") @About("First business day") Optional<LocalDate> openedOn,
    @Label(en = "closed on", zh = "闭店日期") @About("Last business day, empty while open")
        Optional<LocalDate> closedOn,
    @AtLeast("0") @Scale(1) @Unit("m²") @Label(en = "sales area", zh = "营业面积") @About("Sales area")
        Optional<BigDecimal> salesArea,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
