SELECT level, department, category, type, brand, month, count(DISTINCT (store, business_date, receipt)) AS receipts, count(*) AS lines,
    sum(quantity) AS quantity, 0 AS returns, sum(net_sales) AS net_sales, 0 AS targeted_sales
FROM line_of_group
GROUP BY ALL
