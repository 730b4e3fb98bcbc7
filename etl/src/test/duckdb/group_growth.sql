-- where level IN ('department', 'brand')
WITH months AS
(
    SELECT 'department' AS level, coalesce(department, '') AS department, '' AS brand, month, sum(net_sales) AS net_sales
    FROM line LEFT JOIN article USING (goods) GROUP BY ALL
    UNION ALL
    SELECT 'brand', '', coalesce(brand, ''), month, sum(net_sales) FROM line LEFT JOIN article USING (goods) GROUP BY ALL
)
SELECT level, department, '' AS category, '' AS type, brand, month, now.net_sales, coalesce(before.net_sales, 0) AS month_before,
    ((now.net_sales - before.net_sales) / nullif(before.net_sales, 0))::DOUBLE AS growth_on_month
FROM months AS now
LEFT JOIN
(
    SELECT level, department, brand, month + INTERVAL 1 MONTH AS month, net_sales FROM months
) AS before USING (level, department, brand, month)
