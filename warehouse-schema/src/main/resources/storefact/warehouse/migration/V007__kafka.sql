-- How far Kafka topics were taken. A topic goes by its id: one that is made anew under an old name begins anew.
-- on every node
CREATE TABLE IF NOT EXISTS ops.kafka_offset {{on cluster}}
(
    consumer_group String COMMENT 'Name under which a reader remembers how far it came',
    topic_id String COMMENT 'Id that Kafka gave to the topic when it was made',
    topic String COMMENT 'Topic',
    partition UInt32 COMMENT 'Partition of the topic, from 0',
    next_offset UInt64 COMMENT 'Offset of the first record that was not taken; all records before it are in the star',
    committed_at DateTime('UTC') COMMENT 'When the checkpoint that took them was made, UTC'
)
ENGINE = {{engine ReplacingMergeTree(next_offset)}}
ORDER BY (consumer_group, topic_id, partition)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'One row per consumer group and partition of a Kafka topic: the ledger that keeps a record from being taken twice';
