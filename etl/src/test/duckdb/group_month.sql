SELECT level, department, category, type, brand, month, count(DISTINCT (store, business_date, receipt)) AS receipts, count(*) AS lines,
    sum(quantity) AS quantity, 0 AS returns, sum(net_sales) AS net_sales, 0 AS targeted_sales
FROM
(
    SELECT line.*, 'department' AS level, coalesce(department, '') AS department, '' AS category, '' AS type, '' AS brand
    FROM line LEFT JOIN article USING (goods)
    UNION ALL
    SELECT line.*, 'category', coalesce(department, ''), coalesce(category, ''), '', '' FROM line LEFT JOIN article USING (goods)
    UNION ALL
    SELECT line.*, 'type', coalesce(department, ''), coalesce(category, ''), coalesce(type, ''), ''
    FROM line LEFT JOIN article USING (goods)
    UNION ALL
    SELECT line.*, 'brand', '', '', '', coalesce(brand, '') FROM line LEFT JOIN article USING (goods)
)
GROUP BY ALL
