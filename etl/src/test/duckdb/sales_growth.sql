WITH months AS
(
    SELECT store, month, sum(net_sales) AS net_sales, count(*) AS receipts FROM receipt GROUP BY store, month
),
placed AS
(
    SELECT level, if(level = 'store', store, '') AS area, store, month, net_sales, receipts
    FROM months, (SELECT unnest(['chain', 'region', 'format', 'store']) AS level)
),
areas AS
(
    SELECT level, area, month, count(*) AS stores, sum(receipts) AS receipts, sum(net_sales) AS net_sales
    FROM placed GROUP BY level, area, month
),
same AS
(
    SELECT level, area, placed.month, count(*) AS stores, sum(placed.net_sales) AS net_sales, sum(months.net_sales) AS earlier
    FROM placed JOIN months ON months.store = placed.store AND months.month = placed.month - INTERVAL 1 MONTH
    GROUP BY level, area, placed.month
)
SELECT areas.level, areas.area, areas.month, areas.stores, areas.receipts, areas.net_sales,
    coalesce(before.net_sales, 0) AS month_before,
    (areas.net_sales - before.net_sales)::DOUBLE / nullif(before.net_sales, 0)::DOUBLE AS growth_on_month,
    coalesce(same.stores, 0) AS same_stores_on_month,
    (same.net_sales - same.earlier)::DOUBLE / nullif(same.earlier, 0)::DOUBLE AS same_store_growth_on_month
FROM areas
LEFT JOIN areas AS before ON before.level = areas.level AND before.area = areas.area AND before.month = areas.month - INTERVAL 1 MONTH
LEFT JOIN same ON same.level = areas.level AND same.area = areas.area AND same.month = areas.month
