-- The clock by which a store's hours are told: the one place that knows it.
CREATE VIEW IF NOT EXISTS dw.store_clock {{on cluster}}
(
    store String COMMENT 'Store | store | 门店',
    time_zone LowCardinality(String) COMMENT 'Time zone of the store: Asia/Shanghai in China; else America/New_York, where the Complete Journey was recorded, which tells no country | time zone | 时区'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT store, if(country IN ('China', '中国', 'CN'), 'Asia/Shanghai', 'America/New_York') AS time_zone
FROM star.store FINAL
COMMENT 'One row per store: the clock by which its hours are told';

-- Payment kinds, for the cash book.
CREATE OR REPLACE VIEW dw.turnover_line {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store that sold or took back | store | 门店',
    business_date Date COMMENT 'Business day of the sale, or of the return | business date | 营业日',
    till LowCardinality(String) COMMENT 'Till within the store | till | 收银台',
    receipt String COMMENT 'Receipt of the sale, or of the return | receipt | 小票',
    line UInt32 COMMENT 'Line number on the receipt | line | 行号',
    kind LowCardinality(String) COMMENT 'sale or return | kind | 类别',
    at DateTime('UTC') COMMENT 'Moment in UTC | at | 时间',
    cashier LowCardinality(String) COMMENT 'Cashier, empty for returns and where the till does not tell | cashier | 收银员',
    card String COMMENT 'Member card shown, empty for a non-member | member card | 会员卡',
    goods String COMMENT 'Goods | goods | 商品',
    promotion LowCardinality(String) COMMENT 'Promotion that priced the sale, empty without one | promotion | 促销',
    quantity Decimal(18, 3) COMMENT 'Quantity, negative for a return [pieces or kg] | quantity | 数量',
    net_amount Decimal(18, 2) COMMENT 'What the chain receives, negative for a return [currency] | net amount | 净额',
    list_amount Decimal(18, 2) COMMENT 'Amount before discounts of the chain, 0 for a return [currency] | list amount | 原价金额',
    retail_discount Decimal(18, 2) COMMENT 'Discount granted by the chain, 0 for a return [currency] | retail discount | 门店折扣',
    coupon_discount Decimal(18, 2) COMMENT 'Manufacturers coupon, paid back to the chain, 0 for a return [currency] | coupon discount | 优惠券折扣',
    coupon_match_discount Decimal(18, 2) COMMENT 'What the chain adds to a coupon, 0 for a return [currency] | coupon match discount | 优惠券加赠折扣',
    returned_amount Decimal(18, 2) COMMENT 'What the chain gives up by a return, 0 for a sale [currency] | returned amount | 退货金额',
    returned_quantity Decimal(18, 3) COMMENT 'Quantity returned, 0 for a sale [pieces or kg] | returned quantity | 退货数量',
    payment LowCardinality(String) COMMENT 'Payment kinds of the receipt, joined by +, empty for returns and where unknown | payment kinds | 支付方式'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT store, business_date, till, receipt, line, 'sale' AS kind, sold_at AS at, cashier, card, goods, promotion, quantity, net_amount,
    net_amount + retail_discount + coupon_match_discount AS list_amount,
    retail_discount, coupon_discount, coupon_match_discount,
    toDecimal64(0, 2) AS returned_amount, toDecimal64(0, 3) AS returned_quantity, payment
FROM star.sales_line FINAL
UNION ALL
SELECT store, business_date, till, receipt, line, 'return', returned_at, '', card, goods, '', -quantity, -net_amount,
    toDecimal64(0, 2), toDecimal64(0, 2), toDecimal64(0, 2), toDecimal64(0, 2), net_amount, quantity, ''
FROM star.return_line FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1
COMMENT 'One row per sales line and one per return line, whose amounts are negative: sums are net of returns, each on its own day';
