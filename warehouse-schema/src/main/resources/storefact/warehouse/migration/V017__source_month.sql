-- Months of a source that is not cut by them are told apart by their rows: read once for each state of a partition.
-- on every node
CREATE TABLE IF NOT EXISTS ops.source_month {{on cluster}}
(
    source LowCardinality(String) COMMENT 'Table',
    column LowCardinality(String) COMMENT 'Date by whose months marts read it',
    partition String COMMENT 'Partition of the table',
    month String COMMENT 'Month, as 202401',
    state String COMMENT 'State of the partition in which its rows were read',
    contents String COMMENT 'Number and hash of the rows of the month',
    read_at DateTime64(3, 'UTC') COMMENT 'When they were read, UTC'
)
ENGINE = {{engine ReplacingMergeTree(read_at)}}
ORDER BY (source, column, partition, month)
COMMENT 'One row per table, date, partition and month: what the rows are, so that no build reads a partition twice';
