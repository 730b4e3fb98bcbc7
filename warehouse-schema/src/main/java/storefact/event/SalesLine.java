package storefact.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One line of a till receipt, as the till knew it. Grain: store, till, receipt, line, business
 * date. A newer version replaces an older one; a voided line no longer counts.
 *
 * <p>Amounts: {@code netAmount} is what the chain receives for the line. List amount = net amount +
 * retail discount + coupon match discount. A manufacturer's coupon lowers what the customer pays,
 * not what the chain receives: paid = net amount − coupon discount.
 */
@Stream(
    value = "sales_line",
    grain = "store, till, receipt, line and business date",
    nature = Stream.Nature.FACT,
    lakePeriod = Stream.Period.DAY)
public record SalesLine(
    @Key
        @Code
        @MustExist(Store.class)
        @MaxLength(32)
        @Label(en = "store", zh = "门店")
        @About("Store that sold the line")
        String store,
    @Key
        @Near(days = 2, to = "soldAt")
        @Label(en = "business date", zh = "营业日")
        @About("Business day that the sale belongs to; may end after midnight")
        LocalDate businessDate,
    @Key @Code @MaxLength(32) @Label(en = "till", zh = "收银台") @About("Till within the store")
        String till,
    @Key @MaxLength(64) @Label(en = "receipt", zh = "小票") @About("Receipt number of the till")
        String receipt,
    @Key @Label(en = "line", zh = "行号") @About("Line number on the receipt, from 1") int line,
    @Label(en = "sold at", zh = "销售时间") @About("Moment of sale in UTC") Instant soldAt,
    @Code
        @MaxLength(64)
        @Personal
        @Label(en = "cashier", zh = "收银员")
        @About("Cashier, empty where the till does not tell")
        Optional<String> cashier,
    @MaxLength(64)
        @Personal
        @Label(en = "member card", zh = "会员卡")
        @About("Member card shown, empty for a non-member")
        Optional<String> card,
    @MaxLength(64) @Label(en = "goods", zh = "商品") @About("Goods sold") String goods,
    @Scale(3)
        @AtLeast("0")
        @Unit("pieces or kg")
        @Label(en = "quantity", zh = "数量")
        @About("Quantity sold; 0 for lines that carry only an amount")
        BigDecimal quantity,
    @Scale(4)
        @AtLeast("0")
        @Unit("currency")
        @Label(en = "unit price", zh = "单价")
        @About("Price charged per unit, where the till tells it")
        Optional<BigDecimal> unitPrice,
    @Scale(4)
        @AtLeast("0")
        @Unit("currency")
        @Label(en = "list price", zh = "原价")
        @About("Price per unit before discounts, where the till tells it")
        Optional<BigDecimal> listPrice,
    @Scale(2)
        @AtLeast("0")
        @Unit("currency")
        @Label(en = "net amount", zh = "净额")
        @About("What the chain receives for the line")
        BigDecimal netAmount,
    @Scale(2)
        @AtLeast("0")
        @Default("0")
        @Unit("currency")
        @Label(en = "retail discount", zh = "门店折扣")
        @About("Discount granted by the chain, loyalty card included")
        BigDecimal retailDiscount,
    @Scale(2)
        @AtLeast("0")
        @Default("0")
        @Unit("currency")
        @Label(en = "coupon discount", zh = "优惠券折扣")
        @About("Manufacturer's coupon, paid back to the chain")
        BigDecimal couponDiscount,
    @Scale(2)
        @AtLeast("0")
        @Default("0")
        @Unit("currency")
        @Label(en = "coupon match discount", zh = "优惠券加赠折扣")
        @About("What the chain adds to a manufacturer's coupon")
        BigDecimal couponMatchDiscount,
    @Code
        @MaxLength(64)
        @Label(en = "promotion", zh = "促销")
        @About("Promotion that priced the line, empty without one")
        Optional<String> promotion,
    @Code
        @MaxLength(64)
        @Label(en = "payment kinds", zh = "支付方式")
        @About("Payment kinds of the receipt, joined by +, empty where unknown")
        Optional<String> payment,
    @Default("1")
        @Label(en = "version", zh = "版本")
        @About("Version of the line; the highest one counts")
        long version,
    @Default("false")
        @Label(en = "voided", zh = "作废")
        @About("True where the till took the line back")
        boolean voided)
    implements Event {}
