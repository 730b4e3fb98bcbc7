-- on every node
CREATE TABLE IF NOT EXISTS star.store {{on cluster}}
(
    store String COMMENT 'Store | store | 门店',
    name String COMMENT 'Name of the store | store name | 门店名称',
    format LowCardinality(String) COMMENT 'Format: hypermarket, convenience, … | format | 业态',
    country LowCardinality(String) COMMENT 'Country | country | 国家',
    province LowCardinality(String) COMMENT 'Province or state | province | 省份',
    city LowCardinality(String) COMMENT 'City | city | 城市',
    district LowCardinality(String) COMMENT 'District of the city | district | 区县',
    region LowCardinality(String) COMMENT 'Sales region; regional managers see their own | region | 大区',
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本'
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (store)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per store. Source: stream store. Several versions may stand here; read dw.store';

-- on every node
CREATE TABLE IF NOT EXISTS star.goods {{on cluster}}
(
    goods String COMMENT 'Goods | goods | 商品',
    name String COMMENT 'Name of the goods | goods name | 商品名称',
    department LowCardinality(String) COMMENT 'Category level 1 | department | 一级分类',
    category LowCardinality(String) COMMENT 'Category level 2 | category | 二级分类',
    type LowCardinality(String) COMMENT 'Category level 3 | type | 三级分类',
    brand LowCardinality(String) COMMENT 'Brand, or National / Private where only that is known | brand | 品牌',
    manufacturer LowCardinality(String) COMMENT 'Manufacturer | manufacturer | 生产商',
    package_size LowCardinality(String) COMMENT 'Package size in words | package size | 规格',
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本'
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (goods)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per goods. Source: stream goods. Several versions may stand here; read dw.goods';

-- on every node
CREATE TABLE IF NOT EXISTS star.member {{on cluster}}
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
    children LowCardinality(String) COMMENT 'Number of children | children | 子女数',
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本'
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (member)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per member. Source: stream member. Several versions may stand here; read dw.member';

-- on every node
CREATE TABLE IF NOT EXISTS star.campaign {{on cluster}}
(
    campaign String COMMENT 'Campaign | campaign | 营销活动',
    kind LowCardinality(String) COMMENT 'Kind of campaign | kind | 类型',
    starts_on Date COMMENT 'First day | starts on | 开始日期',
    ends_on Date COMMENT 'Last day | ends on | 结束日期',
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本'
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (campaign)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per campaign. Source: stream campaign. Several versions may stand here; read dw.campaign';

-- sharded by cityHash64(store)
CREATE TABLE IF NOT EXISTS star.sales_line {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store that sold the line | store | 门店' CODEC(ZSTD(1)),
    business_date Date COMMENT 'Business day that the sale belongs to; may end after midnight | business date | 营业日' CODEC(Delta(2), ZSTD(1)),
    till LowCardinality(String) COMMENT 'Till within the store | till | 收银台' CODEC(ZSTD(1)),
    receipt String COMMENT 'Receipt number of the till | receipt | 小票' CODEC(ZSTD(1)),
    line UInt32 COMMENT 'Line number on the receipt, from 1 | line | 行号' CODEC(Delta(4), ZSTD(1)),
    sold_at DateTime('UTC') COMMENT 'Moment of sale in UTC | sold at | 销售时间' CODEC(Delta(4), ZSTD(1)),
    cashier LowCardinality(String) COMMENT 'Cashier, empty where the till does not tell | cashier | 收银员' CODEC(ZSTD(1)),
    card String COMMENT 'Member card shown, empty for a non-member | member card | 会员卡' CODEC(ZSTD(1)),
    goods String COMMENT 'Goods sold | goods | 商品' CODEC(ZSTD(1)),
    quantity Decimal(18, 3) COMMENT 'Quantity sold; 0 for lines that carry only an amount [pieces or kg] | quantity | 数量' CODEC(ZSTD(1)),
    unit_price Nullable(Decimal(18, 4)) COMMENT 'Price charged per unit, where the till tells it [currency] | unit price | 单价' CODEC(ZSTD(1)),
    list_price Nullable(Decimal(18, 4)) COMMENT 'Price per unit before discounts, where the till tells it [currency] | list price | 原价' CODEC(ZSTD(1)),
    net_amount Decimal(18, 2) COMMENT 'What the chain receives for the line [currency] | net amount | 净额' CODEC(ZSTD(1)),
    retail_discount Decimal(18, 2) COMMENT 'Discount granted by the chain, loyalty card included [currency] | retail discount | 门店折扣' CODEC(ZSTD(1)),
    coupon_discount Decimal(18, 2) COMMENT 'Manufacturer\'s coupon, paid back to the chain [currency] | coupon discount | 优惠券折扣' CODEC(ZSTD(1)),
    coupon_match_discount Decimal(18, 2) COMMENT 'What the chain adds to a manufacturer\'s coupon [currency] | coupon match discount | 优惠券加赠折扣' CODEC(ZSTD(1)),
    promotion LowCardinality(String) COMMENT 'Promotion that priced the line, empty without one | promotion | 促销' CODEC(ZSTD(1)),
    payment LowCardinality(String) COMMENT 'Payment kinds of the receipt, joined by +, empty where unknown | payment kinds | 支付方式' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version of the line; the highest one counts | version | 版本' CODEC(ZSTD(1)),
    voided Bool COMMENT 'True where the till took the line back | voided | 作废' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version, voided)}}
PARTITION BY toYYYYMM(business_date)
ORDER BY (store, business_date, till, receipt, line)
SETTINGS non_replicated_deduplication_window = 10000, min_age_to_force_merge_seconds = 600, min_age_to_force_merge_on_partition_only = 1
COMMENT 'One row per store, till, receipt, line and business date. Source: stream sales_line. Several versions may stand here; read dw.sales_line';

-- sharded by cityHash64(campaign)
CREATE TABLE IF NOT EXISTS star.campaign_member {{on cluster}}
(
    campaign String COMMENT 'Campaign | campaign | 营销活动',
    member String COMMENT 'Member addressed | member | 会员',
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本'
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (campaign, member)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per campaign and member. Source: stream campaign_member. Several versions may stand here; read dw.campaign_member';

-- sharded by cityHash64(campaign)
CREATE TABLE IF NOT EXISTS star.campaign_coupon {{on cluster}}
(
    campaign String COMMENT 'Campaign | campaign | 营销活动',
    coupon String COMMENT 'Coupon | coupon | 优惠券',
    goods String COMMENT 'Goods that the coupon is good for | goods | 商品',
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本'
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (campaign, coupon, goods)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per campaign, coupon and goods. Source: stream campaign_coupon. Several versions may stand here; read dw.campaign_coupon';

-- sharded by cityHash64(campaign)
CREATE TABLE IF NOT EXISTS star.coupon_redemption {{on cluster}}
(
    campaign String COMMENT 'Campaign | campaign | 营销活动',
    coupon String COMMENT 'Coupon | coupon | 优惠券',
    member String COMMENT 'Member who redeemed it | member | 会员',
    redeemed_on Date COMMENT 'Day of redemption | redeemed on | 核销日期',
    sequence UInt32 COMMENT 'Number within the day, from 1 | sequence | 序号',
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本'
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (campaign, coupon, member, redeemed_on, sequence)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per campaign, coupon, member, day and sequence. Source: stream coupon_redemption. Several versions may stand here; read dw.coupon_redemption';

-- on every node
CREATE TABLE IF NOT EXISTS star.calendar {{on cluster}}
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
ENGINE = {{engine ReplacingMergeTree}}
ORDER BY day
COMMENT 'One row per calendar day from 2000 to 2050';

INSERT INTO star.calendar
SELECT
    toDate('2000-01-01') + number AS day,
    toYear(day),
    toQuarter(day),
    toMonth(day),
    toStartOfMonth(day),
    toISOYear(day),
    toISOWeek(day),
    toMonday(day),
    toDayOfWeek(day),
    toDayOfWeek(day) >= 6,
    toDayOfYear(day)
FROM numbers(dateDiff('day', toDate('2000-01-01'), toDate('2051-01-01')));
