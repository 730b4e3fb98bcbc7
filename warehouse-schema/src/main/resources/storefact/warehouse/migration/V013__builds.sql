-- What the mart engine keeps: by which build a partition stands, what a statement cost, how grave a broken rule is.
ALTER TABLE ops.mart_partition {{on cluster}}
    ADD COLUMN IF NOT EXISTS version String COMMENT 'Build that made the rows that stand there' AFTER definition;

ALTER TABLE ops.build_log {{on cluster}}
    ADD COLUMN IF NOT EXISTS environment LowCardinality(String) COMMENT 'Environment, empty for production' AFTER build,
    ADD COLUMN IF NOT EXISTS read_rows UInt64 COMMENT 'Rows that its statement read [rows]' AFTER memory,
    ADD COLUMN IF NOT EXISTS outcome LowCardinality(String) DEFAULT 'built' COMMENT 'built, failed or cancelled' AFTER read_rows;

ALTER TABLE ops.check_result {{on cluster}}
    ADD COLUMN IF NOT EXISTS severity LowCardinality(String) DEFAULT 'error' COMMENT 'error or warning' AFTER check;

CREATE VIEW IF NOT EXISTS dw.check_result {{on cluster}}
(
    checked_at DateTime64(3, 'UTC') COMMENT 'When it was checked, UTC | checked at | 检查时间',
    mart LowCardinality(String) COMMENT 'Mart or view that was checked | mart | 数据集市',
    check LowCardinality(String) COMMENT 'Rule | rule | 规则',
    severity LowCardinality(String) COMMENT 'error: figures are wrong; warning: worth a look | severity | 严重程度',
    failures UInt64 COMMENT 'Rows that break the rule, 0 where it holds [rows] | failures | 不符行数',
    sample String COMMENT 'One row that breaks it | sample | 示例',
    seconds Float64 COMMENT 'How long the check took [seconds] | seconds | 用时',
    latest Bool COMMENT 'True for the newest result of the rule | latest | 最新'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT checked_at, mart, check, severity, failures, sample, seconds,
    checked_at = max(checked_at) OVER (PARTITION BY mart, check) AS latest
FROM ops.check_result
COMMENT 'One row per quality rule and run: what was checked, when and how it came out';

CREATE VIEW IF NOT EXISTS dw.build_log {{on cluster}}
(
    build String COMMENT 'Build | build | 构建',
    environment LowCardinality(String) COMMENT 'Environment, empty for production | environment | 环境',
    mart LowCardinality(String) COMMENT 'Mart | mart | 数据集市',
    partition String COMMENT 'Partition, all for a mart without partitions | partition | 分区',
    why LowCardinality(String) COMMENT 'Why it was built | why | 原因',
    started_at DateTime64(3, 'UTC') COMMENT 'When it began, UTC | started at | 开始时间',
    seconds Float64 COMMENT 'How long it took [seconds] | seconds | 用时',
    rows UInt64 COMMENT 'Rows in the partition afterwards [rows] | rows | 行数',
    bytes UInt64 COMMENT 'Bytes of the partition on disk afterwards [bytes] | bytes | 字节数',
    memory UInt64 COMMENT 'Peak memory of its statement [bytes] | memory | 内存',
    read_rows UInt64 COMMENT 'Rows that its statement read [rows] | rows read | 读取行数',
    outcome LowCardinality(String) COMMENT 'built, failed or cancelled | outcome | 结果'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT build, environment, mart, partition, why, started_at, seconds, rows, bytes, memory, read_rows, outcome
FROM ops.build_log
COMMENT 'One row per mart partition and build: what was built, why, and what it cost';
