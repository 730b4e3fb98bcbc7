package storefact.event;

import java.math.BigDecimal;
import java.time.LocalDate;

/** What a store is to sell in a month. Grain: store, month and department. */
@Stream(value = "sales_target", grain = "store, month and department", nature = Stream.Nature.FACT)
public record SalesTarget(
    @Key
        @Code
        @MustExist(Store.class)
        @MaxLength(32)
        @Label(en = "store", zh = "门店")
        @About("Store")
        String store,
    @Key @Label(en = "month", zh = "月份") @About("First day of the month") LocalDate month,
    @Key
        @Code
        @Default("all")
        @Label(en = "department", zh = "一级分类")
        @About("Category level 1, all for the whole store")
        String department,
    @Scale(2)
        @AtLeast("0")
        @Unit("currency")
        @Label(en = "net amount", zh = "净额")
        @About("Net sales to reach")
        BigDecimal netAmount,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
