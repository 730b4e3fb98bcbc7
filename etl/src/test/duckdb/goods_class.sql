-- Variation by whole thousandths of a piece: what lies on the border of two classes lies there exactly.
-- within 0.000001
WITH day AS
(
    SELECT min(business_date) AS beginning, max(business_date) AS today, date_trunc('week', max(business_date) + 1)::DATE - 7 AS last_week FROM line
),
week AS
(
    SELECT goods, date_trunc('week', business_date)::DATE AS week, (1000 * sum(quantity))::HUGEINT AS demand, sum(net_sales) AS net_sales
    FROM line, day
    WHERE date_trunc('week', business_date)::DATE BETWEEN last_week - 51 * 7 AND last_week
    GROUP BY 1, 2
),
life AS
(
    SELECT goods, min(business_date) AS first_sale, max(business_date) AS last_sale,
        greatest(0, least(52, (any_value(last_week) - date_trunc('week', min(business_date))::DATE) // 7 + 1)) AS weeks,
        count(DISTINCT store) FILTER (date_trunc('week', business_date)::DATE BETWEEN last_week - 51 * 7 AND last_week) AS stores,
        count(*) FILTER (date_trunc('week', business_date)::DATE BETWEEN last_week - 11 * 7 AND last_week) AS late_lines
    FROM line, day
    GROUP BY goods
),
figures AS
(
    SELECT goods, first_sale, last_sale, weeks, stores, late_lines, coalesce(sum(demand), 0)::HUGEINT AS demand,
        coalesce(sum(demand * demand), 0)::HUGEINT AS squares, coalesce(sum(net_sales), 0) AS net_sales
    FROM life LEFT JOIN week USING (goods)
    GROUP BY ALL
)
SELECT goods, coalesce(department, '') AS department, coalesce(category, '') AS category, coalesce(brand, '') AS brand, first_sale,
    last_sale, stores, weeks, demand / 1000 AS quantity, net_sales, net_sales::DOUBLE / (sum(net_sales) OVER ())::DOUBLE AS share,
    if(weeks = 0, 0, demand / 1000 / weeks) AS weekly_demand,
    if(weeks < 8 OR demand = 0, NULL, sqrt(weeks * squares - demand * demand) / demand) AS variation,
    CASE WHEN net_sales <= 0 THEN 'C'
        WHEN sum(net_sales) OVER (ORDER BY net_sales DESC, goods ROWS UNBOUNDED PRECEDING) - net_sales < 0.80 * sum(net_sales) OVER () THEN 'A'
        WHEN sum(net_sales) OVER (ORDER BY net_sales DESC, goods ROWS UNBOUNDED PRECEDING) - net_sales < 0.95 * sum(net_sales) OVER () THEN 'B'
        ELSE 'C' END AS abc,
    CASE WHEN weeks < 8 OR demand = 0 THEN ''
        WHEN 4 * (weeks * squares - demand * demand) <= demand * demand THEN 'X'
        WHEN weeks * squares - demand * demand <= demand * demand THEN 'Y'
        ELSE 'Z' END AS xyz,
    CASE WHEN last_sale <= today - 90 THEN 'dead'
        WHEN first_sale > today - 90 AND first_sale >= beginning + 90 THEN 'new'
        WHEN 4 * late_lines < stores * least(weeks, 12) THEN 'slow'
        ELSE 'active' END AS life
FROM figures LEFT JOIN article USING (goods), day
