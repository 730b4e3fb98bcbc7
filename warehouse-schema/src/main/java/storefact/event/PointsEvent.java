package storefact.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An event of a member's points account. Points are positive, their direction follows from the
 * kind; those of an adjustment carry their sign. Grain: business date and event.
 */
@Stream(value = "points_event", grain = "business date and event", nature = Stream.Nature.FACT)
public record PointsEvent(
    @Key
        @Near(days = 2, to = "at")
        @Label(en = "business date", zh = "营业日")
        @About("Business day that the event belongs to")
        LocalDate businessDate,
    @Key
        @MaxLength(64)
        @Label(en = "event", zh = "事件")
        @About("Number of the event in the points system")
        String event,
    @MaxLength(64) @Personal @Label(en = "member", zh = "会员") @About("Member") String member,
    @Code
        @OneOf({"earn", "redeem_gift", "redeem_cash", "adjust", "expire"})
        @Label(en = "kind", zh = "类型")
        @About("What happened")
        String kind,
    @Label(en = "at", zh = "时间") @About("Moment in UTC") Instant at,
    @Scale(2)
        @Unit("points")
        @Label(en = "points", zh = "积分")
        @About("Points earned, redeemed or expired; signed for an adjustment")
        BigDecimal points,
    @Code
        @MaxLength(32)
        @Label(en = "store", zh = "门店")
        @About("Store where it happened, empty outside of stores")
        Optional<String> store,
    @MaxLength(64)
        @Label(en = "receipt", zh = "小票")
        @About("Receipt that earned or was paid with them, empty for others")
        Optional<String> receipt,
    @Code
        @MaxLength(64)
        @Label(en = "gift", zh = "礼品")
        @About("Gift that they were redeemed for, empty for others")
        Optional<String> gift,
    @Scale(2)
        @AtLeast("0")
        @Default("0")
        @Unit("currency")
        @Label(en = "cash", zh = "抵扣金额")
        @About("What they were worth as cash")
        BigDecimal cash,
    @Label(en = "expires on", zh = "到期日")
        @About("Day on which points earned lapse, empty for no end")
        Optional<LocalDate> expiresOn,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version,
    @Default("false") @Label(en = "voided", zh = "作废") @About("True where the event was taken back")
        boolean voided)
    implements Event {}
