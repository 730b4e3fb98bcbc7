WITH day AS (SELECT max(business_date) AS today, date_trunc('week', max(business_date) + 1)::DATE - 7 AS last_week FROM line),
week AS
(
    SELECT goods, date_trunc('week', business_date)::DATE AS week, sum(quantity) AS demand, sum(net_sales) AS net_sales
    FROM line, day
    WHERE date_trunc('week', business_date)::DATE BETWEEN last_week - 51 * 7 AND last_week
    GROUP BY 1, 2
),
life AS
(
    SELECT goods, min(business_date) AS first_sale, max(business_date) AS last_sale,
        greatest(0, least(52, (any_value(last_week) - date_trunc('week', min(business_date))::DATE) // 7 + 1)) AS weeks,
        count(DISTINCT store) FILTER (date_trunc('week', business_date)::DATE BETWEEN last_week - 51 * 7 AND last_week) AS stores
    FROM line, day
    GROUP BY goods
),
figures AS
(
    SELECT goods, first_sale, last_sale, weeks, stores, coalesce(sum(demand), 0) AS quantity, coalesce(sum(net_sales), 0) AS net_sales,
        coalesce(sum(demand::DOUBLE ^ 2), 0) AS squares
    FROM life LEFT JOIN week USING (goods)
    GROUP BY ALL
)
SELECT goods, coalesce(department, '') AS department, coalesce(category, '') AS category, coalesce(brand, '') AS brand, first_sale,
    last_sale, stores, weeks, quantity, net_sales, net_sales::DOUBLE / (sum(net_sales) OVER ())::DOUBLE AS share,
    if(weeks = 0, 0, quantity::DOUBLE / weeks) AS weekly_demand,
    if(weeks < 8 OR quantity = 0, NULL, sqrt(greatest(squares / weeks - (quantity::DOUBLE / weeks) ^ 2, 0)) / (quantity::DOUBLE / weeks)) AS variation,
    CASE WHEN net_sales <= 0 THEN 'C'
        WHEN sum(net_sales) OVER (ORDER BY net_sales DESC, goods ROWS UNBOUNDED PRECEDING) - net_sales < 0.80 * sum(net_sales) OVER () THEN 'A'
        WHEN sum(net_sales) OVER (ORDER BY net_sales DESC, goods ROWS UNBOUNDED PRECEDING) - net_sales < 0.95 * sum(net_sales) OVER () THEN 'B'
        ELSE 'C' END AS abc
FROM figures LEFT JOIN article USING (goods)
