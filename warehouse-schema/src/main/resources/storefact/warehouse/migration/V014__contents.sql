-- A mart that comes out as it was makes no work for those that read it: its partitions are told apart by their rows.
ALTER TABLE ops.mart_partition {{on cluster}}
    COMMENT COLUMN version 'Hash of the rows that stand there; the build, while it makes them';
