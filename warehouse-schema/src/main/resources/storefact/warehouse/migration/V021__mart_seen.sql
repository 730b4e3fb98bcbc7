-- A mart that a build finds up to date leaves no trace in the log; late it is not.
-- on every node
CREATE TABLE IF NOT EXISTS ops.mart_seen {{on cluster}}
(
    mart LowCardinality(String) COMMENT 'Mart',
    seen_at DateTime64(3, 'UTC') COMMENT 'Beginning of the last build that brought it up to date or found it so, UTC'
)
ENGINE = {{engine ReplacingMergeTree(seen_at)}}
ORDER BY mart
COMMENT 'One row per mart: whatever had come by then is in it';
