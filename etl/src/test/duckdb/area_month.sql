SELECT level, area, month, 'members' AS customers, count(DISTINCT card) AS number, count(*) AS receipts, sum(lines) AS lines,
    0 AS returns, sum(net_sales) AS net_sales
FROM
(
    -- the source tells neither region nor format
    SELECT receipt.*, level, if(level = 'store', store, '') AS area
    FROM receipt, (SELECT unnest(['chain', 'region', 'format', 'store']) AS level)
)
GROUP BY level, area, month
