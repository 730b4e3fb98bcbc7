-- Rejected lines can be mended and taken again; what was done to each is kept.
-- on every node
CREATE TABLE IF NOT EXISTS ops.rejected_repair {{on cluster}}
(
    id String COMMENT 'Rejected line, as in ops.reject',
    repaired_at DateTime('UTC') COMMENT 'When it was offered again, UTC',
    how LowCardinality(String) COMMENT 'replayed: as it was; repaired: changed by a person',
    file String COMMENT 'Drop file that carries it',
    line String COMMENT 'The line as it was offered again'
)
ENGINE = {{engine ReplacingMergeTree(repaired_at)}}
ORDER BY id
COMMENT 'One row per rejected line that was offered again';

CREATE VIEW IF NOT EXISTS ops.reject {{on cluster}}
(
    id String COMMENT 'Rejected line: hash of file, line number and text',
    rejected_at DateTime('UTC') COMMENT 'When the line was rejected, UTC',
    stream LowCardinality(String) COMMENT 'Stream by the name of its source, empty where unknown',
    reason LowCardinality(String) COMMENT 'Reason code; stable, count by it',
    detail String COMMENT 'Field and value that failed, for a person',
    raw String COMMENT 'The line as it came, its first 64 KiB',
    file String COMMENT 'File or Kafka topic and partition',
    line_number UInt64 COMMENT 'Line in the file from 1, or Kafka offset',
    repaired_at Nullable(DateTime('UTC')) COMMENT 'When it was offered again, UTC; null while open',
    how LowCardinality(String) COMMENT 'replayed or repaired, empty while open'
)
AS SELECT
    rejected.id AS id, rejected_at, stream, reason, detail, raw, rejected.file AS file, line_number,
    if(repair.id = '', NULL, repair.repaired_at) AS repaired_at, repair.how AS how
FROM
(
    SELECT lower(hex(sipHash64(file, line_number, raw))) AS id, rejected_at, stream, reason, detail, raw, file, line_number
    FROM ops.rejected_event
) AS rejected
LEFT JOIN (SELECT id, repaired_at, how FROM ops.rejected_repair FINAL) AS repair ON repair.id = rejected.id
COMMENT 'One row per line that could not be taken, with what was done about it';

CREATE VIEW IF NOT EXISTS dw.rejected_event {{on cluster}}
(
    id String COMMENT 'Rejected line | rejected line | 拒收行',
    rejected_at DateTime('UTC') COMMENT 'When the line was rejected, UTC | rejected at | 拒收时间',
    stream LowCardinality(String) COMMENT 'Stream by the name of its source, empty where unknown | stream | 数据流',
    reason LowCardinality(String) COMMENT 'Reason code | reason | 原因',
    source String COMMENT 'Folder of the file, a store as a rule, or Kafka topic | source | 来源',
    file String COMMENT 'File or Kafka topic and partition | file | 文件',
    line_number UInt64 COMMENT 'Line in the file from 1, or Kafka offset | line | 行号',
    repaired Bool COMMENT 'True where it was offered again | repaired | 已修复'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT
    lower(hex(sipHash64(file, line_number, raw))) AS id, rejected_at, stream, reason,
    if(position(file, '/') > 0, splitByChar('/', file)[1], '') AS source, file, line_number,
    id IN (SELECT id FROM ops.rejected_repair) AS repaired
FROM ops.rejected_event
COMMENT 'One row per line that could not be taken, without its text, which may be personal';
