-- The whole chain: what was missing of stores, goods and members, the other streams, and the views over them.
-- Goods and members keep their history: a row holds from its valid_from until the day before the next one.

ALTER TABLE star.store {{on cluster}}
    ADD COLUMN IF NOT EXISTS name_zh String COMMENT 'Name of the store in Chinese | Chinese name | 中文名称' AFTER name,
    ADD COLUMN IF NOT EXISTS kind LowCardinality(String) COMMENT 'Branch or headquarters | kind | 类别' AFTER name_zh,
    ADD COLUMN IF NOT EXISTS opened_on Nullable(Date) COMMENT 'First business day | opened on | 开业日期' AFTER region,
    ADD COLUMN IF NOT EXISTS closed_on Nullable(Date) COMMENT 'Last business day, empty while open | closed on | 闭店日期' AFTER opened_on,
    ADD COLUMN IF NOT EXISTS sales_area Nullable(Decimal(18, 1)) COMMENT 'Sales area [m²] | sales area | 营业面积' AFTER closed_on;

ALTER TABLE star.goods {{on cluster}}
    ADD COLUMN IF NOT EXISTS valid_from Date COMMENT 'First day on which this row holds; the row before it ends the day before | valid from | 生效日期' AFTER package_size,
    ADD COLUMN IF NOT EXISTS name_zh String COMMENT 'Name of the goods in Chinese | Chinese name | 中文名称' AFTER valid_from,
    ADD COLUMN IF NOT EXISTS kind LowCardinality(String) DEFAULT 'physical' COMMENT 'Physical goods, count-based or time-based service | kind | 类别' AFTER name_zh,
    ADD COLUMN IF NOT EXISTS uses UInt32 COMMENT 'Uses that a count-based service holds, 0 for others [uses] | uses | 可用次数' AFTER kind,
    ADD COLUMN IF NOT EXISTS days UInt32 COMMENT 'Days that a service lasts, 0 for no end [days] | days | 有效天数' AFTER uses,
    ADD COLUMN IF NOT EXISTS list_price Nullable(Decimal(18, 4)) COMMENT 'Price per unit before discounts [currency] | list price | 原价' AFTER days,
    ADD COLUMN IF NOT EXISTS unit_cost Nullable(Decimal(18, 4)) COMMENT 'Cost per unit [currency] | unit cost | 成本' AFTER list_price,
    ADD COLUMN IF NOT EXISTS lead_time Nullable(Decimal(18, 3)) COMMENT 'Days from order to delivery [days] | lead time | 补货周期' AFTER unit_cost,
    MODIFY ORDER BY (goods, valid_from);

ALTER TABLE star.goods {{on cluster}}
    MODIFY COMMENT 'One row per goods and day from which it holds. Source: stream goods. Several versions may stand here; read dw.goods';

ALTER TABLE star.member {{on cluster}}
    ADD COLUMN IF NOT EXISTS valid_from Date COMMENT 'First day on which this row holds; the row before it ends the day before | valid from | 生效日期' AFTER children,
    ADD COLUMN IF NOT EXISTS kind LowCardinality(String) DEFAULT 'person' COMMENT 'Person, or decoration company that buys for its customers | kind | 类别' AFTER valid_from,
    ADD COLUMN IF NOT EXISTS sex LowCardinality(String) COMMENT 'Sex | sex | 性别' AFTER kind,
    ADD COLUMN IF NOT EXISTS birthday Nullable(Date32) COMMENT 'Day of birth in the solar calendar | birthday | 生日' AFTER sex,
    ADD COLUMN IF NOT EXISTS lunar_birthday Bool COMMENT 'True where the birthday is celebrated by the lunar calendar | lunar birthday | 农历生日' AFTER birthday,
    ADD COLUMN IF NOT EXISTS phone String COMMENT 'Telephone number | phone | 电话' AFTER lunar_birthday,
    ADD COLUMN IF NOT EXISTS email String COMMENT 'E-mail address | e-mail | 邮箱' AFTER phone,
    ADD COLUMN IF NOT EXISTS education LowCardinality(String) COMMENT 'Education | education | 学历' AFTER email,
    ADD COLUMN IF NOT EXISTS occupation LowCardinality(String) COMMENT 'Occupation | occupation | 职业' AFTER education,
    ADD COLUMN IF NOT EXISTS industry LowCardinality(String) COMMENT 'Industry that the member works in | industry | 行业' AFTER occupation,
    ADD COLUMN IF NOT EXISTS household String COMMENT 'Household that the member belongs to | household number | 家庭编号' AFTER industry,
    ADD COLUMN IF NOT EXISTS community LowCardinality(String) COMMENT 'Community that the member lives in | community | 小区' AFTER household,
    ADD COLUMN IF NOT EXISTS country LowCardinality(String) COMMENT 'Country | country | 国家' AFTER community,
    ADD COLUMN IF NOT EXISTS province LowCardinality(String) COMMENT 'Province or state | province | 省份' AFTER country,
    ADD COLUMN IF NOT EXISTS city LowCardinality(String) COMMENT 'City | city | 城市' AFTER province,
    ADD COLUMN IF NOT EXISTS district LowCardinality(String) COMMENT 'District of the city | district | 区县' AFTER city,
    ADD COLUMN IF NOT EXISTS address String COMMENT 'Street and number | address | 地址' AFTER district,
    ADD COLUMN IF NOT EXISTS channel LowCardinality(String) COMMENT 'Channel by which the member joined | channel | 渠道' AFTER address,
    ADD COLUMN IF NOT EXISTS joining_store LowCardinality(String) COMMENT 'Store where the member joined | joining store | 入会门店' AFTER channel,
    ADD COLUMN IF NOT EXISTS joined_on Nullable(Date) COMMENT 'Day of joining | joined on | 入会日期' AFTER joining_store,
    ADD COLUMN IF NOT EXISTS manager LowCardinality(String) COMMENT 'Customer manager who looks after the member | customer manager | 客户经理' AFTER joined_on,
    MODIFY ORDER BY (member, valid_from);

ALTER TABLE star.member {{on cluster}}
    MODIFY COMMENT 'One row per member and day from which it holds. Source: stream member. Several versions may stand here; read dw.member';

-- on every node
CREATE TABLE IF NOT EXISTS star.category {{on cluster}}
(
    level UInt32 COMMENT 'Level of the tree, 1 to 3 | level | 层级' CODEC(ZSTD(1)),
    category LowCardinality(String) COMMENT 'Category as goods name it | category | 分类' CODEC(ZSTD(1)),
    name_en String COMMENT 'Name in English | English name | 英文名称' CODEC(ZSTD(1)),
    name_zh String COMMENT 'Name in Chinese | Chinese name | 中文名称' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (level, category)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per level and name. Source: stream category. Several versions may stand here; read dw.category';

-- on every node
CREATE TABLE IF NOT EXISTS star.community {{on cluster}}
(
    community LowCardinality(String) COMMENT 'Community | community | 小区' CODEC(ZSTD(1)),
    name String COMMENT 'Name of the community | name | 名称' CODEC(ZSTD(1)),
    name_zh String COMMENT 'Name of the community in Chinese | Chinese name | 中文名称' CODEC(ZSTD(1)),
    country LowCardinality(String) COMMENT 'Country | country | 国家' CODEC(ZSTD(1)),
    province LowCardinality(String) COMMENT 'Province or state | province | 省份' CODEC(ZSTD(1)),
    city LowCardinality(String) COMMENT 'City | city | 城市' CODEC(ZSTD(1)),
    district LowCardinality(String) COMMENT 'District of the city | district | 区县' CODEC(ZSTD(1)),
    households UInt32 COMMENT 'Households that live there [households] | households | 户数' CODEC(ZSTD(1)),
    nearest_store LowCardinality(String) COMMENT 'Store of the chain that is nearest | nearest store | 最近门店' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (community)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per community. Source: stream community. Several versions may stand here; read dw.community';

-- on every node
CREATE TABLE IF NOT EXISTS star.promotion {{on cluster}}
(
    promotion LowCardinality(String) COMMENT 'Promotion | promotion | 促销' CODEC(ZSTD(1)),
    name String COMMENT 'Name of the promotion | name | 名称' CODEC(ZSTD(1)),
    name_zh String COMMENT 'Name of the promotion in Chinese | Chinese name | 中文名称' CODEC(ZSTD(1)),
    kind LowCardinality(String) COMMENT 'Kind of promotion | kind | 类别' CODEC(ZSTD(1)),
    starts_on Date COMMENT 'First day | starts on | 开始日期' CODEC(ZSTD(1)),
    ends_on Date COMMENT 'Last day | ends on | 结束日期' CODEC(ZSTD(1)),
    discount Nullable(Decimal(18, 4)) COMMENT 'Discount granted [share of the list price] | discount | 折扣率' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (promotion)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per promotion. Source: stream promotion. Several versions may stand here; read dw.promotion';

-- sharded by cityHash64(store)
CREATE TABLE IF NOT EXISTS star.return_line {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store that took it back | store | 门店' CODEC(ZSTD(1)),
    business_date Date COMMENT 'Business day of the return | business date | 营业日' CODEC(ZSTD(1)),
    till LowCardinality(String) COMMENT 'Till within the store | till | 收银台' CODEC(ZSTD(1)),
    receipt String COMMENT 'Receipt of the return | receipt | 小票' CODEC(ZSTD(1)),
    line UInt32 COMMENT 'Line number on that receipt, from 1 | line | 行号' CODEC(ZSTD(1)),
    returned_at DateTime('UTC') COMMENT 'Moment of the return in UTC | returned at | 退货时间' CODEC(ZSTD(1)),
    original_store LowCardinality(String) COMMENT 'Store that had sold it, empty without a receipt | original store | 原门店' CODEC(ZSTD(1)),
    original_business_date Nullable(Date) COMMENT 'Business day of the sale | original date | 原营业日' CODEC(ZSTD(1)),
    original_till LowCardinality(String) COMMENT 'Till of the sale | original till | 原收银台' CODEC(ZSTD(1)),
    original_receipt String COMMENT 'Receipt of the sale | original receipt | 原小票' CODEC(ZSTD(1)),
    original_line UInt32 COMMENT 'Line of the sale, 0 where unknown | original line | 原行号' CODEC(ZSTD(1)),
    card String COMMENT 'Member card shown, empty for a non-member | member card | 会员卡' CODEC(ZSTD(1)),
    goods String COMMENT 'Goods returned | goods | 商品' CODEC(ZSTD(1)),
    quantity Decimal(18, 3) COMMENT 'Quantity returned [pieces or kg] | quantity | 数量' CODEC(ZSTD(1)),
    net_amount Decimal(18, 2) COMMENT 'What the chain gives up of the net amount of the sale [currency] | net amount | 净额' CODEC(ZSTD(1)),
    reason LowCardinality(String) COMMENT 'Reason given | reason | 退货原因' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本' CODEC(ZSTD(1)),
    voided Bool COMMENT 'True where the event was taken back | voided | 作废' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version, voided)}}
PARTITION BY toYear(business_date)
ORDER BY (store, business_date, till, receipt, line)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per store, till, receipt, line and business date of the return. Source: stream return_line. Several versions may stand here; read dw.return_line';

-- sharded by cityHash64(business_date)
CREATE TABLE IF NOT EXISTS star.card_event {{on cluster}}
(
    business_date Date COMMENT 'Business day that the event belongs to | business date | 营业日' CODEC(ZSTD(1)),
    event String COMMENT 'Number of the event in the card system | event | 事件' CODEC(ZSTD(1)),
    card String COMMENT 'Stored-value card | card | 储值卡' CODEC(ZSTD(1)),
    kind LowCardinality(String) COMMENT 'What happened | kind | 类型' CODEC(ZSTD(1)),
    at DateTime('UTC') COMMENT 'Moment in UTC | at | 时间' CODEC(ZSTD(1)),
    member String COMMENT 'Member, empty where unknown | member | 会员' CODEC(ZSTD(1)),
    store LowCardinality(String) COMMENT 'Store where it happened, empty outside of stores | store | 门店' CODEC(ZSTD(1)),
    receipt String COMMENT 'Receipt that was paid, empty for others | receipt | 小票' CODEC(ZSTD(1)),
    amount Decimal(18, 2) COMMENT 'Amount paid in, paid out or spent; what a cancelled or replaced card still held [currency] | amount | 金额' CODEC(ZSTD(1)),
    bonus Decimal(18, 2) COMMENT 'Bonus that the chain adds to a deposit [currency] | bonus | 赠送金额' CODEC(ZSTD(1)),
    new_card String COMMENT 'Card that replaces this one, empty for others | new card | 新卡' CODEC(ZSTD(1)),
    valid_until Nullable(Date) COMMENT 'Last day of validity, for issue and extend | valid until | 有效期至' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本' CODEC(ZSTD(1)),
    voided Bool COMMENT 'True where the event was taken back | voided | 作废' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version, voided)}}
PARTITION BY toYear(business_date)
ORDER BY (business_date, event)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per business date and event. Source: stream card_event. Several versions may stand here; read dw.card_event';

-- sharded by cityHash64(business_date)
CREATE TABLE IF NOT EXISTS star.points_event {{on cluster}}
(
    business_date Date COMMENT 'Business day that the event belongs to | business date | 营业日' CODEC(ZSTD(1)),
    event String COMMENT 'Number of the event in the points system | event | 事件' CODEC(ZSTD(1)),
    member String COMMENT 'Member | member | 会员' CODEC(ZSTD(1)),
    kind LowCardinality(String) COMMENT 'What happened | kind | 类型' CODEC(ZSTD(1)),
    at DateTime('UTC') COMMENT 'Moment in UTC | at | 时间' CODEC(ZSTD(1)),
    points Decimal(18, 2) COMMENT 'Points earned, redeemed or expired; signed for an adjustment [points] | points | 积分' CODEC(ZSTD(1)),
    store LowCardinality(String) COMMENT 'Store where it happened, empty outside of stores | store | 门店' CODEC(ZSTD(1)),
    receipt String COMMENT 'Receipt that earned or was paid with them, empty for others | receipt | 小票' CODEC(ZSTD(1)),
    gift LowCardinality(String) COMMENT 'Gift that they were redeemed for, empty for others | gift | 礼品' CODEC(ZSTD(1)),
    cash Decimal(18, 2) COMMENT 'What they were worth as cash [currency] | cash | 抵扣金额' CODEC(ZSTD(1)),
    expires_on Nullable(Date) COMMENT 'Day on which points earned lapse, empty for no end | expires on | 到期日' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本' CODEC(ZSTD(1)),
    voided Bool COMMENT 'True where the event was taken back | voided | 作废' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version, voided)}}
PARTITION BY toYear(business_date)
ORDER BY (business_date, event)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per business date and event. Source: stream points_event. Several versions may stand here; read dw.points_event';

-- sharded by cityHash64(store)
CREATE TABLE IF NOT EXISTS star.stock_movement {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store whose stock moved | store | 门店' CODEC(ZSTD(1)),
    business_date Date COMMENT 'Business day that the event belongs to | business date | 营业日' CODEC(ZSTD(1)),
    movement String COMMENT 'Number of the movement | movement | 流水号' CODEC(ZSTD(1)),
    kind LowCardinality(String) COMMENT 'What happened | kind | 类型' CODEC(ZSTD(1)),
    at DateTime('UTC') COMMENT 'Moment in UTC | at | 时间' CODEC(ZSTD(1)),
    goods String COMMENT 'Goods moved or counted | goods | 商品' CODEC(ZSTD(1)),
    quantity Decimal(18, 3) COMMENT 'Quantity moved, or counted [pieces or kg] | quantity | 数量' CODEC(ZSTD(1)),
    other_store LowCardinality(String) COMMENT 'Store at the other end of a transfer, empty for others | other store | 对方门店' CODEC(ZSTD(1)),
    unit_cost Nullable(Decimal(18, 4)) COMMENT 'Cost per unit of a receipt [currency] | unit cost | 成本' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本' CODEC(ZSTD(1)),
    voided Bool COMMENT 'True where the event was taken back | voided | 作废' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version, voided)}}
PARTITION BY toYear(business_date)
ORDER BY (store, business_date, movement)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per store, business date and movement. Source: stream stock_movement. Several versions may stand here; read dw.stock_movement';

-- sharded by cityHash64(store)
CREATE TABLE IF NOT EXISTS star.service_use {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store that rendered it | store | 门店' CODEC(ZSTD(1)),
    business_date Date COMMENT 'Business day that the event belongs to | business date | 营业日' CODEC(ZSTD(1)),
    use String COMMENT 'Number of the use | use | 消费流水' CODEC(ZSTD(1)),
    used_at DateTime('UTC') COMMENT 'Moment in UTC | used at | 消费时间' CODEC(ZSTD(1)),
    pass String COMMENT 'Pass that it was taken from: the receipt and line that sold it | pass | 服务卡' CODEC(ZSTD(1)),
    goods String COMMENT 'Service used | goods | 商品' CODEC(ZSTD(1)),
    member String COMMENT 'Member, empty where unknown | member | 会员' CODEC(ZSTD(1)),
    uses UInt32 COMMENT 'Uses taken [uses] | uses | 次数' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本' CODEC(ZSTD(1)),
    voided Bool COMMENT 'True where the event was taken back | voided | 作废' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version, voided)}}
PARTITION BY toYear(business_date)
ORDER BY (store, business_date, use)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per store, business date and use. Source: stream service_use. Several versions may stand here; read dw.service_use';

-- sharded by cityHash64(member)
CREATE TABLE IF NOT EXISTS star.consent {{on cluster}}
(
    member String COMMENT 'Member | member | 会员' CODEC(ZSTD(1)),
    channel LowCardinality(String) COMMENT 'Channel, or profiling | channel | 渠道' CODEC(ZSTD(1)),
    changed_at DateTime('UTC') COMMENT 'Moment of the change in UTC | changed at | 变更时间' CODEC(ZSTD(1)),
    given Bool COMMENT 'True for yes | given | 同意' CODEC(ZSTD(1)),
    source LowCardinality(String) COMMENT 'Where it was said: till, app, service desk, … | source | 来源' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (member, channel, changed_at)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per member, channel and moment of change. Source: stream consent. Several versions may stand here; read dw.consent';

-- sharded by cityHash64(complaint)
CREATE TABLE IF NOT EXISTS star.complaint {{on cluster}}
(
    complaint String COMMENT 'Number of the complaint | complaint | 投诉' CODEC(ZSTD(1)),
    opened_at DateTime('UTC') COMMENT 'Moment it was taken down, in UTC | opened at | 受理时间' CODEC(ZSTD(1)),
    member String COMMENT 'Member, empty where unknown | member | 会员' CODEC(ZSTD(1)),
    store LowCardinality(String) COMMENT 'Store where it happened, empty outside of stores | store | 门店' CODEC(ZSTD(1)),
    goods String COMMENT 'Goods complained of, empty for others | goods | 商品' CODEC(ZSTD(1)),
    kind LowCardinality(String) COMMENT 'What it is about: goods, price, service, waiting, … | kind | 类型' CODEC(ZSTD(1)),
    severity UInt32 COMMENT '1 = slight to 3 = grave | severity | 严重程度' CODEC(ZSTD(1)),
    text String COMMENT 'What the customer said | text | 内容' CODEC(ZSTD(1)),
    resolved_at Nullable(DateTime('UTC')) COMMENT 'Moment it was settled, empty while open | resolved at | 解决时间' CODEC(ZSTD(1)),
    resolution LowCardinality(String) COMMENT 'How it was settled: refund, exchange, apology, … | resolution | 处理方式' CODEC(ZSTD(1)),
    handled_by LowCardinality(String) COMMENT 'Who settled it | handled by | 处理人' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (complaint)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per complaint. Source: stream complaint. Several versions may stand here; read dw.complaint';

-- sharded by cityHash64(survey)
CREATE TABLE IF NOT EXISTS star.survey_answer {{on cluster}}
(
    survey LowCardinality(String) COMMENT 'Survey | survey | 问卷' CODEC(ZSTD(1)),
    respondent String COMMENT 'Number of the answer sheet | respondent | 答卷' CODEC(ZSTD(1)),
    attribute LowCardinality(String) COMMENT 'Attribute asked about: price, freshness, queue, … | attribute | 指标' CODEC(ZSTD(1)),
    answered_at DateTime('UTC') COMMENT 'Moment in UTC | answered at | 答题时间' CODEC(ZSTD(1)),
    member String COMMENT 'Member, empty where unknown | member | 会员' CODEC(ZSTD(1)),
    store LowCardinality(String) COMMENT 'Store where it happened, empty outside of stores | store | 门店' CODEC(ZSTD(1)),
    importance UInt32 COMMENT '1 = does not matter to 5 = matters most | importance | 重要度' CODEC(ZSTD(1)),
    satisfaction UInt32 COMMENT '1 = not content to 5 = fully content | satisfaction | 满意度' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (survey, respondent, attribute)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per survey, respondent and attribute. Source: stream survey_answer. Several versions may stand here; read dw.survey_answer';

-- sharded by cityHash64(message)
CREATE TABLE IF NOT EXISTS star.message {{on cluster}}
(
    message String COMMENT 'Number of the message | message | 消息' CODEC(ZSTD(1)),
    sent_at DateTime('UTC') COMMENT 'Moment in UTC | sent at | 发送时间' CODEC(ZSTD(1)),
    member String COMMENT 'Member | member | 会员' CODEC(ZSTD(1)),
    direction LowCardinality(String) COMMENT 'From or to the member | direction | 方向' CODEC(ZSTD(1)),
    channel LowCardinality(String) COMMENT 'Channel: app, sms, mail, … | channel | 渠道' CODEC(ZSTD(1)),
    in_reply_to String COMMENT 'Message that it answers, empty for others | in reply to | 回复' CODEC(ZSTD(1)),
    topic LowCardinality(String) COMMENT 'Topic | topic | 主题' CODEC(ZSTD(1)),
    text String COMMENT 'Text | text | 内容' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (message)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per message. Source: stream message. Several versions may stand here; read dw.message';

-- sharded by cityHash64(business_date)
CREATE TABLE IF NOT EXISTS star.follow_up {{on cluster}}
(
    business_date Date COMMENT 'Business day that the event belongs to | business date | 营业日' CODEC(ZSTD(1)),
    contact String COMMENT 'Number of the contact | contact | 回访' CODEC(ZSTD(1)),
    at DateTime('UTC') COMMENT 'Moment in UTC | at | 时间' CODEC(ZSTD(1)),
    manager LowCardinality(String) COMMENT 'Customer manager | customer manager | 客户经理' CODEC(ZSTD(1)),
    member String COMMENT 'Customer | member | 会员' CODEC(ZSTD(1)),
    community LowCardinality(String) COMMENT 'Community of the customer | community | 小区' CODEC(ZSTD(1)),
    contact_person String COMMENT 'Who was spoken to | contact person | 联系人' CODEC(ZSTD(1)),
    means LowCardinality(String) COMMENT 'Means of contact | means | 方式' CODEC(ZSTD(1)),
    effect LowCardinality(String) COMMENT 'What came of it | effect | 效果' CODEC(ZSTD(1)),
    note String COMMENT 'Note | note | 备注' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version)}}
PARTITION BY toYear(business_date)
ORDER BY (business_date, contact)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per business date and contact. Source: stream follow_up. Several versions may stand here; read dw.follow_up';

-- sharded by cityHash64(store)
CREATE TABLE IF NOT EXISTS star.promotion_placement {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store | store | 门店' CODEC(ZSTD(1)),
    goods String COMMENT 'Goods shown | goods | 商品' CODEC(ZSTD(1)),
    starts_on Date COMMENT 'First day | starts on | 开始日期' CODEC(ZSTD(1)),
    ends_on Date COMMENT 'Last day | ends on | 结束日期' CODEC(ZSTD(1)),
    display LowCardinality(String) COMMENT 'Place of display in the store, empty for none | display | 陈列位置' CODEC(ZSTD(1)),
    mailer LowCardinality(String) COMMENT 'Place in the mailer, empty for none | mailer | 海报位置' CODEC(ZSTD(1)),
    promotion LowCardinality(String) COMMENT 'Promotion that it belongs to, empty where unknown | promotion | 促销' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (store, goods, starts_on, display, mailer)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per store, goods, first day, display and mailer. Source: stream promotion_placement. Several versions may stand here; read dw.promotion_placement';

-- sharded by cityHash64(store)
CREATE TABLE IF NOT EXISTS star.sales_target {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store | store | 门店' CODEC(ZSTD(1)),
    month Date COMMENT 'First day of the month | month | 月份' CODEC(ZSTD(1)),
    department LowCardinality(String) COMMENT 'Category level 1, all for the whole store | department | 一级分类' CODEC(ZSTD(1)),
    net_amount Decimal(18, 2) COMMENT 'Net sales to reach [currency] | net amount | 净额' CODEC(ZSTD(1)),
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本' CODEC(ZSTD(1))
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (store, month, department)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per store, month and department. Source: stream sales_target. Several versions may stand here; read dw.sales_target';

CREATE OR REPLACE VIEW dw.store {{on cluster}}
(
    store String COMMENT 'Store | store | 门店',
    name String COMMENT 'Name of the store | store name | 门店名称',
    name_zh String COMMENT 'Name of the store in Chinese | Chinese name | 中文名称',
    kind LowCardinality(String) COMMENT 'Branch or headquarters | kind | 类别',
    format LowCardinality(String) COMMENT 'Format: hypermarket, convenience, … | format | 业态',
    country LowCardinality(String) COMMENT 'Country | country | 国家',
    province LowCardinality(String) COMMENT 'Province or state | province | 省份',
    city LowCardinality(String) COMMENT 'City | city | 城市',
    district LowCardinality(String) COMMENT 'District of the city | district | 区县',
    region LowCardinality(String) COMMENT 'Sales region; regional managers see their own | region | 大区',
    opened_on Nullable(Date) COMMENT 'First business day | opened on | 开业日期',
    closed_on Nullable(Date) COMMENT 'Last business day, empty while open | closed on | 闭店日期',
    sales_area Nullable(Decimal(18, 1)) COMMENT 'Sales area [m²] | sales area | 营业面积'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT store, name, name_zh, kind, format, country, province, city, district, region, opened_on, closed_on, sales_area
FROM star.store FINAL
COMMENT 'One row per store: the newest version, right at any moment';

CREATE OR REPLACE VIEW dw.goods {{on cluster}}
(
    goods String COMMENT 'Goods | goods | 商品',
    name String COMMENT 'Name of the goods | goods name | 商品名称',
    department LowCardinality(String) COMMENT 'Category level 1 | department | 一级分类',
    category LowCardinality(String) COMMENT 'Category level 2 | category | 二级分类',
    type LowCardinality(String) COMMENT 'Category level 3 | type | 三级分类',
    brand LowCardinality(String) COMMENT 'Brand, or National / Private where only that is known | brand | 品牌',
    manufacturer LowCardinality(String) COMMENT 'Manufacturer | manufacturer | 生产商',
    package_size LowCardinality(String) COMMENT 'Package size in words | package size | 规格',
    valid_from Date COMMENT 'First day on which this row holds; the row before it ends the day before | valid from | 生效日期',
    name_zh String COMMENT 'Name of the goods in Chinese | Chinese name | 中文名称',
    kind LowCardinality(String) COMMENT 'Physical goods, count-based or time-based service | kind | 类别',
    uses UInt32 COMMENT 'Uses that a count-based service holds, 0 for others [uses] | uses | 可用次数',
    days UInt32 COMMENT 'Days that a service lasts, 0 for no end [days] | days | 有效天数',
    list_price Nullable(Decimal(18, 4)) COMMENT 'Price per unit before discounts [currency] | list price | 原价',
    unit_cost Nullable(Decimal(18, 4)) COMMENT 'Cost per unit [currency] | unit cost | 成本',
    lead_time Nullable(Decimal(18, 3)) COMMENT 'Days from order to delivery [days] | lead time | 补货周期'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT goods, name, department, category, type, brand, manufacturer, package_size, valid_from, name_zh, kind, uses, days, list_price, unit_cost, lead_time
FROM star.goods FINAL
ORDER BY goods, valid_from DESC
LIMIT 1 BY goods
COMMENT 'One row per goods: what holds from its last change on, in its newest version, right at any moment; its history has what held before';

CREATE VIEW IF NOT EXISTS dw.goods_history {{on cluster}}
(
    goods String COMMENT 'Goods | goods | 商品',
    name String COMMENT 'Name of the goods | goods name | 商品名称',
    department LowCardinality(String) COMMENT 'Category level 1 | department | 一级分类',
    category LowCardinality(String) COMMENT 'Category level 2 | category | 二级分类',
    type LowCardinality(String) COMMENT 'Category level 3 | type | 三级分类',
    brand LowCardinality(String) COMMENT 'Brand, or National / Private where only that is known | brand | 品牌',
    manufacturer LowCardinality(String) COMMENT 'Manufacturer | manufacturer | 生产商',
    package_size LowCardinality(String) COMMENT 'Package size in words | package size | 规格',
    valid_from Date COMMENT 'First day on which this row holds; the row before it ends the day before | valid from | 生效日期',
    valid_to Date COMMENT 'Last day on which this row holds; 2149-06-06 for no end | valid to | 失效日期',
    name_zh String COMMENT 'Name of the goods in Chinese | Chinese name | 中文名称',
    kind LowCardinality(String) COMMENT 'Physical goods, count-based or time-based service | kind | 类别',
    uses UInt32 COMMENT 'Uses that a count-based service holds, 0 for others [uses] | uses | 可用次数',
    days UInt32 COMMENT 'Days that a service lasts, 0 for no end [days] | days | 有效天数',
    list_price Nullable(Decimal(18, 4)) COMMENT 'Price per unit before discounts [currency] | list price | 原价',
    unit_cost Nullable(Decimal(18, 4)) COMMENT 'Cost per unit [currency] | unit cost | 成本',
    lead_time Nullable(Decimal(18, 3)) COMMENT 'Days from order to delivery [days] | lead time | 补货周期'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT goods, name, department, category, type, brand, manufacturer, package_size, valid_from,
    if(leadInFrame(valid_from) OVER newer = toDate(0), toDate('2149-06-06'), leadInFrame(valid_from) OVER newer - 1) AS valid_to,
    name_zh, kind, uses, days, list_price, unit_cost, lead_time
FROM star.goods FINAL
WINDOW newer AS (PARTITION BY goods ORDER BY valid_from ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
COMMENT 'One row per goods and day from which it holds, with the day to which it does: the whole history';

CREATE OR REPLACE VIEW dw.member {{on cluster}}
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
    valid_from Date COMMENT 'First day on which this row holds; the row before it ends the day before | valid from | 生效日期',
    kind LowCardinality(String) COMMENT 'Person, or decoration company that buys for its customers | kind | 类别',
    sex LowCardinality(String) COMMENT 'Sex | sex | 性别',
    birthday Nullable(Date32) COMMENT 'Day of birth in the solar calendar | birthday | 生日',
    lunar_birthday Bool COMMENT 'True where the birthday is celebrated by the lunar calendar | lunar birthday | 农历生日',
    phone String COMMENT 'Telephone number | phone | 电话',
    email String COMMENT 'E-mail address | e-mail | 邮箱',
    education LowCardinality(String) COMMENT 'Education | education | 学历',
    occupation LowCardinality(String) COMMENT 'Occupation | occupation | 职业',
    industry LowCardinality(String) COMMENT 'Industry that the member works in | industry | 行业',
    household String COMMENT 'Household that the member belongs to | household number | 家庭编号',
    community LowCardinality(String) COMMENT 'Community that the member lives in | community | 小区',
    country LowCardinality(String) COMMENT 'Country | country | 国家',
    province LowCardinality(String) COMMENT 'Province or state | province | 省份',
    city LowCardinality(String) COMMENT 'City | city | 城市',
    district LowCardinality(String) COMMENT 'District of the city | district | 区县',
    address String COMMENT 'Street and number | address | 地址',
    channel LowCardinality(String) COMMENT 'Channel by which the member joined | channel | 渠道',
    joining_store LowCardinality(String) COMMENT 'Store where the member joined | joining store | 入会门店',
    joined_on Nullable(Date) COMMENT 'Day of joining | joined on | 入会日期',
    manager LowCardinality(String) COMMENT 'Customer manager who looks after the member | customer manager | 客户经理'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT member, card, name, age_band, income_band, home_ownership, marital_status, household_size, household_composition, children, valid_from, kind, sex, birthday, lunar_birthday, phone, email, education, occupation, industry, household, community, country, province, city, district, address, channel, joining_store, joined_on, manager
FROM star.member FINAL
ORDER BY member, valid_from DESC
LIMIT 1 BY member
COMMENT 'One row per member: what holds from its last change on, in its newest version, right at any moment; its history has what held before';

CREATE VIEW IF NOT EXISTS dw.member_history {{on cluster}}
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
    valid_from Date COMMENT 'First day on which this row holds; the row before it ends the day before | valid from | 生效日期',
    valid_to Date COMMENT 'Last day on which this row holds; 2149-06-06 for no end | valid to | 失效日期',
    kind LowCardinality(String) COMMENT 'Person, or decoration company that buys for its customers | kind | 类别',
    sex LowCardinality(String) COMMENT 'Sex | sex | 性别',
    birthday Nullable(Date32) COMMENT 'Day of birth in the solar calendar | birthday | 生日',
    lunar_birthday Bool COMMENT 'True where the birthday is celebrated by the lunar calendar | lunar birthday | 农历生日',
    phone String COMMENT 'Telephone number | phone | 电话',
    email String COMMENT 'E-mail address | e-mail | 邮箱',
    education LowCardinality(String) COMMENT 'Education | education | 学历',
    occupation LowCardinality(String) COMMENT 'Occupation | occupation | 职业',
    industry LowCardinality(String) COMMENT 'Industry that the member works in | industry | 行业',
    household String COMMENT 'Household that the member belongs to | household number | 家庭编号',
    community LowCardinality(String) COMMENT 'Community that the member lives in | community | 小区',
    country LowCardinality(String) COMMENT 'Country | country | 国家',
    province LowCardinality(String) COMMENT 'Province or state | province | 省份',
    city LowCardinality(String) COMMENT 'City | city | 城市',
    district LowCardinality(String) COMMENT 'District of the city | district | 区县',
    address String COMMENT 'Street and number | address | 地址',
    channel LowCardinality(String) COMMENT 'Channel by which the member joined | channel | 渠道',
    joining_store LowCardinality(String) COMMENT 'Store where the member joined | joining store | 入会门店',
    joined_on Nullable(Date) COMMENT 'Day of joining | joined on | 入会日期',
    manager LowCardinality(String) COMMENT 'Customer manager who looks after the member | customer manager | 客户经理'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT member, card, name, age_band, income_band, home_ownership, marital_status, household_size, household_composition, children, valid_from,
    if(leadInFrame(valid_from) OVER newer = toDate(0), toDate('2149-06-06'), leadInFrame(valid_from) OVER newer - 1) AS valid_to,
    kind, sex, birthday, lunar_birthday, phone, email, education, occupation, industry, household, community, country, province, city, district, address, channel, joining_store, joined_on, manager
FROM star.member FINAL
WINDOW newer AS (PARTITION BY member ORDER BY valid_from ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
COMMENT 'One row per member and day from which it holds, with the day to which it does: the whole history';

CREATE VIEW IF NOT EXISTS dw.category {{on cluster}}
(
    level UInt32 COMMENT 'Level of the tree, 1 to 3 | level | 层级',
    category LowCardinality(String) COMMENT 'Category as goods name it | category | 分类',
    name_en String COMMENT 'Name in English | English name | 英文名称',
    name_zh String COMMENT 'Name in Chinese | Chinese name | 中文名称'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT level, category, name_en, name_zh
FROM star.category FINAL
COMMENT 'One row per level and name: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.community {{on cluster}}
(
    community LowCardinality(String) COMMENT 'Community | community | 小区',
    name String COMMENT 'Name of the community | name | 名称',
    name_zh String COMMENT 'Name of the community in Chinese | Chinese name | 中文名称',
    country LowCardinality(String) COMMENT 'Country | country | 国家',
    province LowCardinality(String) COMMENT 'Province or state | province | 省份',
    city LowCardinality(String) COMMENT 'City | city | 城市',
    district LowCardinality(String) COMMENT 'District of the city | district | 区县',
    households UInt32 COMMENT 'Households that live there [households] | households | 户数',
    nearest_store LowCardinality(String) COMMENT 'Store of the chain that is nearest | nearest store | 最近门店'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT community, name, name_zh, country, province, city, district, households, nearest_store
FROM star.community FINAL
COMMENT 'One row per community: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.promotion {{on cluster}}
(
    promotion LowCardinality(String) COMMENT 'Promotion | promotion | 促销',
    name String COMMENT 'Name of the promotion | name | 名称',
    name_zh String COMMENT 'Name of the promotion in Chinese | Chinese name | 中文名称',
    kind LowCardinality(String) COMMENT 'Kind of promotion | kind | 类别',
    starts_on Date COMMENT 'First day | starts on | 开始日期',
    ends_on Date COMMENT 'Last day | ends on | 结束日期',
    discount Nullable(Decimal(18, 4)) COMMENT 'Discount granted [share of the list price] | discount | 折扣率'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT promotion, name, name_zh, kind, starts_on, ends_on, discount
FROM star.promotion FINAL
COMMENT 'One row per promotion: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.return_line {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store that took it back | store | 门店',
    business_date Date COMMENT 'Business day of the return | business date | 营业日',
    till LowCardinality(String) COMMENT 'Till within the store | till | 收银台',
    receipt String COMMENT 'Receipt of the return | receipt | 小票',
    line UInt32 COMMENT 'Line number on that receipt, from 1 | line | 行号',
    returned_at DateTime('UTC') COMMENT 'Moment of the return in UTC | returned at | 退货时间',
    original_store LowCardinality(String) COMMENT 'Store that had sold it, empty without a receipt | original store | 原门店',
    original_business_date Nullable(Date) COMMENT 'Business day of the sale | original date | 原营业日',
    original_till LowCardinality(String) COMMENT 'Till of the sale | original till | 原收银台',
    original_receipt String COMMENT 'Receipt of the sale | original receipt | 原小票',
    original_line UInt32 COMMENT 'Line of the sale, 0 where unknown | original line | 原行号',
    card String COMMENT 'Member card shown, empty for a non-member | member card | 会员卡',
    goods String COMMENT 'Goods returned | goods | 商品',
    quantity Decimal(18, 3) COMMENT 'Quantity returned [pieces or kg] | quantity | 数量',
    net_amount Decimal(18, 2) COMMENT 'What the chain gives up of the net amount of the sale [currency] | net amount | 净额',
    reason LowCardinality(String) COMMENT 'Reason given | reason | 退货原因'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT store, business_date, till, receipt, line, returned_at, original_store, original_business_date, original_till, original_receipt, original_line, card, goods, quantity, net_amount, reason
FROM star.return_line FINAL
COMMENT 'One row per store, till, receipt, line and business date of the return: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.card_event {{on cluster}}
(
    business_date Date COMMENT 'Business day that the event belongs to | business date | 营业日',
    event String COMMENT 'Number of the event in the card system | event | 事件',
    card String COMMENT 'Stored-value card | card | 储值卡',
    kind LowCardinality(String) COMMENT 'What happened | kind | 类型',
    at DateTime('UTC') COMMENT 'Moment in UTC | at | 时间',
    member String COMMENT 'Member, empty where unknown | member | 会员',
    store LowCardinality(String) COMMENT 'Store where it happened, empty outside of stores | store | 门店',
    receipt String COMMENT 'Receipt that was paid, empty for others | receipt | 小票',
    amount Decimal(18, 2) COMMENT 'Amount paid in, paid out or spent; what a cancelled or replaced card still held [currency] | amount | 金额',
    bonus Decimal(18, 2) COMMENT 'Bonus that the chain adds to a deposit [currency] | bonus | 赠送金额',
    new_card String COMMENT 'Card that replaces this one, empty for others | new card | 新卡',
    valid_until Nullable(Date) COMMENT 'Last day of validity, for issue and extend | valid until | 有效期至'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT business_date, event, card, kind, at, member, store, receipt, amount, bonus, new_card, valid_until
FROM star.card_event FINAL
COMMENT 'One row per business date and event: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.points_event {{on cluster}}
(
    business_date Date COMMENT 'Business day that the event belongs to | business date | 营业日',
    event String COMMENT 'Number of the event in the points system | event | 事件',
    member String COMMENT 'Member | member | 会员',
    kind LowCardinality(String) COMMENT 'What happened | kind | 类型',
    at DateTime('UTC') COMMENT 'Moment in UTC | at | 时间',
    points Decimal(18, 2) COMMENT 'Points earned, redeemed or expired; signed for an adjustment [points] | points | 积分',
    store LowCardinality(String) COMMENT 'Store where it happened, empty outside of stores | store | 门店',
    receipt String COMMENT 'Receipt that earned or was paid with them, empty for others | receipt | 小票',
    gift LowCardinality(String) COMMENT 'Gift that they were redeemed for, empty for others | gift | 礼品',
    cash Decimal(18, 2) COMMENT 'What they were worth as cash [currency] | cash | 抵扣金额',
    expires_on Nullable(Date) COMMENT 'Day on which points earned lapse, empty for no end | expires on | 到期日'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT business_date, event, member, kind, at, points, store, receipt, gift, cash, expires_on
FROM star.points_event FINAL
COMMENT 'One row per business date and event: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.stock_movement {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store whose stock moved | store | 门店',
    business_date Date COMMENT 'Business day that the event belongs to | business date | 营业日',
    movement String COMMENT 'Number of the movement | movement | 流水号',
    kind LowCardinality(String) COMMENT 'What happened | kind | 类型',
    at DateTime('UTC') COMMENT 'Moment in UTC | at | 时间',
    goods String COMMENT 'Goods moved or counted | goods | 商品',
    quantity Decimal(18, 3) COMMENT 'Quantity moved, or counted [pieces or kg] | quantity | 数量',
    other_store LowCardinality(String) COMMENT 'Store at the other end of a transfer, empty for others | other store | 对方门店',
    unit_cost Nullable(Decimal(18, 4)) COMMENT 'Cost per unit of a receipt [currency] | unit cost | 成本'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT store, business_date, movement, kind, at, goods, quantity, other_store, unit_cost
FROM star.stock_movement FINAL
COMMENT 'One row per store, business date and movement: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.service_use {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store that rendered it | store | 门店',
    business_date Date COMMENT 'Business day that the event belongs to | business date | 营业日',
    use String COMMENT 'Number of the use | use | 消费流水',
    used_at DateTime('UTC') COMMENT 'Moment in UTC | used at | 消费时间',
    pass String COMMENT 'Pass that it was taken from: the receipt and line that sold it | pass | 服务卡',
    goods String COMMENT 'Service used | goods | 商品',
    member String COMMENT 'Member, empty where unknown | member | 会员',
    uses UInt32 COMMENT 'Uses taken [uses] | uses | 次数'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT store, business_date, use, used_at, pass, goods, member, uses
FROM star.service_use FINAL
COMMENT 'One row per store, business date and use: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.consent {{on cluster}}
(
    member String COMMENT 'Member | member | 会员',
    channel LowCardinality(String) COMMENT 'Channel, or profiling | channel | 渠道',
    changed_at DateTime('UTC') COMMENT 'Moment of the change in UTC | changed at | 变更时间',
    given Bool COMMENT 'True for yes | given | 同意',
    source LowCardinality(String) COMMENT 'Where it was said: till, app, service desk, … | source | 来源'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT member, channel, changed_at, given, source
FROM star.consent FINAL
COMMENT 'One row per member, channel and moment of change: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.complaint {{on cluster}}
(
    complaint String COMMENT 'Number of the complaint | complaint | 投诉',
    opened_at DateTime('UTC') COMMENT 'Moment it was taken down, in UTC | opened at | 受理时间',
    member String COMMENT 'Member, empty where unknown | member | 会员',
    store LowCardinality(String) COMMENT 'Store where it happened, empty outside of stores | store | 门店',
    goods String COMMENT 'Goods complained of, empty for others | goods | 商品',
    kind LowCardinality(String) COMMENT 'What it is about: goods, price, service, waiting, … | kind | 类型',
    severity UInt32 COMMENT '1 = slight to 3 = grave | severity | 严重程度',
    text String COMMENT 'What the customer said | text | 内容',
    resolved_at Nullable(DateTime('UTC')) COMMENT 'Moment it was settled, empty while open | resolved at | 解决时间',
    resolution LowCardinality(String) COMMENT 'How it was settled: refund, exchange, apology, … | resolution | 处理方式',
    handled_by LowCardinality(String) COMMENT 'Who settled it | handled by | 处理人'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT complaint, opened_at, member, store, goods, kind, severity, text, resolved_at, resolution, handled_by
FROM star.complaint FINAL
COMMENT 'One row per complaint: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.survey_answer {{on cluster}}
(
    survey LowCardinality(String) COMMENT 'Survey | survey | 问卷',
    respondent String COMMENT 'Number of the answer sheet | respondent | 答卷',
    attribute LowCardinality(String) COMMENT 'Attribute asked about: price, freshness, queue, … | attribute | 指标',
    answered_at DateTime('UTC') COMMENT 'Moment in UTC | answered at | 答题时间',
    member String COMMENT 'Member, empty where unknown | member | 会员',
    store LowCardinality(String) COMMENT 'Store where it happened, empty outside of stores | store | 门店',
    importance UInt32 COMMENT '1 = does not matter to 5 = matters most | importance | 重要度',
    satisfaction UInt32 COMMENT '1 = not content to 5 = fully content | satisfaction | 满意度'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT survey, respondent, attribute, answered_at, member, store, importance, satisfaction
FROM star.survey_answer FINAL
COMMENT 'One row per survey, respondent and attribute: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.message {{on cluster}}
(
    message String COMMENT 'Number of the message | message | 消息',
    sent_at DateTime('UTC') COMMENT 'Moment in UTC | sent at | 发送时间',
    member String COMMENT 'Member | member | 会员',
    direction LowCardinality(String) COMMENT 'From or to the member | direction | 方向',
    channel LowCardinality(String) COMMENT 'Channel: app, sms, mail, … | channel | 渠道',
    in_reply_to String COMMENT 'Message that it answers, empty for others | in reply to | 回复',
    topic LowCardinality(String) COMMENT 'Topic | topic | 主题',
    text String COMMENT 'Text | text | 内容'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT message, sent_at, member, direction, channel, in_reply_to, topic, text
FROM star.message FINAL
COMMENT 'One row per message: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.follow_up {{on cluster}}
(
    business_date Date COMMENT 'Business day that the event belongs to | business date | 营业日',
    contact String COMMENT 'Number of the contact | contact | 回访',
    at DateTime('UTC') COMMENT 'Moment in UTC | at | 时间',
    manager LowCardinality(String) COMMENT 'Customer manager | customer manager | 客户经理',
    member String COMMENT 'Customer | member | 会员',
    community LowCardinality(String) COMMENT 'Community of the customer | community | 小区',
    contact_person String COMMENT 'Who was spoken to | contact person | 联系人',
    means LowCardinality(String) COMMENT 'Means of contact | means | 方式',
    effect LowCardinality(String) COMMENT 'What came of it | effect | 效果',
    note String COMMENT 'Note | note | 备注'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT business_date, contact, at, manager, member, community, contact_person, means, effect, note
FROM star.follow_up FINAL
COMMENT 'One row per business date and contact: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.promotion_placement {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store | store | 门店',
    goods String COMMENT 'Goods shown | goods | 商品',
    starts_on Date COMMENT 'First day | starts on | 开始日期',
    ends_on Date COMMENT 'Last day | ends on | 结束日期',
    display LowCardinality(String) COMMENT 'Place of display in the store, empty for none | display | 陈列位置',
    mailer LowCardinality(String) COMMENT 'Place in the mailer, empty for none | mailer | 海报位置',
    promotion LowCardinality(String) COMMENT 'Promotion that it belongs to, empty where unknown | promotion | 促销'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT store, goods, starts_on, ends_on, display, mailer, promotion
FROM star.promotion_placement FINAL
COMMENT 'One row per store, goods, first day, display and mailer: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.sales_target {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store | store | 门店',
    month Date COMMENT 'First day of the month | month | 月份',
    department LowCardinality(String) COMMENT 'Category level 1, all for the whole store | department | 一级分类',
    net_amount Decimal(18, 2) COMMENT 'Net sales to reach [currency] | net amount | 净额'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT store, month, department, net_amount
FROM star.sales_target FINAL
COMMENT 'One row per store, month and department: the newest version, right at any moment';

CREATE VIEW IF NOT EXISTS dw.member_card {{on cluster}}
(
    card String COMMENT 'Member card, replaced ones included | member card | 会员卡',
    member String COMMENT 'Member whose card it is or was | member | 会员'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT card, argMax(star.member.member, (valid_from, version)) AS member
FROM star.member FINAL
GROUP BY card
COMMENT 'One row per member card ever given out: whose it is, so that a replaced card stays the same member';

CREATE VIEW IF NOT EXISTS dw.consent_now {{on cluster}}
(
    member String COMMENT 'Member | member | 会员',
    channel LowCardinality(String) COMMENT 'Channel, or profiling | channel | 渠道',
    given Bool COMMENT 'True for yes | given | 同意',
    since DateTime('UTC') COMMENT 'Moment of the newest word in UTC | since | 自'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT member, channel, argMax(given, changed_at) AS given, max(changed_at) AS since
FROM star.consent FINAL
GROUP BY member, channel
COMMENT 'One row per member and channel: what the member last said; dw.consent has the history';

CREATE VIEW IF NOT EXISTS dw.return_exception {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store that took it back | store | 门店',
    business_date Date COMMENT 'Business day of the return | business date | 营业日',
    till LowCardinality(String) COMMENT 'Till within the store | till | 收银台',
    receipt String COMMENT 'Receipt of the return | receipt | 小票',
    line UInt32 COMMENT 'Line number on that receipt | line | 行号',
    fault LowCardinality(String) COMMENT 'no original: it names none; unknown original: no such line; more than sold: all returns of the line together exceed it; before the sale: it was returned before it was sold | fault | 问题',
    quantity Decimal(18, 3) COMMENT 'Quantity returned [pieces or kg] | quantity | 数量',
    returned_in_all Decimal(38, 3) COMMENT 'Quantity of all returns of the original line [pieces or kg] | returned in all | 累计退货',
    sold Decimal(18, 3) COMMENT 'Quantity that the original line sold, 0 where unknown [pieces or kg] | sold | 原销售数量'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT store, business_date, till, receipt, line, fault, quantity, returned_in_all, sold
FROM
(
    SELECT
        back.store AS store,
        back.business_date AS business_date,
        back.till AS till,
        back.receipt AS receipt,
        back.line AS line,
        back.quantity AS quantity,
        back.returned_in_all AS returned_in_all,
        sale.quantity AS sold,
        multiIf(
            back.original_receipt = '', 'no original',
            sale.receipt = '', 'unknown original',
            back.returned_in_all > sale.quantity, 'more than sold',
            back.returned_at < sale.sold_at, 'before the sale',
            '') AS fault
    FROM
    (
        SELECT *,
            ifNull(original_business_date, toDate(0)) AS original_day,
            if(original_receipt = '', quantity,
                sum(quantity) OVER (PARTITION BY original_store, original_business_date, original_till, original_receipt, original_line)) AS returned_in_all
        FROM star.return_line FINAL
    ) AS back
    LEFT JOIN
    (
        SELECT store, business_date, till, receipt, line, quantity, sold_at FROM star.sales_line FINAL
        WHERE (store, business_date, till, receipt) IN
        (
            SELECT original_store, ifNull(original_business_date, toDate(0)), original_till, original_receipt FROM star.return_line FINAL
        )
    ) AS sale
        ON sale.store = back.original_store AND sale.business_date = back.original_day AND sale.till = back.original_till
            AND sale.receipt = back.original_receipt AND sale.line = back.original_line
)
WHERE fault != ''
COMMENT 'One row per return that does not fit the line that it names';

CREATE VIEW IF NOT EXISTS dw.card_ledger {{on cluster}}
(
    card String COMMENT 'Stored-value card | card | 储值卡',
    business_date Date COMMENT 'Business day | business date | 营业日',
    event String COMMENT 'Number of the event in the card system | event | 事件',
    kind LowCardinality(String) COMMENT 'What happened; replaced_from on the card that takes over a balance | kind | 类型',
    at DateTime('UTC') COMMENT 'Moment in UTC | at | 时间',
    member String COMMENT 'Member, empty where unknown | member | 会员',
    store LowCardinality(String) COMMENT 'Store where it happened, empty outside of stores | store | 门店',
    change Decimal(38, 2) COMMENT 'Change of the balance, bonus included [currency] | change | 变动',
    balance Decimal(38, 2) COMMENT 'Balance after the event [currency] | balance | 余额',
    state LowCardinality(String) COMMENT 'State of the card before the event: not issued, active, frozen, lost, replaced, cancelled | state before | 此前状态',
    valid_until Nullable(Date) COMMENT 'Last day of validity as known at the event, null for no end | valid until | 有效期至',
    fault LowCardinality(String) COMMENT 'Why the event should not have been possible, empty where it should: negative balance, card not active, card expired, card not issued | fault | 问题'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT card, business_date, event, kind, at, member, store, change, balance, state, valid_until,
    multiIf(
        balance < 0 AND change < 0, 'negative balance',
        state = 'not issued' AND kind NOT IN ('issue', 'replaced_from'), 'card not issued',
        kind IN ('deposit', 'withdraw', 'spend') AND state != 'active', 'card not active',
        kind = 'spend' AND valid_until IS NOT NULL AND valid_until < business_date, 'card expired',
        '') AS fault
FROM
(
    SELECT card, business_date, event, kind, at, member, store, change,
        sum(change) OVER so_far AS balance,
        ifNull(anyLast(next_state) OVER before, 'not issued') AS state,
        anyLast(until) OVER so_far AS valid_until
    FROM
    (
        SELECT card, business_date, event, toString(kind) AS kind, at, member, store, valid_until AS until,
            multiIf(
                kind IN ('issue', 'deposit'), amount + bonus,
                kind IN ('withdraw', 'spend', 'replace', 'cancel'), -amount,
                toDecimal128(0, 2)) AS change,
            CAST(transform(toString(kind),
                ['issue', 'unfreeze', 'freeze', 'report_loss', 'replace', 'cancel'],
                ['active', 'active', 'frozen', 'lost', 'replaced', 'cancelled'], ''), 'String') AS became,
            nullIf(became, '') AS next_state
        FROM star.card_event FINAL
        UNION ALL
        SELECT new_card AS card, business_date, event, 'replaced_from', at, member, store, CAST(NULL, 'Nullable(Date)'), amount, 'active', 'active'
        FROM star.card_event FINAL
        WHERE kind = 'replace' AND new_card != ''
    )
    WINDOW
        so_far AS (PARTITION BY card ORDER BY at, business_date, event ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
        before AS (PARTITION BY card ORDER BY at, business_date, event ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
COMMENT 'One row per stored-value card and event that touches it, with the balance that follows: nothing hidden, faults flagged';

CREATE VIEW IF NOT EXISTS dw.points_ledger {{on cluster}}
(
    member String COMMENT 'Member | member | 会员',
    business_date Date COMMENT 'Business day | business date | 营业日',
    event String COMMENT 'Number of the event in the points system | event | 事件',
    kind LowCardinality(String) COMMENT 'What happened | kind | 类型',
    at DateTime('UTC') COMMENT 'Moment in UTC | at | 时间',
    change Decimal(38, 2) COMMENT 'Change of the balance [points] | change | 变动',
    balance Decimal(38, 2) COMMENT 'Balance after the event [points] | balance | 余额',
    fault LowCardinality(String) COMMENT 'beyond the balance: more was drawn than was there; expired too early: more lapsed than was due, oldest first; empty where right | fault | 问题'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT member, business_date, event, kind, at, change, balance,
    multiIf(
        balance < 0 AND change < 0, 'beyond the balance',
        kind = 'expire' AND drawn > due, 'expired too early',
        '') AS fault
FROM
(
    SELECT member, business_date, event, kind, at, change,
        sum(change) OVER so_far AS balance,
        sum(if(change < 0, -change, toDecimal128(0, 2))) OVER so_far AS drawn,
        arraySum(
            lot -> if(lot.1 <= business_date, lot.2, toDecimal128(0, 2)),
            groupArrayIf((ifNull(expires_on, toDate('2149-06-06')), change), change > 0) OVER so_far) AS due
    FROM
    (
        SELECT member, business_date, event, kind, at, expires_on,
            multiIf(kind = 'earn', points, kind = 'adjust', points, -points)::Decimal(38, 2) AS change
        FROM star.points_event FINAL
    )
    WINDOW so_far AS (PARTITION BY member ORDER BY at, business_date, event ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
COMMENT 'One row per points event, with the balance that follows: nothing hidden, faults flagged';

CREATE VIEW IF NOT EXISTS dw.points_lot {{on cluster}}
(
    member String COMMENT 'Member | member | 会员',
    event String COMMENT 'Event that brought the points | event | 事件',
    business_date Date COMMENT 'Business day on which they were earned | business date | 营业日',
    expires_on Nullable(Date) COMMENT 'Day on which they lapse, null for no end | expires on | 到期日',
    points Decimal(38, 2) COMMENT 'Points earned or granted [points] | points | 积分',
    remaining Decimal(38, 2) COMMENT 'What is left of them, for the oldest are drawn first [points] | remaining | 剩余积分'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT member, event, business_date, expires_on, change AS points,
    greatest(toDecimal128(0, 2), least(change, brought - drawn)) AS remaining
FROM
(
    SELECT member, event, business_date, expires_on, change,
        sum(if(change > 0, change, toDecimal128(0, 2))) OVER (PARTITION BY member ORDER BY at, business_date, event ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS brought,
        sum(if(change < 0, -change, toDecimal128(0, 2))) OVER (PARTITION BY member) AS drawn
    FROM
    (
        SELECT member, event, business_date, expires_on, at,
            multiIf(kind = 'earn', points, kind = 'adjust', points, -points)::Decimal(38, 2) AS change
        FROM star.points_event FINAL
    )
)
WHERE change > 0
COMMENT 'One row per event that brought points, with what is left of them when the oldest are always drawn first';

CREATE VIEW IF NOT EXISTS dw.stock_on_hand {{on cluster}}
(
    store LowCardinality(String) COMMENT 'Store | store | 门店',
    goods String COMMENT 'Goods | goods | 商品',
    quantity Decimal(38, 3) COMMENT 'On hand: the last count, and what moved, sold and came back since [pieces or kg] | on hand | 库存',
    counted_at Nullable(DateTime('UTC')) COMMENT 'Moment of the last count in UTC, null where never counted | counted at | 盘点时间',
    last_moved_at DateTime('UTC') COMMENT 'Moment of the last movement, sale or return in UTC | last moved at | 最近变动'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT
    store,
    goods,
    (sumIf(change, counted = toDateTime(0, 'UTC') OR at > counted) + any(count))::Decimal(38, 3) AS quantity,
    nullIf(any(counted), toDateTime(0, 'UTC')) AS counted_at,
    max(at) AS last_moved_at
FROM
(
    SELECT store, goods, at, if(kind IN ('receipt', 'transfer_in'), quantity, -quantity) AS change
    FROM star.stock_movement FINAL
    WHERE kind != 'count'
    UNION ALL
    SELECT store, goods, sold_at, -quantity FROM star.sales_line FINAL
    WHERE (store, goods) IN (SELECT store, goods FROM star.stock_movement)
    UNION ALL
    SELECT store, goods, returned_at, quantity FROM star.return_line FINAL
    WHERE (store, goods) IN (SELECT store, goods FROM star.stock_movement)
    UNION ALL
    SELECT store, goods, at, 0 FROM star.stock_movement FINAL WHERE kind = 'count'
) AS moved
LEFT JOIN
(
    SELECT store, goods, argMax(quantity, (at, movement)) AS count, max(at) AS counted
    FROM star.stock_movement FINAL
    WHERE kind = 'count'
    GROUP BY store, goods
) AS last_count USING (store, goods)
GROUP BY store, goods
COMMENT 'One row per store and goods with a stock movement: what should lie there now';
