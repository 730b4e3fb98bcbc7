-- The rooms of the warehouse: star = facts and dimensions as they came (several versions of a row
-- may stand there), dw = what readers see, mart = what builds make, ops = how it runs, cfg = settings.
CREATE DATABASE IF NOT EXISTS star {{on cluster}} COMMENT 'Facts and dimensions; read them through dw';

CREATE DATABASE IF NOT EXISTS dw {{on cluster}} COMMENT 'What readers see: views that are right at any moment';

CREATE DATABASE IF NOT EXISTS mart {{on cluster}} COMMENT 'Marts, made by builds and replaced as wholes';

CREATE DATABASE IF NOT EXISTS cfg {{on cluster}} COMMENT 'Settings that are data';

CREATE DATABASE IF NOT EXISTS ops {{on cluster}} COMMENT 'How the warehouse runs: rejected lines, taken files, builds, checks';

-- sharded by cityHash64(file)
CREATE TABLE IF NOT EXISTS ops.rejected_event {{on cluster}}
(
    rejected_at DateTime('UTC') COMMENT 'When the line was rejected, UTC',
    stream LowCardinality(String) COMMENT 'Stream by the name of its source, empty where unknown',
    reason LowCardinality(String) COMMENT 'Reason code; stable, count by it',
    detail String COMMENT 'Field and value that failed, for a person',
    raw String COMMENT 'The line as it came, its first 64 KiB',
    file String COMMENT 'File or Kafka topic and partition',
    line_number UInt64 COMMENT 'Line in the file from 1, or Kafka offset'
)
ENGINE = {{engine MergeTree}}
PARTITION BY toYYYYMM(rejected_at)
ORDER BY (stream, reason, file, line_number)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per line that could not be taken, with reason and source position';

-- on every node
CREATE TABLE IF NOT EXISTS ops.ingested_file {{on cluster}}
(
    file String COMMENT 'Path below the drop folder',
    stream LowCardinality(String) COMMENT 'Stream by the name of the file, empty where unknown',
    size UInt64 COMMENT 'Size of the file [bytes]',
    checksum Int64 COMMENT 'XXH64 over the content of the file',
    lines UInt64 COMMENT 'Lines read, blank ones and headers included [lines]',
    accepted UInt64 COMMENT 'Events taken [lines]',
    repeated UInt64 COMMENT 'Lines left out because the same line had just been taken [lines]',
    rejected UInt64 COMMENT 'Lines rejected [lines]',
    finished_at DateTime('UTC') COMMENT 'When the file was read to its end, UTC'
)
ENGINE = {{engine ReplacingMergeTree(finished_at)}}
ORDER BY file
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per drop file that was taken to its end: the ledger that keeps a file from being taken twice';

-- on every node
CREATE TABLE IF NOT EXISTS ops.mart_partition {{on cluster}}
(
    mart LowCardinality(String) COMMENT 'Mart',
    partition String COMMENT 'Partition of the mart, all for a mart without partitions',
    source_state String COMMENT 'State of the sources that the partition was built from',
    definition String COMMENT 'Hash of the mart definition that built it',
    built_at DateTime64(3, 'UTC') COMMENT 'When it was built, UTC'
)
ENGINE = {{engine ReplacingMergeTree(built_at)}}
ORDER BY (mart, partition)
COMMENT 'One row per mart and partition: what it was built from';

-- on every node
CREATE TABLE IF NOT EXISTS ops.build_log {{on cluster}}
(
    build String COMMENT 'Build',
    mart LowCardinality(String) COMMENT 'Mart',
    partition String COMMENT 'Partition, all for a mart without partitions',
    why LowCardinality(String) COMMENT 'Why it was built: new, sources changed, definition changed, full',
    started_at DateTime64(3, 'UTC') COMMENT 'When it began, UTC',
    seconds Float64 COMMENT 'How long it took [seconds]',
    rows UInt64 COMMENT 'Rows in the partition afterwards [rows]',
    bytes UInt64 COMMENT 'Bytes of the partition on disk afterwards [bytes]',
    memory UInt64 COMMENT 'Peak memory of its statement, 0 where unknown [bytes]'
)
ENGINE = {{engine MergeTree}}
ORDER BY (started_at, mart, partition)
COMMENT 'One row per mart partition and build';

-- on every node
CREATE TABLE IF NOT EXISTS ops.check_result {{on cluster}}
(
    checked_at DateTime64(3, 'UTC') COMMENT 'When it was checked, UTC',
    mart LowCardinality(String) COMMENT 'Mart or view that was checked',
    check LowCardinality(String) COMMENT 'Check',
    failures UInt64 COMMENT 'Rows that break the rule, 0 where it holds [rows]',
    sample String COMMENT 'One row that breaks it, for a person',
    seconds Float64 COMMENT 'How long it took [seconds]'
)
ENGINE = {{engine MergeTree}}
ORDER BY (checked_at, mart, check)
COMMENT 'One row per quality check and run';

-- on every node
CREATE TABLE IF NOT EXISTS cfg.reader_region {{on cluster}}
(
    reader String COMMENT 'ClickHouse user',
    region String COMMENT 'Region whose rows the reader may see, * for all'
)
ENGINE = {{engine MergeTree}}
ORDER BY (reader, region)
COMMENT 'One row per reader and region: who sees which rows; a reader without a row sees nothing';
