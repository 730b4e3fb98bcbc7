package storefact.event;

import java.util.Optional;

/** One article of the goods master, with its place in the three-level category tree. */
@Stream(value = "goods", grain = "goods", nature = Stream.Nature.MASTER)
public record Goods(
    @Key @MaxLength(64) @Label(en = "goods", zh = "商品") @About("Goods") String goods,
    @Label(en = "goods name", zh = "商品名称") @About("Name of the goods") Optional<String> name,
    @Code @Label(en = "department", zh = "一级分类") @About("Category level 1")
        Optional<String> department,
    @Code @Label(en = "category", zh = "二级分类") @About("Category level 2") Optional<String> category,
    @Code @Label(en = "type", zh = "三级分类") @About("Category level 3") Optional<String> type,
    @Code
        @Label(en = "brand", zh = "品牌")
        @About("Brand, or National / Private where only that is known")
        Optional<String> brand,
    @Code @Label(en = "manufacturer", zh = "生产商") @About("Manufacturer")
        Optional<String> manufacturer,
    @Code @Label(en = "package size", zh = "规格") @About("Package size in words")
        Optional<String> packageSize,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
