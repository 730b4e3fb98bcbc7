-- A build strikes out an entry of the ledger by a newer one: deleting would be a mutation.
ALTER TABLE ops.mart_partition {{on cluster}}
    COMMENT COLUMN definition 'Hash of the mart definition that built it; empty where the rows are gone or to be made anew';
