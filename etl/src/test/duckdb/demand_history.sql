SELECT store, business_date, goods, sum(quantity) AS quantity, sum(net_sales) AS net_sales
FROM line
WHERE business_date < (SELECT date_trunc('week', max(business_date) + 1) FROM line)
GROUP BY store, business_date, goods
