SELECT store, month, coalesce(department, '') AS department, coalesce(category, '') AS category, count(*) AS lines,
    0 AS returns, sum(net_sales) AS net_sales
FROM line LEFT JOIN article USING (goods)
GROUP BY 1, 2, 3, 4
