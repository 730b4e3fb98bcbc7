SELECT goods, business_date, count(DISTINCT store) AS stores, count(*) AS lines, sum(quantity) AS quantity, sum(list_sales) AS list_sales,
    sum(retail_discount) AS retail_discount, if(sum(list_sales) = 0, 0, sum(retail_discount)::DOUBLE / sum(list_sales)::DOUBLE) AS discount_rate,
    sum(net_sales) AS net_sales
FROM line
GROUP BY 1, 2
