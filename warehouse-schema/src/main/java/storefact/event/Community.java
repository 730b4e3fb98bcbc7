package storefact.event;

import java.util.Optional;

/** One residential community (小区) with the number of its households. Grain: community. */
@Stream(value = "community", grain = "community", nature = Stream.Nature.MASTER)
public record Community(
    @Key @Code @Label(en = "community", zh = "小区") @About("Community") String community,
    @Label(en = "name", zh = "名称") @About("Name of the community") Optional<String> name,
    @Label(en = "Chinese name", zh = "中文名称") @About("Name of the community in Chinese")
        Optional<String> nameZh,
    @Code @Label(en = "country", zh = "国家") @About("Country") Optional<String> country,
    @Code @Label(en = "province", zh = "省份") @About("Province or state") Optional<String> province,
    @Code @Label(en = "city", zh = "城市") @About("City") Optional<String> city,
    @Code @Label(en = "district", zh = "区县") @About("District of the city")
        Optional<String> district,
    @Default("0")
        @Unit("households")
        @Label(en = "households", zh = "户数")
        @About("Households that live there")
        long households,
    @Code
        @MaxLength(32)
        @Label(en = "nearest store", zh = "最近门店")
        @About("Store of the chain that is nearest")
        Optional<String> nearestStore,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
