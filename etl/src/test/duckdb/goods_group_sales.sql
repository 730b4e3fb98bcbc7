SELECT store, business_date, level, department, category, type, brand, count(DISTINCT receipt) AS receipts, count(*) AS lines,
    sum(quantity) AS quantity, sum(list_sales) AS list_sales, sum(retail_discount) AS retail_discount,
    sum(coupon_discount) AS coupon_discount, sum(coupon_match_discount) AS coupon_match_discount, sum(net_sales) AS net_sales
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
