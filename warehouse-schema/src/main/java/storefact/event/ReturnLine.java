package storefact.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One line that a customer brought back, naming the line that had sold it. It counts on the day of
 * the return. Grain: store, till, receipt, line and business date of the return.
 */
@Stream(
    value = "return_line",
    grain = "store, till, receipt, line and business date of the return",
    nature = Stream.Nature.FACT)
public record ReturnLine(
    @Key
        @Code
        @MustExist(Store.class)
        @MaxLength(32)
        @Label(en = "store", zh = "门店")
        @About("Store that took it back")
        String store,
    @Key
        @Near(days = 2, to = "returnedAt")
        @Label(en = "business date", zh = "营业日")
        @About("Business day of the return")
        LocalDate businessDate,
    @Key @Code @MaxLength(32) @Label(en = "till", zh = "收银台") @About("Till within the store")
        String till,
    @Key @MaxLength(64) @Label(en = "receipt", zh = "小票") @About("Receipt of the return")
        String receipt,
    @Key @Label(en = "line", zh = "行号") @About("Line number on that receipt, from 1") int line,
    @Label(en = "returned at", zh = "退货时间") @About("Moment of the return in UTC")
        Instant returnedAt,
    @Code
        @MaxLength(32)
        @Label(en = "original store", zh = "原门店")
        @About("Store that had sold it, empty without a receipt")
        Optional<String> originalStore,
    @Label(en = "original date", zh = "原营业日") @About("Business day of the sale")
        Optional<LocalDate> originalBusinessDate,
    @Code @MaxLength(32) @Label(en = "original till", zh = "原收银台") @About("Till of the sale")
        Optional<String> originalTill,
    @MaxLength(64) @Label(en = "original receipt", zh = "原小票") @About("Receipt of the sale")
        Optional<String> originalReceipt,
    @Default("0")
        @Label(en = "original line", zh = "原行号")
        @About("Line of the sale, 0 where unknown")
        int originalLine,
    @MaxLength(64)
        @Personal
        @Label(en = "member card", zh = "会员卡")
        @About("Member card shown, empty for a non-member")
        Optional<String> card,
    @MaxLength(64) @Label(en = "goods", zh = "商品") @About("Goods returned") String goods,
    @Scale(3)
        @AtLeast("0")
        @Unit("pieces or kg")
        @Label(en = "quantity", zh = "数量")
        @About("Quantity returned")
        BigDecimal quantity,
    @Scale(2)
        @AtLeast("0")
        @Unit("currency")
        @Label(en = "net amount", zh = "净额")
        @About("What the chain gives up of the net amount of the sale")
        BigDecimal netAmount,
    @Code @Label(en = "reason", zh = "退货原因") @About("Reason given") Optional<String> reason,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version,
    @Default("false") @Label(en = "voided", zh = "作废") @About("True where the event was taken back")
        boolean voided)
    implements Event {}
