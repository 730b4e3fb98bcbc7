-- where level IN ('department', 'brand')
WITH months AS
(
    SELECT level, department, brand, month, sum(net_sales) AS net_sales
    FROM line_of_group WHERE level IN ('department', 'brand') GROUP BY ALL
)
SELECT level, department, '' AS category, '' AS type, brand, month, now.net_sales, coalesce(before.net_sales, 0) AS month_before,
    ((now.net_sales - before.net_sales) / nullif(before.net_sales, 0))::DOUBLE AS growth_on_month
FROM months AS now
LEFT JOIN
(
    SELECT level, department, brand, month + INTERVAL 1 MONTH AS month, net_sales FROM months
) AS before USING (level, department, brand, month)
