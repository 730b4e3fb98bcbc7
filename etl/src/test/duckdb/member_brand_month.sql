SELECT month, coalesce(department, '') AS department, coalesce(category, '') AS category, card AS member,
    coalesce(brand, '') AS brand, count(*) AS lines, sum(net_sales) AS net_sales
FROM line LEFT JOIN article USING (goods)
WHERE month < (SELECT date_trunc('month', max(business_date) + 1) FROM line)
GROUP BY 1, 2, 3, 4, 5
