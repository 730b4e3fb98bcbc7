-- Sales as they were described on their day, and the keys that nobody knows yet. Cards of alliance
-- partners are known, though no member holds them.
CREATE VIEW IF NOT EXISTS dw.sale {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store that sold the line | store | 门店',
    business_date Date COMMENT 'Business day that the sale belongs to; may end after midnight | business date | 营业日',
    till LowCardinality(String) COMMENT 'Till within the store | till | 收银台',
    receipt String COMMENT 'Receipt number of the till | receipt | 小票',
    line UInt32 COMMENT 'Line number on the receipt, from 1 | line | 行号',
    sold_at DateTime('UTC') COMMENT 'Moment of sale in UTC | sold at | 销售时间',
    region String COMMENT 'Sales region of the store, unknown until its row is there | region | 大区',
    province String COMMENT 'Province of the store, unknown until its row is there | province | 省份',
    city String COMMENT 'City of the store, unknown until its row is there | city | 城市',
    format String COMMENT 'Format of the store, unknown until its row is there | format | 业态',
    member String COMMENT 'Member, empty for a non-member, partner for the card of an alliance partner, unknown until the row of the card is there | member | 会员',
    community String COMMENT 'Community that the member lived in on that day, unknown until the row of the card is there | community | 小区',
    goods String COMMENT 'Goods sold | goods | 商品',
    goods_name String COMMENT 'Name of the goods on that day, unknown until their row is there | goods name | 商品名称',
    department String COMMENT 'Category level 1 on that day, unknown until the row of the goods is there | department | 一级分类',
    category String COMMENT 'Category level 2 on that day, unknown until the row of the goods is there | category | 二级分类',
    type String COMMENT 'Category level 3 on that day, unknown until the row of the goods is there | type | 三级分类',
    brand String COMMENT 'Brand on that day, unknown until the row of the goods is there | brand | 品牌',
    quantity Decimal(18, 3) COMMENT 'Quantity sold; 0 for lines that carry only an amount [pieces or kg] | quantity | 数量',
    net_amount Decimal(18, 2) COMMENT 'What the chain receives for the line [currency] | net amount | 净额',
    list_amount Decimal(18, 2) COMMENT 'Amount before discounts of the chain [currency] | list amount | 原价金额',
    promotion LowCardinality(String) COMMENT 'Promotion that priced the line, empty without one | promotion | 促销'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS WITH arrayExists(prefix -> startsWith(line.card, prefix), (SELECT groupArray(card_prefix) FROM star.partner FINAL)) AS of_partner
SELECT
    line.store AS store,
    line.business_date AS business_date,
    line.till AS till,
    line.receipt AS receipt,
    line.line AS line,
    line.sold_at AS sold_at,
    if(branch.store = '', 'unknown', branch.region) AS region,
    if(branch.store = '', 'unknown', branch.province) AS province,
    if(branch.store = '', 'unknown', branch.city) AS city,
    if(branch.store = '', 'unknown', branch.format) AS format,
    multiIf(line.card = '', '', holder.member != '', holder.member, of_partner, 'partner', 'unknown') AS member,
    multiIf(line.card = '' OR of_partner, '', resident.member = '', 'unknown', resident.community) AS community,
    line.goods AS goods,
    if(article.goods = '', 'unknown', article.name) AS goods_name,
    if(article.goods = '', 'unknown', article.department) AS department,
    if(article.goods = '', 'unknown', article.category) AS category,
    if(article.goods = '', 'unknown', article.type) AS type,
    if(article.goods = '', 'unknown', article.brand) AS brand,
    line.quantity AS quantity,
    line.net_amount AS net_amount,
    line.net_amount + line.retail_discount + line.coupon_match_discount AS list_amount,
    line.promotion AS promotion
FROM star.sales_line AS line FINAL
LEFT JOIN (SELECT store, region, province, city, format FROM star.store FINAL) AS branch ON branch.store = line.store
LEFT JOIN
(
    SELECT card, argMax(star.member.member, (valid_from, version)) AS member FROM star.member FINAL GROUP BY card
) AS holder ON holder.card = line.card
ASOF LEFT JOIN
(
    SELECT member, community, if(valid_from = min(valid_from) OVER (PARTITION BY member), toDate(0), valid_from) AS holds_from
    FROM star.member FINAL
) AS resident ON resident.member = holder.member AND line.business_date >= resident.holds_from
ASOF LEFT JOIN
(
    SELECT goods, name, department, category, type, brand,
        if(valid_from = min(valid_from) OVER (PARTITION BY goods), toDate(0), valid_from) AS holds_from
    FROM star.goods FINAL
) AS article ON article.goods = line.goods AND line.business_date >= article.holds_from
SETTINGS do_not_merge_across_partitions_select_final = 1
COMMENT 'One row per sales line, described by what held on its day; what is not known yet reads unknown and heals when its row arrives. A first row of goods or member holds before its day, too';

CREATE VIEW IF NOT EXISTS dw.unknown_key {{on cluster}}
(
    stream LowCardinality(String) COMMENT 'Stream whose events name the key | stream | 数据流',
    kind LowCardinality(String) COMMENT 'What kind of row is missing | kind | 类别',
    key String COMMENT 'Key that no row has | key | 键',
    events UInt64 COMMENT 'Events that name it [events] | events | 事件数',
    first_date Date COMMENT 'First business day of them | first date | 首日',
    last_date Date COMMENT 'Last business day of them | last date | 末日'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT stream, kind, key, sum(n) AS events, min(first) AS first_date, max(last) AS last_date
FROM
(
    SELECT 'sales_line' AS stream, 'goods' AS kind, goods AS key, count() AS n, min(business_date) AS first, max(business_date) AS last
    FROM star.sales_line FINAL WHERE goods NOT IN (SELECT goods FROM star.goods) GROUP BY goods
    UNION ALL
    SELECT 'sales_line', 'member card', card, count(), min(business_date), max(business_date)
    FROM star.sales_line FINAL WHERE card != '' AND card NOT IN (SELECT card FROM star.member FINAL) AND NOT arrayExists(prefix -> startsWith(card, prefix), (SELECT groupArray(card_prefix) FROM star.partner FINAL)) GROUP BY card
    UNION ALL
    SELECT 'return_line', 'goods', goods, count(), min(business_date), max(business_date)
    FROM star.return_line FINAL WHERE goods NOT IN (SELECT goods FROM star.goods) GROUP BY goods
    UNION ALL
    SELECT 'return_line', 'member card', card, count(), min(business_date), max(business_date)
    FROM star.return_line FINAL WHERE card != '' AND card NOT IN (SELECT card FROM star.member FINAL) AND NOT arrayExists(prefix -> startsWith(card, prefix), (SELECT groupArray(card_prefix) FROM star.partner FINAL)) GROUP BY card
    UNION ALL
    SELECT 'stock_movement', 'goods', goods, count(), min(business_date), max(business_date)
    FROM star.stock_movement FINAL WHERE goods NOT IN (SELECT goods FROM star.goods) GROUP BY goods
    UNION ALL
    SELECT 'service_use', 'goods', goods, count(), min(business_date), max(business_date)
    FROM star.service_use FINAL WHERE goods NOT IN (SELECT goods FROM star.goods) GROUP BY goods
    UNION ALL
    SELECT 'card_event', 'member', member, count(), min(business_date), max(business_date)
    FROM star.card_event FINAL WHERE member != '' AND member NOT IN (SELECT member FROM star.member) GROUP BY member
    UNION ALL
    SELECT 'points_event', 'member', member, count(), min(business_date), max(business_date)
    FROM star.points_event FINAL WHERE member NOT IN (SELECT member FROM star.member) GROUP BY member
    UNION ALL
    SELECT 'follow_up', 'member', member, count(), min(business_date), max(business_date)
    FROM star.follow_up FINAL WHERE member NOT IN (SELECT member FROM star.member) GROUP BY member
)
GROUP BY stream, kind, key
COMMENT 'One row per stream, kind and key that events name and no row of goods or members has: empty once everything has arrived';
