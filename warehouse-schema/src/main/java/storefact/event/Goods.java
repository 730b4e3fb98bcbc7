package storefact.event;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One article of the goods master with its place in the three-level category tree: physical goods,
 * count-based services (ten washes) and time-based ones (a monthly pass). Grain: goods and first
 * day of validity, so that history is kept (slowly changing dimension of type 2).
 */
@Stream(value = "goods", grain = "goods and day from which it holds", nature = Stream.Nature.MASTER)
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
    @Key
        @Default("1970-01-01")
        @Label(en = "valid from", zh = "生效日期")
        @About("First day on which this row holds; the row before it ends the day before")
        LocalDate validFrom,
    @Label(en = "Chinese name", zh = "中文名称") @About("Name of the goods in Chinese")
        Optional<String> nameZh,
    @Code
        @OneOf({"physical", "count", "time"})
        @Default("physical")
        @Label(en = "kind", zh = "类别")
        @About("Physical goods, count-based or time-based service")
        String kind,
    @Default("0")
        @Unit("uses")
        @Label(en = "uses", zh = "可用次数")
        @About("Uses that a count-based service holds, 0 for others")
        long uses,
    @Default("0")
        @Unit("days")
        @Label(en = "days", zh = "有效天数")
        @About("Days that a service lasts, 0 for no end")
        long days,
    @Scale(4)
        @AtLeast("0")
        @Unit("currency")
        @Label(en = "list price", zh = "原价")
        @About("Price per unit before discounts")
        Optional<BigDecimal> listPrice,
    @Scale(4)
        @AtLeast("0")
        @Unit("currency")
        @Label(en = "unit cost", zh = "成本")
        @About("Cost per unit")
        Optional<BigDecimal> unitCost,
    @Scale(3)
        @AtLeast("0")
        @Unit("days")
        @Label(en = "lead time", zh = "补货周期")
        @About("Days from order to delivery")
        Optional<BigDecimal> leadTime,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
