-- The rules of a mart are checked together: one that is gone since, or has another name now, has no latest result.
CREATE OR REPLACE VIEW dw.check_result {{on cluster}}
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
    checked_at = max(checked_at) OVER (PARTITION BY mart) AS latest
FROM ops.check_result
COMMENT 'One row per quality rule and run: what was checked, when and how it came out';
