package storefact.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An event of a stored-value card; its balance at any moment follows from its events. Amounts are
 * positive, their direction follows from the kind. Grain: business date and event.
 */
@Stream(value = "card_event", grain = "business date and event", nature = Stream.Nature.FACT)
public record CardEvent(
    @Key
        @Near(days = 2, to = "at")
        @Label(en = "business date", zh = "营业日")
        @About("Business day that the event belongs to")
        LocalDate businessDate,
    @Key
        @MaxLength(64)
        @Label(en = "event", zh = "事件")
        @About("Number of the event in the card system")
        String event,
    @MaxLength(64) @Personal @Label(en = "card", zh = "储值卡") @About("Stored-value card")
        String card,
    @Code
        @OneOf({
          "issue",
          "deposit",
          "withdraw",
          "spend",
          "replace",
          "report_loss",
          "extend",
          "freeze",
          "unfreeze",
          "cancel"
        })
        @Label(en = "kind", zh = "类型")
        @About("What happened")
        String kind,
    @Label(en = "at", zh = "时间") @About("Moment in UTC") Instant at,
    @MaxLength(64) @Personal @Label(en = "member", zh = "会员") @About("Member, empty where unknown")
        Optional<String> member,
    @Code
        @MaxLength(32)
        @Label(en = "store", zh = "门店")
        @About("Store where it happened, empty outside of stores")
        Optional<String> store,
    @MaxLength(64)
        @Label(en = "receipt", zh = "小票")
        @About("Receipt that was paid, empty for others")
        Optional<String> receipt,
    @Scale(2)
        @AtLeast("0")
        @Default("0")
        @Unit("currency")
        @Label(en = "amount", zh = "金额")
        @About("Amount paid in, paid out or spent; what a cancelled or replaced card still held")
        BigDecimal amount,
    @Scale(2)
        @AtLeast("0")
        @Default("0")
        @Unit("currency")
        @Label(en = "bonus", zh = "赠送金额")
        @About("Bonus that the chain adds to a deposit")
        BigDecimal bonus,
    @MaxLength(64)
        @Personal
        @Label(en = "new card", zh = "新卡")
        @About("Card that replaces this one, empty for others")
        Optional<String> newCard,
    @Label(en = "valid until", zh = "有效期至") @About("Last day of validity, for issue and extend")
        Optional<LocalDate> validUntil,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version,
    @Default("false") @Label(en = "voided", zh = "作废") @About("True where the event was taken back")
        boolean voided)
    implements Event {}
