-- within 0.000001
WITH of_store AS
(
    SELECT store, month, count(DISTINCT business_date) FILTER (kind = 'sale') AS days, count(*) FILTER (kind = 'sale') AS receipts,
        sum(net_sales) AS net_sales
    FROM slip GROUP BY ALL
),
life AS
(
    SELECT store, opened_on, closed_on
    FROM read_ndjson(getvariable('drop') || '/*/store-*.ndjson', columns = {'store': 'VARCHAR', 'opened_on': 'DATE', 'closed_on': 'DATE'})
),
pair AS -- a store's month beside an earlier one that it sold in, too, open on all days from the first to the last of both
(
    SELECT now.store, now.month, date_diff('month', earlier.month, now.month) AS apart, now.net_sales, earlier.net_sales AS before
    FROM of_store AS now
    JOIN of_store AS earlier ON earlier.store = now.store AND date_diff('month', earlier.month, now.month) IN (1, 12)
    JOIN life ON life.store = now.store
    WHERE now.receipts > 0 AND earlier.receipts > 0 AND coalesce(opened_on <= earlier.month, true)
        AND coalesce(closed_on >= now.month + INTERVAL 1 MONTH - INTERVAL 1 DAY, true)
),
same AS
(
    SELECT level, area, month, count(*) FILTER (apart = 1) AS stores_on_month, sum(net_sales) FILTER (apart = 1) AS sales_on_month,
        sum(before) FILTER (apart = 1) AS month_before, count(*) FILTER (apart = 12) AS stores_on_year,
        sum(net_sales) FILTER (apart = 12) AS sales_on_year, sum(before) FILTER (apart = 12) AS year_before
    FROM pair JOIN area_of_store USING (store) GROUP BY ALL
),
goal AS
(
    SELECT level, area, month,
        sum(net_amount) AS target FROM target JOIN area_of_store USING (store) WHERE department = 'all' GROUP BY ALL
),
sums AS
(
    SELECT level, area, month, count(*) FILTER (receipts > 0) AS stores, max(days) AS days, sum(receipts) AS receipts,
        sum(net_sales) AS net_sales,
        coalesce(sum(net_sales) FILTER (EXISTS (SELECT 1 FROM target
            WHERE target.store = of_store.store AND target.month = of_store.month AND department = 'all')), 0) AS targeted_sales
    FROM of_store JOIN area_of_store USING (store) GROUP BY ALL
)
SELECT now.level, now.area, now.month, now.stores, now.days, now.receipts, now.net_sales,
    coalesce(month_ago.net_sales, 0) AS month_before,
    (now.net_sales - month_ago.net_sales)::DOUBLE / nullif(month_ago.net_sales, 0)::DOUBLE AS growth_on_month,
    coalesce(long_ago.net_sales, 0) AS year_before,
    (now.net_sales - long_ago.net_sales)::DOUBLE / nullif(long_ago.net_sales, 0)::DOUBLE AS growth_on_year,
    coalesce(stores_on_month, 0) AS same_stores_on_month,
    (same.sales_on_month - same.month_before)::DOUBLE / nullif(same.month_before, 0)::DOUBLE AS same_store_growth_on_month,
    coalesce(stores_on_year, 0) AS same_stores_on_year, coalesce(same.sales_on_year, 0) AS same_store_sales,
    coalesce(same.year_before, 0) AS same_store_year_before,
    (same.sales_on_year - same.year_before)::DOUBLE / nullif(same.year_before, 0)::DOUBLE AS same_store_growth_on_year,
    coalesce(target, 0) AS target, now.targeted_sales, now.targeted_sales::DOUBLE / nullif(target, 0)::DOUBLE AS target_reached
FROM sums AS now
LEFT JOIN sums AS month_ago ON month_ago.level = now.level AND month_ago.area = now.area AND month_ago.month = now.month - INTERVAL 1 MONTH
LEFT JOIN sums AS long_ago ON long_ago.level = now.level AND long_ago.area = now.area AND long_ago.month = now.month - INTERVAL 1 YEAR
LEFT JOIN same ON same.level = now.level AND same.area = now.area AND same.month = now.month
LEFT JOIN goal ON goal.level = now.level AND goal.area = now.area AND goal.month = now.month
