-- on every node
CREATE TABLE IF NOT EXISTS star.partner {{on cluster}}
(
    partner LowCardinality(String) COMMENT 'Alliance partner | partner | 联盟商家',
    name String COMMENT 'Name of the partner | name | 名称',
    name_zh String COMMENT 'Name of the partner in Chinese | Chinese name | 中文名称',
    kind LowCardinality(String) COMMENT 'Kind of business: cinema, restaurant, bank, … | kind | 类别',
    card_prefix String COMMENT 'What the partner\'s card numbers begin with | card prefix | 卡号前缀',
    starts_on Date COMMENT 'First day on which its cards are accepted | starts on | 开始日期',
    ends_on Nullable(Date) COMMENT 'Last day on which its cards are accepted, empty for no end | ends on | 结束日期',
    version UInt32 COMMENT 'Version; the highest one counts | version | 版本'
)
ENGINE = {{engine ReplacingMergeTree(version)}}
ORDER BY (partner)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per partner. Source: stream partner. Several versions may stand here; read dw.partner';

CREATE VIEW IF NOT EXISTS dw.partner {{on cluster}}
(
    partner LowCardinality(String) COMMENT 'Alliance partner | partner | 联盟商家',
    name String COMMENT 'Name of the partner | name | 名称',
    name_zh String COMMENT 'Name of the partner in Chinese | Chinese name | 中文名称',
    kind LowCardinality(String) COMMENT 'Kind of business: cinema, restaurant, bank, … | kind | 类别',
    card_prefix String COMMENT 'What the partner\'s card numbers begin with | card prefix | 卡号前缀',
    starts_on Date COMMENT 'First day on which its cards are accepted | starts on | 开始日期',
    ends_on Nullable(Date) COMMENT 'Last day on which its cards are accepted, empty for no end | ends on | 结束日期'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT partner, name, name_zh, kind, card_prefix, starts_on, ends_on
FROM star.partner FINAL
COMMENT 'One row per partner: the newest version, right at any moment';

