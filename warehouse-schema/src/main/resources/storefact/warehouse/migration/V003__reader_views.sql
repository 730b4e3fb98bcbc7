-- What readers see. Every view runs with the rights of view_owner: row filters and masks are laid on
-- view_owner's reading of the base tables and ask currentUser(), so that roles and regions come and go
-- without touching a view. FINAL makes a view right at any moment: repeats and older versions do not show.
CREATE VIEW IF NOT EXISTS dw.store {{on cluster}}
(
    store String COMMENT 'Store | store | 门店',
    name String COMMENT 'Name of the store | store name | 门店名称',
    format LowCardinality(String) COMMENT 'Format: hypermarket, convenience, … | format | 业态',
    country LowCardinality(String) COMMENT 'Country | country | 国家',
    province LowCardinality(String) COMMENT 'Province or state | province | 省份',
    city LowCardinality(String) COMMENT 'City | city | 城市',
    district LowCardinality(String) COMMENT 'District of the city | district | 区县',
    region LowCardinality(String) COMMENT 'Sales region; regional managers see their own | region | 大区'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT store, name, format, country, province, city, district, region
FROM star.store FINAL
COMMENT 'One row per store: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.goods {{on cluster}}
(
    goods String COMMENT 'Goods | goods | 商品',
    name String COMMENT 'Name of the goods | goods name | 商品名称',
    department LowCardinality(String) COMMENT 'Category level 1 | department | 一级分类',
    category LowCardinality(String) COMMENT 'Category level 2 | category | 二级分类',
    type LowCardinality(String) COMMENT 'Category level 3 | type | 三级分类',
    brand LowCardinality(String) COMMENT 'Brand, or National / Private where only that is known | brand | 品牌',
    manufacturer LowCardinality(String) COMMENT 'Manufacturer | manufacturer | 生产商',
    package_size LowCardinality(String) COMMENT 'Package size in words | package size | 规格'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT goods, name, department, category, type, brand, manufacturer, package_size
FROM star.goods FINAL
COMMENT 'One row per goods: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.member {{on cluster}}
(
    member String COMMENT 'Member | member | 会员',
    card String COMMENT 'Card of the member | member card | 会员卡',
    name String COMMENT 'Name of the member | name | 姓名',
    age_band LowCardinality(String) COMMENT 'Age band in years | age band | 年龄段',
    income_band LowCardinality(String) COMMENT 'Yearly income band of the household | income band | 收入段',
    home_ownership LowCardinality(String) COMMENT 'Home ownership | home ownership | 住房',
    marital_status LowCardinality(String) COMMENT 'Marital status | marital status | 婚姻状况',
    household_size LowCardinality(String) COMMENT 'Persons in the household | household size | 家庭人数',
    household_composition LowCardinality(String) COMMENT 'Composition of the household | household | 家庭构成',
    children LowCardinality(String) COMMENT 'Number of children | children | 子女数'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT member, card, name, age_band, income_band, home_ownership, marital_status, household_size, household_composition, children
FROM star.member FINAL
COMMENT 'One row per member: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.campaign {{on cluster}}
(
    campaign String COMMENT 'Campaign | campaign | 营销活动',
    kind LowCardinality(String) COMMENT 'Kind of campaign | kind | 类型',
    starts_on Date COMMENT 'First day | starts on | 开始日期',
    ends_on Date COMMENT 'Last day | ends on | 结束日期'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT campaign, kind, starts_on, ends_on
FROM star.campaign FINAL
COMMENT 'One row per campaign: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.sales_line {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store that sold the line | store | 门店',
    business_date Date COMMENT 'Business day that the sale belongs to; may end after midnight | business date | 营业日',
    till LowCardinality(String) COMMENT 'Till within the store | till | 收银台',
    receipt String COMMENT 'Receipt number of the till | receipt | 小票',
    line UInt32 COMMENT 'Line number on the receipt, from 1 | line | 行号',
    sold_at DateTime('UTC') COMMENT 'Moment of sale in UTC | sold at | 销售时间',
    cashier LowCardinality(String) COMMENT 'Cashier, empty where the till does not tell | cashier | 收银员',
    card String COMMENT 'Member card shown, empty for a non-member | member card | 会员卡',
    goods String COMMENT 'Goods sold | goods | 商品',
    quantity Decimal(18, 3) COMMENT 'Quantity sold; 0 for lines that carry only an amount [pieces or kg] | quantity | 数量',
    unit_price Nullable(Decimal(18, 4)) COMMENT 'Price charged per unit, where the till tells it [currency] | unit price | 单价',
    list_price Nullable(Decimal(18, 4)) COMMENT 'Price per unit before discounts, where the till tells it [currency] | list price | 原价',
    net_amount Decimal(18, 2) COMMENT 'What the chain receives for the line [currency] | net amount | 净额',
    retail_discount Decimal(18, 2) COMMENT 'Discount granted by the chain, loyalty card included [currency] | retail discount | 门店折扣',
    coupon_discount Decimal(18, 2) COMMENT 'Manufacturer\'s coupon, paid back to the chain [currency] | coupon discount | 优惠券折扣',
    coupon_match_discount Decimal(18, 2) COMMENT 'What the chain adds to a manufacturer\'s coupon [currency] | coupon match discount | 优惠券加赠折扣',
    promotion LowCardinality(String) COMMENT 'Promotion that priced the line, empty without one | promotion | 促销',
    payment LowCardinality(String) COMMENT 'Payment kinds of the receipt, joined by +, empty where unknown | payment kinds | 支付方式',
    list_amount Decimal(18, 2) COMMENT 'Amount before discounts of the chain: net amount + retail discount + coupon match discount [currency] | list amount | 原价金额',
    paid_amount Decimal(18, 2) COMMENT 'What the customer paid: net amount - coupon discount [currency] | paid amount | 实付金额'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT store, business_date, till, receipt, line, sold_at, cashier, card, goods, quantity, unit_price, list_price, net_amount, retail_discount, coupon_discount, coupon_match_discount, promotion, payment,
    net_amount + retail_discount + coupon_match_discount AS list_amount,
    net_amount - coupon_discount AS paid_amount
FROM star.sales_line FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1
COMMENT 'One row per store, till, receipt, line and business date: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.campaign_member {{on cluster}}
(
    campaign String COMMENT 'Campaign | campaign | 营销活动',
    member String COMMENT 'Member addressed | member | 会员'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT campaign, member
FROM star.campaign_member FINAL
COMMENT 'One row per campaign and member: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.campaign_coupon {{on cluster}}
(
    campaign String COMMENT 'Campaign | campaign | 营销活动',
    coupon String COMMENT 'Coupon | coupon | 优惠券',
    goods String COMMENT 'Goods that the coupon is good for | goods | 商品'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT campaign, coupon, goods
FROM star.campaign_coupon FINAL
COMMENT 'One row per campaign, coupon and goods: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.coupon_redemption {{on cluster}}
(
    campaign String COMMENT 'Campaign | campaign | 营销活动',
    coupon String COMMENT 'Coupon | coupon | 优惠券',
    member String COMMENT 'Member who redeemed it | member | 会员',
    redeemed_on Date COMMENT 'Day of redemption | redeemed on | 核销日期',
    sequence UInt32 COMMENT 'Number within the day, from 1 | sequence | 序号'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT campaign, coupon, member, redeemed_on, sequence
FROM star.coupon_redemption FINAL
COMMENT 'One row per campaign, coupon, member, day and sequence: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.receipt {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store that sold it | store | 门店',
    business_date Date COMMENT 'Business day of the sale | business date | 营业日',
    till LowCardinality(String) COMMENT 'Till within the store | till | 收银台',
    receipt String COMMENT 'Receipt number of the till | receipt | 小票',
    sold_at DateTime('UTC') COMMENT 'Moment of its first line in UTC | sold at | 销售时间',
    card String COMMENT 'Member card shown, empty for a non-member | member card | 会员卡',
    lines UInt64 COMMENT 'Lines on the receipt [lines] | lines | 行数',
    quantity Decimal(38, 3) COMMENT 'Quantity over all lines [pieces or kg] | quantity | 数量',
    net_amount Decimal(38, 2) COMMENT 'What the chain receives [currency] | net amount | 净额',
    list_amount Decimal(38, 2) COMMENT 'Amount before discounts of the chain [currency] | list amount | 原价金额',
    retail_discount Decimal(38, 2) COMMENT 'Discount granted by the chain [currency] | retail discount | 门店折扣',
    coupon_discount Decimal(38, 2) COMMENT 'Manufacturers coupons [currency] | coupon discount | 优惠券折扣',
    coupon_match_discount Decimal(38, 2) COMMENT 'What the chain adds to coupons [currency] | coupon match discount | 优惠券加赠折扣'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT
    store,
    business_date,
    till,
    receipt,
    min(line.sold_at) AS sold_at,
    max(line.card) AS card,
    count() AS lines,
    sum(line.quantity) AS quantity,
    sum(line.net_amount) AS net_amount,
    sum(line.net_amount + line.retail_discount + line.coupon_match_discount) AS list_amount,
    sum(line.retail_discount) AS retail_discount,
    sum(line.coupon_discount) AS coupon_discount,
    sum(line.coupon_match_discount) AS coupon_match_discount
FROM star.sales_line AS line FINAL
GROUP BY store, business_date, till, receipt
SETTINGS do_not_merge_across_partitions_select_final = 1
COMMENT 'One row per store, business date, till and receipt, from its lines, right at any moment';

CREATE VIEW IF NOT EXISTS dw.calendar {{on cluster}}
(
    day Date COMMENT 'Calendar day | day | 日期',
    year UInt16 COMMENT 'Year | year | 年',
    quarter UInt8 COMMENT 'Quarter of the year, 1 to 4 | quarter | 季度',
    month UInt8 COMMENT 'Month of the year, 1 to 12 | month | 月',
    month_start Date COMMENT 'First day of the month | month start | 月初',
    iso_year UInt16 COMMENT 'Year of the ISO 8601 week | ISO year | ISO 年',
    iso_week UInt8 COMMENT 'Week of the year by ISO 8601, 1 to 53 | ISO week | ISO 周',
    week_start Date COMMENT 'Monday of the week | week start | 周一',
    weekday UInt8 COMMENT 'Day of the week, 1 = Monday to 7 = Sunday | weekday | 星期',
    weekend Bool COMMENT 'True on Saturday and Sunday | weekend | 周末',
    day_of_year UInt16 COMMENT 'Day of the year, 1 to 366 | day of year | 年内日序'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT day, year, quarter, month, month_start, iso_year, iso_week, week_start, weekday, weekend, day_of_year
FROM star.calendar FINAL
COMMENT 'One row per calendar day from 2000 to 2050';
