SELECT store, month, department, category, sum(lines) AS lines, sum(returns) AS returns,
    sum(net_sales) AS net_sales
FROM turn
GROUP BY ALL
