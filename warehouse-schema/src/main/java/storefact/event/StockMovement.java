package storefact.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A movement of stock other than a sale or a return at the till. Quantities are positive, their
 * direction follows from the kind; a count says what lay on the shelf. Grain: store, business date
 * and movement.
 */
@Stream(
    value = "stock_movement",
    grain = "store, business date and movement",
    nature = Stream.Nature.FACT)
public record StockMovement(
    @Key
        @Code
        @MustExist(Store.class)
        @MaxLength(32)
        @Label(en = "store", zh = "门店")
        @About("Store whose stock moved")
        String store,
    @Key
        @Near(days = 2, to = "at")
        @Label(en = "business date", zh = "营业日")
        @About("Business day that the event belongs to")
        LocalDate businessDate,
    @Key @MaxLength(64) @Label(en = "movement", zh = "流水号") @About("Number of the movement")
        String movement,
    @Code
        @OneOf({"receipt", "issue", "transfer_in", "transfer_out", "count", "spoilage"})
        @Label(en = "kind", zh = "类型")
        @About("What happened")
        String kind,
    @Label(en = "at", zh = "时间") @About("Moment in UTC") Instant at,
    @MaxLength(64) @Label(en = "goods", zh = "商品") @About("Goods moved or counted") String goods,
    @Scale(3)
        @AtLeast("0")
        @Unit("pieces or kg")
        @Label(en = "quantity", zh = "数量")
        @About("Quantity moved, or counted")
        BigDecimal quantity,
    @Code
        @MaxLength(32)
        @Label(en = "other store", zh = "对方门店")
        @About("Store at the other end of a transfer, empty for others")
        Optional<String> otherStore,
    @Scale(4)
        @AtLeast("0")
        @Unit("currency")
        @Label(en = "unit cost", zh = "成本")
        @About("Cost per unit of a receipt")
        Optional<BigDecimal> unitCost,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version,
    @Default("false") @Label(en = "voided", zh = "作废") @About("True where the event was taken back")
        boolean voided)
    implements Event {}
