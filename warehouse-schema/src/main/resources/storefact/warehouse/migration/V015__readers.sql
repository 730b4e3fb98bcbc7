-- Who reads which rows, asked in one place. Readers' views of marts run with the rights of view_owner and
-- ask these; currentUser() is whoever called. A reader without a row in cfg.reader_region sees nothing.
-- The account that keeps the warehouse sees all: builds, checks and reports read through the same views.
INSERT INTO cfg.reader_region (reader, region) SELECT currentUser(), '*';

CREATE VIEW IF NOT EXISTS cfg.chain_reader {{on cluster}}
(
    reader String COMMENT 'The caller, if all rows are theirs to see'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT DISTINCT reader FROM cfg.reader_region WHERE reader = currentUser() AND region = '*'
COMMENT 'One row if the caller reads the whole chain, else none';

CREATE VIEW IF NOT EXISTS cfg.readable_region {{on cluster}}
(
    region String COMMENT 'Region of the caller'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT DISTINCT region FROM cfg.reader_region WHERE reader = currentUser() AND region NOT IN ('*', '')
COMMENT 'One row per region that the caller reads; none for readers of the whole chain';

CREATE VIEW IF NOT EXISTS cfg.readable_store {{on cluster}}
(
    store String COMMENT 'Store in a region of the caller'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT store FROM star.store FINAL
WHERE region IN (SELECT region FROM cfg.reader_region WHERE reader = currentUser() AND region NOT IN ('*', ''))
COMMENT 'One row per store that the caller reads; none for readers of the whole chain';

CREATE VIEW IF NOT EXISTS dw.reader_store {{on cluster}}
(
    store String COMMENT 'Store | store | 门店',
    name String COMMENT 'Name of the store | store name | 门店名称',
    name_zh String COMMENT 'Name in Chinese | Chinese name | 中文名称',
    format LowCardinality(String) COMMENT 'Format: hypermarket, convenience, … | format | 业态',
    province LowCardinality(String) COMMENT 'Province or state | province | 省份',
    city LowCardinality(String) COMMENT 'City | city | 城市',
    district LowCardinality(String) COMMENT 'District of the city | district | 区县',
    region LowCardinality(String) COMMENT 'Sales region | region | 大区'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT store, name, name_zh, format, province, city, district, region
FROM star.store FINAL
WHERE region IN (SELECT region FROM cfg.reader_region WHERE reader = currentUser() AND region NOT IN ('*', ''))
    OR (SELECT count() FROM cfg.reader_region WHERE reader = currentUser() AND region = '*') > 0
COMMENT 'One row per store that whoever asks may see: all for readers of the whole chain';
