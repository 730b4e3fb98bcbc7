-- where compared_with = 'month before' AND customers = 'members' AND net_sales > 0 AND net_sales_before > 0
-- within 0.031
-- Effects by Ang's formula, before rounding to cents.
WITH months AS
(
    SELECT level, if(level = 'store', store, '') AS area, month, count(DISTINCT card)::DOUBLE AS customers,
        count(*)::DOUBLE AS receipts, sum(lines)::DOUBLE AS lines, sum(net_sales)::DOUBLE AS net_sales
    FROM receipt, (SELECT unnest(['chain', 'region', 'format', 'store']) AS level)
    GROUP BY 1, 2, 3
),
pairs AS
(
    SELECT now.*, before.customers AS customers0, before.receipts AS receipts0, before.lines AS lines0, before.net_sales AS net_sales0,
        if(now.net_sales = before.net_sales, now.net_sales,
            (now.net_sales - before.net_sales) / ln(now.net_sales / before.net_sales)) AS mean
    FROM months AS now
    JOIN months AS before ON before.level = now.level AND before.area = now.area AND before.month = now.month - INTERVAL 1 MONTH
    WHERE now.net_sales > 0 AND before.net_sales > 0
)
SELECT level, area, month, 'month before' AS compared_with, 'members' AS customers, net_sales, net_sales0 AS net_sales_before,
    mean * ln(customers / customers0) AS customers_effect,
    mean * ln(receipts / customers / (receipts0 / customers0)) AS frequency_effect,
    mean * ln(lines / receipts / (lines0 / receipts0)) AS basket_effect,
    mean * ln(net_sales / lines / (net_sales0 / lines0)) AS price_effect
FROM pairs
