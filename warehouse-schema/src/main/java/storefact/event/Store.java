package storefact.event;

import java.util.Optional;

/** One store of the chain. Grain: store. */
@Stream(value = "store", grain = "store", nature = Stream.Nature.MASTER)
public record Store(
    @Key @MaxLength(32) @Label(en = "store", zh = "门店") @About("Store") String store,
    @Label(en = "store name", zh = "门店名称") @About("Name of the store") Optional<String> name,
    @Code @Label(en = "format", zh = "业态") @About("Format: hypermarket, convenience, …")
        Optional<String> format,
    @Code @Label(en = "country", zh = "国家") @About("Country") Optional<String> country,
    @Code @Label(en = "province", zh = "省份") @About("Province or state") Optional<String> province,
    @Code @Label(en = "city", zh = "城市") @About("City") Optional<String> city,
    @Code @Label(en = "district", zh = "区县") @About("District of the city")
        Optional<String> district,
    @Code @Label(en = "region", zh = "大区") @About("Sales region; regional managers see their own")
        Optional<String> region,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
