-- What a reader may be shown stays the same while this stays the same: whoever keeps answers for a reader asks it
-- first. It changes when a mart is built or checked, and when regions or managers of the reader change.
CREATE VIEW IF NOT EXISTS dw.reader_state {{on cluster}}
(
    state String COMMENT 'Changes whenever a mart or the rights of the caller do | state of the data | 数据状态'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT hex(cityHash64(
    (SELECT groupBitXor(cityHash64(*)) FROM ops.mart_partition FINAL),
    (SELECT max(checked_at) FROM ops.check_result),
    (SELECT max(started_at) FROM ops.build_log),
    (SELECT arraySort(groupArray(region)) FROM cfg.reader_region WHERE reader = currentUser()),
    (SELECT arraySort(groupArray(manager)) FROM cfg.reader_manager WHERE reader = currentUser()))) AS state
COMMENT 'One row: a text that is another one when marts or rights of whoever asks have changed';
