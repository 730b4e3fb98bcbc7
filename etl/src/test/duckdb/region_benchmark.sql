SELECT 'region' AS level, '' AS area, month, count(DISTINCT store) AS stores,
    sum(net_sales)::DOUBLE / count(DISTINCT (store, business_date)) AS sales_per_store_day,
    sum(net_sales)::DOUBLE / count(DISTINCT (store, business_date)) AS chain_sales_per_store_day,
    sum(net_sales)::DOUBLE / count(*) AS average_receipt, sum(lines)::DOUBLE / count(*) AS chain_items_per_receipt,
    (sum(list_sales) - sum(net_sales))::DOUBLE / sum(list_sales) AS discount_rate, 0 AS return_rate
FROM receipt
GROUP BY month
